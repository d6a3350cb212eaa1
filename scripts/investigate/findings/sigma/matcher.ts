/**
 * Which events of a log a rule's detection finds. What a detection asks of columns is asked of their distinct values, each
 * once; what it asks of the record's JSON is asked of the events that are left. Rules that can match no event of a name
 * are not looked at for events of that name, so that most events meet no rule.
 */
import type { CodedName } from '#shared/model/columns.js';
import { placeOf, RECORD_COLUMNS, type Place } from '../fields.js';
import { type DecodedColumn, FieldValues } from '../field-values.js';
import type { RuleLog } from '../rule-log.js';
import { type Expression, type Leaf, RuleFault, type Test } from './expression.js';
import type { TextMatcher } from './pattern.js';
import { isValueTest, valueMatcher } from './tests.js';

/** Whether an event passes. */
type Check = (row: number) => boolean;

/** What a detection is where it does not depend on the event any more. */
type Folded = Expression | boolean;

/** Columns by which events are grouped; what a detection asks of them is known for a group at once. */
const KEYS = ['eventSource', 'eventName', 'errorCode', 'outcome'] as const satisfies readonly CodedName[];

/** A column of more values is not searched before events ask for them. */
const SEARCHED = 20_000;

/** Results of a test by code: unknown at first. */
const UNKNOWN = 0;
const FAILS = 1;
const PASSES = 2;

/** The first of them, which most rules ask for. */
const NAME: readonly CodedName[] = KEYS.slice(0, 2);

interface Candidate {
  readonly rule: number;
  readonly check: Check;
}

interface Candidates {
  readonly plain: readonly Candidate[];
  /** Those that find no event without an effect. */
  readonly onEffect: readonly Candidate[];
}

/** What is left of a rule's detection. */
interface FoldedRule {
  readonly rule: number;
  readonly expression: Expression | true;
}

interface LeafFacts {
  /** Whether it wants an effect, whichever. */
  readonly isEffect: boolean;
  /** The column of {@link KEYS} that it is on. */
  readonly key: CodedName | undefined;
  /** Where it is on a column of distinct values alone. */
  readonly mask: CodeMask | undefined;
}

type CodedPlace = Extract<Place, { kind: 'coded' }>;

export class RuleMatcher {
  private readonly masks = new Map<string, CodeMask>();
  private readonly checks = new Map<string, Check>();
  private readonly folded: readonly FoldedRule[];
  private readonly leaves = new Map<Leaf, LeafFacts>();
  private readonly names = new Map<number, readonly FoldedRule[]>();
  private readonly always: readonly number[];
  private readonly groups = new Map<number, Candidates>();
  private readonly keys: readonly DecodedColumn[];
  private readonly fields: FieldValues;
  /** By rule: why it was given up. */
  readonly faults = new Map<number, string>();

  /** @param detections of fields that are kept only (`placeOf`) */
  constructor(
    log: RuleLog,
    private readonly detections: readonly Expression[],
  ) {
    this.fields = new FieldValues(log);
    this.keys = KEYS.map((name) => this.fields.column(name));
    const folded = detections.map((expression, rule) => ({
      rule,
      expression: this.tried(rule, () => fold(expression, (leaf) => this.everywhere(leaf))) ?? false,
    }));
    this.always = folded.filter(({ expression }) => expression === true).map(({ rule }) => rule);
    this.folded = folded.flatMap(({ rule, expression }) =>
      typeof expression === 'boolean' ? [] : [{ rule, expression }],
    );
  }

  /** By detection, the rows of [from, to) that it finds, ascending. */
  match(from: number, to: number): readonly Uint32Array[] {
    const found = this.detections.map((): number[] => []);
    for (let row = from; row < to; row++) {
      for (const rule of this.always) (found[rule] as number[]).push(row);
      const { plain, onEffect } = this.candidatesAt(row);
      for (let i = 0; i < plain.length; i++) {
        const { rule, check } = plain[i] as Candidate;
        if (this.passes(rule, check, row)) (found[rule] as number[]).push(row);
      }
      if (onEffect.length === 0 || this.fields.effectsOf(row).length === 0) continue;
      for (const { rule, check } of onEffect) if (this.passes(rule, check, row)) (found[rule] as number[]).push(row);
    }
    return found.map((rows, rule) => (this.faults.has(rule) ? new Uint32Array(0) : Uint32Array.from(rows)));
  }

  private passes(rule: number, check: Check, row: number): boolean {
    try {
      return check(row);
    } catch (error) {
      this.giveUp(rule, error);
      return false;
    }
  }

  /** A rule that takes too long is given up, and says so. */
  private tried<T>(rule: number, work: () => T): T | undefined {
    if (this.faults.has(rule)) return undefined;
    try {
      return work();
    } catch (error) {
      this.giveUp(rule, error);
      return undefined;
    }
  }

