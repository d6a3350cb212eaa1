/** Suggests completions at the cursor: column names, and a column's values with the number of their events. */
import { columnNamed, isCoded } from '#shared/model/columns.js';
import type { Query } from '#shared/query/ast.js';
import { OUTCOME_WORDS } from '#shared/query/meaning.js';
import { printQuery } from '#shared/query/print.js';
import { SlowPattern } from '#shared/query/regex/matcher.js';
import type { ValueCounts } from '#public/engine/filter/value-counts.js';
import { writtenValue } from '#shared/model/names.js';
import { shownCell } from '#public/text/shown-cell.js';
import { columnLabel, number, text } from '#public/text/language.js';
import { inWorkAt, namesFor, withName, withValue, type Edited, type ValueInWork } from './completion.js';

/** One line of the list. */
export interface Option {
  readonly label: string;
  /** Shown beside it: a number of events, or the meaning of a name. */
  readonly note: string;
  readonly edited: Edited;
}

/** The most values to list. */
const LISTED = 40;
const DAY = 86_400_000;

interface CompleterFacts {
  /** The number of matching events for each value of a column; undefined before the events have been read. */
  counts(query: Query, column: string): Promise<ValueCounts | undefined>;
  /** The times of the first and last event, milliseconds since 1970 UTC; undefined without events. */
  readonly timeRange: readonly [first: number, last: number] | undefined;
}

export class Completer {
  /** The last counts: further typing narrows them down. */
  private counted: { readonly key: string; readonly counts: Promise<ValueCounts | undefined> } | undefined;

  constructor(private readonly facts: CompleterFacts) {}

  /** The suggestions at the cursor, the likeliest first; empty if nothing can be completed. */
  async optionsAt(written: string, caret: number): Promise<readonly Option[]> {
    const inWork = inWorkAt(written, caret);
    if (!inWork) return [];
    if (inWork.kind === 'name')
      return namesFor(inWork.typed, columnLabel).map((option) => ({
        label: option.insert.trimEnd(),
        note: option.column === undefined ? text('query.flag.readonly') : columnLabel(option.column),
        edited: withName(written, inWork, option),
      }));
    const values = inWork.field === 'eventTime' ? this.days(inWork) : await this.values(inWork);
    return values.map(({ value, label, note }) => ({ label, note, edited: withValue(written, inWork, value) }));
  }

  private async values(inWork: ValueInWork): Promise<{ value: string; label: string; note: string }[]> {
    const { field, typed, rest } = inWork;
    const column = columnNamed(field);
    if (column === undefined || !isCoded(column)) return [];
    const key = `${field} ${printQuery(rest)}`;
    if (this.counted?.key !== key) this.counted = { key, counts: this.count(rest, field) };
    const counts = await this.counted.counts;
    if (!counts) {
      this.counted = undefined;
      return [];
    }
    const wanted = typed.toLowerCase();
    const found = counts.find(typed, LISTED).values.map(({ value, count }) => ({
      value: writtenValue(field, value),
      label: value === '' ? text('facet.missing') : shownCell(field, value),
      note: number(count),
    }));
    const begins = ({ label }: { label: string }): boolean => label.toLowerCase().startsWith(wanted);
    const words = field === 'outcome' ? OUTCOME_WORDS.filter((word) => word.startsWith(wanted)) : [];
    return [
      ...found.filter(begins),
      ...words.map((word) => ({ value: word, label: word, note: text(`outcome.${word as 'denied' | 'failed'}`) })),
      ...found.filter((option) => !begins(option)),
    ];
  }

  /** Undefined if the rest of the query cannot be evaluated. */
  private async count(rest: Query, field: string): Promise<ValueCounts | undefined> {
    try {
      return await this.facts.counts(rest, field);
    } catch (error) {
      if (error instanceof SlowPattern) return undefined;
      throw error;
    }
  }

  /** The days in the log, the last one first. */
  private days({ typed }: ValueInWork): { value: string; label: string; note: string }[] {
    if (!this.facts.timeRange) return [];
    const [first, last] = this.facts.timeRange;
    const days: string[] = [];
    for (let day = Math.floor(last / DAY); day >= Math.floor(first / DAY) && days.length < LISTED; day--)
      days.push(new Date(day * DAY).toISOString().slice(0, 10));
    return days
      .filter((day) => day.startsWith(typed) && day !== typed)
      .map((value) => ({ value, label: value, note: 'UTC' }));
  }
}
