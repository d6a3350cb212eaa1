/** What rules found, as the file findings.json: for programs that watch a nightly run. */
import { parsedJson } from '#scripts/investigate/json-leaves.js';
import type { Finding, Rule } from '#scripts/investigate/findings/finding.js';
import { type Level, LEVELS } from '#shared/model/level.js';
import type { FindingCounts } from '#shared/model/manifest.js';
import type { RuleLog } from '#scripts/investigate/findings/rule-log.js';
import type { Refusal } from '#scripts/investigate/findings/sigma/rule.js';
import type { Suppression } from '#scripts/investigate/findings/suppress.js';

/** Events that a finding names by their ID, the first ones. */
const MOST_EVENTS = 100;
/** Targets that a finding names. */
const MOST_TARGETS = 1000;

export interface FoundByRules {
  /** The columns that the findings are described by. */
  readonly log: RuleLog;
  /** The most serious first. */
  readonly findings: readonly FindingOf[];
  readonly notEvaluable: readonly Refusal[];
  /** What suppressions took from the findings, one entry for each finding and suppression. */
  readonly suppressed: readonly (FindingOf & { readonly by: Suppression })[];
  /** Suppressions whose time is over. */
  readonly expired: readonly Suppression[];
}

/** How many there are, for the manifest. */
export function countFindings({ hits, suppressed, notEvaluable }: CountedFindings): FindingCounts {
  const ofLevel = (level: Level): number => hits.filter(({ rule }) => rule.level === level).length;
  const levels = Object.fromEntries(LEVELS.map((level) => [level, ofLevel(level)])) as Record<Level, number>;
  const taken = new Set(suppressed.map(({ rule }) => rule.id));
  return { ...levels, notEvaluable: notEvaluable.length, suppressed: taken.size };
}

interface CountedFindings {
  readonly hits: readonly { readonly rule: Rule }[];
  readonly suppressed: readonly { readonly rule: Rule }[];
  readonly notEvaluable: readonly unknown[];
}

interface FindingOf {
  readonly rule: Rule;
  readonly finding: Finding;
}

/**
 * The file. Stable: a field is never renamed or given another meaning within one `formatVersion`; new fields may be added.
 * @param isRedacted suppressions name people and resources, and are left out but for their rule
 */
export function findingsJson(found: FoundByRules, isRedacted: boolean): string {
  const { log, findings, notEvaluable, suppressed, expired } = found;
  const shown = ({ rule, actor, resource, until, reason }: Suppression): object =>
    isRedacted ? { rule } : { rule, actor, resource, until, reason };
  const file = {
    formatVersion: 1,
    findings: findings.map((of) => describe(log, of)),
    notEvaluable,
    suppressed: suppressed.map((of) => ({ ...describe(log, of), by: shown(of.by) })),
    expiredSuppressions: expired.map(shown),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function describe(log: RuleLog, { rule, finding }: FindingOf): object {
  const { count, first, last, people, targets, accounts, rows } = finding;
  const { id, title, level, techniques, cis } = rule;
  return {
    rule: id,
    title: title.en,
    level,
    techniques,
    cis,
    count,
    first: timeText(first),
    last: timeText(last),
    people,
    targets: targets.slice(0, MOST_TARGETS),
    accounts,
    events: [...rows.subarray(0, MOST_EVENTS)].flatMap((row) => {
      const id = parsedJson(log.text(row, 'eventID'));
      return typeof id === 'string' ? [id] : [];
    }),
  };
}

function timeText(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