  private giveUp(rule: number, error: unknown): void {
    if (!(error instanceof RuleFault)) throw error;
    this.faults.set(rule, error.message);
  }

  private candidatesAt(row: number): Candidates {
    let key = 0;
    for (let i = 0; i < this.keys.length; i++) {
      const { codes, size } = this.keys[i] as DecodedColumn;
      key = key * size + (codes[row] as number);
    }
    const known = this.groups.get(key);
    if (known) return known;
    const candidates = this.candidatesOf(row);
    this.groups.set(key, candidates);
    return candidates;
  }

  /** The rules that may find an event with the keys of this one. */
  private candidatesOf(row: number): Candidates {
    const candidates: { plain: Candidate[]; onEffect: Candidate[] } = { plain: [], onEffect: [] };
    const withoutEffect = (leaf: Leaf): boolean | undefined => (this.leaf(leaf).isEffect ? false : undefined);
    for (const { rule, expression } of this.foldedAt(row, this.ofName(row), KEYS)) {
      const check = expression === true ? () => true : this.tried(rule, () => this.checkOf(expression));
      if (!check) continue;
      const needsEffect = expression !== true && fold(expression, withoutEffect) === false;
      candidates[needsEffect ? 'onEffect' : 'plain'].push({ rule, check });
    }
    return candidates;
  }

  /** The rules that may find an event with the name of this one: few of all, and the same for every group of that name. */
  private ofName(row: number): readonly FoldedRule[] {
    const [source, name] = this.keys as [DecodedColumn, DecodedColumn];
    const key = (source.codes[row] as number) * name.size + (name.codes[row] as number);
    const known = this.names.get(key) ?? this.foldedAt(row, this.folded, NAME);
    this.names.set(key, known);
    return known;
  }

  /** @param by the columns that are the same for every event of the group that the event stands for */
  private foldedAt(row: number, rules: readonly FoldedRule[], by: readonly CodedName[]): readonly FoldedRule[] {
    const known = (leaf: Leaf): boolean | undefined => {
      const { isEffect, key, mask } = this.leaf(leaf);
      if (isEffect) return this.fields.mayHaveEffect(row) ? undefined : false;
      return key !== undefined && by.includes(key) ? mask?.at(row) : undefined;
    };
    return rules.flatMap(({ rule, expression }) => {
      if (expression === true) return [{ rule, expression }];
      const left = this.tried(rule, () => fold(expression, known)) ?? false;
      return left === false ? [] : [{ rule, expression: left }];
    });
  }

  /** What the leaf is for every event of the log; undefined where it differs or is not known at once. */
  private everywhere(leaf: Leaf): boolean | undefined {
    const mask = this.maskOf(leaf);
    return mask && mask.column.size <= SEARCHED && !mask.mayPass() ? false : undefined;
  }

  private checkOf(expression: Expression): Check {
    switch (expression.kind) {
      case 'not': {
        const check = this.checkOf(expression.of);
        return (row) => !check(row);
      }
      case 'and': {
        const checks = this.cheapestFirst(expression.of).map((part) => this.checkOf(part));
        return (row) => checks.every((check) => check(row));
      }
      case 'or': {
        const checks = this.cheapestFirst(expression.of).map((part) => this.checkOf(part));
        return (row) => checks.some((check) => check(row));
      }
      case 'leaf': {
        const key = keyOf(expression);
        const known = this.checks.get(key) ?? this.checkOfLeaf(expression);
        this.checks.set(key, known);
        return known;
      }
    }
  }

  private cheapestFirst(parts: readonly Expression[]): readonly Expression[] {
    const cost = (part: Expression): number => {
      if (part.kind === 'leaf') return this.maskOf(part) ? 0 : 1;
      return part.kind === 'not' ? cost(part.of) : Math.max(...part.of.map(cost));
    };
    return [...parts].sort((a, b) => cost(a) - cost(b));
  }

  private checkOfLeaf(leaf: Leaf): Check {
    const mask = this.maskOf(leaf);
    if (mask) return (row) => mask.at(row);
    const { tests } = leaf;
    const others = tests.flatMap((test) => (test.op === 'field' ? [this.comparison(leaf.field, test)] : []));
    const values = tests.filter(isValueTest);
    const own: Check[] = [];
    if (values.length > 0) own.push(this.valueCheck(leaf.field, valueMatcher(values)));
    if (tests.some(({ op }) => op === 'null')) own.push(this.presence(leaf.field, 'null'));
    if (tests.some(({ op }) => op === 'exists')) own.push(this.presence(leaf.field, 'exists'));
    const checks = [...own, ...others];
    const [only] = checks;
    return only && checks.length === 1 ? only : (row) => checks.some((check) => check(row));
  }

