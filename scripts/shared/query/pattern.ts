/**
 * What a value is tested against: text, perhaps with wildcards, or a regular expression, case ignored. Used by the page
 * and by its worker, so a pattern is plain data and its test is made from it.
 */
import { literalOfTree } from './regex/literal.js';
import { RegexMatcher, type WorkAccount } from './regex/matcher.js';
import { parseRegex } from './regex/syntax.js';

export interface Pattern {
  /** Lower case; a regular expression's source is as it was written. */
  readonly text: string;
  /** Whether the text stands for others than itself: `*` is any text and `?` any one character, or `regex`. */
  readonly wild: boolean;
  readonly regex: boolean;
  /** Whether the whole value must match, or any part of it. */
  readonly whole: boolean;
}

export function patternOf(text: string, wild: boolean, whole: boolean): Pattern {
  return { text: text.toLowerCase(), wild: wild && /[*?]/.test(text), regex: false, whole };
}

/** The pattern of a regular expression that `parseQuery` has accepted; it matches any part of a value. */
export function regexPattern(source: string): Pattern {
  return { text: source, wild: true, regex: true, whole: false };
}

/** Text that every matching value holds, '' if there is none: without wildcards, the longest run of it. */
export function literalOf(pattern: Pattern): string {
  if (pattern.regex) return literalOfTree(parseRegex(pattern.text));
  if (!pattern.wild) return pattern.text;
  return pattern.text.split(/[*?]/).reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/**
 * A test for lower-case values. Of a regular expression it may throw a SlowPattern.
 * @param work the query's, which its expressions share
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

/** Whether the value is the pieces in order with anything between; each is taken where it first fits, which suffices. */
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
