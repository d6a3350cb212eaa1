/** What a rule's detection says, as a tree of tests on fields: plain data, so that it can be sent to a worker. */

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | Leaf;

/** Whether one of the field's values passes one of the tests. */
export interface Leaf {
  readonly kind: 'leaf';
  /** The field's path in the record; '' for any field. */
  readonly field: string;
  readonly tests: readonly Test[];
}

export type Test =
  /** The whole value matches the pattern, of which `*` and `?` are wildcards unless a backslash is before them. */
  | { readonly op: 'text'; readonly pattern: string; readonly isCased: boolean }
  | { readonly op: 'regex'; readonly source: string; readonly isCased: boolean }
  /** There is no value, or null. */
  | { readonly op: 'null' }
  /** The field is there, whatever its value. */
  | { readonly op: 'exists' }
  | { readonly op: 'cidr'; readonly block: string }
  | { readonly op: 'compare'; readonly by: 'lt' | 'lte' | 'gt' | 'gte'; readonly number: number }
  | {
      readonly op: 'field';
      readonly field: string;
      readonly by: 'is' | 'contains' | 'startswith' | 'endswith';
      readonly isCased: boolean;
    };

/** Why a rule cannot be evaluated: a sentence that follows the rule's name and a colon. */
export class RuleFault extends Error {}

/** Every leaf of the tree. */
export function* leavesOf(expression: Expression): Generator<Leaf> {
  if (expression.kind === 'leaf') yield expression;
  else if (expression.kind === 'not') yield* leavesOf(expression.of);
  else for (const part of expression.of) yield* leavesOf(part);
}

export function allOf(of: readonly Expression[]): Expression {
  return of.length === 1 ? (of[0] as Expression) : { kind: 'and', of };
}

export function anyOf(of: readonly Expression[]): Expression {
  return of.length === 1 ? (of[0] as Expression) : { kind: 'or', of };
}
