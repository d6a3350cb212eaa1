/** The record in hand: its bytes and, through the scanner, the spans of its fields. */
import { QUOTE } from '#shared/format/json-bytes.js';
import type { Fingerprint } from '#scripts/cloudtrail/fingerprint.js';
import { RecordScanner, type RecordVisitor } from '#scripts/cloudtrail/record-scanner.js';
import type { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { decodeJsonString } from './json-string.js';

const LETTER_N = 0x6e;
const OPENING = 0x5b;

/** AWS's own limit is 256 KB; a string in the engine has at most 512 MiB. */
const MAX_RECORD_BYTES = 256 << 20;

export class RecordView {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);
  /** Where the record is in `bytes`. */
  from = 0;
  to = 0;
  /** An object or a list that `code` was asked for is damaged. */
  isDamaged = false;
  private readonly scanner: RecordScanner;

  /** @param visitor told of each record, with this view set to it */
  constructor(visitor: Omit<RecordVisitor, 'record'> & { record(): void; tooLarge(): void }) {
    this.scanner = new RecordScanner({
      ...visitor,
      record: (bytes, start, end) => {
        if (end - start > MAX_RECORD_BYTES) {
          visitor.tooLarge();
          return;
        }
        if (this.bytes !== bytes) {
          this.bytes = bytes;
          this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        }
        this.from = start;
        this.to = end;
        this.isDamaged = false;
        visitor.record();
      },
    });
  }

  scan(bytes: Uint8Array): void {
    this.scanner.scan(bytes);
    this.bytes = new Uint8Array(0);
  }

  has(field: number): boolean {
    return this.scanner.starts[field] !== 0;
  }

  /** Where the field's value starts; equal to `end` where the field is missing. */
  start(field: number): number {
    return this.scanner.starts[field] as number;
  }

  end(field: number): number {
    return this.scanner.starts[field] === 0 ? 0 : (this.scanner.ends[field] as number);
  }

  /**
   * The dictionary's code of the field's value: the inside of a string, or a number or literal as written; 0 where it
   * is missing, null or empty. Escapes are left to `shareDictionary`.
   */
  code(field: number, dictionary: ByteDictionary): number {
    const start = this.start(field);
    if (start === 0) return 0;
    const end = this.end(field);
    const first = this.bytes[start] as number;
    if (first === QUOTE) return dictionary.code(this.view, start + 1, end - 1);
    if (first === LETTER_N) return 0;
    if ((first | 0x20) !== (OPENING | 0x20)) return dictionary.code(this.view, start, end);
    // Where AWS has text, an exporter left an object: its JSON is the text, escaped as in a string.
    const text = this.text(field);
    this.isDamaged ||= !isJson(text);
    const bytes = new TextEncoder().encode(JSON.stringify(text).slice(1, -1));
    return dictionary.code(new DataView(bytes.buffer), 0, bytes.length);
  }

  /** The field's text: a string's, or the JSON as written; '' where it is missing or null. */
  text(field: number): string {
    const start = this.start(field);
    const end = this.end(field);
    if (start === 0 || this.bytes[start] === LETTER_N) return '';
    if (this.bytes[start] === QUOTE) return decodeJsonString(this.bytes, start, end);
    return decodeUtf8(this.bytes.subarray(start, end));
  }

  /** See `RecordScanner`. */
  get unread(): Fingerprint {
    return this.scanner.unread;
  }

  /** See `RecordScanner`. */
  get identityNumber(): number {
    return this.scanner.identityNumber;
  }

  /** See `RecordScanner`. */
  get tailNumber(): number {
    return this.scanner.tailNumber;
  }

  /** Whether the field is there, and in the record's tail. */
  isInTail(field: number): boolean {
    return this.scanner.tailNumber !== 0 && this.start(field) >= this.scanner.tailStart;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
