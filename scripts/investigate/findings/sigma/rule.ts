/** Rules as they are written, from the documents of a YAML file. Source: Sigma specification 2.1. */
import { LEVELS } from '#shared/model/level.js';
import { RULE_KINDS, type Rule, type RuleKind, type RuleText } from '../finding.js';
import { placeOf } from '../fields.js';
import { parseCondition } from './condition.js';
import { allOf, anyOf, type Expression, leavesOf, RuleFault } from './expression.js';
import { expressionOf } from './modifiers.js';

/** A rule that finds events one by one. */
export interface EventRule extends Rule {
  /** What correlations name it by: its `name` and its `id`. */
  readonly names: readonly string[];
  readonly detection: Expression;
}

const CORRELATIONS = ['event_count', 'value_count', 'temporal', 'temporal_ordered'] as const;

/** A rule that finds events that other rules find, by their number or order. */
export interface CorrelationRule extends Rule {
  readonly names: readonly string[];
  readonly type: (typeof CORRELATIONS)[number];
  /** Names of the rules whose events it is about. */
  readonly rules: readonly string[];
  /** The fields that events of one group have in common; of each the path by rule, where they differ. */
  readonly groupBy: readonly (string | Readonly<Record<string, string>>)[];
  /** In milliseconds. */
  readonly timespan: number;
  readonly condition: readonly { readonly by: Comparison; readonly number: number }[];
  /** The field whose different values `value_count` counts. */
  readonly field: string | undefined;
  /** The rules that it names are found by themselves, too. */
  readonly generate: boolean;
}

export type Comparison = 'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte';

/** A rule that is not evaluated, and why: one sentence. */
export interface Refusal {
  /** Its ID, else the name of its file. */
  readonly rule: string;
  readonly title: string;
  readonly why: string;
}

