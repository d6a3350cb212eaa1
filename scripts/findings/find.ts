/** What rules find in a store, the workers doing what is asked of single events. */
import { findingsOf, hitsOf, latestEvents, type LatestEvents } from '#scripts/investigate/findings/find.js';
import { suppress, type Suppressed, type Suppression } from '#scripts/investigate/findings/suppress.js';
import type { FoundByRules } from '#scripts/output/findings.js';
import { type Refusal, type RuleSet, sentence } from '#scripts/investigate/findings/sigma/rule.js';
import type { Level } from '#shared/model/level.js';
import type { EventStore } from '#scripts/store/event-store.js';
import type { WorkerPool } from '#scripts/workers/pool.js';
import { ruleLogOf } from './store-log.js';

/** Events that a worker looks at in one task. */
const BLOCK = 1 << 16;

/** What rules found, without what somebody suppressed. */
interface Found extends Suppressed {
  /** Rules that were not evaluated; sorted by rule. */
  readonly notEvaluable: readonly Refusal[];
}

/**
 * @param store the one that the workers were given
 * @param now milliseconds since 1970 UTC, for suppressions that end
 */
export async function findHits(
  pool: WorkerPool,
  store: EventStore,
  rules: RuleSet,
  suppressions: readonly Suppression[],
  now: number,
): Promise<Found> {
  await pool.all(
    'useRules',
    rules.events.map(({ detection }) => detection),
  );
  const blocks = Array.from({ length: Math.ceil(store.rows / BLOCK) }, (_, block) => block * BLOCK);
  const answers = await Promise.all(
    blocks.map((from) => pool.run('matchRules', { from, to: Math.min(from + BLOCK, store.rows) })),
  );
  const matched = rules.events.map((_, rule) => joined(answers.map(({ found }) => found[rule] as Uint32Array)));
  const log = ruleLogOf(store);
  const { hits, refused } = hitsOf(log, rules, matched);
  const faults = new Map(answers.flatMap(({ faults: of }) => of));
  const gaveUp = [...faults].map(([rule, why]): Refusal => {
    const { id, title } = rules.events[rule] as RuleSet['events'][number];
    return { rule: id, title: title.en, why: sentence(why) };
  });
  const given = new Set(gaveUp.map(({ rule }) => rule));
  return {
    ...suppress(
      log,
      hits.filter(({ rule }) => !given.has(rule.id)),
      suppressions,
      now,
    ),
    notEvaluable: [...rules.refused, ...refused, ...gaveUp].sort((a, b) => (a.rule < b.rule ? -1 : 1)),
  };
}

/** What `--notify` compares with earlier runs; of the store in which it was found, so that pseudonyms make nothing new. */
export function latestOf(store: EventStore, { hits }: Found, least: Level): readonly LatestEvents[] {
  return latestEvents(ruleLogOf(store), hits, least);
}

/** The findings as the columns of a store describe them, which may have other names than that in which they were found. */
export function describeHits(store: EventStore, { hits, suppressed, expired, notEvaluable }: Found): FoundByRules {
  const log = ruleLogOf(store);
  return { log, findings: findingsOf(log, hits), suppressed: findingsOf(log, suppressed), expired, notEvaluable };
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
