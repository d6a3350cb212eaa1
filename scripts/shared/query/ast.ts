/**
 * The query language, as a tree. This is its grammar; white space separates, and means "and":
 *
 *   query   := clause*
 *   clause  := unary ( '|' unary )*
 *   unary   := '-' unary | primary
 *   primary := '(' query ')' | 'time:' when | field ':' value | flag | value
 *   value   := regex | quoted | word
 *   when    := ( '>=' | '>' | '<' | '<=' )? time | time '..' time | time '..' | '..' time
 *
 *   quoted  := '"' (any character; \" and \\ for those two) '"'
 *   regex   := '/' (any character; \/ for that one) '/' 'i'?, and then white space, ')', '|' or the end
 *   word    := (any character but white space, '(', ')' and '|')*; it does not begin with '"',
 *              and with '/' only where another '/' follows within it: /aws/lambda is a word
 *   field   := a column's name or its short name (`fields.ts`)
 *   flag    := 'readonly' (`meaning.ts`)
 *   time    := 2025 | 2025-03 | 2025-03-06 | … | 2025-03-06T02:14:37.123Z (`time-text.ts`), also as `quoted`
 *
 * `*` and `?` in a word are wildcards, in quotes they are not; `field:*` is any value but none. A regex
 * (`regex/syntax.ts`) matches any part of a value, a word after a field the whole of it. An address field's word may be
 * a block: 203.0.113.0/24, 2001:db8::/32 (`address.ts`). `resource:` with a word finds a resource by any of its names
 * (`resource-name.ts`), with quotes by exactly this one. Case never matters.
 */

/** Characters of a query, in UTF-16 units. */
export const MAX_LENGTH = 8_000;
/** Terms of a query: those of a column's values take 1 to 4 ms each in a page of a million events. */
export const MAX_TERMS = 500;
/**
 * Terms that look further than into one column's values: free words, regular expressions, and terms about free text,
 * JSON or resources' names. Each takes about 20 ms in a page of a million events, and the worker reads all text for it.
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
  /** A column's name. */
  readonly field: string;
  readonly text: string;
  readonly quoted: boolean;
}

/** A regular expression's match in any column, or in one. */
export interface RegexNode {
  readonly kind: 'regex';
  /** A column's name. */
  readonly field: string | undefined;
  /** What stands between the slashes. */
  readonly source: string;
}

/** A word that stands for a query of its own. */
interface FlagNode {
  readonly kind: 'flag';
  readonly flag: Flag;
}

export type Flag = 'readonly';

export type TimeOperator = 'in' | '>=' | '>' | '<' | '<=';

/** Events in, since, after, before or until a time, written to any precision from the year to the millisecond. */
export interface TimeNode {
  readonly kind: 'time';
  readonly operator: TimeOperator;
  readonly text: string;
}

/** Events from the beginning of one time to the end of another. */
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

/** What must all hold. No clause: everything matches. */
export type Query = readonly QueryNode[];

export const EVERYTHING: Query = [];
