/** Reads public keys from files: the output of `aws cloudtrail list-public-keys`, for one region or time range each. */
import { readFileSync, statSync } from 'node:fs';
import { CulpritError } from '#scripts/run/errors.js';
import { othersCan } from '#scripts/run/private-access.js';
import { shellQuoted } from '#scripts/run/shell-quoted.js';
import type { PublicKey } from '../signature.js';

/**
 * The keys of all files. Throws a `CulpritError` of kind `usage` if a file contains no key, or if other users can
 * change it.
 */
export function readPublicKeys(files: readonly string[]): PublicKey[] {
  return files.flatMap((file) => {
    let json: unknown;
    try {
      const stats = statSync(file);
      if (stats.isFile() && othersCan(stats) === 'write') {
        const how = `Run "chmod go-w ${shellQuoted(file)}"`;
        throw new CulpritError('usage', `Other users can change --public-keys ${file}. ${how}.`);
      }
      json = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    } catch (error) {
      if (error instanceof CulpritError) throw error;
      const why = error instanceof SyntaxError ? 'is no JSON' : 'cannot be read';
      throw new CulpritError('usage', `--public-keys ${file} ${why}. ${HOW}.`, { cause: error });
    }
    const keys = keysIn(json);
    if (keys.length === 0) throw new CulpritError('usage', `--public-keys ${file} contains no public key. ${HOW}.`);
    return keys;
  });
}

const HOW = 'Save the output of "aws cloudtrail list-public-keys --start-time … --region …"';

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
