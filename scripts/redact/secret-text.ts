/**
 * Finds secrets in a text: tokens by their form, values after a secret's name in any notation (commands, environment
 * files, YAML, JSON, XML, SQL, HTTP headers, URLs), private keys, and Base64 of any of these.
 *
 * Runs in linear time: it goes from anchor to anchor, and every pattern either looks at a fixed number of characters or
 * continues after its match.
 */
import { Anchors } from './anchors.js';
import { namesSecret } from './secret-keys.js';
import { TOKEN_SHAPES } from './token-shapes.js';
import { isAccessKey, isHarmlessValue, isHidden } from './secret-values.js';

/** Receives each secret, text[from … to). */
type Found = (from: number, to: number) => void;

/** Examines an anchor that ends before `end`; returns the position at which to continue, `end` if nothing was found. */
type Look = (scan: Scan, end: number) => number;

/** The current text, with the positions up to which some searches found nothing, so that none is repeated. */
interface Scan {
  readonly text: string;
  readonly found: Found;
  /** The end of the word in which no JSON Web Token begins. */
  noJwtUntil: number;
  /** The end of the unbroken text that was searched for a URL. */
  urlEnd: number;
  /** The position of the last `@`: after it, no URL has a user. */
  readonly lastAt: number;
  /** A private key continues in the next text. */
  isOpen: boolean;
}

const MOST_NAME = 80;

const LOOKS: readonly (readonly [look: Look, ...anchors: string[]])[] = [
  [lookAtUrl, '?:  '],
  [lookAtPem, '-beg', ' beg'],
  [lookAtScheme, 'bear', 'asic'],
  [lookAtJwt, 'eyj?'],
  [lookAtDriver, 'tcp ', 'thin'],
  [lookAtCommand, 'curl', 'wget', 'mysq', 'logi'],
  [lookAtStatement, 'tifi', 'to-s'],
  // Anchors for secrets that are found by other means: see `Anchors.isIn`.
  [(_, end) => end, 'ase0', 'ls0t'],
];

/** Anchors in names of secrets. */
const NAMES = [
  'pass', 'pwd ', 'pwd:', 'pwd0', 'pwds', 'secr', 'toke', 'key ', 'key:', 'keys', 'cook', 'mfac', 'totp', ' otp', '_otp',
  'zati', 'gnat', ' sig', '_sig', '-sig', 'nstr', 'erda', 'r_da', 'r-da', 'hcod', 'h_co', 'mlas', '_pw ', '-pw ', ' pw ',
  '_pw:', ' pw:', 'psk ', 'psk:', 'jwt ', 'jwt:', 'ngse', 'mnem', '_aut', 'uth ', 'igjs', 'kenn', 'senh', 'wach',
  'motd', 'asen', 'ycod', 'y_co', 'p_co', 'pcod',
]; // prettier-ignore

const FIRST_TOKEN = LOOKS.length + 1;
const NAME = FIRST_TOKEN + TOKEN_SHAPES.length;

const ANCHORS = new Anchors([
  ...LOOKS.map(([, ...anchors]) => anchors),
  ...TOKEN_SHAPES.map(({ anchors }) => anchors),
  NAMES,
]);

/** Whether bytes[start … end) may contain a secret. */
export function mayHoldSecret(bytes: Uint8Array, start: number, end: number): boolean {
  return ANCHORS.isIn(bytes, start, end);
}

/**
 * Reports each secret of a text, whose characters are one byte each, to `found`, in any order and possibly overlapping.
 * @returns whether a private key begins in the text but does not end
 */
export function secretsIn(text: string, found: Found): boolean {
  const scan: Scan = { text, found, noJwtUntil: 0, urlEnd: 0, lastAt: text.lastIndexOf('@'), isOpen: false };
  ANCHORS.visit(text, (number, end) => {
    if (number === NAME) return lookAtName(scan, end);
    if (number < FIRST_TOKEN) return (LOOKS[number - 1] as (typeof LOOKS)[0])[0](scan, end);
    return lookAtToken(scan, end, number - FIRST_TOKEN);
  });
  return scan.isOpen;
}

