/** Some of a store's events as a store of their own, in the same order. */
import type { StringTable } from '#shared/format/string-table.js';
import { codedColumns } from '#shared/model/columns.js';
import type { CodedColumn, EventStore } from './event-store.js';

/** The events of `rows`, ascending. Dictionaries hold just what these events have, as it first appears. */
export function selectEvents(store: EventStore, rows: Uint32Array): EventStore {
  const identities = renumber(pick(store.identity, rows), store.identities, 0);
  const coded: Record<string, CodedColumn> = {};
  for (const { name } of codedColumns('event')) {
    if (name === 'resources') continue;
    const { codes, values } = store.coded[name] as CodedColumn;
    coded[name] = compacted(pick(codes, rows), values).column;
  }
  for (const { name } of codedColumns('identity')) {
    const { codes, values } = store.coded[name] as CodedColumn;
    coded[name] = compacted(pick(codes, identities.kept), values).column;
  }
  const resources = store.coded.resources as CodedColumn;
  const selected = compacted(pick(resources.codes, rows), resources.values, store.targetEnds);
  coded.resources = selected.column;
  const { poolOf, pools, ids } = store.texts;
  const times = new Float64Array(new SharedArrayBuffer(rows.length * 8));
  const pooled = new Uint8Array(new SharedArrayBuffer(rows.length));
  for (let i = 0; i < rows.length; i++) {
    times[i] = store.times[rows[i] as number] as number;
    pooled[i] = poolOf[rows[i] as number] as number;
  }
  return {
    rows: rows.length,
    times,
    eventTimeText: compacted(pick(store.eventTimeText.codes, rows), store.eventTimeText.values).column,
    identity: identities.codes,
    identities: identities.kept.length,
    coded,
    targetEnds: selected.stops,
    texts: {
      poolOf: pooled,
      pools,
      ids: Object.fromEntries(Object.entries(ids).map(([name, of]) => [name, pick(of, rows)])),
    },
  };
}

function pick(from: Uint32Array, rows: Uint32Array): Uint32Array {
  const picked = new Uint32Array(new SharedArrayBuffer(rows.length * 4));
  for (let i = 0; i < rows.length; i++) picked[i] = from[rows[i] as number] as number;
  return picked;
}

/** Gives the codes new numbers as they first appear, in place; numbers below `fixed` stay. `kept[new]` is the old one. */
function renumber(
  codes: Uint32Array,
  values: number,
  fixed: number,
): { readonly codes: Uint32Array; readonly kept: Uint32Array } {
  const kept: number[] = Array.from({ length: fixed }, (_, code) => code);
  const newOf = new Int32Array(values).fill(-1);
  for (const code of kept) newOf[code] = code;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (newOf[code] === -1) newOf[code] = kept.push(code) - 1;
    codes[i] = newOf[code] as number;
  }
  return { codes, kept: Uint32Array.from(kept) };
}

/**
 * The column with the values that its codes use; the empty one stays at 0.
 * @param stops a place in each value, which is returned as it is then
 */
function compacted(
  picked: Uint32Array,
  { bytes, ends, length }: StringTable,
  stops = ends,
): { readonly column: CodedColumn; readonly stops: Uint32Array } {
  const { codes, kept } = renumber(picked, length, 1);
  const startOf = (value: number): number => (value === 0 ? 0 : (ends[value - 1] as number));
  const size = kept.reduce((sum, value) => sum + (ends[value] as number) - startOf(value), 0);
  const texts = new Uint8Array(new SharedArrayBuffer(size));
  const textEnds = new Uint32Array(new SharedArrayBuffer(kept.length * 4));
  const textStops = new Uint32Array(new SharedArrayBuffer(kept.length * 4));
  let at = 0;
  kept.forEach((value, code) => {
    const text = bytes.subarray(startOf(value), ends[value]);
    texts.set(text, at);
    textStops[code] = at + (stops[value] as number) - startOf(value);
    at += text.length;
    textEnds[code] = at;
  });
  return { column: { codes, values: { length: kept.length, bytes: texts, ends: textEnds } }, stops: textStops };
}