  /** Whether one of the field's values matches. */
  private valueCheck(field: string, matches: TextMatcher): Check {
    if (field === '') return this.anywhere(matches);
    const read = this.fields.valuesOf(field);
    return (row) => read(row).some(matches);
  }

  private presence(field: string, asked: 'null' | 'exists'): Check {
    const place = placeOf(field) as Place;
    if (place.kind === 'time') return () => asked === 'exists';
    if (place.kind === 'json') {
      return asked === 'exists'
        ? (row) => this.fields.jsonAt(row, place).length > 0
        : (row) => this.fields.jsonAt(row, place).every((value) => value === null);
    }
    const read = this.fields.valuesOf(field);
    return (row) => read(row).length > 0 === (asked === 'exists');
  }

  private comparison(field: string, { field: other, by, isCased }: Extract<Test, { op: 'field' }>): Check {
    const [ours, theirs] = [this.fields.valuesOf(field), this.fields.valuesOf(other)];
    const fold = (text: string): string => (isCased ? text : text.toLowerCase());
    const compare: Readonly<Record<typeof by, (a: string, b: string) => boolean>> = {
      is: (a, b) => a === b,
      contains: (a, b) => a.includes(b),
      startswith: (a, b) => a.startsWith(b),
      endswith: (a, b) => a.endsWith(b),
    };
    return (row) => ours(row).some((a) => theirs(row).some((b) => compare[by](fold(a), fold(b))));
  }

  /** A word without a field: in any of them. */
  private anywhere(matches: TextMatcher): Check {
    const masks = RECORD_COLUMNS.map(
      (name) => new CodeMask(this.fields.column(name), (cell) => cell !== '' && matches(cell)),
    );
    return (row) => masks.some((mask) => mask.at(row)) || this.fields.texts(row).some(matches);
  }

  /** The leaf by the codes of its column; undefined where it is not on such a column alone. */
  private maskOf(leaf: Leaf): CodeMask | undefined {
    return this.leaf(leaf).mask;
  }

  /** What is known of a leaf without an event. */
  private leaf(leaf: Leaf): LeafFacts {
    const known = this.leaves.get(leaf) ?? this.factsOf(leaf);
    this.leaves.set(leaf, known);
    return known;
  }

  private factsOf(leaf: Leaf): LeafFacts {
    const place = leaf.field === '' ? undefined : placeOf(leaf.field);
    const isEffect = place?.kind === 'effect' && leaf.tests.every(isValueTest);
    if (place?.kind !== 'coded' || leaf.tests.some(({ op }) => op === 'field')) {
      return { isEffect, key: undefined, mask: undefined };
    }
    const same = keyOf(leaf);
    const mask = this.masks.get(same) ?? this.maskAt(place, leaf.tests);
    this.masks.set(same, mask);
    return { isEffect, key: KEYS.find((name) => name === place.column), mask };
  }

  private maskAt({ column, valuesOf }: CodedPlace, tests: readonly Test[]): CodeMask {
    const matches = valueMatcher(tests.filter(isValueTest));
    const [isNull, exists] = (['null', 'exists'] as const).map((op) => tests.some((test) => test.op === op));
    return new CodeMask(this.fields.column(column), (cell) => {
      const values = valuesOf(cell);
      return values.length === 0 ? isNull === true : exists === true || values.some(matches);
    });
  }
}

function keyOf(leaf: Leaf): string {
  return JSON.stringify([leaf.field, leaf.tests]);
}

/** The expression with the leaves that are known left out. */
function fold(expression: Expression, known: (leaf: Leaf) => boolean | undefined): Folded {
  if (expression.kind === 'leaf') return known(expression) ?? expression;
  if (expression.kind === 'not') {
    const of = fold(expression.of, known);
    return typeof of === 'boolean' ? !of : { kind: 'not', of };
  }
  const decides = expression.kind === 'or';
  const left: Expression[] = [];
  for (const part of expression.of) {
    const of = fold(part, known);
    if (of === decides) return decides;
    if (typeof of !== 'boolean') left.push(of);
  }
  const [only] = left;
  if (!only) return !decides;
  return left.length === 1 ? only : { kind: expression.kind, of: left };
}

/** A test by code, asked once of each. */
class CodeMask {
  private readonly known: Uint8Array;

  constructor(
    readonly column: DecodedColumn,
    private readonly test: (cell: string) => boolean,
  ) {
    this.known = new Uint8Array(column.size);
  }

  at(row: number): boolean {
    return this.of(this.column.codeAt(row));
  }

  /** Whether any value passes. */
  mayPass(): boolean {
    for (let code = 0; code < this.known.length; code++) if (this.of(code)) return true;
    return false;
  }

  private of(code: number): boolean {
    if (this.known[code] === UNKNOWN) this.known[code] = this.test(this.column.value(code)) ? PASSES : FAILS;
    return this.known[code] === PASSES;
  }
}
