/** Counts events by value and outcome. */
import type { Outcome } from '#shared/model/columns.js';
import type { Codes } from '#shared/columnar/codes.js';
import { inChunks } from '#shared/columnar/in-chunks.js';
import { perKey, type CodedColumn } from '#shared/columnar/event-columns.js';
import type { Counted, Filtered } from './filtered.js';
import { lowestBit } from './row-mask.js';

/** In the order in which they are drawn. */
export const OUTCOMES: readonly Outcome[] = ['change', 'read', 'error'];

/** Counts for one value, in the order of {@link OUTCOMES}. */
export type OutcomeCounts = readonly [change: number, read: number, error: number];

/** Each event's outcome, as an index into {@link OUTCOMES}. */
export function outcomesOf(column: CodedColumn): Uint8Array<ArrayBuffer> {
  const placeOf = Uint8Array.from({ length: column.dictionary.size }, (_, code) =>
    Math.max(0, OUTCOMES.indexOf(column.dictionary.value(code) as Outcome)),
  );
  const placeOfKey = perKey(column, placeOf);
  const places = new Uint8Array(column.keys.length);
  for (let row = 0; row < places.length; row++) places[row] = placeOfKey[column.keys[row] as number] as number;
  return places;
}

/**
 * Counts of all events, by outcomes and then keys. If fewer events are left out, their counts are subtracted from
 * these.
 */
const totals = new WeakMap<Uint8Array, WeakMap<Codes, Uint32Array>>();
/** Counts by set of events and then keys: columns with common keys are counted once. */
const counted = new WeakMap<Counted, WeakMap<Codes, Uint32Array>>();

/** The events per code and outcome, at code × 3 + outcome, among those that fail no clause except those of `bit`. */
export function countByCode(column: CodedColumn, outcomes: Uint8Array, filtered: Filtered, bit: number): Uint32Array {
  const { codeOfKey, dictionary } = column;
  const byKey = countByKey(column, outcomes, filtered.toCount(bit));
  if (codeOfKey === undefined) return byKey.slice();
  const byCode = new Uint32Array(dictionary.size * 3);
  inChunks(column.keyCount, (key, end) => addKeys(byCode, codeOfKey, byKey, key, end));
  return byCode;
}

function addKeys(byCode: Uint32Array, codeOfKey: Codes, byKey: Uint32Array, key: number, end: number): void {
  for (let at = key * 3; key < end; key++, at += 3) {
    const place = (codeOfKey[key] as number) * 3;
    (byCode[place] as number) += byKey[at] as number;
    (byCode[place + 1] as number) += byKey[at + 1] as number;
    (byCode[place + 2] as number) += byKey[at + 2] as number;
  }
}

/** The events per key and outcome, at key × 3 + outcome. Do not change the result. */
function countByKey(column: CodedColumn, outcomes: Uint8Array, events: Counted): Uint32Array {
  const { keys, keyCount } = column;
  return remember(counted, events, keys, () => {
    const counts = new Uint32Array(keyCount * 3);
    const { words } = events.mask;
    inChunks(words.length, (i, end) => addMarked(counts, keys, outcomes, words, i, end));
    if (!events.isRest) return counts;
    const all = remember(totals, outcomes, keys, () => {
      const whole = new Uint32Array(keyCount * 3);
      inChunks(outcomes.length, (row, end) => addEvery(whole, keys, outcomes, row, end));
      return whole;
    });
    inChunks(counts.length, (i, end) => takeFrom(all, counts, i, end));
    return counts;
  });
}

function addMarked(
  counts: Uint32Array,
  keys: Codes,
  outcomes: Uint8Array,
  words: Uint32Array,
  i: number,
  end: number,
): void {
  for (; i < end; i++) {
    for (let word = (words[i] as number) | 0; word !== 0; word &= word - 1) {
      const row = (i << 5) + lowestBit(word);
      (counts[(keys[row] as number) * 3 + (outcomes[row] as number)] as number)++;
    }
  }
}

function addEvery(counts: Uint32Array, keys: Codes, outcomes: Uint8Array, row: number, end: number): void {
  for (; row < end; row++) (counts[(keys[row] as number) * 3 + (outcomes[row] as number)] as number)++;
}

/** Replaces `counts` by the whole minus `counts`. */
function takeFrom(whole: Uint32Array, counts: Uint32Array, i: number, end: number): void {
  for (; i < end; i++) counts[i] = (whole[i] as number) - (counts[i] as number);
}

function remember<K extends object>(
  known: WeakMap<K, WeakMap<Codes, Uint32Array>>,
  of: K,
  keys: Codes,
  count: () => Uint32Array,
): Uint32Array {
  const byKeys = known.get(of) ?? new WeakMap<Codes, Uint32Array>();
  known.set(of, byKeys);
  const counts = byKeys.get(keys) ?? count();
  byKeys.set(keys, counts);
  return counts;
}
