/**
 * The columns of the table, as plain data: their order and widths, which are pinned, and whether text wraps. As text in
 * a link, `time,who:300/event,message` means four columns, the second 300 pixels wide, the first two pinned; `wrap`
 * before them wraps text.
 */
import { columnOf, fieldNameOf } from '#shared/query/fields.js';
import { gridColumnOf, USUAL_COLUMNS } from './grid-columns.js';

export interface TableColumns {
  /** From left to right; never empty. */
  readonly shown: readonly string[];
  /** How many of the first columns stay in view when the table is scrolled horizontally. */
  readonly pinned: number;
  /** In CSS pixels, for columns without the default width. */
  readonly widths: Readonly<Record<string, number>>;
  readonly wrap: boolean;
}

export const USUAL_TABLE: TableColumns = { shown: USUAL_COLUMNS, pinned: 0, widths: {}, wrap: false };

const NARROWEST = 48;
const WIDEST = 1600;

export function columnWidth(table: TableColumns, name: string): number {
  return table.widths[name] ?? gridColumnOf(name)?.width ?? NARROWEST;
}

export function isPinned(table: TableColumns, name: string): boolean {
  const at = table.shown.indexOf(name);
  return at >= 0 && at < table.pinned;
}

/** The table with the column added at its end, or without it; the last column stays. */
export function withColumn(table: TableColumns, name: string, isShown: boolean): TableColumns {
  const at = table.shown.indexOf(name);
  if (isShown === at >= 0 || (!isShown && table.shown.length === 1)) return table;
  if (isShown) return { ...table, shown: [...table.shown, name] };
  const pinned = at < table.pinned ? table.pinned - 1 : table.pinned;
  return { ...table, pinned, shown: table.shown.filter((other) => other !== name) };
}

/** The column moved as near to a place as possible: pinned columns stay before the others. */
export function movedColumn(table: TableColumns, name: string, to: number): TableColumns {
  const from = table.shown.indexOf(name);
  if (from < 0) return table;
  const [lowest, highest] = from < table.pinned ? [0, table.pinned - 1] : [table.pinned, table.shown.length - 1];
  const place = Math.min(Math.max(to, lowest), highest);
  if (place === from) return table;
  const shown = table.shown.filter((other) => other !== name);
  shown.splice(place, 0, name);
  return { ...table, shown };
}

/** The column pinned after the other pinned ones, or unpinned before the others. */
export function pinnedColumn(table: TableColumns, name: string, pin: boolean): TableColumns {
  if (!table.shown.includes(name) || isPinned(table, name) === pin) return table;
  const pinned = table.pinned + (pin ? 1 : -1);
  const shown = table.shown.filter((other) => other !== name);
  shown.splice(pin ? table.pinned : pinned, 0, name);
  return { ...table, pinned, shown };
}

/** The column with another width, in CSS pixels. */
export function resizedColumn(table: TableColumns, name: string, width: number): TableColumns {
  const fitting = Math.round(Math.min(Math.max(width, NARROWEST), WIDEST));
  const { [name]: _, ...others } = table.widths;
  const isUsual = fitting === gridColumnOf(name)?.width;
  return { ...table, widths: isUsual ? others : { ...others, [name]: fitting } };
}

/** '' for the default table. */
export function printColumns(table: TableColumns): string {
  const names = table.shown.map((name) => {
    const width = table.widths[name];
    return width === undefined ? fieldNameOf(name) : `${fieldNameOf(name)}:${String(width)}`;
  });
  const pinned = names.slice(0, table.pinned).join(',');
  const others = names.slice(table.pinned).join(',');
  const list = `${table.wrap ? 'wrap,' : ''}${table.pinned > 0 ? `${pinned}/` : ''}${others}`;
  return list === USUAL_TEXT ? '' : list;
}

const USUAL_TEXT = USUAL_COLUMNS.map(fieldNameOf).join(',');

/**
 * The table that the text describes; unknown columns in it are ignored, and without any column it is the default one.
 */
export function parseColumns(text: string): TableColumns {
  const shown: string[] = [];
  const widths: Record<string, number> = {};
  let pinned = 0;
  let wrap = false;
  const sides = text.split('/');
  for (const [side, list] of sides.entries()) {
    for (const item of list.split(',')) {
      const [word, width] = item.split(':');
      const name = columnOf(word ?? '');
      if (word === 'wrap') wrap = true;
      if (name === undefined || shown.includes(name)) continue;
      shown.push(name);
      if (width !== undefined && /^\d{1,5}$/.test(width))
        widths[name] = Math.min(Math.max(Number(width), NARROWEST), WIDEST);
    }
    if (side === 0 && sides.length > 1) pinned = shown.length;
  }
  return shown.length === 0 ? { ...USUAL_TABLE, wrap } : { shown, pinned, widths, wrap };
}
