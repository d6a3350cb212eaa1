/** What a sealed page says openly: enough to tell the right key from a wrong one, and nothing of the report. */
import { sha256 } from '@noble/hashes/sha2.js';
import { KEY_BYTES } from './seal.js';

export const LOCK_ELEMENT = 'culprit-lock';
/** The field of the address after `#` that holds the key. */
export const KEY_FIELD = 'key';

export interface Lock {
  readonly format: 'culprit-sealed';
  readonly version: 1;
  /** The report's random number, base64url. */
  readonly report: string;
  /** Which key opens it ({@link keyMark}). */
  readonly key: string;
  /** How the key is made of a passphrase; absent where the link holds the key. */
  readonly passphrase?: KeyDerivation;
  /** The embedded manifest: gzip, sealed, base64. */
  readonly manifest: string;
}

/** scrypt (RFC 7914) of a passphrase in Unicode's NFKC, as UTF-8. */
export interface KeyDerivation {
  /** base64url. */
  readonly salt: string;
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** The parsed text of a lock; undefined where it is none: a key must not be called wrong because the page is damaged. */
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

/** By which a key is recognised: the beginning of a hash, from which the key cannot be found. */
export function keyMark(key: Uint8Array): string {
  const name = new TextEncoder().encode('culprit key ');
  const bytes = new Uint8Array(name.length + key.length);
  bytes.set(name);
  bytes.set(key, name.length);
  return base64Url(sha256(bytes).subarray(0, MARK_BYTES));
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** base64url (RFC 4648) without padding: every character of it may stand in an address. */
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

/** The bytes of a text that {@link base64Url} gave; undefined for one that it never gives. */
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

/** The key that a text holds, which may be a whole link or the part of it after `#`; undefined where it holds none. */
export function keyIn(text: string): Uint8Array | undefined {
  const field = new RegExp(String.raw`(?:^|[#&?\s])${KEY_FIELD}=([\w-]+)`).exec(text)?.[1];
  const key = fromBase64Url(field ?? text.trim());
  return key?.length === KEY_BYTES ? key : undefined;
}
