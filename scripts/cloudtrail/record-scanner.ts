/**
 * Finds the records in a log's bytes, in any container, and the positions of each record's fields.
 *
 * Supported: `{"Records":[…]}`, an array, one object, a sequence of objects (JSON Lines), the output of `aws cloudtrail
 * lookup-events`, and CloudWatch Logs envelopes, nested in each other and with any white space. Text may precede the
 * object of a line, as in exports of CloudWatch Logs and in `aws logs tail`. Other JSON is searched for whole records,
 * as objects or as text: EventBridge has them in `detail`, Logs Insights in `@message`, Splunk in `_raw`, Elastic in
 * `event.original`.
 */
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  compact,
  OPEN_BRACE,
  OPEN_BRACKET,
  plainEnd,
  QUOTE,
  skipSpace,
  skipString,
  skipValue,
} from '#shared/format/json-bytes.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { Fingerprint } from './fingerprint.js';
import { IdentityMemo } from './identity-memo.js';
import { walkJson } from './json-walk.js';
import { KeyMemo } from './key-memo.js';
import { FIELD, FIELD_NAMES, fieldAt, fieldOfName, isListField, isReadField } from './record-fields.js';
import { TailMemo } from './tail-memo.js';

/** Receives a log's content; positions refer to the bytes passed to `record`. */
export interface RecordVisitor {
  /** A record: an object that is not a container. The positions of its fields are in the scanner. */
  record(bytes: Uint8Array, start: number, end: number): void;
  /** An item of a list of records that is not an object. */
  notObject(): void;
  /** Lines that are not JSON; called once for consecutive lines. */
  text(): void;
  /**
   * An object with a list of records, which were reported, and an eventTime of its own; the object itself was not
   * reported.
   */
  unclear(): void;
  /**
   * The JSON is damaged or ends early: that of the log (`isNested` false), or of a string or record in it. What
   * precedes the damage has been reported.
   */
  damaged(isNested: boolean): void;
}

/** The deepest nesting of envelopes; no real log is deeper. */
const MAX_NESTING = 12;
/**
 * The longest text before the object of a line: a time, and the name of a log stream, which has up to 512 characters.
 */
const MAX_TEXT = 2048;

export class RecordScanner {
  /** By field of the current record: the start and end of its value; start 0 means absent (no value starts there). */
  readonly starts = new Int32Array(FIELD_NAMES.length);
  readonly ends = new Int32Array(FIELD_NAMES.length);
  /** Identifies the bytes of the record's userIdentity: equal numbers mean equal bytes; 0 means none. */
  identityNumber = 0;
  /** Identifies the bytes of the record's tail, which starts at `tailStart`, in the same way. */
  tailNumber = 0;
  tailStart = 0;
  /** The current record's fields that are not in `FIELD_NAMES`, or that are read in containers only. */
  readonly unread = new Fingerprint();
  private readonly identities = new IdentityMemo();
  private readonly tails = new TailMemo();
  private readonly keys = new KeyMemo();
  private view: DataView = new DataView(new ArrayBuffer(0));
  private nesting = 0;
  /** Whether other JSON is searched: then only whole records are reported, and `found` counts them. */
  private isSearching = false;
  private found = 0;
  /** Whether the previous line was not JSON. */
  private isInText = false;
  /** The start of the last object that could be a record: after damage, reading continues after it. */
  private lastObject = 0;

  constructor(private readonly visitor: RecordVisitor) {}

