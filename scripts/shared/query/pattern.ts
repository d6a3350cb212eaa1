/**
 * A pattern to test values with: a text, possibly with wildcards, or a regular expression; ignores case. The page and
 * its worker both use patterns, so a pattern is plain data, from which its test is made.
 */
import { literalOfTree } from './regex/literal.js';
import { RegexMatcher, type WorkAccount } from './regex/matcher.js';
import { parseRegex } from './regex/syntax.js';

export interface Pattern {
  /** In lower case; the source of a regular expression is as written. */
  readonly text: string;
  /** Whether `*` stands for any text and `?` for any one character. */
  readonly wild: boolean;
  readonly regex: boolean;
  /** Whether the whole value must match, not just a part of it. */
  readonly whole: boolean;
}

export function patternOf(text: string, wild: boolean, whole: boolean): Pattern {
  return { text: text.toLowerCase(), wild: wild && /[*?]/.test(text), regex: false, whole };
}

/** The pattern of a regular expression that `parseQuery` has accepted; matches any part of a value. */
export function regexPattern(source: string): Pattern {
  return { text: source, wild: true, regex: true, whole: false };
}

/** A text that every matching value contains; '' if there is none. With wildcards, the longest part between them. */
export function literalOf(pattern: Pattern): string {
  if (pattern.regex) return literalOfTree(parseRegex(pattern.text));
  if (!pattern.wild) return pattern.text;
  return pattern.text.split(/[*?]/).reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/**
 * A test for lower-case values. For a regular expression, it may throw a SlowPattern.
 * @param work the account that all regular expressions of the query share
 */
export function testOf({ text, wild, regex, whole }: Pattern, work?: WorkAccount): (value: string) => boolean {
  if (regex) {
    const matcher = new RegexMatcher(text, work);
    return (value) => matcher.test(value);
  }
  if (!wild) return whole ? (value) => value === text : (value) => value.includes(text);
  const pieces = (whole ? text : `*${text}*`).split('*');
  return (value) => matchesPieces(value, pieces);
}

/**
 * Whether the value consists of the pieces in order, with any text between; matching each at its first place is
 * sufficient.
 */
function matchesPieces(value: string, pieces: readonly string[]): boolean {
  const first = pieces[0] as string;
  const last = pieces[pieces.length - 1] as string;
  if (!fitsAt(value, first, 0)) return false;
  if (pieces.length === 1) return value.length === first.length;
  const end = value.length - last.length;
  let at = first.length;
  if (end < at || !fitsAt(value, last, end)) return false;
  for (let i = 1; i < pieces.length - 1; i++) {
    const piece = pieces[i] as string;
    while (at + piece.length <= end && !fitsAt(value, piece, at)) at++;
    at += piece.length;
    if (at > end) return false;
  }
  return true;
}

function fitsAt(value: string, piece: string, at: number): boolean {
  if (at + piece.length > value.length) return false;
  for (let i = 0; i < piece.length; i++) {
    if (piece.charCodeAt(i) !== QUESTION && piece.charCodeAt(i) !== value.charCodeAt(at + i)) return false;
  }
  return true;
}

const QUESTION = 0x3f;