/** The end of a sticky pattern's match at `at`; -1 if it does not match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function isWord(text: string, at: number): boolean {
  return at >= 0 && /\w/.test(text[at] ?? '');
}

/** For each shape, the shapes that share an anchor with it. */
const SAME_ANCHOR = TOKEN_SHAPES.map(({ anchors }) =>
  TOKEN_SHAPES.filter((other) => other.anchors.some((anchor) => anchors.includes(anchor))),
);

function lookAtToken({ text, found }: Scan, end: number, number: number): number {
  for (const { pattern, before = 0, inWord } of SAME_ANCHOR[number] as typeof TOKEN_SHAPES) {
    const start = end - 4 - before;
    if (start < 0 || (inWord !== true && isWord(text, start - 1))) continue;
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match === null) continue;
    const stop = pattern.lastIndex;
    const from = match[1] === undefined ? start : stop - match[1].length;
    if (match[1] !== undefined && match[1].length === 40 && !isAccessKey(match[1])) continue;
    found(from, stop);
    return stop;
  }
  return end;
}

const JWT_PART = /[\w-]*/y;
/** The rest of a signed token (its payload is JSON), or of an encrypted one with five parts. */
const JWT_REST = /\.(?:eyJ[\w-]+\.[\w-]*|[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+)/y;

function lookAtJwt(scan: Scan, end: number): number {
  const { text, found } = scan;
  const start = end - 4;
  if (start < scan.noJwtUntil || isWord(text, start - 1)) return end;
  if (!text.startsWith('eyJ', start)) return end;
  const stop = endOf(JWT_PART, text, end);
  const last = stop - start > 11 ? endOf(JWT_REST, text, stop) : -1;
  if (last < 0) {
    scan.noJwtUntil = stop;
    return end;
  }
  found(start, last);
  return last;
}

const PEM_BEGIN = /BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}/iy;
const PEM_END = /-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}/iy;

function lookAtPem(scan: Scan, end: number): number {
  const { text, found } = scan;
  const begin = end - 3;
  if (endOf(PEM_BEGIN, text, begin) < 0) return end;
  let from = begin;
  while (from > 0 && begin - from < 6 && (text[from - 1] === '-' || text[from - 1] === ' ')) from--;
  // A text may contain many keys, and a hostile one many ends of other things: each is visited once.
  for (let at = text.indexOf('END ', begin); at >= 0; at = text.indexOf('END ', at + 4)) {
    for (const dashes of [5, 4, 6]) {
      const stop = endOf(PEM_END, text, at - dashes);
      if (stop < 0) continue;
      found(from, stop);
      return stop;
    }
  }
  scan.isOpen = true;
  found(from, text.length);
  return text.length;
}

