/** Computes what digests contain about a stored file: the SHA-256 of its decompressed content. */
import { createHash } from 'node:crypto';
import { crc32, inflateRawSync } from 'node:zlib';

/**
 * The form of a stored file. `gzip`: exactly one member, as CloudTrail writes it. `trailing`: bytes follow the first
 * member. `damaged`: not a complete gzip member. `plain`: not compressed.
 */
export type StoredForm = 'gzip' | 'trailing' | 'damaged' | 'plain';

export interface FileProof {
  readonly form: StoredForm;
  /** Hexadecimal; of the first member, or of the whole file if it is plain; '' if it is damaged. */
  readonly sha256: string;
}

interface ProvenBytes {
  /** Undefined if the file is larger than the limit: nothing is known about it. */
  readonly proof: FileProof | undefined;
  /** The decompressed bytes; undefined if the file is damaged or larger than the limit. */
  readonly bytes: Uint8Array | undefined;
}

/** The lengths of a member's fixed header and of its trailer, CRC-32 and length (RFC 1952). */
const HEAD_BYTES = 10;
const END_BYTES = 8;
const MOST_AT_ONCE = 1 << 26;

/**
 * Decompresses only the first gzip member. Gzip readers go on to the next member and skip bytes that are no member, so
 * anybody could have added what follows the first one.
 */
export function proveStored(stored: Uint8Array, maxBytes: number): ProvenBytes {
  if (stored[0] !== 0x1f || stored[1] !== 0x8b)
    return { proof: { form: 'plain', sha256: sha256(stored) }, bytes: stored };
  const damaged: ProvenBytes = { proof: { form: 'damaged', sha256: '' }, bytes: undefined };
  const head = headLength(stored);
  if (head === undefined) return damaged;
  let member: { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
  try {
    const chunkSize = Math.max(64, Math.min(Math.max(stored.length * 14, 1 << 16), maxBytes + 1, MOST_AT_ONCE));
    // With `info`, the return value has this form (Node's documentation of zlib options); the types lack it.
    member = inflateRawSync(stored.subarray(head), {
      info: true,
      maxOutputLength: maxBytes,
      chunkSize,
    }) as unknown as typeof member;
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLarge ? { proof: undefined, bytes: undefined } : damaged;
  }
  const bytes = member.buffer;
  const at = head + member.engine.bytesWritten;
  if (at + END_BYTES > stored.length) return damaged;
  const end = new DataView(stored.buffer, stored.byteOffset + at, END_BYTES);
  if (end.getUint32(0, true) !== crc32(bytes) || end.getUint32(4, true) !== bytes.length % 2 ** 32) return damaged;
  const form = at + END_BYTES === stored.length ? 'gzip' : 'trailing';
  return { proof: { form, sha256: sha256(bytes) }, bytes };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The length of a member's header with its optional fields; undefined if it is not a header. */
function headLength(stored: Uint8Array): number | undefined {
  const flags = stored[3] ?? 0;
  if (stored[2] !== 8 || (flags & 0xe0) !== 0) return undefined;
  let at = HEAD_BYTES;
  if ((flags & 4) !== 0) at += 2 + (stored[at] ?? 0) + ((stored[at + 1] ?? 0) << 8);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = stored.indexOf(0, at);
    if (zero < 0) return undefined;
    at = zero + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  return at < stored.length ? at : undefined;
}
