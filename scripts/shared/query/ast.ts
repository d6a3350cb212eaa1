/**
 * The syntax tree of the query language. The grammar follows; white space separates terms and means "and":
 *
 *   query   := clause*
 *   clause  := unary ( '|' unary )*
 *   unary   := '-' unary | primary
 *   primary := '(' query ')' | 'time:' when | field ':' value | flag | value
 *   value   := regex | quoted | word
 *   when    := ( '>=' | '>' | '<' | '<=' )? time | time '..' time | time '..' | '..' time
 *
 *   quoted  := '"' (any character; \" and \\ stand for those two) '"'
 *   regex   := '/' (any character; \/ stands for a slash) '/' 'i'?, followed by white space, ')', '|' or the end
 *   word    := (any character except white space, '(', ')' and '|')*; it does not begin with '"',
 *              and begins with '/' only if it contains another '/': /aws/lambda is a word
 *   field   := a column's name or its short name (`fields.ts`)
 *   flag    := 'readonly' (`meaning.ts`)
 *   time    := 2025 | 2025-03 | 2025-03-06 | … | 2025-03-06T02:14:37.123Z (`time-text.ts`), also as `quoted`
 *
 * `*` and `?` are wildcards in a word, but not in quotes; `field:*` is any value except none. A regex
 * (`regex/syntax.ts`) matches any part of a value, a word after a field the whole value. The word of an address field
 * may be a range: 203.0.113.0/24, 2001:db8::/32 (`address.ts`). `resource:` with a word finds a resource by any of its
 * names (`resource-name.ts`), with quotes by exactly this one. Case is ignored.
 */

/** The most characters of a query, in UTF-16 units. */
export const MAX_LENGTH = 8_000;
/** The most terms of a query: each takes 1 to 4 ms in a page of a million events. */
export const MAX_TERMS = 500;
/**
 * The most terms that search more than one column's values: free words, regular expressions, and terms about free text,
 * JSON or resource names. Each takes about 20 ms in a page of a million events, and makes the worker read all text.
 */
export const MAX_WORDS = 50;

/** Text in any column. */
export interface WordNode {
  readonly kind: 'word';
  readonly text: string;
  readonly quoted: boolean;
}

/** A value of one column. */
export interface FieldNode {
  readonly kind: 'field';
  /** The name of a column. */
  readonly field: string;
  readonly text: string;
  readonly quoted: boolean;
}

/** A regular expression's match in any column, or in one. */
export interface RegexNode {
  readonly kind: 'regex';
  /** The name of a column. */
  readonly field: string | undefined;
  /** The text between the slashes. */
  readonly source: string;
}

/** A word that stands for a query. */
interface FlagNode {
  readonly kind: 'flag';
  readonly flag: Flag;
}

export type Flag = 'readonly';

export type TimeOperator = 'in' | '>=' | '>' | '<' | '<=';

/** Events in, since, after, before or until a time, which has any precision from year to millisecond. */
export interface TimeNode {
  readonly kind: 'time';
  readonly operator: TimeOperator;
  readonly text: string;
}

/** Events from the start of one time to the end of another. */
export interface TimeRangeNode {
  readonly kind: 'time';
  readonly operator: '..';
  readonly text: string;
  readonly until: string;
}

interface NotNode {
  readonly kind: 'not';
  readonly of: QueryNode;
}

interface OrNode {
  readonly kind: 'or';
  readonly of: readonly QueryNode[];
}

interface AndNode {
  readonly kind: 'and';
  readonly of: readonly QueryNode[];
}

export type QueryNode =
  WordNode | FieldNode | RegexNode | FlagNode | TimeNode | TimeRangeNode | NotNode | OrNode | AndNode;

/** Clauses that must all match. An empty query matches everything. */
export type Query = readonly QueryNode[];

export const EVERYTHING: Query = [];
