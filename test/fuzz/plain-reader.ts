/**
 * A second reader of logs, to compare the real one with: slow, simple, and sharing no code with it. It says which events
 * must be in the report, which may be besides where a file is damaged, and whether the file must be named for damage.
 */
import { crc32, constants, inflateRawSync } from 'node:zlib';

/** JSON with the way in which it was written: duplicate keys, numbers as spelled. */
export type Json =
  | {
      readonly kind: 'object';
      readonly members: readonly (readonly [key: string, value: Json])[];
      readonly end: number;
    }
  | { readonly kind: 'array'; readonly items: readonly Json[]; readonly end: number }
  | { readonly kind: 'string'; readonly value: string; readonly end: number }
  | { readonly kind: 'bare'; readonly text: string; readonly end: number };

export interface ExpectedEvent {
  /** '' where the record has none: then it is no copy of another. */
  readonly id: string;
  /** All fields; records of one ID and one content are copies. */
  readonly content: string;
  /** The cells that are compared, as `rowOf` has them. */
  readonly row: string;
}

export interface Expected {
  readonly events: readonly ExpectedEvent[];
  /** What may be found in damaged parts: of these, any. */
  readonly possible: readonly ExpectedEvent[];
  /** Whether something must be named as left out or damaged; undefined where both are right. */
  readonly isFaulty: boolean | undefined;
  /** Records of CloudTrail's that are no events; undefined where damage may have brought in more. */
  readonly others: number | undefined;
  /** The bytes themselves are damaged, so that events may have other values: nothing is expected of them. */
  readonly isOpaque: boolean;
}

class Damage extends Error {}

/**
 * Whether the text has an escape or a number that JSON has not. The reader steps over most values without looking at them
 * closely: it may take such a record as it is written, or leave it out and say so.
 */
let isOdd = false;

/** The columns that are compared, by kind of cell: text, JSON as written, and fields of userIdentity. */
const TEXTS =
  'eventTime awsRegion eventSource eventName sourceIPAddress userAgent errorCode readOnly eventType eventCategory managementEvent recipientAccountId vpcEndpointId vpcEndpointAccountId apiVersion eventVersion sessionCredentialFromConsole errorMessage eventID requestID sharedEventID'.split(
    ' ',
  );
const JSONS = 'requestParameters responseElements additionalEventData serviceEventDetails addendum'.split(' ');
const IDENTITY = 'userName type accountId arn principalId accessKeyId invokedBy'.split(' ');
const CONTAINERS = ['Records', 'Events', 'events', 'logEvents'];
const IGNORED = ['Insight', 'AwsCloudTrailInsight', 'NetworkActivity', 'Aggregated', 'AwsAggregatedEvent'];
const SPACE = /[ \t\r\n]*/y;
/** Between values there may be byte order marks too, where files were put together. */
const MARKS = /[ \t\r\n\ufeff]*/y;

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  return SPACE.lastIndex;
}

function skipMarks(text: string, at: number): number {
  MARKS.lastIndex = at;
  MARKS.exec(text);
  return MARKS.lastIndex;
}

/** The JSON value at `at`. @throws Damage */
function parse(text: string, at: number): Json {
  const first = text[at];
  if (first === '{') {
    const members: [string, Json][] = [];
    let i = skipSpace(text, at + 1);
    if (text[i] === '}') return { kind: 'object', members, end: i + 1 };
    for (;;) {
      const key = string(text, i);
      i = skipSpace(text, key.end);
      if (text[i] !== ':') throw new Damage();
      const value = memberOf(text, key.value, skipSpace(text, i + 1));
      members.push([key.value, value]);
      i = skipSpace(text, value.end);
      if (text[i] === '}') return { kind: 'object', members, end: i + 1 };
      if (text[i] !== ',') throw new Damage();
      i = skipSpace(text, i + 1);
    }
  }
  if (first === '[') {
    const items: Json[] = [];
    const end = listItems(text, at, (item) => items.push(item));
    return { kind: 'array', items, end };
  }
  if (first === '"') return string(text, at);
  const bare = /(?:-?\d[\d+\-.eE]*|true|false|null)/y;
  bare.lastIndex = at;
  const found = bare.exec(text)?.[0];
  if (found === undefined) throw new Damage();
  if (!/^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/.test(found)) isOdd = true;
  return { kind: 'bare', text: found, end: at + found.length };
}

