/**
 * Finds the records in a log's bytes, whatever they come in, and the spans of each record's fields.
 *
 * Shapes: `{"Records":[…]}`, an array, one object, objects one after another (JSON lines), the output of
 * `aws cloudtrail lookup-events`, CloudWatch Logs envelopes; all may be nested in one another and spaced at will. Text
 * may stand before the object of a line, as an export of CloudWatch Logs and `aws logs tail` write it. Other JSON is
 * searched for whole records, as objects or as text: EventBridge has them in `detail`, Logs Insights in `@message`,
 * Splunk in `_raw`, Elastic in `event.original`.
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

/** What is told of a log's content; positions are in the bytes given to `record`. */
export interface RecordVisitor {
  /** A record: an object that is no container. The spans of its fields are in the scanner. */
  record(bytes: Uint8Array, start: number, end: number): void;
  /** A member of a list of records that is no object. */
  notObject(): void;
  /** Lines that are no JSON, once for those that follow one another. */
  text(): void;
  /** An object with a list of records in it, which were told, that has an eventTime of its own, and was not. */
  unclear(): void;
  /**
   * The JSON is damaged or ends early here, of the log (`isNested` false) or of a string or a record in it; what came before
   * has been told.
   */
  damaged(isNested: boolean): void;
}

/** Envelopes in envelopes; deeper is no log of anybody's. */
const MAX_NESTING = 12;
/** Text before the object of a line: a time, and the name of a log stream, which has up to 512 characters. */
const MAX_TEXT = 2048;

export class RecordScanner {
  /** Per field of the record being told: where its value starts and ends; start 0 = absent (no value starts there). */
  readonly starts = new Int32Array(FIELD_NAMES.length);
  readonly ends = new Int32Array(FIELD_NAMES.length);
  /** Names the bytes of the record's userIdentity: the same number is always the same bytes; 0 names nothing. */
  identityNumber = 0;
  /** Of the record being told: its fields that are not among `FIELD_NAMES`, or are read of containers only. */
  readonly unread = new Fingerprint();
  private readonly identities = new IdentityMemo();
  private readonly tails = new TailMemo();
  private readonly keys = new KeyMemo();
  private view: DataView = new DataView(new ArrayBuffer(0));
  private nesting = 0;
  /** Other JSON is searched: only what is a whole record is told, and `found` counts it. */
  private isSearching = false;
  private found = 0;
  /** The line before was no JSON. */
  private isInText = false;
  /** Where the last object that could be a record began: after a damage, reading goes on behind it. */
  private lastObject = 0;

  constructor(private readonly visitor: RecordVisitor) {}

