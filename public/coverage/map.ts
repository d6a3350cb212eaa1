/**
 * The map of what the report covers: one row per account and region, one column per day, and in each cell the number of
 * events, whether files failed, and whether files are missing between others.
 */
import type { CoveredPlace, Coverage } from '#shared/model/coverage.js';
import { el } from '#public/ui/dom.js';
import { number, text } from '#public/text/language.js';

const DAY = 86_400_000;
/** With more days, a column stands for several, so that the whole map is visible. */
const MOST_COLUMNS = 62;
/** Further rows are shown on demand. */
const ROWS_AT_ONCE = 60;
/** Up to this number, there is room for each column's date. */
const FEW_COLUMNS = 14;
/**
 * Shades of a cell with events. Numbers differ by a factor of a thousand, so the shade follows their root: a tenth of
 * the maximum is half as dark.
 */
const SHADES = 4;
const SHADE_POWER = 0.35;

/** The content of a cell. */
interface MapCell {
  files: number;
  failed: number;
  events: number;
  /** Seconds since 1970. */
  first: number;
  last: number;
  gapDays: number;
}

interface MapRow {
  readonly place: CoveredPlace;
  readonly cells: readonly MapCell[];
}

/** The columns of the map. */
interface Columns {
  /** The first day of the first column, in days since 1970. */
  readonly start: number;
  readonly days: number;
  readonly count: number;
}

/** The map with its legend; empty if no event and no file has a place. */
export function coverageMap(coverage: Coverage): HTMLElement[] {
  if (coverage.places.length === 0) return [];
  const columns = columnsOf(coverage);
  const rows = coverage.places.map((place): MapRow => ({
    place,
    cells: cellsOf(place, columns, coverage.daysPerCell),
  }));
  const most = Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ events }) => events)));
  const body = el('tbody');
  const more = el('button', { type: 'button', class: 'text-button' });
  let shown = 0;
  const showMore = (): void => {
    body.append(...rows.slice(shown, shown + ROWS_AT_ONCE).map((row) => drawRow(row, columns, most)));
    shown = Math.min(rows.length, shown + ROWS_AT_ONCE);
    more.textContent = text('coverage.map.more', { n: rows.length - shown });
    more.hidden = shown === rows.length;
  };
  more.addEventListener('click', showMore);
  showMore();
  const table = el(
    'table',
    { class: columns.count <= FEW_COLUMNS ? 'map has-few' : 'map' },
    el('thead', {}, drawHead(columns)),
    body,
  );
  const scroller = { class: 'map-scroll', tabindex: '0', role: 'region', 'aria-label': text('coverage.map.title') };
  return [el('div', scroller, table), more, ...legend(coverage, columns)];
}

function columnsOf({ places, daysPerCell }: Coverage): Columns {
  const start = Math.min(...places.map(({ day }) => day[0] ?? Infinity));
  const end = Math.max(...places.map(({ day }) => day.at(-1) ?? -Infinity)) + daysPerCell;
  const cells = (end - start) / daysPerCell;
  const days = daysPerCell * Math.ceil(cells / MOST_COLUMNS);
  return { start, days, count: Math.ceil((end - start) / days) };
}

function cellsOf(place: CoveredPlace, { start, days, count }: Columns, daysPerCell: number): MapCell[] {
  const cells = Array.from({ length: count }, (): MapCell => ({
    files: 0,
    failed: 0,
    events: 0,
    first: Infinity,
    last: -Infinity,
    gapDays: 0,
  }));
  const at = (day: number): MapCell | undefined => cells[Math.floor((day - start) / days)];
  place.day.forEach((day, i) => {
    const cell = at(day);
    if (!cell) return;
    cell.files += place.files[i] ?? 0;
    cell.failed += place.failed[i] ?? 0;
    cell.events += place.events[i] ?? 0;
    if ((place.events[i] ?? 0) === 0) return;
    cell.first = Math.min(cell.first, (day * DAY) / 1000 + (place.first[i] ?? 0));
    cell.last = Math.max(cell.last, (day * DAY) / 1000 + (place.last[i] ?? 0));
  });
  for (const [from, to] of place.gaps) {
    for (let day = Date.parse(from) / DAY; day <= Date.parse(to) / DAY; day++) {
      const cell = at(day);
      if (cell) cell.gapDays++;
    }
  }
  // A cell of several days may have both a gap and files.
  return daysPerCell === 1 ? cells : cells.map((cell) => ({ ...cell, gapDays: cell.files > 0 ? 0 : cell.gapDays }));
}

