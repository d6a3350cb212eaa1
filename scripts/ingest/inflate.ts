/** A log file's bytes as stored to its JSON: gzip of any number of members, gzip in gzip, or none, by the bytes alone. */
import { isUtf8 } from 'node:buffer';
import { gunzipSync, constants, createGunzip } from 'node:zlib';
import type { WarningCode } from '../shared/manifest.js';

export interface Inflated {
  readonly bytes: Uint8Array;
  /** The bytes end early. */
  readonly isTruncated: boolean;
  readonly faults: readonly WarningCode[];
}

/** Somebody gzip-ed a gzip file; nobody did so four times. */
const MAX_LAYERS = 4;

/** Never throws: what could not be inflated is in `faults`. @param maxBytes inflated size above which a file is not read */
export async function inflate(stored: Uint8Array, maxBytes: number): Promise<Inflated> {
  const faults = new Set<WarningCode>();
  let bytes = stored;
  let isTruncated = false;
  for (let layer = 0; layer < MAX_LAYERS && isGzip(bytes); layer++) {
    const inner = await gunzip(bytes, maxBytes);
    bytes = inner.bytes;
    if (inner.fault === undefined) continue;
    faults.add(inner.fault);
    isTruncated = true;
    break;
  }
  if (bytes.length > maxBytes) {
    faults.add('too-large');
    bytes = new Uint8Array(0);
  }
  const text = utf8(bytes, isTruncated);
  if (text !== bytes && !isUtf16(bytes)) faults.add('utf8-invalid');
  // A plain Uint8Array: the engine is slower with code that meets Buffers too.
  const plain = new Uint8Array(text.buffer, text.byteOffset, text.byteLength);
  return { bytes: plain, isTruncated, faults: [...faults] };
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function gunzip(bytes: Uint8Array, maxBytes: number): Promise<{ bytes: Uint8Array; fault?: WarningCode }> {
  try {
    // One output chunk for a usual log, whose JSON shrinks to a twelfth; the default of 16 KiB would mean fifty.
    const chunkSize = Math.min(Math.max(bytes.length * 14, 1 << 16), maxBytes + 1, 1 << 26);
    return { bytes: gunzipSync(bytes, { maxOutputLength: maxBytes, chunkSize }) };
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return { bytes: new Uint8Array(0), fault: 'too-large' };
    return inflateWhatIsThere(bytes, maxBytes);
  }
}

/** What comes before the fault: the slow way, which the synchronous call does not offer. */
async function inflateWhatIsThere(
  bytes: Uint8Array,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; fault: WarningCode }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let fault: WarningCode = 'gzip-truncated';
  const stream = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  stream.end(bytes);
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) return { bytes: new Uint8Array(0), fault: 'too-large' };
      chunks.push(chunk);
    }
  } catch (error) {
    if (codeOf(error) !== 'Z_BUF_ERROR') fault = 'gzip-corrupt';
  }
  return { bytes: Buffer.concat(chunks), fault };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** The text as UTF-8: as it is where it is, converted from UTF-16 (PowerShell's `>`), or with damage replaced. */
function utf8(bytes: Uint8Array, isTruncated: boolean): Uint8Array {
  if (isUtf16(bytes))
    return new TextEncoder().encode(new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes));
  if (isUtf8(bytes)) return bytes;
  if (isTruncated) {
    // The cut may lie within a character.
    for (let cut = 1; cut <= 3 && cut < bytes.length; cut++) {
      const shorter = bytes.subarray(0, bytes.length - cut);
      if (isUtf8(shorter)) return shorter;
    }
  }
  return new TextEncoder().encode(new TextDecoder().decode(bytes));
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
