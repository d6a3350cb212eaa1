/** Checks a body against the ETag or checksum that S3 sends with it. */
import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';

/** What the body was checked against; `none` if S3 sent nothing to check against. */
type Proof = 'md5' | 'checksum' | 'none';

/**
 * Compares `body` with its ETag, which is its MD5 unless the object was uploaded in parts or is encrypted with KMS (Amazon
 * S3 API reference, "Object", ETag), and otherwise with the checksum that S3 sends. Throws where they differ.
 */
export function proveBody(body: Uint8Array, headers: IncomingHttpHeaders): Proof {
  const etag = (headers['etag'] ?? '').replaceAll('"', '');
  const encryption = String(headers['x-amz-server-side-encryption'] ?? '');
  const isMd5 = /^[0-9a-f]{32}$/.test(etag) && !encryption.startsWith('aws:kms');
  const isCustomerKey = 'x-amz-server-side-encryption-customer-algorithm' in headers;
  if (isMd5 && !isCustomerKey) {
    if (hash('md5', body) === etag) return 'md5';
    throw new Error('its content does not match its ETag');
  }
  if (headers['x-amz-checksum-type'] === 'COMPOSITE') return 'none';
  for (const [name, compute] of Object.entries(CHECKSUMS)) {
    const expected = headers[`x-amz-checksum-${name}`];
    if (expected === undefined) continue;
    if (compute(body) === expected) return 'checksum';
    throw new Error(`its content does not match its ${name.toUpperCase()} checksum`);
  }
  return 'none';
}

/**
 * Base64, as S3 sends them. CRC64NVME, S3's default, is not checked: the CRC-32 in gzip files gives the same
 * protection.
 */
const CHECKSUMS: Readonly<Record<string, (body: Uint8Array) => string>> = {
  sha256: (body) => hash('sha256', body, 'base64'),
  sha1: (body) => hash('sha1', body, 'base64'),
  crc32(body) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString('base64');
  },
};
