/** What a question may be about, while it is typed: names in the log that contain the text, by kind, with counts. */
import { LIST_SEPARATOR } from '#shared/model/columns.js';
import { codeAt, type CodedColumn } from '#shared/columnar/event-columns.js';
import { DEEDS } from './deeds.js';
import { strongestDeed } from './deed-done.js';
import { listsOf } from '#shared/columnar/list-dictionary.js';
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
  /** Names of this kind that fit as well, and are not among the suggestions. */
  readonly left?: number;
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
/** Events looked back at for what ended last. */
const LOOK_BACK = 200_000;

const INSTANCE = /^i-[0-9a-f]+$/;

export class Suggester {
  private readonly counts = new Map<LogColumn, Uint32Array>();
  private ended: readonly Suggestion[] | undefined;
  /** Events by the names of resources. */
  private nameCounts: Uint32Array | undefined;

  constructor(private readonly log: EventLog) {}

  /** Counts beforehand what the first suggestions would have to wait for. */
  prepare(): void {
    // A text that no value has.
    this.suggest('\0');
  }

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
    const totals = new Map<SuggestionKind, number>();
    for (const [kind, { entries, seen }] of this.resources(text)) {
      for (const { code, count } of entries) add(kind, this.resourceName(code), count, false);
      totals.set(kind, seen);
    }
    return KINDS.flatMap((kind) => {
      const values = [...(found.get(kind)?.values() ?? [])];
      const chosen = best(values, text);
      const left = (totals.get(kind) ?? values.length) - chosen.length;
      return chosen.map((one) => ({ ...one, left }));
    });
  }

  /** The names that are this text, case ignored. */
  named(text: string): readonly string[] {
    const lower = text.trim().toLowerCase();
    if (lower === '') return [];
    return this.suggest(lower).flatMap(({ value }) => (value.toLowerCase() === lower ? [value] : []));
  }

  /** The best names of resources of each kind: a single letter is in hundreds of thousands of them. */
  private resources(text: string): ReadonlyMap<SuggestionKind, Best> {
    const { names } = listsOf(this.log.column('resources'));
    const counts = (this.nameCounts ??= listsOf(this.log.column('resources')).countNames(this.countsOf('resources')));
    const found = new Map<SuggestionKind, Best>();
    names.forEachWith(text, (name) => {
      const lower = names.lower(name);
      if (lower === '') return;
      const kind = INSTANCE.test(lower) ? 'instance' : lower.startsWith('arn:') ? 'arn' : 'resource';
      let best = found.get(kind);
      if (!best) found.set(kind, (best = new Best(PER_KIND)));
      best.add(name, closeness(lower, text), counts[name] as number);
    });
    return found;
  }

  private resourceName(name: number): string {
    return listsOf(this.log.column('resources')).names.value(name);
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
      const value = log.value('target', row).split(LIST_SEPARATOR)[0] ?? '';
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

/** 0 for the text itself, 1 for what begins with it, 2 for what has it elsewhere. */
function closeness(lower: string, text: string): number {
  return lower === text ? 0 : lower.startsWith(text) ? 1 : 2;
}

/** The text itself, then what begins with it, then what has it elsewhere; the most events first. */
function best(values: readonly Suggestion[], text: string): readonly Suggestion[] {
  const rank = ({ value }: Suggestion): number => closeness(value.toLowerCase(), text);
  return [...values].sort((a, b) => rank(a) - rank(b) || b.count - a.count).slice(0, PER_KIND);
}

interface Ranked {
  readonly code: number;
  readonly rank: number;
  readonly count: number;
}

/** Keeps the few with the lowest ranks, those with the most events among equals. */
class Best {
  readonly entries: Ranked[] = [];
  /** How many there were. */
  seen = 0;

  constructor(private readonly limit: number) {}

  add(code: number, rank: number, count: number): void {
    const { entries, limit } = this;
    this.seen++;
    const isBefore = (other: Ranked): boolean => rank < other.rank || (rank === other.rank && count > other.count);
    const last = entries[limit - 1];
    if (last && !isBefore(last)) return;
    let place = entries.length;
    while (place > 0 && isBefore(entries[place - 1] as Ranked)) place--;
    entries.splice(place, 0, { code, rank, count });
    if (entries.length > limit) entries.pop();
  }
}
