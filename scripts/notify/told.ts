/** What earlier runs told of, in a file beside the cache: which events of which rule, as hashes. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { LatestEvents } from '#scripts/investigate/findings/find.js';
import type { News } from './message.js';

const TOLD = v.object({
  formatVersion: v.literal(1),
  rules: v.record(v.string(), v.object({ since: v.number(), last: v.number(), events: v.array(v.string()) })),
});
type Told = v.InferOutput<typeof TOLD>;

const NOTHING: Told = { formatVersion: 1, rules: {} };

/** What was told of the logs at these places. */
export class ToldFile {
  private readonly file: string;
  private readonly told: Told;

  /** @param folder the cache's; its owner's only */
  constructor(
    private readonly folder: string,
    inputs: readonly string[],
  ) {
    const places = createHash('sha256')
      .update(JSON.stringify([...inputs].sort()))
      .digest('hex');
    this.file = path.join(folder, `told-${places.slice(0, 16)}.json`);
    this.told = readTold(this.file);
  }

  /** The rules that found events of which nobody was told. Later than all of them is new; earlier than all is not. */
  newsOf(latest: readonly LatestEvents[]): readonly News[] {
    return latest.flatMap(({ rule, events }) => {
      const told = this.told.rules[rule.id];
      const known = new Set(told?.events);
      const count = events.filter(
        ([time, id]) => !told || time > told.last || (time >= told.since && !known.has(hashOf(id))),
      ).length;
      return count === 0 ? [] : [{ rule, count }];
    });
  }

  /** Keeps that these were told, too. */
  keep(latest: readonly LatestEvents[]): void {
    const rules = { ...this.told.rules };
    for (const { rule, events } of latest) {
      const told = rules[rule.id];
      const times = events.map(([time]) => time);
      const hashes = [...new Set([...(told?.events ?? []), ...events.map(([, id]) => hashOf(id))])];
      const since = Math.min(...times);
      rules[rule.id] = {
        // Of what is not kept any more, only this run's events are known by their time.
        since: hashes.length > MOST_KEPT ? since : Math.min(since, told?.since ?? Infinity),
        last: Math.max(...times, told?.last ?? -Infinity),
        events: hashes.slice(-MOST_KEPT),
      };
    }
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const temporary = `${this.file}.${String(process.pid)}.tmp`;
    writeFileSync(temporary, JSON.stringify({ formatVersion: 1, rules }), { mode: 0o600 });
    renameSync(temporary, this.file);
  }
}

/** Events of each rule. */
const MOST_KEPT = 10_000;

/** What is no such file is as if it were not there: then everything is told again. */
function readTold(file: string): Told {
  try {
    const result = v.safeParse(TOLD, JSON.parse(readFileSync(file, 'utf8')));
    return result.success ? result.output : NOTHING;
  } catch {
    return NOTHING;
  }
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 11);
}
