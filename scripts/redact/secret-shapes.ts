/** Secrets that are known by how they look, whatever the key: all of a text, or parts of it. */

/** Shorter texts are not looked at. */
const SHORTEST = 12;
/** An AWS secret access key's length. */
const ACCESS_KEY_LENGTH = 40;
/** How often a random key of that length goes from one kind of character to another is 25; words do it far less. */
const MOST_WORDLIKE = 15;

/** How texts begin that may be a secret as a whole, four bytes each. */
const BEGINNINGS: ReadonlySet<number> = new Set(
  'ghp_ gho_ ghu_ ghs_ ghr_ gith xoxa xoxb xoxp xoxr xoxs sk_l rk_l glpa AGE- IQoJ FwoG FQoG AQoD ----'
    .split(' ')
    // A JSON Web Token begins with `eyJ` and a character of base64.
    .concat(Array.from('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (fourth) => `eyJ${fourth}`))
    .map(word),
);
/** Their first bytes. */
const FIRSTS = new Uint8Array(256);
for (const beginning of BEGINNINGS) FIRSTS[beginning & 0xff] = 1;

function word(four: string): number {
  return new DataView(Uint8Array.from(four, (letter) => letter.charCodeAt(0)).buffer).getInt32(0, true);
}

/**
 * Secrets as a whole: JSON Web Tokens, GitHub's, GitLab's, Slack's and Stripe's tokens, age's and PEM private keys, and
 * session tokens of AWS, whose first bytes are always one of a few.
 */
const WHOLE =
  /^(?:eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*|gh[opusr]_\w{30,}|github_pat_\w{30,}|xox[abprs]-[\w-]{10,}|[sr]k_live_\w{16,}|glpat-[\w-]{16,}|AGE-SECRET-KEY-\w+|(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|AQoDYXdz)[\w/+=]{40,}|-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*)$/;

const SECRET_NAME = String.raw`[\w.-]*(?:password|passwd|pwd|secret|secret_?key|api_?key|access_?token|id_?token|refresh_?token|auth_?token|session_?token|security_?token|client_?secret|private_?key|x-amz-signature|x-amz-security-token|user_?data)`;

const INNER_VALUE = String.raw`(?:[^\\"]|\\\\(?:\\")?)+(?=\\")`;
const INNER_LABEL = String.raw`\\"\w{0,20}(?:name|key)\\"\s*:\s*\\"(?:${SECRET_NAME}|token)\\"`;
const INNER_LABELLED = String.raw`\\"\w{0,20}value\\"\s*:\s*\\"`;

/** Part of a text, escapes as written; each match is the secret alone. */
interface PartShape {
  /** What stands right before each match: looking behind every character takes ten times as long. */
  readonly after: string;
  /** Tried where it may begin only (sticky). */
  readonly pattern: RegExp;
}

function behind(after: string, source: string): PartShape {
  return { after, pattern: new RegExp(source, 'iy') };
}

const QUOTE = String.raw`\"`;

const PARTS: readonly PartShape[] = [
  // name=value: of a query, of a connection string, of a command line
  behind('=', String.raw`(?<=(?:^|[^\w.-])(?:${SECRET_NAME}|signature|sig|token)=)[^\s&;,"'\\)}\]]+`),
  // --password value
  behind(' ', String.raw`(?<=(?:^|\s)--?(?:${SECRET_NAME}|token) )[^\s"'\\-][^\s"'\\]*`),
  // "name": "value" of JSON inside of a string
  behind(QUOTE, String.raw`(?<=\\"(?:${SECRET_NAME}|token)\\"\s*:\s*\\")${INNER_VALUE}`),
  // "name": "DB_PASSWORD", "value": "…" of it, in either order
  behind(QUOTE, String.raw`(?<=${INNER_LABEL}\s*,\s*${INNER_LABELLED})${INNER_VALUE}`),
  behind(QUOTE, String.raw`(?<=${INNER_LABELLED})${INNER_VALUE}(?=\\"\s*,\s*${INNER_LABEL})`),
  // scheme://user:password@host
  { after: ':', pattern: /(?<=:\/\/[^\s/:@"\\]{0,64}:)[^\s/@"\\]+(?=@)/y },
  // Authorization: Bearer …
  { after: ' ', pattern: /(?<=\b(?:Bearer|Basic) )(?=[\w.~+/-]*\d)[\w.~+/-]{8,}=*/y },
];

/** Tokens and keys that stand in other text. Lengths have limits because a hostile text may begin a token a thousand times. */
const TOKENS: readonly RegExp[] = [
  /\beyJ[\w-]{8,4000}\.eyJ[\w-]{8,4000}\.[\w-]*|\bgh[opusr]_\w{30,}|\bgithub_pat_\w{30,}|\bxox[abprs]-[\w-]{10,}|\b[sr]k_live_\w{16,}|\bglpat-[\w-]{16,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-(?!----END))*/g,
];

/** Where none of these is, none of the parts is: one look instead of seven. */
const SUSPECT =
  /passw|pwd|secret|token|api_?key|private|signature|sig=|:\/\/[^/]*@|bearer |basic |eyJ|gh[opusr]_|github_|xox|_live_|glpat-/i;

/** What is no secret, or one that AWS or Culprit hid already. */
const HIDDEN =
  /^(?:|true|false|null|\*+|HIDDEN_DUE_TO_SECURITY_REASONS|MASKED_BY_CULPRIT|.{0,3}(?:sensitive ?data ?removed|redacted|hidden|masked|removed).{0,3})$/i;

/** Whether a text that stands where a secret should is none, because somebody hid it. */
export function isHidden(text: string): boolean {
  return HIDDEN.test(text);
}

/** What `shapeOf` says of most texts. */
export const NOTHING = 0;
/** The text as a whole is a secret. */
export const ALL = 1;
/** Parts of it may be: see `secretParts`. */
export const MAYBE_PARTS = 2;

/** What bytes[start … end), a string's inside with escapes as written, looks like. Takes little time, as it is asked of every text. */
export function shapeOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  const length = end - start;
  if (length < SHORTEST) return NOTHING;
  if (
    FIRSTS[bytes[start] as number] === 1 &&
    BEGINNINGS.has(view.getInt32(start, true)) &&
    WHOLE.test(latin1(bytes, start, end))
  )
    return ALL;
  if (length === ACCESS_KEY_LENGTH && isAccessKey(bytes, start)) return ALL;
  return hasSuspicious(view, start, end) ? MAYBE_PARTS : NOTHING;
}

/** Whether there is a byte without which no part is a secret: `=`, `@`, a backslash, a space. */
function hasSuspicious(view: DataView, start: number, end: number): boolean {
  let last = end - 4;
  // What base64 ends with says nothing.
  while (last > start && view.getUint8(last + 3) === 0x3d) last--;
  for (let i = start; i < last; i += 4) if (isSuspicious(view.getInt32(i, true))) return true;
  return isSuspicious(view.getInt32(last, true));
}

/** Whether one of four bytes is one of these. For the sums see `plainEnd`. */
function isSuspicious(word: number): boolean {
  const equals = word ^ 0x3d3d3d3d;
  const at = word ^ 0x40404040;
  const backslash = word ^ 0x5c5c5c5c;
  const space = word ^ 0x20202020;
  const found =
    ((equals - 0x01010101) & ~equals) |
    ((at - 0x01010101) & ~at) |
    ((backslash - 0x01010101) & ~backslash) |
    ((space - 0x01010101) & ~space);
  return (found & 0x80808080) !== 0;
}

/** Calls `found` with each part of bytes[start … end) that is a secret, in order and without overlap. */
export function secretParts(
  bytes: Uint8Array,
  start: number,
  end: number,
  found: (from: number, to: number) => void,
): void {
  const text = latin1(bytes, start, end);
  if (!SUSPECT.test(text)) return;
  const parts: Part[] = [];
  for (const shape of PARTS) addParts(text, shape, parts);
  for (const pattern of TOKENS) {
    for (const { index, 0: match } of text.matchAll(pattern)) parts.push([index, index + match.length]);
  }
  let last = 0;
  for (const [from, to] of parts.sort(([a], [b]) => a - b)) {
    if (from < last || isHidden(text.slice(from, to))) continue;
    found(start + from, start + to);
    last = to;
  }
}

/** A match, as [from, to). */
type Part = readonly [from: number, to: number];

/** Adds the matches of a shape, which do not overlap, in order. */
function addParts(text: string, { after, pattern }: PartShape, parts: Part[]): void {
  let last = 0;
  for (let at = text.indexOf(after); at >= 0; at = text.indexOf(after, at + 1)) {
    const from = at + after.length;
    if (from < last) continue;
    pattern.lastIndex = from;
    if (!pattern.test(text)) continue;
    last = pattern.lastIndex;
    parts.push([from, last]);
  }
}

/** The memory that was read last: making a Buffer of it takes longer than reading a short text. */
let memory = Buffer.alloc(0);

/** The bytes as characters, one each. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  const { buffer, byteOffset } = bytes;
  if (memory.buffer !== buffer) memory = Buffer.from(buffer as ArrayBuffer);
  return memory.toString('latin1', byteOffset + start, byteOffset + end);
}

/** Whether the forty bytes from `start` on are base64 without words: letters of both cases and digits, mixed at random. */
function isAccessKey(bytes: Uint8Array, start: number): boolean {
  let changes = 0;
  let before = -1;
  let kinds = 0;
  for (let i = start; i < start + ACCESS_KEY_LENGTH; i++) {
    const kind = kindOf(bytes[i] as number);
    if (kind < 0) return false;
    if (kind !== before) changes++;
    before = kind;
    kinds |= 1 << kind;
  }
  return changes > MOST_WORDLIKE && (kinds & 7) === 7;
}

/** 0 for a capital, 1 for a small letter, 2 for a digit, 3 for what else base64 has, -1 for anything else. */
function kindOf(byte: number): number {
  if (byte >= 0x61 && byte <= 0x7a) return 1;
  if (byte >= 0x41 && byte <= 0x5a) return 0;
  if (byte >= 0x30 && byte <= 0x39) return 2;
  return byte === 0x2b || byte === 0x2f ? 3 : -1;
}
