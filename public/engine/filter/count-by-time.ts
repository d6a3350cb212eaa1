/** Counts events by time and outcome. */
import { bucketStart, type TimeGrid } from '#shared/format/time-grid.js';
import { OUTCOMES } from './count.js';
import { bitsIn, RowMask } from './row-mask.js';
import { firstAtOrAfter } from '#shared/columnar/event-columns.js';

/** The events of each bucket, by outcome in the order of {@link OUTCOMES}. */
export type TimeCounts = readonly [change: Uint32Array, read: Uint32Array, error: Uint32Array];

type OutcomeMasks = readonly [change: RowMask, read: RowMask, error: RowMask];

/** The events of each outcome, cached by the array of all events' outcomes. */
const masks = new WeakMap<Uint8Array<ArrayBuffer>, OutcomeMasks>();

/**
 * The events of each outcome in each bucket of the grid, among the marked ones; events outside the grid are not
 * counted. Rows ascend by time, so a bucket is a range of bits.
 */
export function countByTime(
  grid: TimeGrid,
  times: Float64Array,
  outcomes: Uint8Array<ArrayBuffer>,
  { words }: RowMask,
): TimeCounts {
  const edges = Uint32Array.from({ length: grid.buckets + 1 }, (_, i) => firstAtOrAfter(times, bucketStart(grid, i)));
  const countsOf = (outcome: RowMask): Uint32Array => {
    const counts = new Uint32Array(grid.buckets);
    for (let bucket = 0; bucket < counts.length; bucket++)
      counts[bucket] = countBetween(words, outcome.words, edges[bucket] as number, edges[bucket + 1] as number);
    return counts;
  };
  const [change, read, error] = masksOf(outcomes);
  return [countsOf(change), countsOf(read), countsOf(error)];
}

/** The number of rows in [from, to) that are set in both. */
function countBetween(one: Uint32Array, other: Uint32Array, from: number, to: number): number {
  if (from >= to) return 0;
  const first = from >>> 5;
  const last = (to - 1) >>> 5;
  let count = 0;
  for (let i = first; i <= last; i++) {
    let word = (one[i] as number) & (other[i] as number);
    if (i === first) word &= -1 << (from & 31);
    if (i === last) word &= -1 >>> (31 - ((to - 1) & 31));
    count += bitsIn(word);
  }
  return count;
}

function masksOf(outcomes: Uint8Array<ArrayBuffer>): OutcomeMasks {
  const maskOf = (outcome: number): RowMask => {
    const mask = new RowMask(outcomes.length);
    mask.markKeys(
      outcomes,
      Uint8Array.from(OUTCOMES, (_, other) => (other === outcome ? 1 : 0)),
    );
    return mask;
  };
  const known = masks.get(outcomes) ?? ([maskOf(0), maskOf(1), maskOf(2)] as const);
  masks.set(outcomes, known);
  return known;
}
