/** What the rules' events are, put together for a reader. */
import { LIST_SEPARATOR, type CodedName } from '#shared/model/columns.js';
import { correlated } from './correlate.js';
import { compareLevels, type Level } from '#shared/model/level.js';
import { type Finding, type Rule, RULE_KINDS } from './finding.js';
import type { RuleColumn, RuleLog } from './rule-log.js';
import { type CorrelationRule, type Refusal, type RuleSet, sentence } from './sigma/rule.js';

/** A rule and the rows that it found, ascending. */
export interface Hits {
  readonly rule: Rule;
  readonly rows: Uint32Array;
}

/**
 * Which events each rule found, from what `RuleMatcher` found for the rules on single events.
 * @param matched by rule of `rules.events`
 */
export function hitsOf(
  log: RuleLog,
  rules: RuleSet,
  matched: readonly Uint32Array[],
): { readonly hits: readonly Hits[]; readonly refused: readonly Refusal[] } {
  const known = new Map<string, { readonly rule: Rule; readonly rows: Uint32Array }>();
  rules.events.forEach((rule, i) => {
    for (const name of rule.names) known.set(name, { rule, rows: matched[i] as Uint32Array });
  });
  const hits = new Map<string, Hits>();
  const refused: Refusal[] = [];
  // A correlation may be of correlations: each is evaluated when those that it names are.
  let open: readonly CorrelationRule[] = rules.correlations;
  while (open.length > 0) {
    const ready = open.filter((correlation) => correlation.rules.every((name) => known.has(name)));
    if (ready.length === 0) break;
    for (const correlation of ready) {
      const of = correlation.rules.map((name) => ({ name, rows: known.get(name)?.rows ?? new Uint32Array(0) }));
      const found = { rule: correlation, rows: correlated(log, correlation, of) };
      for (const name of correlation.names) known.set(name, found);
      hits.set(correlation.id, found);
    }
    open = open.filter((correlation) => !ready.includes(correlation));
  }
  for (const { id, title, rules: named } of open) {
    const missing = named.find((name) => !known.has(name)) ?? '';
    refused.push({ rule: id, title: title.en, why: sentence(`the rule "${missing}" that it names is not evaluated`) });
  }
  const parts = new Set(
    rules.correlations.filter(({ generate }) => !generate).flatMap((correlation) => correlation.rules),
  );
  rules.events.forEach((rule, i) => {
    if (!rule.names.some((name) => parts.has(name))) hits.set(rule.id, { rule, rows: matched[i] as Uint32Array });
  });
  return { hits: [...hits.values()].filter(({ rows }) => rows.length > 0), refused };
}

/** The latest events of a rule. */
export interface LatestEvents {
  readonly rule: Rule;
  /** By time, ascending: milliseconds since 1970 UTC, and the eventID. */
  readonly events: readonly (readonly [time: number, id: string])[];
}

/** Events of each rule that are compared with those of earlier runs. */
const MOST_LATEST = 2000;

/** The latest events of each rule of a level or a more serious one, the most serious first. */
export function latestEvents(log: RuleLog, hits: readonly Hits[], least: Level): readonly LatestEvents[] {
  return hits
    .filter(({ rule }) => compareLevels(rule.level, least) >= 0)
    .sort((a, b) => compareLevels(b.rule.level, a.rule.level) || (a.rule.id < b.rule.id ? -1 : 1))
    .map(({ rule, rows }) => ({
      rule,
      events: Array.from(
        rows.slice(-MOST_LATEST),
        (row) => [log.times[row] as number, log.text(row, 'eventID')] as const,
      ),
    }));
}

/** The findings, the most serious first, then as a responder cares; events are described by the columns of `log`. */
export function findingsOf<T extends Hits>(
  log: RuleLog,
  hits: readonly T[],
): readonly (T & { readonly finding: Finding })[] {
  const describe = new Describer(log);
  return [...hits]
    .sort(
      (a, b) =>
        compareLevels(b.rule.level, a.rule.level) ||
        RULE_KINDS.indexOf(a.rule.kind) - RULE_KINDS.indexOf(b.rule.kind) ||
        (a.rule.id < b.rule.id ? -1 : 1),
    )
    .map((of) => ({ ...of, finding: describe.finding(of.rule, of.rows) }));
}

class Describer {
  private readonly people: RuleColumn;
  private readonly targets: RuleColumn;
  private readonly accounts: RuleColumn;
  private readonly callers: RuleColumn;

  constructor(private readonly log: RuleLog) {
    [this.people, this.targets, this.accounts, this.callers] = (
      ['behind', 'target', 'recipientAccountId', 'accountId'] as const
    ).map((name: CodedName | 'target') => log.column(name)) as [RuleColumn, RuleColumn, RuleColumn, RuleColumn];
  }

  finding({ id, level }: Rule, rows: Uint32Array): Finding {
    const { times } = this.log;
    return {
      rule: id,
      level,
      count: rows.length,
      first: times[rows[0] as number] as number,
      last: times[rows.at(-1) as number] as number,
      people: this.valuesIn(rows, [this.people]),
      targets: this.namesIn(rows),
      // Old records do not say which account received them: then it is the caller's.
      accounts: this.valuesIn(rows, [this.accounts, this.callers]),
      rows,
    };
  }

  private namesIn(rows: Uint32Array): readonly string[] {
    const names = this.valuesIn(rows, [this.targets]).flatMap((cell) => cell.split(LIST_SEPARATOR));
    return [...new Set(names)].sort();
  }

  /** The values of the first of the columns that has one, sorted. */
  private valuesIn(rows: Uint32Array, columns: readonly RuleColumn[]): readonly string[] {
    const codes = columns.map(() => new Set<number>());
    for (const row of rows) {
      for (let i = 0; i < columns.length; i++) {
        const { codes: of, isPerIdentity } = columns[i] as RuleColumn;
        const code = of[isPerIdentity ? (this.log.identityOf[row] as number) : row] as number;
        (codes[i] as Set<number>).add(code);
        if (code !== 0) break;
      }
    }
    const values = new Set(codes.flatMap((set, i) => [...set].map((code) => (columns[i] as RuleColumn).value(code))));
    values.delete('');
    return [...values].sort();
  }
}
