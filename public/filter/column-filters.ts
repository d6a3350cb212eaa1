/** The boxes in the table's head: text that a column's value contains, case ignored. */
import type { Report } from '../data/report.js';
import { patternOf } from '../../scripts/shared/query/pattern.js';
import { isPlainFilter, shownMatches } from './shown-values.js';
import { markRows, matchingCodes } from './term-mask.js';
import { markTimesWith } from './time-text-mask.js';

/** The columns that a filter on one of them reads: `who` also shows the role. */
export function columnsFiltered(names: Iterable<string>): readonly string[] {
  return [...names].flatMap((name) => (name === 'actor' ? [name, 'role'] : [name]));
}

export class ColumnFilterMasks {
  private readonly answered = new Map<string, { readonly filter: string; readonly mask: Uint8Array }>();

  constructor(
    private readonly report: Pick<Report, 'columns'>,
    private readonly times: Float64Array,
  ) {}

  /** One mask a filter; the columns must be here. */
  masks(filters: ReadonlyMap<string, string>): readonly Uint8Array[] {
    for (const name of this.answered.keys()) if (!filters.has(name)) this.answered.delete(name);
    return [...filters].map(([name, filter]) => {
      const known = this.answered.get(name);
      if (known?.filter === filter) return known.mask;
      const mask = this.mask(name, filter);
      this.answered.set(name, { filter, mask });
      return mask;
    });
  }

  private mask(name: string, filter: string): Uint8Array {
    const mask = new Uint8Array(this.times.length);
    if (name === 'eventTime') {
      markTimesWith(this.times, filter.trim(), mask);
      return mask;
    }
    const column = this.report.columns.get(name);
    if (!column) return mask;
    const codes = isPlainFilter(name)
      ? matchingCodes(column.dictionary, patternOf(filter.trim(), false, false), false)
      : shownMatches(name, column.dictionary, filter.trim());
    if (codes) markRows(column, codes, mask);
    if (name === 'actor') this.markRoles(filter.trim(), mask);
    return mask;
  }

  /** Adds the events whose role, which stands in brackets after who it was, contains the filter. */
  private markRoles(filter: string, mask: Uint8Array): void {
    const role = this.report.columns.get('role');
    const text = filter.replace(/^\(/, '').replace(/\)$/, '');
    const codes =
      role && text !== '' ? matchingCodes(role.dictionary, patternOf(text, false, false), false) : undefined;
    if (role && codes) markRows(role, codes, mask);
  }
}