  /** Reports every record in `bytes`. */
  scan(bytes: Uint8Array): void {
    const end = bytes.length;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.keys.forget();
    this.isInText = false;
    let at = skipMarks(bytes, 0, end);
    while (at < end) {
      this.lastObject = at;
      const stop = this.value(bytes, at, end);
      if (stop < 0) {
        this.visitor.damaged(this.nesting > 0);
        return this.scanLines(bytes, nextLineOfJson(bytes, this.lastObject, end));
      }
      at = skipMarks(bytes, stop, end);
      // Objects in a list without its brackets, as cut out of a file.
      if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1, end);
    }
  }

  /**
   * Continues after damage: each line that begins with an object is read by itself, so that a damaged line of JSON
   * Lines costs only that line, and the scan stays linear whatever the damage.
   */
  private scanLines(bytes: Uint8Array, from: number): void {
    for (let line = from; line < bytes.length;) {
      const lineEnd = nextLineOfJson(bytes, line, bytes.length);
      for (let at = line; bytes[at] === OPEN_BRACE && at < lineEnd;) {
        at = this.object(bytes, at, lineEnd);
        if (at < 0) {
          this.visitor.damaged(this.nesting > 0);
          break;
        }
        at = skipSpace(bytes, at, lineEnd);
        if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1, lineEnd);
      }
      line = lineEnd;
    }
  }

  /** Reports the records in the value at `at`; returns the position after it, or -1. */
  private value(bytes: Uint8Array, at: number, end: number): number {
    const byte = bytes[at];
    if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET && byte !== QUOTE) return this.line(bytes, at, end);
    this.isInText = false;
    if (byte === OPEN_BRACE) return this.object(bytes, at, end);
    if (byte === OPEN_BRACKET) return this.list(bytes, at, end);
    const stop = skipValue(this.view, at, end);
    if (stop >= 0 && !this.text(bytes, at, stop)) this.visitor.notObject();
    return stop;
  }

  /**
   * Like `value`, for text that does not begin as an object, list or string: text with or without an object after it.
   */
  private line(bytes: Uint8Array, at: number, end: number): number {
    const brace = objectBehindText(bytes, at, end);
    if (brace >= 0) {
      this.isInText = false;
      const stop = this.object(bytes, brace, end);
      return stop < 0 ? stop : restOfLine(bytes, stop, end);
    }
    const stop = skipValue(this.view, at, end);
    if (stop >= 0 && (stop === end || (bytes[stop] as number) <= 0x20 || isNextValue(bytes, stop, end))) {
      this.visitor.notObject();
      return stop;
    }
    const lineEnd = endOfLine(bytes, at, end);
    if (isLikeJson(bytes, at, lineEnd)) return -1;
    if (!this.isInText && !isTextOutput(bytes, at, lineEnd)) {
      this.isInText = true;
      this.visitor.text();
    }
    return lineEnd;
  }

  private list(bytes: Uint8Array, open: number, end: number): number {
    let at = skipSpace(bytes, open + 1, end);
    if (bytes[at] === CLOSE_BRACKET) return at + 1;
    for (;;) {
      if (at >= end) return -1;
      if (bytes[at] === OPEN_BRACE) {
        at = this.object(bytes, at, end);
      } else {
        const start = at;
        at = skipValue(this.view, start, end);
        if (at >= 0 && !this.isReadAs(bytes, start, at)) this.visitor.notObject();
      }
      if (at < 0) return -1;
      at = skipSpace(bytes, at, end);
      const byte = bytes[at];
      if (byte === CLOSE_BRACKET && at < end) return at + 1;
      if (byte !== COMMA) return -1;
      at = skipSpace(bytes, at + 1, end);
    }
  }

  private object(bytes: Uint8Array, open: number, end: number): number {
    if (this.nesting >= MAX_NESTING) return -1;
    this.lastObject = open;
    const { starts, ends } = this;
    // A call of `fill` would take longer for so few elements.
    for (let field = 0; field < starts.length; field++) starts[field] = 0;
    this.keys.begin();
    this.identityNumber = 0;
    let tailNumber = 0;
    let tailStart = 0;
    const { unread } = this;
    unread.clear();
    let tailA = 0;
    let tailB = 0;
    let isContainer = false;
    let hasTime = false;
    let isTwice = false;
    let isSound = true;
    let tail = -1;
    let at = skipSpace(bytes, open + 1, end);
    if (bytes[at] === CLOSE_BRACE && at < end) at++;
    else {
      for (;;) {
        const key = at;
        at = this.key(bytes, key, end);
        if (at < 0) return -1;
        const { field } = this.keys;
        if (field === FIELD.eventTime) hasTime = true;
        // A container has no tail of a record; its items have overwritten the positions.
        if (field === FIELD.eventType && tail < 0 && !isContainer) {
          tail = key;
          tailA = unread.a;
          tailB = unread.b;
          const known = this.tails.match(this.view, tail, end, starts, ends, unread);
          if (known >= 0) {
            tail = -1;
            tailNumber = this.tails.number;
            tailStart = key;
            at = known;
            break;
          }
        }
        if ((bytes[at] as number) <= 0x20) at = skipSpace(bytes, at, end);
        if (bytes[at] === OPEN_BRACKET && isListField(field)) {
          isContainer = true;
          this.nesting++;
          at = this.list(bytes, at, end);
          this.nesting--;
          this.keys.begin();
        } else {
          const start = at;
          at = field === FIELD.userIdentity ? this.identity(bytes, at, end) : skipValue(this.view, at, end);
          if (field >= 0) {
            if (starts[field] !== 0) isTwice = true;
            starts[field] = start;
            ends[field] = at;
          }
          if (at > start && !isReadField(field)) {
            unread.add(bytes, this.view, key, at);
            isSound &&= isSoundValue(bytes, this.view, start, at);
          }
        }
        if (at < 0) return -1;
        if (bytes[at] !== COMMA) at = skipSpace(bytes, at, end);
        if (at >= end) return -1;
        const next = bytes[at++];
        if (next === CLOSE_BRACE) break;
        if (next !== COMMA) return -1;
        if (bytes[at] !== QUOTE) at = skipSpace(bytes, at, end);
      }
    }
    if (isContainer) {
      if (!isSound) this.visitor.damaged(true);
      if (hasTime) this.visitor.unclear();
      return at;
    }
    // Two records with a piece missing between them look like one record with fields twice. Nothing else reads the
    // values that are not used, so the cut is detected here.
    if (hasTime && !(isSound && (!isTwice || isSoundValue(bytes, this.view, open, at)))) {
      this.visitor.damaged(true);
      return at;
    }
    // A tail that contains userIdentity is not remembered: the identity's number would be lost.
    if (tail >= 0 && (starts[FIELD.userIdentity] as number) < tail) {
      this.tails.remember(this.view, tail, at, starts, ends, (unread.a - tailA) | 0, (unread.b - tailB) | 0);
      tailNumber = this.tails.number;
      tailStart = tail;
    }
    this.tailNumber = tailNumber;
    this.tailStart = tailStart;
    this.member(bytes, open, at);
    return at;
  }

  /** Reads the key whose quote is at `at` into `keys.field`; returns the position after its colon, or -1. */
  private key(bytes: Uint8Array, at: number, end: number): number {
    const { keys, view } = this;
    const known = keys.match(view, at, end);
    if (known >= 0) return known;
    if (at >= end || bytes[at] !== QUOTE) return -1;
    const close = plainEnd(view, at + 1, end);
    const isPlain = close < end && bytes[close] === QUOTE;
    let stop = isPlain ? close + 1 : skipString(view, at + 1, end);
    if (stop < 0) return -1;
    const field = isPlain ? fieldAt(bytes, at + 1, close) : fieldOfName(decodeString(bytes, at, stop) ?? '');
    if (bytes[stop] !== COLON) stop = skipSpace(bytes, stop, end);
    if (stop >= end || bytes[stop] !== COLON) return -1;
    keys.remember(at, stop + 1, field);
    keys.field = field;
    return stop + 1;
  }

  /** Like `skipValue`, for `userIdentity`. */
  private identity(bytes: Uint8Array, at: number, end: number): number {
    const { identities } = this;
    this.identityNumber = 0;
    if (bytes[at] !== OPEN_BRACE) return skipValue(this.view, at, end);
    const known = identities.match(this.view, at, end);
    const stop = known >= 0 ? known : skipValue(this.view, at, end);
    if (known < 0 && stop >= 0) identities.remember(this.view, at, stop);
    if (stop >= 0) this.identityNumber = identities.number;
    return stop;
  }

  /** A record, or an object that contains one. */
  private member(bytes: Uint8Array, start: number, end: number): void {
    const { starts, ends } = this;
    if (starts[FIELD.eventTime] !== 0 && !this.isSearching) return this.visitor.record(bytes, start, end);
    if (this.isSearching && this.isWholeRecord()) {
      this.found++;
      return this.visitor.record(bytes, start, end);
    }
    const field = starts[FIELD.CloudTrailEvent] === 0 ? FIELD.message : FIELD.CloudTrailEvent;
    const from = starts[field] as number;
    const isText = from > 0 && bytes[from] === QUOTE && this.text(bytes, from, ends[field] as number);
    this.lastObject = start;
    if (isText) return;
    if (this.isSearching) return this.searchMembers(bytes, start, end);
    // The search overwrites the positions.
    const spans = [starts.slice(), ends.slice()] as const;
    if (starts[FIELD.digestStartTime] === 0 && this.search(() => this.searchMembers(bytes, start, end))) {
      this.lastObject = start;
      return;
    }
    starts.set(spans[0]);
    ends.set(spans[1]);
    this.identityNumber = this.tailNumber = 0;
    this.visitor.record(bytes, start, end);
  }

  /** Whether the current object is certainly a record, wherever it was found. */
  private isWholeRecord(): boolean {
    const { starts } = this;
    const has = (field: number): boolean => starts[field] !== 0;
    const { eventTime, eventSource, eventName, eventVersion, userIdentity } = FIELD;
    return has(eventTime) && has(eventSource) && has(eventName) && (has(eventVersion) || has(userIdentity));
  }

  /** Reports the records in the string at bytes[start … end); false if its text is not JSON. */
  private text(bytes: Uint8Array, start: number, end: number): boolean {
    // White space or a byte order mark may precede an object, plain or escaped.
    if (!/[{[\s\\\xef]/.test(String.fromCharCode(bytes[start + 1] as number))) return false;
    const text = decodeString(bytes, start, end);
    if (text === undefined || !/^\ufeff?[ \t\r\n]*[{[]/.test(text)) return false;
    // In other JSON, texts may contain braces.
    if (this.isSearching && !text.includes('"eventTime"')) return false;
    const { view } = this;
    this.nesting++;
    this.scan(new TextEncoder().encode(text));
    this.nesting--;
    this.view = view;
    this.keys.forget();
    return true;
  }

  /** Whether an item of a list at bytes[start … end) that is not an object contains records, which are reported. */
  private isReadAs(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes[start] === QUOTE) return this.text(bytes, start, end);
    return bytes[start] === OPEN_BRACKET && this.search(() => this.searchValue(bytes, start, end));
  }

  /** Whether `look` reports a record. */
  private search(look: () => void): boolean {
    const { isSearching, found } = this;
    this.isSearching = true;
    look();
    this.isSearching = isSearching;
    this.keys.begin();
    return this.found > found;
  }

  private searchValue(bytes: Uint8Array, start: number, end: number): void {
    // An object inside it needs room for one more level.
    if (this.nesting >= MAX_NESTING - 1) return;
    this.nesting++;
    if (bytes[start] === QUOTE) this.text(bytes, start, end);
    else if (bytes[start] === OPEN_BRACKET) this.searchList(bytes, start, end);
    else if (bytes[start] === OPEN_BRACE && this.object(bytes, start, end) < 0) this.visitor.damaged(true);
    this.nesting--;
  }

  private searchMembers(bytes: Uint8Array, start: number, end: number): void {
    for (let at = skipSpace(bytes, start + 1, end); bytes[at] === QUOTE;) {
      const colon = skipSpace(bytes, skipString(this.view, at + 1, end), end);
      at = skipSpace(bytes, colon + 1, end);
      const stop = skipValue(this.view, at, end);
      if (stop < 0) return;
      this.searchValue(bytes, at, stop);
      at = skipSpace(bytes, stop, end);
      if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1, end);
    }
  }

  /** If some items of a list contain records, reports each of the others as not a record. */
  private searchList(bytes: Uint8Array, start: number, end: number): void {
    const before = this.found;
    const without: (readonly [start: number, end: number])[] = [];
    let isRow = true;
    for (let at = skipSpace(bytes, start + 1, end); bytes[at] !== CLOSE_BRACKET;) {
      const stop = skipValue(this.view, at, end);
      if (stop < 0) return;
      const { found } = this;
      this.searchValue(bytes, at, stop);
      if (this.found === found) without.push([at, stop]);
      isRow &&= isCell(bytes, at, stop);
      at = skipSpace(bytes, stop, end);
      if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1, end);
    }
    // A row of a query result is one item: one cell has the record, the others have other fields.
    if (isRow || this.found === before) return;
    this.starts.fill(0);
    for (const [from, to] of without) {
      if (bytes[from] === OPEN_BRACE) this.visitor.record(bytes, from, to);
      else this.visitor.notObject();
    }
  }
}

