/** A request's body: unwrapped from aws-chunked, and proved by whatever the client sent to prove it with. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { notImplemented, S3Error } from './errors.js';
import { crc32Base64, md5 } from './store.js';

export interface RequestBody {
  readonly bytes: Buffer;
  /** The CRC32 that the client sent, and that is right; base64. */
  readonly crc32: string | undefined;
}

/** Reads the whole body as sent. */
export async function readRaw(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The body that was meant. Throws when a digest, checksum or length does not fit. */
export function openBody(headers: IncomingMessage['headers'], raw: Buffer): RequestBody {
  const content = String(headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD');
  let bytes = raw;
  let trailers: ReadonlyMap<string, string> = new Map();
  if (content === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    ({ bytes, trailers } = unchunk(raw));
    const announced = String(headers['x-amz-trailer'] ?? '');
    if (announced !== '' && !trailers.has(announced)) throw new S3Error('IncompleteBody');
    const length = headers['x-amz-decoded-content-length'];
    if (length === undefined) throw new S3Error('MissingContentLength');
    if (Number(length) !== bytes.length) throw new S3Error('IncompleteBody');
  } else if (content.startsWith('STREAMING-')) {
    throw notImplemented(`x-amz-content-sha256: ${content}`);
  } else if (content !== 'UNSIGNED-PAYLOAD' && content !== createHash('sha256').update(raw).digest('hex')) {
    throw new S3Error('XAmzContentSHA256Mismatch');
  }
  checkMd5(headers['content-md5'], bytes);
  return { bytes, crc32: checkChecksum(headers, trailers, bytes) };
}

/** `SIZE[;extension]\r\nBYTES\r\n … 0\r\nname:value\r\n…\r\n` */
function unchunk(raw: Buffer): { bytes: Buffer; trailers: ReadonlyMap<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  const line = (): string => {
    const end = raw.indexOf('\r\n', at);
    if (end < 0) throw new S3Error('IncompleteBody');
    const text = raw.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  for (;;) {
    const size = Number.parseInt(line(), 16);
    if (!(size >= 0)) throw new S3Error('IncompleteBody');
    if (size === 0) break;
    if (raw.toString('latin1', at + size, at + size + 2) !== '\r\n') throw new S3Error('IncompleteBody');
    chunks.push(raw.subarray(at, at + size));
    at += size + 2;
  }
  const trailers = new Map<string, string>();
  while (at < raw.length) {
    const text = line();
    if (text === '') break;
    const colon = text.indexOf(':');
    trailers.set(text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim());
  }
  return { bytes: Buffer.concat(chunks), trailers };
}

function checkMd5(header: string | string[] | undefined, bytes: Buffer): void {
  if (header === undefined) return;
  const given = Buffer.from(String(header), 'base64');
  if (given.length !== 16) throw new S3Error('InvalidDigest');
  if (!given.equals(md5(bytes))) throw new S3Error('BadDigest');
}

function checkChecksum(
  headers: IncomingMessage['headers'],
  trailers: ReadonlyMap<string, string>,
  bytes: Buffer,
): string | undefined {
  const given = new Map(trailers);
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('x-amz-checksum-') && !/-(mode|algorithm|type)$/.test(name)) given.set(name, String(value));
  }
  let crc32: string | undefined;
  for (const [name, value] of given) {
    if (name !== 'x-amz-checksum-crc32') throw notImplemented(name);
    crc32 = crc32Base64(bytes);
    if (value !== crc32) throw new S3Error('BadDigest');
  }
  return crc32;
}
