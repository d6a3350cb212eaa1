/** Columns whose cells show another text than the value: a filter on them finds either. */
import type { Outcome } from '../../scripts/shared/columns.js';
import type { Dictionary } from '../data/dictionary.js';
import { text } from '../text/language.js';

/** Whether the column's cells show (a part of) the value itself. */
export function isPlainFilter(column: string): boolean {
  return column !== 'outcome';
}

/** 1 for each code whose value, or the word shown for it, contains the filter. */
export function shownMatches(column: string, dictionary: Dictionary, filter: string): Uint8Array {
  const wanted = filter.toLowerCase();
  return Uint8Array.from({ length: dictionary.size }, (_, code) => {
    const value = dictionary.value(code);
    const shown = column === 'outcome' && value !== '' ? text(`outcome.${value as Outcome}`) : value;
    return value.includes(wanted) || shown.toLowerCase().includes(wanted) ? 1 : 0;
  });
}