const BEARER = /bearer\s{1,8}([^\s"'`,;<>\\]{8,8192})/iy;
const BASIC = /basic\s{1,8}([A-Za-z0-9+/_-]{6,8192}={0,2})/iy;

/** `Bearer …` and `Basic …`, if the text after them is not a word. */
function lookAtScheme({ text, found }: Scan, end: number): number {
  for (const [pattern, at] of [
    [BEARER, end - 4],
    [BASIC, end - 5],
  ] as const) {
    if (at < 0 || isWord(text, at - 1)) continue;
    pattern.lastIndex = at;
    const token = pattern.exec(text)?.[1];
    if (token === undefined) continue;
    const isSecret = pattern === BEARER ? isRandom(token) : isUserAndPassword(token);
    if (!isSecret) continue;
    found(pattern.lastIndex - token.length, pattern.lastIndex);
    return pattern.lastIndex;
  }
  return end;
}

/** Whether it is not a word: it has a digit, or is long and has letters of both cases. */
function isRandom(text: string): boolean {
  return /\d/.test(text) || (text.length >= 20 && /[a-z][A-Z]/.test(text));
}

/** Whether Base64 decodes to a name, a colon and a password. */
export function isUserAndPassword(base64: string): boolean {
  if (base64.replaceAll('=', '').length % 4 === 1) return false;
  return /^[\x20-\x7e]*:[\x20-\x7e\x80-\xff]*$/.test(Buffer.from(base64, 'base64').toString('latin1'));
}

const UNBROKEN = /[^\s"'`<>\\]*/y;
const URL_USER = /[^\s/:@"'`<>\\]{0,256}/y;
const PORT = /\d{1,5}(?:[/?#]|$)/y;
const HOST = /[\w.-]{1,255}|\[/y;

/** `scheme://user:password@host`, also if the password contains `/` or `@`, and `scheme://token@host`. */
function lookAtUrl(scan: Scan, end: number): number {
  const { text, found } = scan;
  if (end > scan.lastAt || text[end - 1] !== '/' || text[end - 2] !== '/') return end;
  if (end > scan.urlEnd) scan.urlEnd = endOf(UNBROKEN, text, end);
  const next = text.indexOf('://', end);
  const limit = next >= 0 && next < scan.urlEnd ? next : scan.urlEnd;
  const host = hostMark(text, end, limit);
  if (host < 0) return end;
  const user = endOf(URL_USER, text, end);
  const name = text.slice(end, user);
  if (user === host) {
    // Without a password, the user name is a secret if it is random.
    if (!(name.length >= 20 && /\d/.test(name) && /[A-Za-z]/.test(name))) return end;
    found(end, user);
    return host;
  }
  if (text[user] !== ':') return end;
  const password = text.slice(user + 1, host);
  const isWeb = /https?$/i.test(text.slice(Math.max(0, end - 8), end - 3));
  if (isWeb && endOf(PORT, text, user + 1) >= 0) return end;
  if (password === '' || password === 'x-oauth-basic' || password === 'x') {
    if (name.length < 8) return end;
    found(end, user);
  } else if (isHidden(password) || isHarmlessValue(password)) return end;
  else {
    found(user + 1, host);
    if (name.length >= 30 && isRandom(name)) found(end, user);
  }
  return host;
}

/** The `@` before the host in text[from … to): the last one before a query that a host follows; -1 if there is none. */
function hostMark(text: string, from: number, to: number): number {
  let beforeQuery = -1;
  let any = -1;
  let isQuery = false;
  for (let at = from; at < to; at++) {
    const character = text[at];
    if (character === '?' || character === '#') isQuery = true;
    else if (character === '@' && text[at - 1] !== '/' && endOf(HOST, text, at + 1) >= 0) {
      any = at;
      if (!isQuery) beforeQuery = at;
    }
  }
  return beforeQuery >= 0 ? beforeQuery : any;
}

/** Connection strings of drivers: `user:password@tcp(host)` (Go), `thin:user/password@host` (Oracle). */
function lookAtDriver({ text, found }: Scan, end: number): number {
  if (text.startsWith('tcp(', end - 4) && text[end - 5] === '@') {
    const to = end - 5;
    let from = to;
    while (from > 0 && to - from < 128 && !/[\s"'`=]/.test(text[from - 1] as string)) from--;
    const colon = text.slice(from, to).indexOf(':');
    if (colon >= 0 && from + colon + 1 < to) found(from + colon + 1, to);
    return end;
  }
  return group(/thin:[^/\s"'@]{1,64}\/([^\s"'@]{1,128})@/iy, text, end - 4, found, end);
}

const CREDENTIALS =
  /[^\n|;&]{0,200}?\s(?:-u|--user|--proxy-user)(?:\s{1,4}|=)(?:\\*["'])?[^\s:"'\\]{1,64}:([^\s"'\\]+)/y;
const MYSQL = /mysql\w{0,10}(?=\s)[^\n|;&]{0,200}?\s-p((?!\s)[^\s"'\\]+|\\*["'][^\s"'\\]+)/y;
const LOGIN = /login\s[^\n|;&]{0,200}?\s-p\s{1,4}(?:\\*["'])?([^\s"'\\]+)/y;

/** Commands with single-letter options. */
function lookAtCommand({ text, found }: Scan, end: number): number {
  const start = end - 4;
  if (isWord(text, start - 1)) return end;
  if (text.startsWith('mysq', start)) return group(MYSQL, text, start, found, end);
  if (text.startsWith('logi', start)) return group(LOGIN, text, start, found, end);
  if (!/^(?:curl|wget)$/.test(text.slice(start, end))) return end;
  return group(
    CREDENTIALS,
    text,
    end,
    (from, to) => {
      // The number of a user and of a group.
      if (!/^\d+$/.test(text.slice(from, to))) found(from, to);
    },
    end,
  );
}

const IDENTIFIED =
  /identified\s{1,8}(?:with\s{1,8}\S{1,64}\s{1,8})?by\s{1,8}(?:password\s{1,8})?\\*["']([^"'\\]{1,1000})/iy;
const SECURE_STRING = /to-securestring\s{1,8}(?:-string\s{1,8})?\\*["']([^"'\\]{1,1000})/iy;

/** SQL's `IDENTIFIED BY '…'` and `IDENTIFIED WITH plugin BY '…'`, and PowerShell's `ConvertTo-SecureString '…'`. */
function lookAtStatement({ text, found }: Scan, end: number): number {
  const next = group(IDENTIFIED, text, end - 8, found, end);
  return next > end ? next : group(SECURE_STRING, text, end - 4, found, end);
}

/** Reports the group of a match, which is at its end; returns the position at which to continue. */
function group(pattern: RegExp, text: string, at: number, found: Found, otherwise: number): number {
  if (at < 0) return otherwise;
  pattern.lastIndex = at;
  const value = pattern.exec(text)?.[1];
  if (value === undefined || isHidden(value) || isHarmlessValue(value)) return otherwise;
  const stop = /[@]$/.test(pattern.source) ? pattern.lastIndex - 1 : pattern.lastIndex;
  found(stop - value.length, stop);
  return Math.max(otherwise, stop);
}

function isNameCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) ||
    code === 0x5f || code === 0x2d || code === 0x2e || code >= 0x80
  ); // prettier-ignore
}

/** Words before `key` that make it a secret: `API key: …`. */
const BEFORE_KEY =
  /\b(?:api|secret|private|encryption|signing|account|license|subscription|access|shared)[ _](?:access[ _])?$/i;
const NAMED_BEFORE = /(?:name|key)\\*["'`]?\s{0,8}[:=]\s{0,8}\\*["'`]?$/i;

const OPERATOR = /\\*["'`]?\]?\s{0,40}(?:=>|:=|\+=|==?|:)\s{0,40}/y;
const LABELLED_VALUE =
  /\\*["'`]?\s{0,40}[,;]?\s{0,40}(?:-\s{0,8})?(?:\\*["'`])?\w{0,20}value(?:\\*["'`])?\s{0,8}[:=]\s{0,8}/iy;
/** `password 'hunter2'`, `API key "…"`: more than a single word. */
const QUOTED = /(?=\\*(["'`])[^"'`\s]{0,200}[^A-Za-z"'`\s][^"'`\s]{0,200}\\*\1)/y;
/** `the password is hunter2`: letters with digits. */
const SENTENCE =
  /\s{1,4}(?:is|was|to)\s{0,2}:?\s{1,4}(?=(?=[^\s"'`]{0,200}\d)(?=[^\s"'`]{0,200}[A-Za-z])[^\s"'`]{6,200})/iy;
/** Between the arguments of a call: `setenv("DB_PASSWORD", …`. */
const ARGUMENT = /\\*["'`]\s{0,8},\s{0,8}(?=\\*["'`])/y;
/** A name and a password as a pair: `auth=("alice", …`. */
const PAIR = /\(\s{0,8}\\*["'][^"'\\]{0,64}\\*["']\s{0,8},\s{0,8}(?=\\*["'])/y;
const LINE = /[^\r\n"'`\\]+/y;
const ELEMENT = /[^<]+/y;
const SPACES = /[ \t]{1,8}/y;
const SCHEME = /(?:Basic|Bearer|Token|Digest|Negotiate|ApiKey|AWS4-HMAC-SHA256)\s{1,8}/iy;
const BLOCK = /[|>][-+]?[ \t]*\r?\n[ \t]+/y;
const OPENING = /(?:[rbuf$@]{0,2})(\\*)(["'`])/iy;
/** A value up to the end of a word in commands, queries and connection strings. */
const UNQUOTED = /[^\s"'`<>&;|\\]*/y;
/** A backslash joins the next character. */
const JOINED = /\\[^nrtu"'`\\\s]/y;
/** In an environment file only a space ends a value, unless another name follows. */
const VARIABLE = /[^\s"'`\\;&]*/y;
const NO_NAME = /[;&](?=[^\s;&=]+(?:[\s;&]|$))/y;

/**
 * The end of a value whose parts, `part`, are joined by `joint`. A loop, because one pattern for both would need memory
 * for each part.
 */
function joinedEnd(part: RegExp, joint: RegExp, text: string, at: number): number {
  let end = endOf(part, text, at);
  for (let next = endOf(joint, text, end); next >= 0; next = endOf(joint, text, end)) end = endOf(part, text, next);
  return end;
}

/** The value after a secret's name. */
function lookAtName(scan: Scan, end: number): number {
  const { text } = scan;
  let from = end - 4;
  while (from < end && !isNameCharacter(text, from)) from++;
  let to = from;
  while (from > 0 && to - from < MOST_NAME && isNameCharacter(text, from - 1)) from--;
  const most = to + MOST_NAME;
  while (to < most && to < text.length && isNameCharacter(text, to)) to++;
  const name = text.slice(from, to);
  const next = Math.max(end, to);
  const bare = name.replace(/^[-.]+/, '');
  if (!isNamed(text, from, bare)) return next;
  const isSignature = /(?:^|[^a-z])sig(?:nature)?$/i.test(bare);
  if (isSignature && text[to] !== '=') return next;
  if (text[to] === '>' && /[<:]/.test(text[from - 1] ?? ''))
    return value(scan, to + 1, endOf(ELEMENT, text, to + 1), next);
  const operator = endOf(OPERATOR, text, to);
  if (operator >= 0) {
    const sign = text.slice(to, operator);
    // `arn:…:secret:name`, `//token:8080`
    if (sign === ':' && /[:/@.]/.test(text[from - 1] ?? '')) return next;
    if (/^-?(?:OLD)?PWD$/i.test(bare) && /[/~.$]/.test(text[operator] ?? '')) return next;
    return valueOf(scan, bare, sign, operator, next);
  }
  const spaces = endOf(SPACES, text, to);
  if (spaces >= 0) {
    const isFlag = name.startsWith('-') && text[spaces] !== '-';
    const isSet = /(?:^|\s)(?:ENV|ARG|set|setx|export)\s{1,4}$/.test(text.slice(Math.max(0, from - 12), from));
    const isNetrc = /login\s{1,4}\S{1,64}\s{1,8}$/.test(text.slice(Math.max(0, from - 80), from));
    if (isFlag || isSet || isNetrc || endOf(QUOTED, text, spaces) >= 0) return valueOf(scan, bare, ' ', spaces, next);
    const sentence = endOf(SENTENCE, text, to);
    if (sentence >= 0) return valueOf(scan, bare, ' ', sentence, next);
    const short = /^sshpass$/.test(bare) ? endOf(/\s{1,4}-p\s{0,4}/y, text, to) : -1;
    if (short >= 0) return valueOf(scan, bare, ' ', short, next);
  }
  if (/\(\s{0,8}\\*["'`]$/.test(text.slice(Math.max(0, from - 12), from))) {
    const argument = endOf(ARGUMENT, text, to);
    return argument < 0 ? next : valueOf(scan, bare, '=', argument, next);
  }
  if (!NAMED_BEFORE.test(text.slice(Math.max(0, from - 40), from))) return next;
  const labelled = endOf(LABELLED_VALUE, text, to);
  return labelled < 0 ? next : valueOf(scan, bare, '=', labelled, next);
}

function isNamed(text: string, from: number, name: string): boolean {
  if (/^keys?$/i.test(name)) return BEFORE_KEY.test(text.slice(Math.max(0, from - 24), from));
  return namesSecret(name) || /(?:^|[^a-z])sig(?:nature)?$/i.test(name);
}

function valueOf(scan: Scan, name: string, sign: string, start: number, next: number): number {
  const { text } = scan;
  if (/cookie$/i.test(name) && sign.includes(':')) return value(scan, start, endOf(LINE, text, start), next);
  let at = start;
  if (/authorization$/i.test(name)) {
    OPENING.lastIndex = at;
    if (OPENING.test(text)) at = OPENING.lastIndex;
    at = Math.max(at, endOf(SCHEME, text, at));
    return value(scan, at, endOf(LINE, text, at), next);
  }
  const block = endOf(BLOCK, text, at);
  if (block >= 0) return value(scan, block, endOf(LINE, text, block), next);
  OPENING.lastIndex = at;
  const [opening, backslashes = '', quote = ''] = OPENING.exec(text) ?? [];
  if (opening !== undefined) {
    at += opening.length;
    return value(scan, at, closing(text, at, quote, backslashes.length), next, name);
  }
  if (text[at] === '{' || text[at] === '[') return next;
  if (/^_?auth$/i.test(name)) {
    const pair = endOf(PAIR, text, at);
    if (pair >= 0) return valueOf(scan, 'password', sign, pair, next);
  }
  const isVariable = sign === '=' && /^[A-Z][A-Z0-9_]*$/.test(name);
  let to = isVariable ? joinedEnd(VARIABLE, NO_NAME, text, at) : joinedEnd(UNQUOTED, JOINED, text, at);

  if (!isVariable) to = withoutTail(text, at, to);
  const found = text.slice(at, to);
  // Prose continues after a word.
  if (/^[A-Za-z]+[.,]?$/.test(found) && sign.endsWith(' ') && /^[ \t]+[A-Za-z]+[ .,]/.test(text.slice(to, to + 40)))
    return next;
  return value(scan, at, to, next, name);
}

/** The end of a quoted text: before the quote with as many backslashes as the opening one, or with none. */
function closing(text: string, from: number, quote: string, backslashes: number): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
    let run = 0;
    while (at - run > from && text[at - run - 1] === '\\') run++;
    if (run % (2 * (backslashes + 1)) === backslashes) return at - backslashes;
  }
  return text.length;
}

/** Without trailing brackets, ends of sentences, and separators of a list. */
function withoutTail(text: string, from: number, to: number): number {
  let end = to;
  const comma = /,(?=[\w.-]+[=:])/g;
  comma.lastIndex = from;
  const next = comma.exec(text.slice(0, Math.min(to, from + 2000)))?.index;
  if (next !== undefined && next < end) end = next;
  while (end > from && /[,.:)\]}]/.test(text[end - 1] as string)) end--;
  return end;
}

function value({ text, found }: Scan, from: number, to: number, next: number, name = ''): number {
  if (to <= from) return next;
  const length = to - from;
  if (length <= 200) {
    const secret = text.slice(from, to).trim();
    if (isHidden(secret) || isHarmlessValue(secret, name)) return next;
    if (/^_?auth$/i.test(name) && !isUserAndPassword(secret)) return next;
  }
  found(from, to);
  return Math.max(next, to);
}

/** A counted repeat would need memory for each character. */
const BASE64 = /[A-Za-z0-9+/_-]+/g;
const SHORTEST_BASE64 = 24;
const NEXT_LINE = /\r?\n(?=[A-Za-z0-9+/_-]{4})/y;
const BASE64_LINE = /[A-Za-z0-9+/_-]*/y;
const PADDING = /={0,2}/y;

/** Reports each stretch of Base64 in a text whose decoded content `isSecret` accepts. */
export function base64In(text: string, isSecret: (decoded: string) => boolean, found: Found): void {
  BASE64.lastIndex = 0;
  const stretches: [from: number, to: number][] = [];
  for (let match = BASE64.exec(text); match !== null; match = BASE64.exec(text)) {
    if (match[0].length < SHORTEST_BASE64 || !isBase64Text(match[0])) continue;
    const to = endOf(PADDING, text, joinedEnd(BASE64_LINE, NEXT_LINE, text, match.index));
    stretches.push([match.index, to]);
    BASE64.lastIndex = to;
  }
  for (const [from, to] of stretches) {
    const base64 = text.slice(from, to);
    const decoded = isBase64Text(base64) ? decodedText(base64) : undefined;
    if (decoded !== undefined && isSecret(decoded)) found(from, to);
  }
}

/** Whether it may be Base64 of a text: the first of every three bytes is below 0x80. */
function isBase64Text(text: string): boolean {
  for (let i = 0; i < Math.min(text.length, 72); i += 4) if (!/[A-Za-f]/.test(text[i] as string)) return false;
  return true;
}

/** The text that Base64 decodes to, in UTF-8 or (PowerShell) UTF-16; undefined if it is not a text. */
function decodedText(base64: string): string | undefined {
  const text = Buffer.from(base64, 'base64').toString('latin1');
  const narrow = text.replaceAll('\0', '');
  if (narrow.length < text.length * 0.9 && narrow.length > text.length * 0.6) return undefined;

  return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(narrow) ? undefined : narrow;
}
