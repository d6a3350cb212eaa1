/**
 * The first filter would run in code that the browser has not compiled yet, and take twice as long as the third. So,
 * while nobody waits, events are filtered and counted, and what is shown is drawn again, a few times for nothing.
 */
import { CHARTED } from '../../scripts/shared/columns.js';
import type { Report } from '../data/report.js';
import { countByCode, OUTCOMES, outcomesOf } from './count.js';
import { filterRows, OTHER } from './filtered.js';
import { matchingCodes, markRows } from './term-mask.js';
import { patternOf } from '../../scripts/shared/query/pattern.js';

/**
 * Filters, counts and draws once for each outcome; between two steps, other work can be done. The charts' columns must
 * be here.
 *
 * @param draw draws what is shown, as it is
 */
export function* rehearse(
  { columns, manifest: { rows } }: Pick<Report, 'columns' | 'manifest'>,
  draw: () => void,
): Generator<undefined> {
  const outcome = columns.get('outcome');
  if (!outcome) return;
  const outcomes = outcomesOf(outcome);
  for (const name of OUTCOMES) {
    const mask = new Uint8Array(rows);
    const codes = matchingCodes(outcome.dictionary, patternOf(name, false, true));
    if (codes) markRows(outcome, codes, mask);
    const filtered = filterRows(rows, [{ mask, bit: OTHER }]);
    for (const charted of CHARTED) {
      const column = columns.get(charted);
      if (column) countByCode(column, outcomes, filtered, 0);
    }
    yield;
    draw();
    yield;
  }
}