/** Whether the object or list at bytes[start … end) is valid JSON throughout: skipping it only counts brackets. */
function isSoundValue(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
  if (bytes[start] !== OPEN_BRACE && bytes[start] !== OPEN_BRACKET) return true;
  if (walkJson(bytes, view, start, end, ignore, ignore)) return true;
  const compacted = new Uint8Array(end - start);
  const length = compact(bytes, start, end, compacted);
  return length < end - start && walkJson(compacted, new DataView(compacted.buffer), 0, length, ignore, ignore);
}

function ignore(): void {
  // Only the validity of the JSON matters.
}

/** The text of the JSON string at bytes[start … end), including its quotes; undefined if its escapes are damaged. */
function decodeString(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return JSON.parse(decodeUtf8(bytes.subarray(start, end))) as string;
  } catch {
    return undefined;
  }
}

/** Like `skipSpace`, and also skips byte order marks, because files with one each may have been concatenated. */
function skipMarks(bytes: Uint8Array, at: number, end: number): number {
  let i = skipSpace(bytes, at, end);
  while (bytes[i] === 0xef && bytes[i + 1] === 0xbb && bytes[i + 2] === 0xbf) i = skipSpace(bytes, i + 3, end);
  return i;
}

/**
 * The start of the first object after `at` with which a line begins, or that follows text in a line; `end` if there is
 * none.
 */
