/**
 * Reads a digest in a folder. A copy of a digest loses its S3 metadata, which holds its signature. The signature may
 * therefore be in a file beside it, named like the digest plus `.signature`: the output of `aws s3api head-object`, or
 * the signature alone.
 */
import { readFile } from 'node:fs/promises';
import { fileFault, readLocalFile } from './local-file.js';
import { UnreadableError, type StoredDigest } from '../port.js';

export const SIGNATURE = '.signature';

/** Throws an `UnreadableError` if the digest cannot be read. */
export async function readCopiedDigest(path: string): Promise<StoredDigest> {
  let stored: Uint8Array;
  try {
    stored = readLocalFile(path);
  } catch (error) {
    throw new UnreadableError('unreadable', error instanceof Error ? error.message : fileFault(error), {
      cause: error,
    });
  }
  return { stored, metadata: metadataIn(await readFile(`${path}${SIGNATURE}`, 'utf8').catch(() => '')) };
}

function metadataIn(text: string): Record<string, string> {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (/^[0-9a-f]+$/i.test(trimmed)) return { signature: trimmed };
  let json: unknown;
  try {
    json = JSON.parse(trimmed);
  } catch {
    return {};
  }
  if (typeof json !== 'object' || json === null) return {};
  const metadata: unknown = 'Metadata' in json ? json.Metadata : json;
  return Object.fromEntries(
    Object.entries(metadata ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
    ),
  );
}
