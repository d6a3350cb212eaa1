/**
 * The query language, as a tree. Grammar (white space separates, and means "and"):
 *
 *   query   := clause*
 *   clause  := unary ( '|' unary )*
 *   unary   := '-' unary | primary
 *   primary := '(' query ')' | field ':' value | value
 *   value   := word | '"' (any character; \" and \\ for those two) '"'
 *
 * A word ends at white space, `"` at its start, `(`, `)` or `|`; `*` and `?` in it are wildcards, in quotes they are not.
 * `time:` also takes `>=`, `>`, `<` and `<=` before a time.
 */

/** Text in any column. */
export interface WordNode {
  readonly kind: 'word';
  readonly text: string;
  readonly quoted: boolean;
}

/** A value of one column. */
export interface FieldNode {
  readonly kind: 'field';
  /** A column's name. */
  readonly field: string;
  readonly text: string;
  readonly quoted: boolean;
}

export type TimeOperator = 'in' | '>=' | '>' | '<' | '<=';

/** Events in, since, after, before or until a time, written to any precision from the year to the millisecond. */
export interface TimeNode {
  readonly kind: 'time';
  readonly operator: TimeOperator;
  readonly text: string;
}

export interface NotNode {
  readonly kind: 'not';
  readonly of: QueryNode;
}

export interface OrNode {
  readonly kind: 'or';
  readonly of: readonly QueryNode[];
}

export interface AndNode {
  readonly kind: 'and';
  readonly of: readonly QueryNode[];
}

export type QueryNode = WordNode | FieldNode | TimeNode | NotNode | OrNode | AndNode;

/** What must all hold. No clause: everything matches. */
export type Query = readonly QueryNode[];

export const EVERYTHING: Query = [];