/** A member's value. What is in no column is only stepped over, by counting its brackets. @throws Damage */
function memberOf(text: string, key: string, at: number): Json {
  try {
    return parse(text, at);
  } catch (error) {
    const isShown = key === 'userIdentity' || [...TEXTS, ...JSONS, ...CONTAINERS].includes(key);
    if (isShown || (text[at] !== '{' && text[at] !== '[')) throw error;
    let depth = 0;
    for (let i = at; i < text.length; i++) {
      if (text[i] === '"') i = string(text, i).end - 1;
      else if (text[i] === '{' || text[i] === '[') depth++;
      else if ((text[i] === '}' || text[i] === ']') && --depth === 0) {
        isOdd = true;
        return { kind: 'bare', text: text.slice(at, i + 1), end: i + 1 };
      }
    }
    throw error;
  }
}

/** Tells each item as it is whole; returns the end of the list. @throws Damage */
function listItems(text: string, at: number, tell: (item: Json) => void): number {
  let i = skipSpace(text, at + 1);
  if (text[i] === ']') return i + 1;
  for (;;) {
    const item = parse(text, i);
    tell(item);
    i = skipSpace(text, item.end);
    if (text[i] === ']') return i + 1;
    if (text[i] !== ',') throw new Damage();
    i = skipSpace(text, i + 1);
  }
}

function string(text: string, at: number): Json & { kind: 'string' } {
  if (text[at] !== '"') throw new Damage();
  let i = at + 1;
  for (; text[i] !== '"'; i++) {
    if (text[i] === '\\') i++;
    if (i >= text.length) throw new Damage();
  }
  try {
    return { kind: 'string', value: JSON.parse(text.slice(at, i + 1)) as string, end: i + 1 };
  } catch {
    if (/[\u0000-\u001f]/.test(text.slice(at, i + 1))) throw new Damage();
    isOdd = true;
    return { kind: 'string', value: text.slice(at + 1, i), end: i + 1 };
  }
}

/** One text for each value: no white space, one way to escape. */
function canonical(value: Json): string {
  switch (value.kind) {
    case 'object':
      return `{${value.members.map(([key, member]) => `${quoted(key)}:${canonical(member)}`).join(',')}}`;
    case 'array':
      return `[${value.items.map(canonical).join(',')}]`;
    case 'string':
      return quoted(value.value);
    case 'bare':
      return value.text;
  }
}

function quoted(text: string): string {
  return JSON.stringify(wellFormed(text));
}

/** As text is in UTF-8, which cannot hold half a character. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function isMissing(value: Json | undefined): boolean {
  return (
    value === undefined ||
    (value.kind === 'bare' && value.text === 'null') ||
    (value.kind === 'string' && value.value === '')
  );
}

/** A cell's text: a string's, a number's as written, an object as JSON; '' where there is none. */
function textOf(value: Json | undefined): string {
  if (value === undefined || isMissing(value)) return '';
  return value.kind === 'string' ? wellFormed(value.value) : canonical(value);
}

