/** Public keys in files: what `aws cloudtrail list-public-keys` prints, for one region or time each. */
import { readFileSync } from 'node:fs';
import { CulpritError } from '#scripts/run/errors.js';
import type { PublicKey } from '../signature.js';

/** The keys of all files. Throws a `CulpritError` of kind `usage` for a file that holds none. */
export function readPublicKeys(files: readonly string[]): PublicKey[] {
  return files.flatMap((file) => {
    let json: unknown;
    try {
      json = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    } catch (error) {
      const why = error instanceof SyntaxError ? 'is no JSON' : 'cannot be read';
      throw new CulpritError('usage', `--public-keys ${file} ${why}: ${HOW}.`, { cause: error });
    }
    const keys = keysIn(json);
    if (keys.length === 0) throw new CulpritError('usage', `--public-keys ${file} holds no public key: ${HOW}.`);
    return keys;
  });
}

const HOW = 'save what "aws cloudtrail list-public-keys --start-time … --region …" prints';

function keysIn(json: unknown): PublicKey[] {
  const list = typeof json === 'object' && json !== null && 'PublicKeyList' in json ? json.PublicKeyList : json;
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).flatMap((key) => {
    const { Fingerprint, Value } = (key ?? {}) as { Fingerprint?: unknown; Value?: unknown };
    return typeof Fingerprint === 'string' && typeof Value === 'string'
      ? [{ fingerprint: Fingerprint, value: Value }]
      : [];
  });
}
