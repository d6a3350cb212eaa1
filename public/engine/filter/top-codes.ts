/** The values with the most events, out of the counts of all. */
import { inChunks } from '#shared/columnar/in-chunks.js';
import type { OutcomeCounts } from './count.js';

interface TopCode {
  readonly code: number;
  readonly counts: OutcomeCounts;
}

interface TopCodes {
  /** Most events first. */
  readonly top: readonly TopCode[];
  /** How many more values there are, and how many events they have. */
  readonly others: number;
  readonly othersCounts: OutcomeCounts;
}

/** The codes with the most events, `always` among them. */
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

/** The codes with the most events, but for those that are listed anyway, and the sums of all. */
class Ranking {
  /** Most events first, those with the lower code first among equals. */
  readonly ranked: number[] = [];
  /** Codes that have events, and all events by outcome. */
  values = 0;
  readonly sums = [0, 0, 0] as [number, number, number];
  /** Only more events than these lead into the ranking. */
  private floor: number;

  constructor(
    private readonly counts: Uint32Array,
    private readonly limit: number,
    private readonly always: ReadonlySet<number>,
  ) {
    this.floor = limit > 0 ? 0 : Infinity;
  }

  /** Looks at the codes from one up to, but without, another. */
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

/** What is counted of a code; a chosen one may be beyond those that are counted. */
function countsOf(counts: Uint32Array, code: number): OutcomeCounts {
  const at = code * 3;
  return [counts[at] ?? 0, counts[at + 1] ?? 0, counts[at + 2] ?? 0];
}
