/** The values of a record's fields in single events, as texts. */
import type { CodedName, TextName } from '#shared/model/columns.js';
import { parsedJson } from '../json-leaves.js';
import { placeOf, type Place } from './fields.js';
import type { RuleColumn, RuleLog } from './rule-log.js';

type JsonPlace = Extract<Place, { kind: 'json' }>;

/** Reads a log. What was read of an event is kept until another is asked for, so that it is parsed once for all rules. */
export class FieldValues {
  private readonly columns = new Map<string, DecodedColumn>();
  private row = -1;
  private readonly parsed = new Map<TextName, unknown>();

  constructor(private readonly log: RuleLog) {}

  column(name: CodedName | 'target'): DecodedColumn {
    const known = this.columns.get(name) ?? new DecodedColumn(this.log.column(name), this.log.identityOf);
    this.columns.set(name, known);
    return known;
  }

  /** @param field one that is kept (`placeOf`) */
  valuesOf(field: string): (row: number) => readonly string[] {
    const place = placeOf(field) as Place;
    if (place.kind === 'time') return (row) => [timeText(this.log.times[row] as number)];
    if (place.kind === 'json') {
      if (place.keys.length === 0) return (row) => wholeText(this.log.text(row, place.column));
      return (row) => this.jsonAt(row, place).flatMap(textsOf);
    }
    const column = this.column(place.column);
    return (row) => place.valuesOf(column.value(column.codeAt(row)));
  }

  /** What is at the place: several values where the path leads through lists; none where it leads nowhere. */
  jsonAt(row: number, { column, keys }: JsonPlace): readonly unknown[] {
    if (row !== this.row) this.parsed.clear();
    this.row = row;
    if (!this.parsed.has(column)) {
      const last = keys.at(-1);
      // A key may have dots of its own, so only its end is looked for.
      if (last !== undefined && isPlain(last) && !this.log.mayHold(row, column, `${last}"`)) return [];
      const text = this.log.text(row, column);
      this.parsed.set(column, text === '' ? undefined : parsedJson(text));
    }
    const found: unknown[] = [];
    collect(this.parsed.get(column), keys, 0, found);
    return found;
  }

  /** Every part of the record that is kept as JSON. */
  texts(row: number): readonly string[] {
    return TEXTS.flatMap((name) => wholeText(this.log.text(row, name)));
  }
}

const TEXTS = [
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'serviceEventDetails',
  'errorMessage',
  'eventID',
  'requestID',
  'sharedEventID',
  'addendum',
  'eventContext',
] as const satisfies readonly TextName[];

/** Whether JSON has the key as it is. */
function isPlain(text: string): boolean {
  return /^[\w$:./ -]+$/.test(text);
}

function collect(value: unknown, keys: readonly string[], at: number, found: unknown[]): void {
  if (value === undefined) return;
  if (Array.isArray(value) && at < keys.length) {
    for (const element of value) collect(element, keys, at, found);
  } else if (at === keys.length) {
    found.push(value);
  } else if (typeof value === 'object' && value !== null) {
    const key = keys[at] as string;
    if (Object.hasOwn(value, key)) collect((value as Record<string, unknown>)[key], keys, at + 1, found);
    // A key may have dots of its own.
    const rest = keys.slice(at).join('.');
    if (rest !== key && Object.hasOwn(value, rest)) found.push((value as Record<string, unknown>)[rest]);
  }
}

/** A value's texts: a list's are those of its elements. */
function textsOf(value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

/** A whole part of a record: its JSON, of a string the string itself. */
function wholeText(json: string): readonly string[] {
  if (json === '') return [];
  return json.startsWith('"') ? textsOf(parsedJson(json)) : [json];
}

function timeText(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** A column whose values are decoded once each. */
export class DecodedColumn {
  readonly size: number;
  readonly codes: ArrayLike<number>;
  private readonly values: (string | undefined)[] = [];

  constructor(
    private readonly column: RuleColumn,
    private readonly identityOf: ArrayLike<number>,
  ) {
    ({ size: this.size, codes: this.codes } = column);
  }

  codeAt(row: number): number {
    const key = this.column.isPerIdentity ? (this.identityOf[row] as number) : row;
    return this.codes[key] as number;
  }

  value(code: number): string {
    return (this.values[code] ??= this.column.value(code));
  }
}
