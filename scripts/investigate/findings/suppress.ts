/** Findings that somebody knows of and does not want to be told again. */
import { FieldValues } from './field-values.js';
import type { Hits } from './find.js';
import type { RuleLog } from './rule-log.js';
import { patternMatcher } from './sigma/pattern.js';

/** What is suppressed; in each text `*` and `?` are wildcards, and case is ignored. Absent: whatever it is. */
export interface Suppression {
  /** A rule's ID. */
  readonly rule: string;
  /** Who is behind the call, or made it. */
  readonly actor?: string;
  /** A resource that the event names. */
  readonly resource?: string;
  /** ISO 8601: from then on nothing is suppressed any more. */
  readonly until?: string;
  readonly reason: string;
}

/** What one suppression took from a rule's events. */
interface SuppressedHits extends Hits {
  readonly by: Suppression;
}

export interface Suppressed {
  /** What is left. */
  readonly hits: readonly Hits[];
  readonly suppressed: readonly SuppressedHits[];
  readonly expired: readonly Suppression[];
}

/** @param now milliseconds since 1970 UTC, for `until` */
export function suppress(
  log: RuleLog,
  hits: readonly Hits[],
  suppressions: readonly Suppression[],
  now: number,
): Suppressed {
  const isOver = ({ until }: Suppression): boolean => until !== undefined && Date.parse(until) <= now;
  const active = suppressions.filter((suppression) => !isOver(suppression));
  const left: Hits[] = [];
  const suppressed: SuppressedHits[] = [];
  for (const { rule, rows } of hits) {
    let open = rows;
    for (const by of active) {
      if (!patternMatcher(by.rule, false)(rule.id)) continue;
      const isMeant = matcherOf(log, by);
      const taken = open.filter(isMeant);
      if (taken.length === 0) continue;
      suppressed.push({ rule, rows: taken, by });
      open = open.filter((row) => !isMeant(row));
    }
    if (open.length > 0) left.push({ rule, rows: open });
  }
  return { hits: left, suppressed, expired: suppressions.filter(isOver) };
}

function matcherOf(log: RuleLog, { actor, resource }: Suppression): (row: number) => boolean {
  const fields = new FieldValues(log);
  const tests = (
    [
      [actor, ['culprit.behind', 'culprit.actor']],
      [resource, ['culprit.resources']],
    ] as const
  ).flatMap(([pattern, names]) => {
    if (pattern === undefined) return [];
    const matches = patternMatcher(pattern, false);
    const readers = names.map((name) => fields.valuesOf(name));
    return [(row: number): boolean => readers.some((read) => read(row).some(matches))];
  });
  return (row) => tests.every((test) => test(row));
}