function nextLineOfJson(bytes: Uint8Array, at: number, end: number): number {
  for (let i = bytes.indexOf(0x0a, at); i >= 0 && i + 1 < end; i = bytes.indexOf(0x0a, i + 1)) {
    if (bytes[i + 1] === OPEN_BRACE) return i + 1;
    if (bytes[i + 1] === 0xef && bytes[skipMarks(bytes, i + 1, end)] === OPEN_BRACE)
      return skipMarks(bytes, i + 1, end);
    // White space before an object may mean that it is within a record.
    const brace = (bytes[i + 1] as number) <= 0x20 ? -1 : objectBehindText(bytes, i + 1, end);
    if (brace >= 0) return brace;
  }
  return end;
}

/**
 * The start of an object after text and a space in the line at `at`; -1 if there is none, or if the text is part of
 * JSON.
 */
function objectBehindText(bytes: Uint8Array, at: number, end: number): number {
  if (isInsideJson(bytes[at])) return -1;
  const last = Math.min(end, at + MAX_TEXT);
  let before = OPEN_BRACKET;
  for (let i = at; i < last; i++) {
    const byte = bytes[i] as number;
    if (byte === OPEN_BRACE) {
      const isBehindSpace = bytes[i - 1] === 0x20 || bytes[i - 1] === 0x09;
      // After these, it is an item of a list.
      return isBehindSpace && before !== COMMA && before !== OPEN_BRACKET ? i : -1;
    }
    if (byte === QUOTE || byte === BACKSLASH || byte === CLOSE_BRACE || byte === 0x0a) return -1;
    if (byte > 0x20) before = byte;
  }
  return -1;
}

