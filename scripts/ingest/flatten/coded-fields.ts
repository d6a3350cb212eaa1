/** The codes of a record's coded fields, each in its column's dictionary. */
import type { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { TAIL_SLOTS, TailSlots } from './tail-slots.js';
import type { RecordView } from './record-view.js';

interface CodedField {
  /** Its number in `FIELD`. */
  readonly field: number;
  readonly dictionary: ByteDictionary;
}

export class CodedFields {
  /** Of the record in hand, by field. */
  readonly codes: Uint32Array;
  private readonly tails = new TailSlots();
  /** By tail and field: the code; -1 where the field is not in the tail. */
  private readonly known: Int32Array;

  constructor(private readonly fields: readonly CodedField[]) {
    this.codes = new Uint32Array(fields.length);
    this.known = new Int32Array(TAIL_SLOTS * fields.length);
  }

  read(record: RecordView): void {
    const { fields, codes, known } = this;
    const tail = this.tails.find(record);
    const at = tail * fields.length;
    for (let i = 0; i < fields.length; i++) {
      const code = tail < 0 ? -1 : (known[at + i] as number);
      if (code >= 0) codes[i] = code;
      else {
        const { field, dictionary } = fields[i] as CodedField;
        codes[i] = record.code(field, dictionary);
      }
    }
    // What is damaged is to be found damaged each time.
    if (tail < 0 && !record.isDamaged) this.remember(record);
  }

  private remember(record: RecordView): void {
    const at = this.tails.claim(record) * this.fields.length;
    if (at < 0) return;
    this.fields.forEach(({ field }, i) => {
      this.known[at + i] = record.isInTail(field) ? (this.codes[i] as number) : -1;
    });
  }
}
