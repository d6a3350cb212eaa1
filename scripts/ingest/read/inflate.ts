/** A log file's bytes as stored to its text: gzip of any number of members, gzip in gzip, or none, by the bytes alone. */
import { isUtf8 } from 'node:buffer';
import { constants, gunzipSync } from 'node:zlib';
import type { WarningCode } from '#shared/model/manifest.js';
import { foreignFormat, utf16Of } from './file-format.js';

interface Inflated {
  readonly bytes: Uint8Array;
  /** The bytes end early. */
  readonly isTruncated: boolean;
  readonly faults: readonly WarningCode[];
  /** macOS wrote the file beside another one, for the Finder: it is no log, and nothing is lost. */
  readonly isAppleDouble?: true;
}

/** Some exporters gzip a gzip file; none is known that does so four times. */
const MAX_LAYERS = 4;
const RECODED_AT_ONCE = 1 << 26;

const NOTHING = new Uint8Array(0);

/** Never throws: what could not be inflated, and what is no text, is in `faults`. @param maxBytes inflated size above which a file is not read */
export function inflate(stored: Uint8Array, maxBytes: number): Inflated {
  const faults = new Set<WarningCode>();
  let bytes = stored;
  let isTruncated = false;
  for (let layer = 0; layer < MAX_LAYERS && isGzip(bytes); layer++) {
    const inner = gunzip(bytes, maxBytes);
    bytes = inner.bytes;
    if (inner.fault === undefined) continue;
    faults.add(inner.fault);
    isTruncated = true;
    break;
  }
  if (bytes.length > maxBytes) {
    faults.add('too-large');
    bytes = NOTHING;
  }
  const format = foreignFormat(bytes);
  if (format === 'apple-double') return { bytes: NOTHING, isTruncated, faults: [...faults], isAppleDouble: true };
  // A damage may have brought in anything.
  if (format !== undefined && !(format === 'binary' && isTruncated))
    return { bytes: NOTHING, isTruncated, faults: [...faults, format] };
  const { text, isDamaged } = utf8(bytes, isTruncated);
  if (isDamaged) faults.add('utf8-invalid');
  // A plain Uint8Array: the engine is slower with code that meets Buffers too.
  const plain = new Uint8Array(text.buffer, text.byteOffset, text.byteLength);
  return { bytes: plain, isTruncated, faults: [...faults] };
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

interface Gunzipped {
  readonly bytes: Uint8Array;
  readonly fault?: WarningCode;
}

function gunzip(bytes: Uint8Array, maxBytes: number): Gunzipped {
  // One output chunk for a usual log, whose JSON shrinks to a twelfth; the default of 16 KiB would mean fifty.
  const chunkSize = Math.max(64, Math.min(Math.max(bytes.length * 14, 1 << 16), maxBytes + 1, 1 << 26));
  const options = { maxOutputLength: maxBytes, chunkSize };
  try {
    return { bytes: gunzipSync(bytes, options) };
  } catch (error) {
    return isTooLarge(error) ? TOO_LARGE : inflateWhatIsThere(bytes, options);
  }
}

const TOO_LARGE: Gunzipped = { bytes: NOTHING, fault: 'too-large' };

/**
 * What comes before the fault: the longest beginning that zlib takes, found by halving, because zlib gives nothing of
 * the piece in which it finds a fault, and a log is mostly one piece.
 */
function inflateWhatIsThere(bytes: Uint8Array, options: { maxOutputLength: number; chunkSize: number }): Gunzipped {
  const beginning = (length: number): Uint8Array =>
    gunzipSync(bytes.subarray(0, length), { ...options, finishFlush: constants.Z_SYNC_FLUSH });
  let good = 0;
  let bad = bytes.length + 1;
  let inflated = TOO_LARGE.bytes;
  // All of it first: an early end is no damage.
  for (let length = bytes.length; bad - good > 1; length = (good + bad) >>> 1) {
    try {
      inflated = beginning(length);
      good = length;
    } catch (error) {
      if (isTooLarge(error)) return TOO_LARGE;
      bad = length;
    }
  }
  return { bytes: inflated, fault: good === bytes.length ? 'gzip-truncated' : 'gzip-corrupt' };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** The text as UTF-8: as it is where it is, converted from UTF-16 (PowerShell's `>`), or with damage replaced. */
function utf8(bytes: Uint8Array, isTruncated: boolean): { text: Uint8Array; isDamaged: boolean } {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) return { text: recoded(bytes, utf16), isDamaged: false };
  if (isUtf8(bytes)) return { text: bytes, isDamaged: false };
  if (isTruncated) {
    // The cut may lie within a character.
    for (let cut = 1; cut <= 3 && cut < bytes.length; cut++) {
      const text = bytes.subarray(0, bytes.length - cut);
      if (isUtf8(text)) return { text, isDamaged: false };
    }
  }
  return { text: recoded(bytes, 'utf-8'), isDamaged: true };
}

/** In pieces, because no string is longer than half a gigabyte. */
function recoded(bytes: Uint8Array, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += RECODED_AT_ONCE) {
    pieces.push(encoder.encode(decoder.decode(bytes.subarray(at, at + RECODED_AT_ONCE), { stream: true })));
  }
  pieces.push(encoder.encode(decoder.decode()));
  return Buffer.concat(pieces);
}
