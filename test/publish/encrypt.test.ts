/** The key of a published report: random, kept in a file, or made of a passphrase that stands up to guessing. */
import { scryptSync } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EncryptionConfig } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import { prepareEncryption } from '#scripts/publish/encryption/encrypt.js';
import { passphraseFault } from '#scripts/publish/encryption/passphrase.js';
import { keyIn } from '#shared/seal/lock.js';
import { deriveKey } from '#shared/seal/derive-key.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const NEITHER: EncryptionConfig = { keyFile: undefined, passphraseFile: undefined };
const inFolder = (name: string) => path.join(folder, name);

function refusal(config: EncryptionConfig): string {
  try {
    prepareEncryption(config);
  } catch (error) {
    if (error instanceof CulpritError) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

test('without a file each report has a key of its own, which the link carries', () => {
  const [one, two] = [prepareEncryption(NEITHER), prepareEncryption(NEITHER)];
  expect(one.fragment).toMatch(/^#key=[\w-]{43}$/);
  expect(keyIn(one.fragment)).toEqual(new Uint8Array(one.seal.key));
  expect(one.derivation).toBeUndefined();
  expect(two.seal.key).not.toEqual(one.seal.key);
});

describe('a key file', () => {
  test('is made for its owner only, and keeps the link the same; each report still has a number of its own', () => {
    const keyFile = inFolder('team.key');
    const one = prepareEncryption({ ...NEITHER, keyFile });
    if (process.platform !== 'win32') expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const two = prepareEncryption({ ...NEITHER, keyFile });
    expect(two.fragment).toBe(one.fragment);
    expect(two.seal.report).not.toEqual(one.seal.report);
  });

  test('may hold the link that was printed', () => {
    const { fragment } = prepareEncryption(NEITHER);
    writeFileSync(inFolder('link'), `http://team.example/${fragment}\n`, { mode: 0o600 });
    expect(prepareEncryption({ ...NEITHER, keyFile: inFolder('link') }).fragment).toBe(fragment);
  });

  test('that holds something else is left alone', () => {
    writeFileSync(inFolder('notes'), 'mine', { mode: 0o600 });
    expect(refusal({ ...NEITHER, keyFile: inFolder('notes') })).toBe(
      `usage: ${inFolder('notes')} for --key-file does not contain a key from Culprit. Name a file that does not exist yet.`,
    );
    expect(readFileSync(inFolder('notes'), 'utf8')).toBe('mine');
  });

  test('that cannot be made is named', () => {
    expect(refusal({ ...NEITHER, keyFile: inFolder('missing/team.key') })).toBe(
      `usage: The key cannot be saved to ${inFolder('missing/team.key')} (ENOENT). Name another --key-file.`,
    );
    mkdirSync(inFolder('folder'));
    expect(refusal({ ...NEITHER, keyFile: inFolder('folder') })).toContain('for --key-file cannot be read (EISDIR)');
  });
});

describe('a passphrase', () => {
  const PASSPHRASE = 'marble otter 弁当 Größe violin';

  test('makes the key by scrypt, as Node has it, and is not in the link', () => {
    const passphraseFile = inFolder('passphrase');
    writeFileSync(passphraseFile, `${PASSPHRASE}\r\n`, { mode: 0o600 });
    const { seal, derivation, fragment } = prepareEncryption({ ...NEITHER, passphraseFile });
    expect(fragment).toBe('');
    expect(derivation).toMatchObject({ N: 131_072, r: 8, p: 1 });
    const { salt = '', ...cost } = derivation ?? {};
    expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
    const theirs = scryptSync(PASSPHRASE, Buffer.from(salt, 'base64url'), 32, { ...cost, maxmem: 2 ** 30 });
    expect(Buffer.from(seal.key)).toEqual(theirs);
  });

  test('gives the same key however its letters were composed', () => {
    const cheap = { salt: 'AAAAAAAAAAAAAAAAAAAAAA', N: 16, r: 1, p: 1 };
    expect(deriveKey('caf\u00e9', cheap)).toEqual(deriveKey('cafe\u0301', cheap));
    expect(deriveKey('cafe', cheap)).not.toEqual(deriveKey('caf\u00e9', cheap));
  });

  test.each([
    ['', 'is empty. Use four or more random words'],
    ['horse', 'has 5 characters; the minimum is 14. Use four or more random words'],
    ['😀😀😀😀😀😀😀', 'has 7 characters; the minimum is 14. Use four or more random words'],
  ])('%j is refused for its length', (passphrase, fault) => {
    expect(passphraseFault(passphrase)).toBe(fault);
  });

  test.each([
    'aaaaaaaaaaaaaaaaaaaa',
    'abcdefghijklmnopqrst',
    '12345678901234567890',
    'abcabcabcabcabcabcabc',
    'Passw0rd2024Passw0rd2025',
    'CloudTrailReport2026!',
  ])('%j is refused as easy to guess', (passphrase) => {
    expect(passphraseFault(passphrase)).toMatch(/^is easy to guess: .*\. Use four or more random words$/);
  });

  test.each([PASSPHRASE, 'correct horse battery staple', 'k7#Vq2!mZr9@Lp4w', 'あめ つき かぜ やま いし たき'])(
    '%j is accepted',
    (passphrase) => {
      expect(passphraseFault(passphrase)).toBeUndefined();
    },
  );

  test('that is weak, or in no file, is refused with its file', () => {
    const passphraseFile = inFolder('passphrase');
    expect(refusal({ ...NEITHER, passphraseFile })).toBe(
      `usage: The file ${passphraseFile} for --passphrase-file does not exist. Create it with the passphrase in it.`,
    );
    writeFileSync(passphraseFile, 'hunter2\n', { mode: 0o600 });
    expect(refusal({ ...NEITHER, passphraseFile })).toBe(
      `usage: The passphrase in ${passphraseFile} has 7 characters; the minimum is 14. Use four or more random words.`,
    );
  });
});

describe('a file that others can get at is refused', () => {
  const MODES = [
    [0o640, 'read'],
    [0o604, 'read'],
    [0o620, 'change'],
    [0o606, 'change'],
  ] as const;

  test.each(MODES)('%o, for a key', (mode, can) => {
    const keyFile = inFolder("team's key");
    prepareEncryption({ ...NEITHER, keyFile });
    chmodSync(keyFile, mode);
    expect(refusal({ ...NEITHER, keyFile })).toBe(
      `usage: Other users can ${can} ${keyFile} (--key-file). Run "chmod 600 '${folder}/team'\\''s key'".`,
    );
    chmodSync(keyFile, 0o600);
    expect(refusal({ ...NEITHER, keyFile })).toBe('accepted');
  });

  test.each(MODES)('%o, for a passphrase', (mode, can) => {
    const passphraseFile = inFolder('passphrase');
    writeFileSync(passphraseFile, 'marble otter velvet hill');
    chmodSync(passphraseFile, mode);
    expect(refusal({ ...NEITHER, passphraseFile })).toContain(`Other users can ${can} ${passphraseFile}`);
  });

  test('and a link that leads nowhere is not followed when a key is made', () => {
    symlinkSync(inFolder('elsewhere'), inFolder('team.key'));
    expect(refusal({ ...NEITHER, keyFile: inFolder('team.key') })).toContain('The key cannot be saved');
    expect(existsSync(inFolder('elsewhere'))).toBe(false);
  });
});