function endOfLine(bytes: Uint8Array, at: number, end: number): number {
  const lineEnd = bytes.indexOf(0x0a, at);
  return lineEnd < 0 ? end : Math.min(lineEnd, end);
}

/**
 * After an object that follows text: the end of the line, or the text before another object; -1 if the rest is damaged
 * JSON.
 */
function restOfLine(bytes: Uint8Array, at: number, end: number): number {
  const lineEnd = endOfLine(bytes, at, end);
  const next = skipSpace(bytes, at, lineEnd);
  if (next === lineEnd || bytes[next] === OPEN_BRACE || objectBehindText(bytes, next, lineEnd) >= 0) return next;
  return isLikeJson(bytes, at, lineEnd) ? -1 : lineEnd;
}

/** Whether a line that is not JSON looks like a part of it. */
function isLikeJson(bytes: Uint8Array, at: number, lineEnd: number): boolean {
  if (isInsideJson(bytes[at])) return true;
  for (let i = at; i < lineEnd; i++) {
    if (bytes[i] === QUOTE && (bytes[i - 1] === OPEN_BRACE || bytes[i + 1] === COLON)) return true;
  }
  return false;
}

/** Whether a value in a list without brackets has ended before `at`. */
function isNextValue(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at];
  return (
    byte === COMMA ||
    byte === OPEN_BRACE ||
    byte === OPEN_BRACKET ||
    byte === QUOTE ||
    (byte === 0xef && skipMarks(bytes, at, end) > at)
  );
}

/** Whether a byte occurs in JSON but not at the start of a text. */
function isInsideJson(byte: number | undefined): boolean {
  return byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte === COMMA || byte === COLON;
}

/** Whether it is a line of the AWS CLI's text output that belongs to an event: a word in capitals and a tab. */
function isTextOutput(bytes: Uint8Array, at: number, lineEnd: number): boolean {
  let i = at;
  while (i < lineEnd && (bytes[i] as number) >= 0x41 && (bytes[i] as number) <= 0x5a) i++;
  return i > at && bytes[i] === 0x09;
}

const FIELD_KEY = new TextEncoder().encode('"field"');

/** Whether bytes[at … end) is a cell of a query result: `{"field":…,"value":…}`. */
function isCell(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] !== OPEN_BRACE) return false;
  const key = skipSpace(bytes, at + 1, end);
  return FIELD_KEY.every((byte, i) => bytes[key + i] === byte);
}
