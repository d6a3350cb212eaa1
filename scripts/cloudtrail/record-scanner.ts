/**
 * Finds the records in a log's bytes, whatever they come in, and the spans of each record's fields.
 *
 * Shapes: `{"Records":[…]}`, an array, one object, objects one after another (JSON lines), the output of
 * `aws cloudtrail lookup-events`, CloudWatch Logs envelopes; all may be nested in one another and spaced at will.
 */
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  plainEnd,
  QUOTE,
  skipSpace,
  skipString,
  skipValue,
} from '#shared/format/json-bytes.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { IdentityMemo } from './identity-memo.js';
import { KeyMemo } from './key-memo.js';
import { FIELD, FIELD_NAMES, fieldAt, fieldOfName } from './record-fields.js';
import { TailMemo } from './tail-memo.js';

/** What is told of a log's content; positions are in the bytes given to `record`. */
export interface RecordVisitor {
  /** A record: an object that is no container. The spans of its fields are in the scanner. */
  record(bytes: Uint8Array, start: number, end: number): void;
  /** A member of a list of records that is no object. */
  notObject(): void;
  /** An object with a list of records in it, which were told, that has an eventTime of its own, and was not. */
  unclear(): void;
  /** The JSON is damaged or ends early here, of the log or of a string in it; what came before has been told. */
  damaged(isNested: boolean): void;
}

/** Envelopes in envelopes; deeper is no log of anybody's. */
const MAX_NESTING = 6;

export class RecordScanner {
  /** Per field of the record being told: where its value starts and ends; start 0 = absent (no value starts there). */
  readonly starts = new Int32Array(FIELD_NAMES.length);
  readonly ends = new Int32Array(FIELD_NAMES.length);
  /** Names the bytes of the record's userIdentity: the same number is always the same bytes; 0 names nothing. */
  identityNumber = 0;
  private readonly identities = new IdentityMemo();
  private readonly tails = new TailMemo();
  private readonly keys = new KeyMemo();
  private view: DataView = new DataView(new ArrayBuffer(0));
  private nesting = 0;
  /** Where the last object that could be a record began: after a damage, reading goes on behind it. */
  private lastObject = 0;

  constructor(private readonly visitor: RecordVisitor) {}

  /** Tells every record in `bytes`. */
  scan(bytes: Uint8Array): void {
    const end = bytes.length;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.keys.forget();
    let at = skipSpace(bytes, bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0, end);
    while (at < end) {
      this.lastObject = at;
      const stop = this.value(bytes, at, end);
      if (stop < 0) {
        this.visitor.damaged(this.nesting > 0);
        return this.scanLines(bytes, nextLineOfJson(bytes, this.lastObject, end));
      }
      at = skipSpace(bytes, stop, end);
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
    if (byte === OPEN_BRACE) return this.object(bytes, at, end);
    if (byte === OPEN_BRACKET) return this.list(bytes, at, end);
    const stop = skipValue(this.view, at, end);
    if (stop >= 0) this.visitor.notObject();
    return stop;
  }

  private list(bytes: Uint8Array, open: number, end: number): number {
    let at = skipSpace(bytes, open + 1, end);
    if (bytes[at] === CLOSE_BRACKET) return at + 1;
    for (;;) {
      if (at >= end) return -1;
      if (bytes[at] === OPEN_BRACE) {
        at = this.object(bytes, at, end);
      } else {
        at = skipValue(this.view, at, end);
        if (at >= 0) this.visitor.notObject();
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
    let isContainer = false;
    let hasTime = false;
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
          const known = this.tails.match(this.view, tail, end, starts, ends);
          if (known >= 0) {
            this.member(bytes, open, known);
            return known;
          }
        }
        if ((bytes[at] as number) <= 0x20) at = skipSpace(bytes, at, end);
        if (field >= FIELD.Records && field <= FIELD.logEvents && bytes[at] === OPEN_BRACKET) {
          isContainer = true;
          this.nesting++;
          at = this.list(bytes, at, end);
          this.nesting--;
          this.keys.begin();
        } else {
          const start = at;
          at = field === FIELD.userIdentity ? this.identity(bytes, at, end) : skipValue(this.view, at, end);
          if (field >= 0) {
            starts[field] = start;
            ends[field] = at;
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
      if (hasTime) this.visitor.unclear();
      return at;
    }
    // An ending with userIdentity in it is left alone: the identity's number would be lost.
    if (tail >= 0 && (starts[FIELD.userIdentity] as number) < tail)
      this.tails.remember(this.view, tail, at, starts, ends);
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

  /** A record, or an object that holds one as a string. */
  private member(bytes: Uint8Array, start: number, end: number): void {
    if (this.starts[FIELD.eventTime] !== 0) return this.visitor.record(bytes, start, end);
    const field = this.starts[FIELD.CloudTrailEvent] === 0 ? FIELD.message : FIELD.CloudTrailEvent;
    const from = this.starts[field] as number;
    const text = from > 0 && bytes[from] === QUOTE ? decodeString(bytes, from, this.ends[field] as number) : undefined;
    if (text === undefined || !/^\ufeff?[ \t\r\n]*[{[]/.test(text)) return this.visitor.record(bytes, start, end);
    const { view } = this;
    this.nesting++;
    this.scan(new TextEncoder().encode(text));
    this.nesting--;
    this.view = view;
    this.keys.forget();
    this.lastObject = start;
  }
}

/** The text of the JSON string at bytes[start … end), quotes included; undefined where its escapes are damaged. */
function decodeString(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return JSON.parse(decodeUtf8(bytes.subarray(start, end))) as string;
  } catch {
    return undefined;
  }
}

/** The start of the first line behind `at` that begins with an object; `end` where there is none. */
function nextLineOfJson(bytes: Uint8Array, at: number, end: number): number {
  for (let i = at; i + 1 < end; i++) if (bytes[i] === 0x0a && bytes[i + 1] === OPEN_BRACE) return i + 1;
  return end;
}
