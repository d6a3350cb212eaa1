/**
 * Findings as stories: what one person did of one kind is one line, however many rules found it. A line says what the calls
 * changed, where their parameters tell; else which rule found them.
 */
import type { BriefingLine, SentencePart } from '#shared/model/briefing.js';
import { compareLevels, LEVELS, type Level } from '#shared/model/level.js';
import { DEEDS } from '../deeds.js';
import { deedOfEffect, EFFECTS, type Effect } from '../effects/effect.js';
import { effectsOf } from '../effects/effects-of.js';
import { RULE_KINDS, type Finding, type Rule, type RuleKind } from '../findings/finding.js';
import { clauseOf, plainName, type EffectGroup } from './clauses.js';
import { ownResources } from './own-resources.js';
import { queryOf } from './line-query.js';
import type { CallLog } from './read-calls.js';

export interface Found {
  readonly rule: Rule;
  readonly finding: Finding;
}

/** A line, and what it is ranked by. */
export interface Story {
  readonly line: BriefingLine;
  readonly kind: RuleKind;
  readonly level: Level;
  /** The findings that it tells of. */
  readonly rules: ReadonlySet<string>;
}

/** Events of which the parameters are read, of one finding and in all. */
const MOST_OF_FINDING = 400;
const MOST_READ = 4000;
/** Clauses of a line. */
const MOST_CLAUSES = 3;
/** Effects that are everyday one by one are told from this many on. */
const MANY = 10;

/** Exposure is told in lines of its own for what is shared, whom a role trusts, and what the network lets in. */
function themeOf({ code }: Effect): string {
  if (code === 'trust-opened') return 'trust';
  return EFFECTS[code].kind === 'exposure' && /port|accessible|unblocked|joined|metadata/.test(code) ? 'network' : '';
}

class Draft {
  readonly groups = new Map<
    string,
    { effect: Effect; row: number; targets: Map<string, string>; rows: Set<number>; isOwn: boolean }
  >();
  readonly rows = new Set<number>();
  readonly rules = new Set<string>();
  /** That of the most serious rule that found one of its events. */
  level: Level = 'informational';

  constructor(
    readonly person: string,
    readonly kind: RuleKind,
  ) {}
}

/** The stories of the findings, in no order. */
export function storiesOf(log: CallLog, found: readonly Found[]): readonly Story[] {
  const drafts = new Map<string, Draft>();
  const untold: Found[] = [];
  const isOwn = ownResources(log);
  const read = new Map<number, readonly Effect[]>();
  for (const of of found) {
    if (LEVELS.indexOf(of.rule.level) < LEVELS.indexOf('low')) continue;
    let isTold = false;
    for (const row of someOf(of.finding.rows)) {
      let effects = read.get(row);
      if (effects === undefined) {
        if (read.size >= MOST_READ) break;
        effects = effectsOf(log.call(row)).filter((effect) => isTelling(effect, log, row, isOwn));
        read.set(row, effects);
      }
      for (const effect of effects) {
        add(drafts, log, row, effect, isEnd(effect) && log.targets(row).some((name) => isOwn(row, name)), of.rule);
        isTold ||= EFFECTS[effect.code].kind === of.rule.kind;
      }
    }
    if (!isTold) untold.push(of);
  }
  const told = [...drafts.values()].flatMap((draft) => storyOf(log, draft));
  return [...told, ...untold.flatMap((of) => ruleStory(log, of))];
}

/** The first events of a finding, and its last. */
function someOf(rows: Uint32Array): readonly number[] {
  if (rows.length <= MOST_OF_FINDING) return [...rows];
  return [...rows.subarray(0, MOST_OF_FINDING - 1), rows.at(-1) as number];
}

/** Whether an effect belongs in a briefing: what somebody made and took away again is their own affair. */
function isTelling(effect: Effect, log: CallLog, row: number, isOwn: (row: number, name: string) => boolean): boolean {
  const { kind, level } = EFFECTS[effect.code];
  if (level === 'informational') return false;
  return !(kind === 'destruction' && isEnd(effect) && log.targets(row).some((name) => isOwn(row, name)));
}

function isEnd({ code }: Effect): boolean {
  return DEEDS[deedOfEffect(code)] === 'end';
}

function add(
  drafts: Map<string, Draft>,
  log: CallLog,
  row: number,
  effect: Effect,
  isOwn: boolean,
  rule: Found['rule'],
): void {
  const { kind } = EFFECTS[effect.code];
  const person = log.person(row);
  const key = [kind, themeOf(effect), person].join('\n');
  let draft = drafts.get(key);
  if (!draft) drafts.set(key, (draft = new Draft(person, kind)));
  draft.rules.add(rule.id);
  if (compareLevels(rule.level, draft.level) > 0) draft.level = rule.level;
  const {
    code,
    account = '',
    principal = '',
    port = '',
    from = '',
    policy = '',
    now = '',
    hasConditions = false,
  } = effect;
  // A policy names somebody by account or ARN; the account is what counts.
  const whom = account === '' ? principal : account;
  const what = [
    code,
    whom,
    port,
    from,
    kind === 'privilege' ? '' : policy,
    code === 'key-created' ? '' : now,
    hasConditions,
  ];
  const groupKey = [...what, log.value('eventSource', row)].join('\n');
  let group = draft.groups.get(groupKey);
  if (!group) draft.groups.set(groupKey, (group = { effect, row, targets: new Map(), rows: new Set(), isOwn: true }));
  // One resource may stand there by its name and by its ARN.
  group.targets.set(plainName(effect.target).toLowerCase(), effect.target);
  group.rows.add(row);
  group.isOwn &&= isOwn;
}

