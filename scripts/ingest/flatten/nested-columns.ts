/**
 * The columns that are read from within fields (`tlsDetails.tlsVersion`), or from the first of several places. A field is
 * parsed once for each of its distinct values.
 */
import { Fingerprint } from '#scripts/cloudtrail/fingerprint.js';
import { textAt } from '#scripts/cloudtrail/record-path.js';
import { FIELD, type FieldName } from '#scripts/cloudtrail/record-fields.js';
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { TailSlots } from './tail-slots.js';
import type { RecordView } from './record-view.js';

/** A column with its paths, the first that counts first. */
interface NestedColumn {
  readonly dictionary: ByteDictionary;
  readonly paths: readonly (readonly [field: FieldName, ...keys: string[]])[];
}

/** A value that is looked for in a field. */
interface Wanted {
  readonly keys: readonly string[];
  readonly column: number;
}

/** A distinct value of a field: what the columns have of it, and the fingerprint of all of it. */
interface Known {
  /** By `Wanted`. */
  readonly codes: readonly number[];
  /** Its JSON is damaged: the columns have nothing of it. */
  readonly isDamaged: boolean;
  readonly fingerprint: Fingerprint;
}

interface NestedField {
  readonly field: number;
  readonly wanted: readonly Wanted[];
  readonly spans: ByteDictionary;
  /** By code of the span. */
  readonly known: (Known | undefined)[];
  /** By tail; undefined where the field is not in it. */
  readonly ofTail: (Known | undefined)[];
}

export class NestedColumns {
  /** Of the record in hand, by column: the code in its dictionary. */
  readonly codes: Uint32Array;
  /** Of the record in hand: whether a field is damaged. The event stands without it. */
  isDamaged = false;
  /** Of the record in hand: all of the fields, of which columns show a part. */
  readonly hidden = new Fingerprint();
  private readonly fields: readonly NestedField[];
  private readonly tails = new TailSlots();

  constructor(private readonly columns: readonly NestedColumn[]) {
    this.codes = new Uint32Array(columns.length);
    const wanted = columns.flatMap(({ paths }, column) => paths.map(([name, ...keys]) => ({ name, keys, column })));
    this.fields = [...new Set(wanted.map(({ name }) => name))].map((name) => ({
      field: FIELD[name],
      wanted: wanted.filter((of) => of.name === name),
      spans: new ByteDictionary(),
      known: [],
      ofTail: [],
    }));
  }

  read(record: RecordView): void {
    const { codes, fields, hidden } = this;
    hidden.clear();
    codes.fill(0);
    this.isDamaged = false;
    const tail = this.tails.find(record);
    const claimed = tail < 0 ? this.tails.claim(record) : -1;
    for (let f = 0; f < fields.length; f++) {
      const { field, wanted, spans, known, ofTail } = fields[f] as NestedField;
      const start = record.start(field);
      if (claimed >= 0) ofTail[claimed] = undefined;
      if (start === 0) continue;
      let value = tail < 0 ? undefined : ofTail[tail];
      if (value === undefined) {
        const span = spans.code(record.view, start, record.end(field));
        value = known[span] ??= this.understand(record, field, wanted);
        if (claimed >= 0 && record.isInTail(field)) ofTail[claimed] = value;
      }
      hidden.a = (hidden.a + value.fingerprint.a) | 0;
      hidden.b = (hidden.b + value.fingerprint.b) | 0;
      this.isDamaged ||= value.isDamaged;
      for (let i = 0; i < wanted.length; i++) codes[(wanted[i] as Wanted).column] ||= value.codes[i] as number;
    }
  }

  private understand(record: RecordView, field: number, wanted: readonly Wanted[]): Known {
    const [start, end] = [record.start(field), record.end(field)];
    const fingerprint = new Fingerprint();
    fingerprint.add(record.bytes, record.view, start, end);
    const value = parsed(record.bytes.subarray(start, end));
    const codes = wanted.map(({ keys, column }) => {
      // Dictionaries hold the insides of JSON strings.
      const bytes = new TextEncoder().encode(JSON.stringify(textAt(value, keys)).slice(1, -1));
      return (this.columns[column] as NestedColumn).dictionary.code(new DataView(bytes.buffer), 0, bytes.length);
    });
    return { codes, isDamaged: value === undefined, fingerprint };
  }
}

/** Undefined where the JSON is damaged. */
function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(json));
  } catch {
    return undefined;
  }
}
