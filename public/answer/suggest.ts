/** What a question may be about, while it is typed: names in the log that contain the text, by kind, with counts. */
import { LIST_SEPARATOR } from '../../scripts/shared/columns.js';
import { codeAt, type CodedColumn } from '../data/event-columns.js';
import { DEEDS } from './deeds.js';
import { strongestDeed } from './effects.js';
import type { EventLog, LogColumn } from './event-log.js';

/** `ended`: resources that were deleted or terminated last, for a reader who knows no name. */
export type SuggestionKind = 'ended' | 'instance' | 'resource' | 'arn' | 'person' | 'key' | 'address' | 'event';

export interface Suggestion {
  readonly kind: SuggestionKind;
  readonly value: string;
  /** Events. */
  readonly count: number;
  /** Whether there may be more events than counted. */
  readonly isAtLeast: boolean;
}

const KINDS: readonly SuggestionKind[] = ['ended', 'instance', 'resource', 'arn', 'person', 'key', 'address', 'event'];

const COLUMNS: readonly (readonly [LogColumn, SuggestionKind])[] = [
  ['actor', 'person'],
  ['role', 'person'],
  ['accessKeyId', 'key'],
  ['sourceIPAddress', 'address'],
  ['eventName', 'event'],
];

const PER_KIND = 4;
/** Lists of resources looked into: a single letter is in most of them. */
const MOST_LISTS = 20_000;
/** Events looked back at for what ended last. */
const LOOK_BACK = 200_000;

const INSTANCE = /^i-[0-9a-f]+$/;

export class Suggester {
  private readonly counts = new Map<LogColumn, Uint32Array>();
  private ended: readonly Suggestion[] | undefined;

  constructor(private readonly log: EventLog) {}

  /** By kind, the best of each kind first; for an empty text, what ended last. */
  suggest(typed: string): readonly Suggestion[] {
    const text = typed.trim().toLowerCase();
    if (text === '') return (this.ended ??= this.endedLast());
    const found = new Map<SuggestionKind, Map<string, Suggestion>>();
    const add = (kind: SuggestionKind, value: string, count: number, isAtLeast: boolean): void => {
      let values = found.get(kind);
      if (!values) found.set(kind, (values = new Map<string, Suggestion>()));
      values.set(value, { kind, value, count: count + (values.get(value)?.count ?? 0), isAtLeast });
    };
    for (const [name, kind] of COLUMNS) {
      const counts = this.countsOf(name);
      const { dictionary } = this.log.column(name);
      dictionary.forEachWith(text, (code) => {
        if (code > 0) add(kind, dictionary.value(code), counts[code] as number, false);
      });
    }
    this.addResources(text, add);
    return KINDS.flatMap((kind) => best([...(found.get(kind)?.values() ?? [])], text));
  }

  private addResources(
    text: string,
    add: (kind: SuggestionKind, value: string, count: number, isAtLeast: boolean) => void,
  ): void {
    const counts = this.countsOf('resources');
    const { dictionary } = this.log.column('resources');
    let lists = 0;
    const names = new Map<string, number>();
    dictionary.forEachWith(text, (code) => {
      if (code === 0 || ++lists > MOST_LISTS) return;
      for (const name of dictionary.value(code).split(LIST_SEPARATOR)) {
        if (name.toLowerCase().includes(text)) names.set(name, (names.get(name) ?? 0) + (counts[code] as number));
      }
    });
    for (const [name, count] of names) {
      const kind = INSTANCE.test(name) ? 'instance' : name.startsWith('arn:') ? 'arn' : 'resource';
      add(kind, name, count, lists > MOST_LISTS);
    }
  }

  private endedLast(): readonly Suggestion[] {
    const { log } = this;
    const names = log.column('eventName');
    const isEnd = new Map<number, boolean>();
    const values = new Map<string, Suggestion>();
    const first = Math.max(0, log.facts.rows - LOOK_BACK);
    for (let row = log.facts.rows - 1; row >= first && values.size < PER_KIND * 2; row--) {
      const code = codeAt(names, row);
      let ends = isEnd.get(code);
      if (ends === undefined) isEnd.set(code, (ends = endsSomething(names.dictionary.value(code))));
      if (!ends || log.value('outcome', row) !== 'change') continue;
      const value = log.value('resources', row).split(LIST_SEPARATOR)[0] ?? '';
      if (value !== '') values.set(value, { kind: 'ended', value, count: 1, isAtLeast: true });
    }
    return [...values.values()];
  }

  /** Events by the codes of a column. */
  private countsOf(name: LogColumn): Uint32Array {
    const known = this.counts.get(name) ?? countCodes(this.log.column(name), this.log.facts.rows);
    this.counts.set(name, known);
    return known;
  }
}

/** Objects of buckets come and go by the thousand. */
function endsSomething(eventName: string): boolean {
  if (/^DeleteObjects?$|^DeleteNetworkInterface$|^DeleteTags?$|^DeleteItem$|^DeleteMessage/.test(eventName))
    return false;
  return DEEDS[strongestDeed({ eventName, isRead: false })] === 'end';
}

function countCodes(column: CodedColumn, rows: number): Uint32Array {
  const perKey = new Uint32Array(column.keyCount);
  for (let row = 0; row < rows; row++) (perKey[column.keys[row] as number] as number)++;
  if (column.codeOfKey === undefined) return perKey;
  const counts = new Uint32Array(column.dictionary.size);
  for (let key = 0; key < perKey.length; key++) {
    (counts[column.codeOfKey[key] as number] as number) += perKey[key] as number;
  }
  return counts;
}

/** The text itself, then what begins with it, then what has it elsewhere; the most events first. */
function best(values: readonly Suggestion[], text: string): readonly Suggestion[] {
  const rank = ({ value }: Suggestion): number => {
    const lower = value.toLowerCase();
    return lower === text ? 0 : lower.startsWith(text) ? 1 : 2;
  };
  return [...values].sort((a, b) => rank(a) - rank(b) || b.count - a.count).slice(0, PER_KIND);
}
