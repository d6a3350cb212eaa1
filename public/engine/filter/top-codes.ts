/** Finds the values with the most events from the counts of all values. */
import { inChunks } from '#shared/columnar/in-chunks.js';
import type { OutcomeCounts } from './count.js';

interface TopCode {
  readonly code: number;
  readonly counts: OutcomeCounts;
}

interface TopCodes {
  /** Most events first. */
  readonly top: readonly TopCode[];
  /** The number of other values, and the number of their events. */
  readonly others: number;
  readonly othersCounts: OutcomeCounts;
}

/** The codes with the most events, and all those in `always`. */
export function topCodes(counts: Uint32Array, limit: number, always: ReadonlySet<number>): TopCodes {
  const total = (code: number): number => totalOf(counts, code);
  const best = [...always].sort((a, b) => total(b) - total(a)).slice(0, limit);
  const ranking = new Ranking(counts, limit - best.length, always);
  inChunks(counts.length / 3, (code, end) => ranking.look(code, end));
  best.push(...ranking.ranked);
  best.sort((a, b) => total(b) - total(a) || a - b);
  const top = best.map((code) => ({ code, counts: countsOf(counts, code) }));
  const left = (o: 0 | 1 | 2): number => top.reduce((rest, { counts: listed }) => rest - listed[o], ranking.sums[o]);
  return {
    top,
    others: Math.max(0, ranking.values - best.filter((code) => total(code) > 0).length),
    othersCounts: [left(0), left(1), left(2)],
  };
}

/** Collects the codes with the most events, except those listed in any case, and the totals of all. */
class Ranking {
  /** Most events first; among equals, the lower code first. */
  readonly ranked: number[] = [];
  /** The number of codes with events, and the number of events by outcome. */
  values = 0;
  readonly sums = [0, 0, 0] as [number, number, number];
  /** A code needs more events than this to enter the ranking. */
  private floor: number;

  constructor(
    private readonly counts: Uint32Array,
    private readonly limit: number,
    private readonly always: ReadonlySet<number>,
  ) {
    this.floor = limit > 0 ? 0 : Infinity;
  }

  /** Examines the codes in [code, end). */
  look(code: number, end: number): void {
    const { counts, sums } = this;
    for (; code < end; code++) {
      const at = code * 3;
      const change = counts[at] as number;
      const read = counts[at + 1] as number;
      const error = counts[at + 2] as number;
      const events = change + read + error;
      if (events === 0) continue;
      this.values++;
      sums[0] += change;
      sums[1] += read;
      sums[2] += error;
      if (events > this.floor && !this.always.has(code)) this.place(code, events);
    }
  }

  private place(code: number, events: number): void {
    const { counts, ranked, limit } = this;
    let place = ranked.length;
    while (place > 0 && totalOf(counts, ranked[place - 1] as number) < events) place--;
    ranked.splice(place, 0, code);
    if (ranked.length > limit) ranked.pop();
    if (ranked.length === limit) this.floor = totalOf(counts, ranked[limit - 1] as number);
  }
}

function totalOf(counts: Uint32Array, code: number): number {
  const [change, read, error] = countsOf(counts, code);
  return change + read + error;
}

/** The counts of a code; a chosen code may be beyond the counted ones. */
function countsOf(counts: Uint32Array, code: number): OutcomeCounts {
  const at = code * 3;
  return [counts[at] ?? 0, counts[at + 1] ?? 0, counts[at + 2] ?? 0];
}