export interface RuleSet {
  readonly events: readonly EventRule[];
  readonly correlations: readonly CorrelationRule[];
  readonly refused: readonly Refusal[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The rules in documents, each with the name that it has where it says none. */
export function readRules(documents: Iterable<{ readonly name: string; readonly document: unknown }>): RuleSet {
  const events: EventRule[] = [];
  const correlations: CorrelationRule[] = [];
  const refused: Refusal[] = [];
  const taken = new Set<string>();
  for (const { name, document } of documents) {
    const fields = isFields(document) ? document : {};
    const id = textOf(fields.id) || textOf(fields.name) || name;
    try {
      if (!isFields(document)) throw new RuleFault('the file holds no rule');
      if (taken.has(id)) throw new RuleFault('another rule has the same ID');
      taken.add(id);
      const rule = describe(fields, id);
      const names = [textOf(fields.name), textOf(fields.id), name].filter((one) => one !== '');
      if (fields.correlation !== undefined) correlations.push({ ...rule, names, ...correlationOf(fields.correlation) });
      else events.push({ ...rule, names, detection: detectionOf(fields) });
    } catch (error) {
      if (!(error instanceof RuleFault)) throw error;
      refused.push({ rule: id, title: textOf(fields.title) || id, why: sentence(error.message) });
    }
  }
  return { events, correlations, refused };
}

export function sentence(why: string): string {
  return `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
}

function describe(fields: Fields, id: string): Rule {
  const own = isFields(fields.culprit) ? fields.culprit : {};
  const ja = isFields(own.ja) ? own.ja : {};
  const both = (en: string, japanese: unknown): RuleText => ({ en, ja: textOf(japanese) || en });
  const tags = listOf(fields.tags).map((tag) => textOf(tag).toLowerCase());
  const level = textOf(fields.level).toLowerCase() || 'medium';
  if (!isOneOf(LEVELS, level)) throw new RuleFault(`the level "${level}" is not one of ${LEVELS.join(', ')}`);
  return {
    id,
    title: both(textOf(fields.title) || id, ja.title),
    level,
    kind: isOneOf(RULE_KINDS, own.kind) ? own.kind : kindOf(tags),
    techniques: [
      ...new Set(tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/.exec(tag)?.[1]?.toUpperCase() ?? [])),
    ].sort(),
    cis: listOf(own.cis).map(textOf),
    why: both(textOf(fields.description).trim(), textOf(ja.why).trim()),
    next: both(textOf(own.next).trim(), textOf(ja.next).trim()),
    falsePositives: both(
      listOf(fields.falsepositives).map(textOf).join('; '),
      listOf(ja.falsepositives).map(textOf).join('; '),
    ),
    author: textOf(fields.author),
  };
}

/** Tactics of MITRE ATT&CK as Sigma tags them, and what rules of ours would say instead. */
const KIND_OF_TACTIC: readonly (readonly [tag: string, kind: RuleKind])[] = [
  ['attack.t1562', 'logging'],
  ['attack.exfiltration', 'exposure'],
  ['attack.privilege-escalation', 'privilege'],
  ['attack.persistence', 'privilege'],
  ['attack.credential-access', 'credentials'],
  ['attack.impact', 'destruction'],
  ['attack.defense-evasion', 'logging'],
  ['attack.execution', 'access'],
  ['attack.initial-access', 'access'],
  ['attack.lateral-movement', 'access'],
  ['attack.collection', 'access'],
];

function kindOf(tags: readonly string[]): RuleKind {
  return (
    KIND_OF_TACTIC.find(([tactic]) => tags.some((tag) => tag.replaceAll('_', '-').startsWith(tactic)))?.[1] ?? 'odd'
  );
}

function detectionOf(fields: Fields): Expression {
  checkSource(fields.logsource);
  if (fields.filter !== undefined) throw new RuleFault('filters are not evaluated');
  const { detection } = fields;
  if (!isFields(detection)) throw new RuleFault('the rule has no detection');
  const { condition, timeframe, ...searches } = detection;
  if (timeframe !== undefined) throw new RuleFault('a timeframe is now written as a correlation');
  const parsed = new Map(Object.entries(searches).map(([name, search]) => [name, searchOf(search)]));
  const conditions = listOf(condition).map(textOf);
  if (conditions.length === 0) throw new RuleFault('the detection has no condition');
  const expression = anyOf(conditions.map((text) => parseCondition(text, parsed)));
  for (const { field, tests } of leavesOf(expression)) {
    const named = [field, ...tests.flatMap((test) => (test.op === 'field' ? [test.field] : []))];
    for (const one of named) checkField(one);
  }
  return expression;
}

function checkField(field: string): void {
  if (field !== '' && placeOf(field) === undefined) throw new RuleFault(`the field ${field} is not kept in the report`);
}

function checkSource(logsource: unknown): void {
  const { product, service, category } = isFields(logsource) ? logsource : {};
  const of = [product, service, category].map(textOf);
  const isOurs = (of[0] === '' || of[0] === 'aws') && (of[1] === '' || of[1] === 'cloudtrail') && of[2] === '';
  if (!isOurs || (of[0] === '' && of[1] === '')) {
    const named = of.filter((part) => part !== '').join(' ');
    throw new RuleFault(
      named === ''
        ? 'the rule does not say which logs it is for'
        : `the rule is for logs of ${named}, not of aws cloudtrail`,
    );
  }
}

/** A map's entries all hold; of a list any does. */
function searchOf(search: unknown): Expression {
  if (Array.isArray(search)) {
    if (search.length === 0) throw new RuleFault('a search of the detection is empty');
    return anyOf(search.map(searchOf));
  }
  if (!isFields(search)) return expressionOf('', search);
  const entries = Object.entries(search);
  if (entries.length === 0) throw new RuleFault('a search of the detection is empty');
  return allOf(entries.map(([key, values]) => expressionOf(key, values)));
}

function correlationOf(value: unknown): Omit<CorrelationRule, keyof Rule | 'names'> {
  if (!isFields(value)) throw new RuleFault('the correlation is not understood');
  const type = textOf(value.type) === 'temporal_order' ? 'temporal_ordered' : textOf(value.type);
  if (!isOneOf(CORRELATIONS, type)) throw new RuleFault(`correlations of the type "${type}" are not evaluated`);
  const rules = listOf(value.rules).map(textOf);
  if (rules.length === 0) throw new RuleFault('the correlation names no rule');
  const aliases = isFields(value.aliases) ? value.aliases : {};
  const groupBy = listOf(value['group-by']).map((name) => aliasOf(aliases, textOf(name)));
  for (const field of groupBy)
    for (const path of typeof field === 'string' ? [field] : Object.values(field)) checkField(path);
  const isCount = type === 'event_count' || type === 'value_count';
  const condition = isFields(value.condition) ? value.condition : {};
  const field = textOf(condition.field) || undefined;
  if (type === 'value_count' && field === undefined)
    throw new RuleFault('the correlation does not say which field it counts');
  if (field !== undefined) checkField(field);
  return {
    type,
    rules,
    groupBy,
    timespan: timespanOf(textOf(value.timespan)),
    condition: isCount ? comparisonsOf(condition) : [],
    field,
    generate: value.generate === true,
  };
}

function aliasOf(aliases: Fields, name: string): string | Readonly<Record<string, string>> {
  const alias = aliases[name];
  if (!isFields(alias)) return name;
  return Object.fromEntries(Object.entries(alias).map(([rule, path]) => [rule, textOf(path)]));
}

function comparisonsOf(condition: Fields): CorrelationRule['condition'] {
  const comparisons = (['eq', 'neq', 'lt', 'lte', 'gt', 'gte'] as const).flatMap((by) => {
    if (condition[by] === undefined) return [];
    const number = Number(condition[by]);
    if (!Number.isFinite(number)) throw new RuleFault('the condition of the correlation is not a number');
    return [{ by, number }];
  });
  if (comparisons.length === 0) throw new RuleFault('the correlation has no condition');
  return comparisons;
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

function timespanOf(text: string): number {
  const [, count, unit] = /^(\d+)\s*([smhdwMy])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) throw new RuleFault(`the timespan "${text}" is not understood`);
  return Number(count) * (UNITS[unit] as number) * 1000;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function isOneOf<T extends string>(all: readonly T[], value: unknown): value is T {
  return all.includes(value as T);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}
