/** The readable part of a sealed page: enough to tell a right key from a wrong one, and nothing about the report. */
import { sha256 } from '@noble/hashes/sha2.js';
import { KEY_BYTES } from './seal.js';

export const LOCK_ELEMENT = 'culprit-lock';
/** The field after `#` in the address that contains the key. */
export const KEY_FIELD = 'key';

export interface Lock {
  readonly format: 'culprit-sealed';
  readonly version: 1;
  /** The report's random number, base64url. */
  readonly report: string;
  /** Identifies the key that opens it ({@link keyMark}). */
  readonly key: string;
  /** How the key is derived from a passphrase; absent if the link contains the key. */
  readonly passphrase?: KeyDerivation;
  /** The embedded manifest: gzip, sealed, Base64. */
  readonly manifest: string;
}

/** scrypt (RFC 7914) of a passphrase in Unicode's NFKC form, as UTF-8. */
export interface KeyDerivation {
  /** base64url. */
  readonly salt: string;
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** The lock from its parsed text; undefined if it is invalid, so that a damaged page is not reported as a wrong key. */
export function lockOf(parsed: unknown): Lock | undefined {
  const { format, version, report, key, passphrase, manifest } = (parsed ?? {}) as Partial<Lock>;
  const isWhole =
    format === 'culprit-sealed' &&
    version === 1 &&
    isBase64Url(report) &&
    isBase64Url(key, MARK_BYTES) &&
    typeof manifest === 'string' &&
    (passphrase === undefined || isKeyDerivation(passphrase));
  return isWhole ? (parsed as Lock) : undefined;
}

function isKeyDerivation(derivation: Partial<KeyDerivation> | null): boolean {
  const { salt, N, r, p } = derivation ?? {};
  return isBase64Url(salt) && [N, r, p].every((n) => Number.isSafeInteger(n) && (n ?? 0) > 0);
}

function isBase64Url(text: unknown, bytes?: number): boolean {
  const found = typeof text === 'string' && text !== '' ? fromBase64Url(text) : undefined;
  return found !== undefined && (bytes === undefined || found.length === bytes);
}

const MARK_BYTES = 9;

/** Identifies a key: the beginning of a hash, from which the key cannot be derived. */
export function keyMark(key: Uint8Array): string {
  const name = new TextEncoder().encode('culprit key ');
  const bytes = new Uint8Array(name.length + key.length);
  bytes.set(name);
  bytes.set(key, name.length);
  return base64Url(sha256(bytes).subarray(0, MARK_BYTES));
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** base64url (RFC 4648) without padding: all its characters are valid in an address. */
export function base64Url(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) text += DIGITS.charAt((value >> (bits - 6)) & 63);
    value &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + DIGITS.charAt((value << (6 - bits)) & 63);
}

/** The bytes of a text from {@link base64Url}; undefined for any other text. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return undefined;
    value = (value << 6) | digit;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(value >> bits);
    value &= (1 << bits) - 1;
  }
  return bits < 6 && value === 0 ? Uint8Array.from(bytes) : undefined;
}

/** The key in a text, which may be a whole link or its part after `#`; undefined if there is none. */
export function keyIn(text: string): Uint8Array | undefined {
  const field = new RegExp(String.raw`(?:^|[#&?\s])${KEY_FIELD}=([\w-]+)`).exec(text)?.[1];
  const key = fromBase64Url(field ?? text.trim());
  return key?.length === KEY_BYTES ? key : undefined;
}