/** The cells of one event as one text. @param cell the cell of a column, escapes undone */
export function rowOf(cell: (column: string) => string): string {
  const json = (text: string): string => {
    if (!/^[[{"]/.test(text)) return text;
    try {
      const value = parse(text, 0);
      return value.end === text.length ? canonical(value) : text;
    } catch {
      return text;
    }
  };
  return [...TEXTS, ...IDENTITY, ...JSONS].map((column) => `${column}=${json(cell(column))}`).join('\n');
}

/** The columns whose cells are JSON, without escapes of their own. */
export function isJsonColumn(column: string): boolean {
  return JSONS.includes(column);
}

/** Milliseconds since 1970; NaN for what is no time. */
function timeOf(text: string): number {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|([+-])(\d\d):?(\d\d))?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return NaN;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number((part as string | undefined) ?? 0)) as [number, number, number, number, number, number];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const isDate = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month >= 1 && month <= 12;
  if (!isDate || hour > 23 || minute > 59 || second > 59) return NaN;
  const offset = (Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0)) * 60_000;
  return match[7] === '-' ? ms + offset : ms - offset;
}

/** What is found in one text. */
class Finding {
  readonly events: ExpectedEvent[] = [];
  /** Of texts in it that are damaged: see `Expected`. */
  readonly possible: ExpectedEvent[] = [];
  isFaulty: boolean | undefined = false;
  others = 0;

  fault(): void {
    this.isFaulty = true;
  }

  /** Any value where a record may be. */
  value(value: Json): void {
    if (value.kind === 'object') this.object(value.members);
    else if (value.kind === 'array') for (const item of value.items) this.item(item);
    else if (value.kind === 'string' && isJsonText(value.value)) this.text(value.value);
    else this.fault();
  }

  /** A member of a list of records. */
  item(item: Json): void {
    if (item.kind !== 'array') return this.value(item);
    if (!this.searched(item)) this.fault();
  }

  object(members: readonly (readonly [string, Json])[]): void {
    const fields = fieldsOf(members);
    const lists = members.filter(([key, value]) => CONTAINERS.includes(key) && value.kind === 'array');
    if (lists.length > 0) {
      for (const [, list] of lists) if (list.kind === 'array') for (const item of list.items) this.item(item);
      // A record with a list of records in it is not told as one.
      if (fields.has('eventTime')) this.fault();
      return;
    }
    if (fields.has('eventTime')) return this.record(fields);
    const text = fields.get('CloudTrailEvent') ?? fields.get('message');
    if (text?.kind === 'string' && isJsonText(text.value)) return this.text(text.value);
    if (!fields.has('digestStartTime') && members.map(([, value]) => this.searched(value)).includes(true)) return;
    this.record(fields);
  }

  text(text: string): void {
    const inner = readText(text);
    this.events.push(...inner.events);
    this.possible.push(...inner.possible);
    this.others += inner.others ?? 0;
    if (inner.isFaulty !== false) this.isFaulty = inner.isFaulty;
  }

  /** Whether there are whole records somewhere in other JSON. What stands beside them may be counted or not. */
  private searched(value: Json): boolean {
    const inner = new Finding();
    inner.search(value);
    if (inner.events.length === 0 && inner.others === 0) return false;
    this.events.push(...inner.events);
    this.possible.push(...inner.possible);
    this.others += inner.others;
    if (this.isFaulty === false) this.isFaulty = undefined;
    return true;
  }

  private search(value: Json): void {
    if (value.kind === 'array') for (const item of value.items) this.search(item);
    if (value.kind === 'string' && isJsonText(value.value) && value.value.includes('"eventTime"'))
      this.text(value.value);
    if (value.kind !== 'object') return;
    const fields = fieldsOf(value.members);
    const has = (...names: string[]): boolean => names.every((name) => fields.has(name));
    if (has('eventTime', 'eventSource', 'eventName') && (has('eventVersion') || has('userIdentity')))
      this.record(fields);
    else for (const [, member] of value.members) this.search(member);
  }

  record(fields: ReadonlyMap<string, Json>): void {
    if (
      fields.has('digestStartTime') ||
      IGNORED.includes(textOf(fields.get('eventCategory'))) ||
      IGNORED.includes(textOf(fields.get('eventType')))
    ) {
      this.others++;
      return;
    }
    const source = fields.get('eventSource');
    const isEvent =
      source === undefined
        ? ['eventTime', 'eventName', 'userIdentity'].some((name) => fields.has(name))
        : !(source.kind === 'string' && source.value.startsWith('aws:'));
    const time = timeOf(textOf(fields.get('eventTime')));
    if (!isEvent || !(time >= 0 && time < 2 ** 32 * 1000)) return this.fault();
    this.events.push(eventOf(fields));
  }
}

function eventOf(fields: ReadonlyMap<string, Json>): ExpectedEvent {
  const identity = fields.get('userIdentity');
  const who = new Map(identity?.kind === 'object' ? identity.members : []);
  const content = [...fields]
    .filter(([key, value]) => !isMissing(value) || ![...TEXTS, ...JSONS].includes(key))
    .map(([key, value]) => `${quoted(key)}:${canonical(value)}`)
    .sort()
    .join('\n');
  const cell = (column: string): string => {
    if (IDENTITY.includes(column)) return identityText(who.get(column));
    const value = fields.get(column);
    if (!JSONS.includes(column)) return textOf(value);
    return value === undefined || isMissing(value) ? '' : canonical(value);
  };
  return { id: textOf(fields.get('eventID')), content, row: rowOf(cell) };
}

/** What says who it was is understood, not copied: numbers are what they mean. */
function identityText(value: Json | undefined): string {
  if (value?.kind === 'bare' && /^-?\d/.test(value.text)) return String(Number(value.text));
  return value?.kind === 'object' || value?.kind === 'array'
    ? JSON.stringify(JSON.parse(canonical(value)))
    : textOf(value);
}

/** The last of a name counts. Early service events wrote two with a capital. */
function fieldsOf(members: readonly (readonly [string, Json])[]): Map<string, Json> {
  return new Map(members.map(([key, value]) => [key.replace(/^R(?=equestParameters$|esponseElements$)/, 'r'), value]));
}

function isJsonText(text: string): boolean {
  return /^\ufeff?[ \t\r\n]*[{[]/.test(text);
}

interface TextFinding {
  readonly events: readonly ExpectedEvent[];
  readonly possible: readonly ExpectedEvent[];
  readonly isFaulty: boolean | undefined;
  readonly others: number | undefined;
}

/** JSON values one after another. */
function readText(text: string): TextFinding {
  const found = new Finding();
  let at = skipMarks(text, 0);
  while (at < text.length) {
    try {
      at = topValue(text, at, found);
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      return damaged(text, at, found);
    }
    at = skipMarks(text, at);
    // A text and something right behind it looks like a table too.
    if (text[at - 1] === '"' && at < text.length) isOdd = true;
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return { events: found.events, possible: found.possible, isFaulty: found.isFaulty, others: found.others };
}

/** Tells what is whole, also of a container that is damaged further on. */
function topValue(text: string, at: number, found: Finding): number {
  if (text[at] === '[') return listItems(text, at, (item) => found.item(item));
  if (text[at] !== '{') {
    const value = parse(text, at);
    found.value(value);
    return value.end;
  }
  const members: [string, Json][] = [];
  let isContainer = false;
  let i = skipSpace(text, at + 1);
  if (text[i] === '}') {
    found.object([]);
    return i + 1;
  }
  for (;;) {
    const key = string(text, i);
    i = skipSpace(text, key.end);
    if (text[i] !== ':') throw new Damage();
    i = skipSpace(text, i + 1);
    if (CONTAINERS.includes(key.value) && text[i] === '[') {
      isContainer = true;
      i = listItems(text, i, (item) => found.item(item));
    } else {
      const value = parse(text, i);
      members.push([key.value, value]);
      i = value.end;
    }
    i = skipSpace(text, i);
    if (text[i] === '}') break;
    if (text[i] !== ',') throw new Damage();
    i = skipSpace(text, i + 1);
  }
  if (!isContainer) found.object(members);
  else if (new Map(members).has('eventTime')) found.fault();
  return i + 1;
}

/**
 * Behind a damage each line that is one whole object must be read; besides, anything that is a record where it stands may
 * be. @param from where the damaged value begins
 */
function damaged(text: string, from: number, found: Finding): TextFinding {
  const before = found.events.length;
  const after = new Finding();
  const possible = new Finding();
  for (let at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
    let value: Json;
    try {
      value = parse(text, at);
    } catch {
      continue;
    }
    const lineEnd = text.indexOf('\n', at);
    const rest = text.slice(value.end, lineEnd < 0 ? undefined : lineEnd);
    const isLine =
      at > 0 && text[at - 1] === '\n' && !text.slice(at, value.end).includes('\n') && /^[ \t\r]*,?[ \t\r]*$/.test(rest);
    (isLine ? after : possible).value(value);
    if (isLine) possible.value(value);
  }
  for (let at = text.indexOf(':', from); at >= 0; at = text.indexOf(':', at + 1)) {
    const quote = skipSpace(text, at + 1);
    if (text[quote] !== '"') continue;
    try {
      const { value } = string(text, quote);
      if (isJsonText(value)) possible.text(value);
    } catch {
      continue;
    }
  }
  const events = [...found.events];
  // The lines of a list that was told up to the damage may be among those behind it.
  for (const event of after.events) {
    if (!found.events.slice(0, before).some(({ row, content }) => row === event.row && content === event.content))
      events.push(event);
  }
  return {
    events,
    possible: [found, after, possible].flatMap((of) => of.possible).concat(possible.events),
    isFaulty: true,
    others: undefined,
  };
}

interface Bytes {
  readonly bytes: Buffer;
  /** Ends early, or is followed by what is no gzip. */
  readonly isFaulty: boolean;
  readonly isOpaque: boolean;
}

/** RFC 1952: members one after another, each with its sum and length. */
function gunzip(stored: Buffer): Bytes {
  const pieces: Buffer[] = [];
  let at = 0;
  while (stored[at] === 0x1f && stored[at + 1] === 0x8b) {
    const flags = stored[at + 3] ?? 0;
    if (stored[at + 2] !== 8 || flags !== 0) return { bytes: Buffer.concat(pieces), isFaulty: true, isOpaque: true };
    const body = stored.subarray(at + 10);
    let end: number;
    try {
      const { buffer, engine } = inflateRawSync(body, { info: true }) as unknown as {
        buffer: Buffer;
        engine: { bytesWritten: number };
      };
      end = at + 10 + engine.bytesWritten;
      pieces.push(buffer);
      if (end + 8 > stored.length) return { bytes: Buffer.concat(pieces), isFaulty: true, isOpaque: false };
      const isWhole = stored.readUInt32LE(end) === crc32(buffer) && stored.readUInt32LE(end + 4) === buffer.length;
      if (!isWhole) return { bytes: Buffer.concat(pieces), isFaulty: true, isOpaque: true };
    } catch {
      try {
        pieces.push(inflateRawSync(body, { finishFlush: constants.Z_SYNC_FLUSH }));
        return { bytes: Buffer.concat(pieces), isFaulty: true, isOpaque: false };
      } catch {
        return { bytes: Buffer.concat(pieces), isFaulty: true, isOpaque: true };
      }
    }
    at = end + 8;
  }
  // Zeros fill up tapes and blocks.
  return { bytes: Buffer.concat(pieces), isFaulty: stored.subarray(at).some((byte) => byte !== 0), isOpaque: false };
}

const NOTHING = { events: [], possible: [], others: 0 };

function sawOdd(): boolean {
  return isOdd;
}

/** What must come of a file with these bytes. */
export function expectedOf(stored: Buffer): Expected {
  let bytes = stored;
  let isFaulty = false;
  while (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const inner = gunzip(bytes);
    if (inner.isOpaque) return { ...NOTHING, isFaulty: true, isOpaque: true };
    bytes = inner.bytes;
    isFaulty ||= inner.isFaulty;
    if (isFaulty) break;
  }
  const { text, isDamaged } = textIn(bytes, isFaulty);
  isFaulty ||= isDamaged;
  if (text === undefined || text.trim() === '' || text.replace(/^\ufeff/, '').trim() === '')
    return { ...NOTHING, isFaulty: true, isOpaque: false };
  isOdd = false;
  const found = readText(text);
  if (sawOdd())
    return {
      ...NOTHING,
      possible: [...found.events, ...found.possible],
      others: undefined,
      isFaulty: undefined,
      isOpaque: false,
    };
  return { ...found, isFaulty: isFaulty || found.isFaulty, isOpaque: false };
}

/** The first bytes of what must be unpacked first, or is no JSON, in hexadecimal digits. */
const ARCHIVES = ['504b0304', '504b0506', '504b0708', '28b52ffd', 'fd377a585a00', '377abcaf271c', '50415231'];

/** Undefined for what is no text. */
function textIn(bytes: Buffer, isCut: boolean): { text: string | undefined; isDamaged: boolean } {
  const [a, b, c, d] = bytes;
  const isArchive = ARCHIVES.some((head) => bytes.toString('hex', 0, 8).startsWith(head));
  if (isArchive || bytes.toString('latin1', 257, 262) === 'ustar') return { text: undefined, isDamaged: true };
  const isOpening = a === 0x7b || a === 0x5b || a === 0x22;
  if (a === 0xff && b === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), isDamaged: false };
  if (a === 0xfe && b === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), isDamaged: false };
  if (isOpening && b === 0 && c !== 0 && d === 0)
    return { text: new TextDecoder('utf-16le').decode(bytes), isDamaged: false };
  if (!isOpening && bytes.subarray(0, 1024).includes(0)) return { text: undefined, isDamaged: true };
  const text = new TextDecoder('utf-8').decode(bytes);
  if (
    !text.includes('\ufffd') ||
    Buffer.from(text).equals(bytes.subarray(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0))
  )
    return { text, isDamaged: false };
  // The cut may lie in a character.
  if (isCut && /^[^\ufffd]*\ufffd$/.test(text)) return { text: text.slice(0, -1), isDamaged: false };
  return { text, isDamaged: true };
}
