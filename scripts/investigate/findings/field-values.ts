/** The values of a record's fields in single events, as texts. */
import { type CodedName, LIST_SEPARATOR, type Outcome, type TextName } from '#shared/model/columns.js';
import type { Call } from '../effects/effect.js';
import { effectsOf, mayHaveEffect } from '../effects/effects-of.js';
import { parsedJson } from '../json-leaves.js';
import { placeOf, type Place } from './fields.js';
import type { RuleColumn, RuleLog } from './rule-log.js';

type JsonPlace = Extract<Place, { kind: 'json' }>;

/** Reads a log. What was read of an event is kept until another is asked for, so that it is parsed once for all rules. */
export class FieldValues {
  private readonly columns = new Map<string, DecodedColumn>();
  private row = -1;
  private readonly parsed = new Map<TextName, unknown>();
  private readonly haveEffect = new Map<number, boolean>();
  private effectCodes: readonly string[] | undefined;

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
    if (place.kind === 'effect') return (row) => this.effectsOf(row);
    if (place.kind === 'json') {
      if (place.keys.length === 0) return (row) => wholeText(this.log.text(row, place.column));
      return (row) => this.jsonAt(row, place).flatMap(textsOf);
    }
    const column = this.column(place.column);
    return (row) => place.valuesOf(column.value(column.codeAt(row)));
  }

  /** What is at the place: several values where the path leads through lists; none where it leads nowhere. */
  jsonAt(row: number, { column, keys }: JsonPlace): readonly unknown[] {
    this.turnTo(row);
    if (!this.parsed.has(column)) {
      const last = keys.at(-1);
      // A key may have dots of its own, so only its end is looked for.
      if (last !== undefined && isPlain(last) && !this.log.mayHold(row, column, `${last}"`)) return [];
    }
    const found: unknown[] = [];
    collect(this.partOf(row, column), keys, 0, found);
    return found;
  }

  /** Whether an event like this one may have an effect: by its name only. */
  mayHaveEffect(row: number): boolean {
    const [source, name] = [this.column('eventSource'), this.column('eventName')];
    const key = (source.codes[row] as number) * name.size + (name.codes[row] as number);
    const known =
      this.haveEffect.get(key) ?? mayHaveEffect(this.cellAt('eventSource', row), this.cellAt('eventName', row));
    this.haveEffect.set(key, known);
    return known;
  }

  /** The codes of the event's effects. */
  effectsOf(row: number): readonly string[] {
    this.turnTo(row);
    return (this.effectCodes ??= this.mayHaveEffect(row)
      ? [...new Set(effectsOf(this.callAt(row)).map(({ code }) => code))]
      : []);
  }

  /** The event as effects read it; its JSON is parsed where it is asked for. */
  private callAt(row: number): Call {
    const part = (name: TextName): unknown => this.partOf(row, name);
    const targets = this.cellAt('target', row);
    return {
      eventSource: this.cellAt('eventSource', row),
      eventName: this.cellAt('eventName', row),
      account: this.cellAt('recipientAccountId', row) || this.cellAt('accountId', row),
      outcome: this.cellAt('outcome', row) as Outcome,
      targets: targets === '' ? [] : targets.split(LIST_SEPARATOR),
      who: { type: this.cellAt('type', row) },
      get request() {
        return part('requestParameters');
      },
      get response() {
        return part('responseElements');
      },
      get additional() {
        return part('additionalEventData');
      },
    };
  }

  private cellAt(name: CodedName | 'target', row: number): string {
    const column = this.column(name);
    return column.value(column.codeAt(row));
  }

  private turnTo(row: number): void {
    if (row === this.row) return;
    this.row = row;
    this.parsed.clear();
    this.effectCodes = undefined;
  }

  /** A part of the event in hand, parsed; undefined where there is none. */
  private partOf(row: number, column: TextName): unknown {
    if (!this.parsed.has(column)) this.parsed.set(column, parsedJson(this.log.text(row, column)));
    return this.parsed.get(column);
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