function drawHead({ start, days, count }: Columns): HTMLElement {
  const every = count <= FEW_COLUMNS ? 1 : Math.max(2, Math.ceil(count / 10));
  const heads = Array.from({ length: count }, (_, i) => {
    const name = isoDay(start + i * days);
    const label = i % every === 0 ? el('span', { class: 'map-day', 'aria-hidden': 'true' }, name.slice(5)) : '';
    return el('th', { scope: 'col' }, el('span', { class: 'hidden-text' }, name), label);
  });
  return el(
    'tr',
    {},
    el('th', { scope: 'col' }, text('coverage.map.place')),
    ...heads,
    el('th', { scope: 'col', class: 'map-number' }, text('coverage.files')),
    el('th', { scope: 'col', class: 'map-number' }, text('coverage.events')),
  );
}

function drawRow({ place, cells }: MapRow, columns: Columns, most: number): HTMLElement {
  const name = el(
    'th',
    { scope: 'row' },
    el('span', { class: 'map-account is-mono' }, place.account || text('facet.missing')),
    ` ${place.region || text('facet.missing')}`,
  );
  const total = (counts: readonly number[]): string => number(counts.reduce((a, b) => a + b, 0));
  return el(
    'tr',
    {},
    name,
    ...cells.map((cell, i) => drawCell(cell, columns.start + i * columns.days, columns.days, most)),
    el('td', { class: 'map-number' }, total(place.files)),
    el('td', { class: 'map-number' }, total(place.events)),
  );
}

function drawCell(cell: MapCell, day: number, days: number, most: number): HTMLElement {
  const when = days === 1 ? isoDay(day) : `${isoDay(day)} – ${isoDay(day + days - 1)}`;
  const words = `${when}: ${describe(cell)}`;
  return el(
    'td',
    { class: `map-cell ${kindOf(cell, most)}`, title: words },
    el('span', { class: 'hidden-text' }, words),
  );
}

function kindOf({ files, failed, events, gapDays }: MapCell, most: number): string {
  if (failed > 0) return 'is-failed';
  if (gapDays > 0) return 'is-gap';
  if (events > 0) return `is-events-${String(Math.ceil((events / most) ** SHADE_POWER * SHADES))}`;
  return files > 0 ? 'is-quiet' : '';
}

function describe({ files, failed, events, first, last, gapDays }: MapCell): string {
  const parts = [
    ...(gapDays > 0 ? [text('coverage.map.gap', { n: gapDays })] : []),
    ...(files > 0 ? [text('coverage.count.files', { n: files })] : []),
    ...(failed > 0 ? [text('coverage.map.failed', { n: failed })] : []),
    text('coverage.filtered.value', { n: events }),
    ...(events > 0 ? [`${clock(first)} – ${clock(last)}`] : []),
  ];
  return parts.join(', ');
}

function legend({ gapDays, morePlaces, unplacedFiles }: Coverage, { days }: Columns): HTMLElement[] {
  const sign = (kind: string, words: string): HTMLElement =>
    el('li', {}, el('span', { class: `map-cell ${kind}`, 'aria-hidden': 'true' }), words);
  const notes = [
    text('coverage.map.days', { n: days }),
    ...(morePlaces > 0 ? [text('coverage.map.places', { n: morePlaces })] : []),
    ...(unplacedFiles > 0 ? [text('coverage.map.unplaced', { n: unplacedFiles })] : []),
  ];
  return [
    el(
      'ul',
      { class: 'map-legend small' },
      sign('is-events-1', text('coverage.map.few')),
      sign('is-events-4', text('coverage.map.many')),
      sign('is-quiet', text('coverage.map.quiet')),
      sign('is-gap', text('coverage.map.gap', { n: gapDays })),
      sign('is-failed', text('coverage.map.faults')),
    ),
    el('p', { class: 'small' }, notes.join(' ')),
    ...(gapDays > 0 ? [el('p', { class: 'small' }, text('coverage.map.why'))] : []),
  ];
}

function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Hours and minutes, UTC; the days of a cell are UTC too. */
function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 16);
}