  /** Tells every record in `bytes`. */
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
      // Objects in a list without brackets, as people cut them out of files.
      if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1, end);
    }
  }

  /**
   * Goes on after a damage: each line that begins with an object is read by itself, so that one bad line of JSON lines
   * costs that line only, and no amount of damage makes the scan more than linear.
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

  /** Tells the records in the value at `at`; returns the position after it, or -1. */
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

  /** As `value`, for what begins like no object, list or string: text with an object behind it, or without. */
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
    // A call into the engine would take longer than so few.
    for (let field = 0; field < starts.length; field++) starts[field] = 0;
    this.keys.begin();
    this.identityNumber = 0;
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
        // A container's ending says nothing of a record; its members have overwritten the spans.
        if (field === FIELD.eventType && tail < 0 && !isContainer) {
          tail = key;
          tailA = unread.a;
          tailB = unread.b;
          const known = this.tails.match(this.view, tail, end, starts, ends, unread);
          if (known >= 0) {
            tail = -1;
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
    // Two records of which a piece between them is gone look like one with fields twice. Nobody reads the value that does
    // not count, so it is here that the place of the cut is found.
    if (hasTime && !(isSound && (!isTwice || isSoundValue(bytes, this.view, open, at)))) {
      this.visitor.damaged(true);
      return at;
    }
    // An ending with userIdentity in it is left alone: the identity's number would be lost.
    if (tail >= 0 && (starts[FIELD.userIdentity] as number) < tail)
      this.tails.remember(this.view, tail, at, starts, ends, (unread.a - tailA) | 0, (unread.b - tailB) | 0);
    this.member(bytes, open, at);
    return at;
  }

  /** Reads the key whose quote is at `at` into `keys.field`; returns the position behind its colon, or -1. */
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

  /** A record, or an object that holds one. */
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
    // The search overwrites the spans.
    const spans = [starts.slice(), ends.slice()] as const;
    if (starts[FIELD.digestStartTime] === 0 && this.search(() => this.searchMembers(bytes, start, end))) {
      this.lastObject = start;
      return;
    }
    starts.set(spans[0]);
    ends.set(spans[1]);
    this.visitor.record(bytes, start, end);
  }

  /** Whether the object in hand is a record beyond doubt, wherever it was found. */
  private isWholeRecord(): boolean {
    const { starts } = this;
    const has = (field: number): boolean => starts[field] !== 0;
    const { eventTime, eventSource, eventName, eventVersion, userIdentity } = FIELD;
    return has(eventTime) && has(eventSource) && has(eventName) && (has(eventVersion) || has(userIdentity));
  }

  /** Tells the records in the text of the string at bytes[start … end); false where the text is no JSON. */
  private text(bytes: Uint8Array, start: number, end: number): boolean {
    // Before an object there may be white space or a byte order mark, as they are or escaped.
    if (!/[{[\s\\\xef]/.test(String.fromCharCode(bytes[start + 1] as number))) return false;
    const text = decodeString(bytes, start, end);
    if (text === undefined || !/^\ufeff?[ \t\r\n]*[{[]/.test(text)) return false;
    // Other JSON may have braces in its texts.
    if (this.isSearching && !text.includes('"eventTime"')) return false;
    const { view } = this;
    this.nesting++;
    this.scan(new TextEncoder().encode(text));
    this.nesting--;
    this.view = view;
    this.keys.forget();
    return true;
  }

  /** Whether a member of a list at bytes[start … end) that is no object holds records, which are told. */
  private isReadAs(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes[start] === QUOTE) return this.text(bytes, start, end);
    return bytes[start] === OPEN_BRACKET && this.search(() => this.searchValue(bytes, start, end));
  }

  /** Whether `look` tells a record. */
  private search(look: () => void): boolean {
    const { isSearching, found } = this;
    this.isSearching = true;
    look();
    this.isSearching = isSearching;
    this.keys.begin();
    return this.found > found;
  }

  private searchValue(bytes: Uint8Array, start: number, end: number): void {
    // An object below it must have room for one more.
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

  /** Where some members of a list hold records, each other one is told as what it is: none. */
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
    // A row of a query's result is one thing: a cell has the record, the others have other fields.
    if (isRow || this.found === before) return;
    this.starts.fill(0);
    for (const [from, to] of without) {
      if (bytes[from] === OPEN_BRACE) this.visitor.record(bytes, from, to);
      else this.visitor.notObject();
    }
  }
}

/** Whether an object or a list at bytes[start … end) is JSON through and through: to step over it is to count brackets. */
function isSoundValue(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
  if (bytes[start] !== OPEN_BRACE && bytes[start] !== OPEN_BRACKET) return true;
  if (walkJson(bytes, view, start, end, ignore, ignore)) return true;
  const compacted = new Uint8Array(end - start);
  const length = compact(bytes, start, end, compacted);
  return length < end - start && walkJson(compacted, new DataView(compacted.buffer), 0, length, ignore, ignore);
}

function ignore(): void {
  // Whether it is JSON is all that is asked.
}

/** The text of the JSON string at bytes[start … end), quotes included; undefined where its escapes are damaged. */
function decodeString(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return JSON.parse(decodeUtf8(bytes.subarray(start, end))) as string;
  } catch {
    return undefined;
  }
}

/** As `skipSpace`, and past byte order marks: files that have one each were put together. */
function skipMarks(bytes: Uint8Array, at: number, end: number): number {
  let i = skipSpace(bytes, at, end);
  while (bytes[i] === 0xef && bytes[i + 1] === 0xbb && bytes[i + 2] === 0xbf) i = skipSpace(bytes, i + 3, end);
  return i;
}

/** Where the first object behind `at` begins that a line begins with, or text and then it; `end` where there is none. */
function nextLineOfJson(bytes: Uint8Array, at: number, end: number): number {
  for (let i = bytes.indexOf(0x0a, at); i >= 0 && i + 1 < end; i = bytes.indexOf(0x0a, i + 1)) {
    if (bytes[i + 1] === OPEN_BRACE) return i + 1;
    if (bytes[i + 1] === 0xef && bytes[skipMarks(bytes, i + 1, end)] === OPEN_BRACE)
      return skipMarks(bytes, i + 1, end);
    // White space before an object may be that of an object within a record.
    const brace = (bytes[i + 1] as number) <= 0x20 ? -1 : objectBehindText(bytes, i + 1, end);
    if (brace >= 0) return brace;
  }
  return end;
}

/** Where an object begins behind text and a space, in the line at `at`; -1 where it does not, or the text is JSON's. */
function objectBehindText(bytes: Uint8Array, at: number, end: number): number {
  if (isInsideJson(bytes[at])) return -1;
  const last = Math.min(end, at + MAX_TEXT);
  let before = OPEN_BRACKET;
  for (let i = at; i < last; i++) {
    const byte = bytes[i] as number;
    if (byte === OPEN_BRACE) {
      const isBehindSpace = bytes[i - 1] === 0x20 || bytes[i - 1] === 0x09;
      // Behind these, it is a member of a list.
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

/** Behind an object that text stood before: the end of the line, or another object's text; -1 where the rest is damaged JSON. */
function restOfLine(bytes: Uint8Array, at: number, end: number): number {
  const lineEnd = endOfLine(bytes, at, end);
  const next = skipSpace(bytes, at, lineEnd);
  if (next === lineEnd || bytes[next] === OPEN_BRACE || objectBehindText(bytes, next, lineEnd) >= 0) return next;
  return isLikeJson(bytes, at, lineEnd) ? -1 : lineEnd;
}

/** Whether a line that is no JSON looks like a piece of some. */
function isLikeJson(bytes: Uint8Array, at: number, lineEnd: number): boolean {
  if (isInsideJson(bytes[at])) return true;
  for (let i = at; i < lineEnd; i++) {
    if (bytes[i] === QUOTE && (bytes[i - 1] === OPEN_BRACE || bytes[i + 1] === COLON)) return true;
  }
  return false;
}

/** Whether a value before `at` has ended, in a list without brackets. */
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

/** Whether a byte stands in JSON, and at the beginning of no text. */
function isInsideJson(byte: number | undefined): boolean {
  return byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte === COMMA || byte === COLON;
}

/** Whether it is a line of the AWS CLI's text output that belongs to an event's: a word in capitals and a tab. */
function isTextOutput(bytes: Uint8Array, at: number, lineEnd: number): boolean {
  let i = at;
  while (i < lineEnd && (bytes[i] as number) >= 0x41 && (bytes[i] as number) <= 0x5a) i++;
  return i > at && bytes[i] === 0x09;
}

const FIELD_KEY = new TextEncoder().encode('"field"');

/** Whether bytes[at … end) is a cell of a query's result: `{"field":…,"value":…}`. */
function isCell(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] !== OPEN_BRACE) return false;
  const key = skipSpace(bytes, at + 1, end);
  return FIELD_KEY.every((byte, i) => bytes[key + i] === byte);
}
