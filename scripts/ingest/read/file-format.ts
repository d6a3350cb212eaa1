/**
 * Which other format a file has, by its bytes and whatever its name: archives and compressed files that must be unpacked
 * first, and what is no log at all. Signatures: each format's own specification (for ZIP, APPNOTE.TXT 4.3; tar, POSIX
 * pax "ustar Interchange Format"; AppleDouble, RFC 1740).
 */
import type { WarningCode } from '#shared/model/manifest.js';

const ANY = -1;

/** Each format's first bytes. */
const SIGNATURES: readonly (readonly [WarningCode, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  // An empty archive, and the first of several volumes.
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['zip', [0x50, 0x4b, 0x07, 0x08]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  // Behind "BZh" and the level, the digits of pi.
  ['bzip2', [0x42, 0x5a, 0x68, ANY, 0x31, 0x41, 0x59]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['lz4', [0x02, 0x21, 0x4c, 0x18]],
  ['snappy', [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['parquet', [0x50, 0x41, 0x52, 0x45]],
  ['orc', [0x4f, 0x52, 0x43]],
  ['avro', [0x4f, 0x62, 0x6a, 0x01]],
  // lzip, RAR, compress, lzop.
  ['archive', [0x4c, 0x5a, 0x49, 0x50]],
  ['archive', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['archive', [0x1f, 0x9d]],
  ['archive', [0x89, 0x4c, 0x5a, 0x4f, 0x00]],
];

const APPLE_DOUBLE = [0x00, 0x05, 0x16, 0x07];

const TAR_HEADER = 512;
/** Where a tar header keeps the sum of its bytes, in octal digits. */
const TAR_SUM = { from: 148, to: 156 };

/** How many bytes are looked at for what no text has. */
const LOOKED_AT = 1024;

/** The format of bytes that are no JSON; undefined for text, which may be a log. `apple-double` is no fault. */
export function foreignFormat(bytes: Uint8Array): WarningCode | 'apple-double' | undefined {
  // Most files end here.
  if (bytes[0] === 0x7b && bytes[1] === 0x22) return undefined;
  for (const [format, signature] of SIGNATURES) if (startsWith(bytes, signature)) return format;
  if (startsWith(bytes, APPLE_DOUBLE)) return 'apple-double';
  if (isTar(bytes)) return 'tar';
  return isBinary(bytes) ? 'binary' : undefined;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => byte === ANY || bytes[i] === byte);
}

/** By the sum in the first header, which old tar files have too that lack the word "ustar". */
function isTar(bytes: Uint8Array): boolean {
  if (bytes.length < TAR_HEADER) return false;
  const digits = /^ *([0-7]{1,7})[ \0]/.exec(String.fromCharCode(...bytes.subarray(TAR_SUM.from, TAR_SUM.to)));
  if (digits === null) return false;
  let sum = 0;
  // The sum's own place counts as spaces.
  for (let i = 0; i < TAR_HEADER; i++) sum += i >= TAR_SUM.from && i < TAR_SUM.to ? 0x20 : (bytes[i] as number);
  return sum === Number.parseInt(digits[1] as string, 8);
}

/** A NUL is in no text. JSON that is damaged by one is read up to there. */
function isBinary(bytes: Uint8Array): boolean {
  return !isOpening(bytes[0]) && utf16Of(bytes) === undefined && bytes.subarray(0, LOOKED_AT).includes(0);
}

/** The encoding where the bytes are UTF-16: with a byte order mark, or JSON without one. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  // The first two characters of JSON are ASCII, so that the zeros tell (RFC 4627, section 3).
  if (isOpening(a) && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  if (a === 0 && isOpening(b) && c === 0 && d !== 0) return 'utf-16be';
  return undefined;
}

/** A brace, a bracket or a quote: JSON begins so. */
function isOpening(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b || byte === 0x22;
}