function storyOf(log: CallLog, { person, kind, groups, rules, level: most }: Draft): readonly Story[] {
  const level = (code: Effect['code']): number => LEVELS.indexOf(EFFECTS[code].level);
  const telling = [...groups.values()]
    .filter(({ effect, rows }) => level(effect.code) >= LEVELS.indexOf('medium') || rows.size >= MANY)
    .sort((a, b) => level(b.effect.code) - level(a.effect.code) || b.targets.size - a.targets.size || a.row - b.row);
  const [first] = telling;
  if (!first) return [];
  const rows = [...new Set(telling.flatMap((group) => [...group.rows]))].sort((a, b) => a - b);
  if (compareLevels(most, 'medium') < 0 && rows.length < MANY) return [];
  const clauses = telling.slice(0, MOST_CLAUSES).map((group): EffectGroup => ({
    effect: group.effect,
    eventSource: log.value('eventSource', group.row),
    eventName: log.value('eventName', group.row),
    targets: [...group.targets.values()],
    isOwn: group.isOwn,
    events: group.rows.size,
  }));
  const more = telling.length - clauses.length;
  const line: BriefingLine = {
    kind,
    level: most,
    count: rows.length,
    ...spanOf(log, rows),
    query: queryOf(log, rows, person),
    en: [
      ...who(person, 'en'),
      ' ',
      ...english(
        clauses.map((clause) => clauseOf(clause, 'en')),
        more,
      ),
      '.',
    ],
    ja: [
      ...who(person, 'ja'),
      ' が',
      ...japanese(
        clauses.map((clause) => clauseOf(clause, 'ja')),
        more,
      ),
      'しました。',
    ],
  };
  return [{ line, kind, level: most, rules }];
}

/** A finding whose events' parameters say no more than its rule. */
function ruleStory(log: CallLog, { rule, finding }: Found): readonly Story[] {
  if (LEVELS.indexOf(rule.level) < LEVELS.indexOf('medium')) return [];
  const { people, count, first, last, rows } = finding;
  const some = someOf(rows);
  const persons =
    people.length > 0 ? people : [...new Set(some.map((row) => log.person(row)))].filter((name) => name !== '');
  const named = (language: 'en' | 'ja'): readonly SentencePart[] =>
    persons
      .slice(0, 3)
      .flatMap((name, i) => [...(i > 0 ? [language === 'ja' ? '、' : ', '] : []), ...who(name, language)]);
  const more = persons.length - 3;
  const others = (language: 'en' | 'ja'): readonly SentencePart[] =>
    more > 0 ? [language === 'ja' ? ` ほか ${String(more)} 人` : ` and ${String(more)} more`] : [];
  const title = (language: 'en' | 'ja'): string => rule.title[language] || rule.title.en || rule.id;
  const line: BriefingLine = {
    kind: rule.kind,
    level: rule.level,
    count,
    first,
    last,
    query: queryOf(log, some, persons.length === 1 ? (persons[0] as string) : ''),
    en: [title('en'), ...(persons.length > 0 ? [': ', ...named('en'), ...others('en')] : [])],
    ja: [title('ja'), ...(persons.length > 0 ? [': ', ...named('ja'), ...others('ja')] : [])],
  };
  return [{ line, kind: rule.kind, level: rule.level, rules: new Set([rule.id]) }];
}

function who(person: string, language: 'en' | 'ja'): readonly SentencePart[] {
  if (person === '') return [language === 'ja' ? '不明な操作者' : 'Somebody unknown'];
  return [['who', person]];
}

function spanOf(log: CallLog, rows: readonly number[]): { readonly first: number; readonly last: number } {
  return { first: log.time(rows[0] as number), last: log.time(rows.at(-1) as number) };
}

/** `a, b and c`, or with how many more. */
function english(clauses: readonly (readonly SentencePart[])[], more: number): readonly SentencePart[] {
  return clauses
    .flatMap((clause, i) => {
      const before = i === 0 ? [] : i === clauses.length - 1 && more === 0 ? [' and '] : [', '];
      return [...before, ...clause];
    })
    .concat(more > 0 ? [` and made ${more === 1 ? 'one other change' : `${String(more)} other changes`}`] : []);
}

function japanese(clauses: readonly (readonly SentencePart[])[], more: number): readonly SentencePart[] {
  return clauses
    .flatMap((clause, i) => [...(i === 0 ? [] : ['、']), ...clause])
    .concat(more > 0 ? [`、ほか ${String(more)} 件の変更を`] : []);
}

/** From what a responder wants to know first: the serious before the rest, and of these in the order of kinds. */
export function compareStories(a: Story, b: Story): number {
  const isSerious = ({ level }: Story): number => (LEVELS.indexOf(level) >= LEVELS.indexOf('high') ? 0 : 1);
  return (
    isSerious(a) - isSerious(b) ||
    RULE_KINDS.indexOf(a.kind) - RULE_KINDS.indexOf(b.kind) ||
    LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) ||
    b.line.count - a.line.count ||
    a.line.first - b.line.first
  );
}
