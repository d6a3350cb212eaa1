/**
 * The key that a published report is encrypted with: a random key, which the link carries after `#`, a part that
 * browsers never send; a key kept in a file, so that the link stays the same; or a key derived from a passphrase.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import type { EncryptionConfig } from '#scripts/run/config.js';
import { othersCan } from '#scripts/run/private-access.js';
import { shellQuoted } from '#scripts/run/shell-quoted.js';
import { CulpritError } from '#scripts/run/errors.js';
import { KEY_BYTES, REPORT_BYTES } from '#shared/seal/seal.js';
import { base64Url, KEY_FIELD, keyIn } from '#shared/seal/lock.js';
import { deriveKey } from '#shared/seal/derive-key.js';
import { passphraseFault } from './passphrase.js';
import type { Encryption } from '../port.js';

/** The cost of scrypt: 128 MB and 0.5 s in a browser. OWASP's first choice (Password Storage Cheat Sheet, 2024). */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
const SALT_BYTES = 16;

/** Creates or reads the key. Throws a `CulpritError` of kind `usage` if its file cannot be used. */
export function prepareEncryption({ keyFile, passphraseFile }: EncryptionConfig): Encryption {
  const report = randomBytes(REPORT_BYTES);
  if (passphraseFile !== undefined) {
    const derivation = { salt: base64Url(randomBytes(SALT_BYTES)), ...COST };
    const key = deriveKey(readPassphrase(passphraseFile), derivation);
    return { seal: { key, report }, derivation, fragment: '' };
  }
  const key = keyFile === undefined ? randomBytes(KEY_BYTES) : keyOfFile(keyFile);
  return { seal: { key, report }, derivation: undefined, fragment: `#${KEY_FIELD}=${base64Url(key)}` };
}

function readPassphrase(file: string): string {
  const text = readSecret(file, 'passphrase-file');
  if (text === undefined) {
    throw new CulpritError(
      'usage',
      `The file ${file} for --passphrase-file does not exist. Create it with the passphrase in it.`,
    );
  }
  const passphrase = text.replace(/\r?\n$/, '');
  const fault = passphraseFault(passphrase);
  if (fault !== undefined) throw new CulpritError('usage', `The passphrase in ${file} ${fault}.`);
  return passphrase;
}

/** The key in the file. If the file does not exist, creates it, readable for its owner only. */
function keyOfFile(file: string): Uint8Array {
  const text = readSecret(file, 'key-file');
  if (text !== undefined) {
    const key = keyIn(text);
    if (key) return key;
    throw new CulpritError(
      'usage',
      `${file} for --key-file does not contain a key from Culprit. Name a file that does not exist yet.`,
    );
  }
  const key = randomBytes(KEY_BYTES);
  try {
    // Fails if the name exists, also as a link.
    const opened = openSync(file, 'wx', 0o600);
    try {
      fchmodSync(opened, 0o600);
      writeFileSync(opened, `${base64Url(key)}\n`);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    throw new CulpritError(
      'usage',
      `The key cannot be saved to ${file} (${reasonOf(error)}). Name another --key-file.`,
      {
        cause: error,
      },
    );
  }
  return key;
}

/**
 * The text of a file; undefined if the file does not exist. A file that others can read or change is refused: it is no
 * secret.
 */
function readSecret(file: string, flag: string): string | undefined {
  try {
    const opened = openSync(file, 'r');
    try {
      const stats = fstatSync(opened);
      // A pipe, such as a shell's <(…), has no mode bits to check.
      const can = stats.isFile() ? othersCan(stats) : undefined;
      if (can !== undefined) {
        const what = can === 'read' ? 'read' : 'change';
        throw new CulpritError(
          'usage',
          `Other users can ${what} ${file} (--${flag}). Run "chmod 600 ${shellQuoted(file)}".`,
        );
      }
      return readFileSync(opened, 'utf8');
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    if (error instanceof CulpritError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CulpritError('usage', `${file} for --${flag} cannot be read (${reasonOf(error)}). Name another file.`, {
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
}
