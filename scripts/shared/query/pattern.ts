/**
 * What a value is tested against: text, perhaps with wildcards, case ignored. Used by the page and by its worker, so a
 * pattern is plain data and its test is made from it.
 */

export interface Pattern {
  /** Lower case. */
  readonly text: string;
  /** `*` is any text and `?` any one character. */
  readonly wild: boolean;
  /** Whether the whole value must match, or any part of it. */
  readonly whole: boolean;
}

export function patternOf(text: string, wild: boolean, whole: boolean): Pattern {
  return { text: text.toLowerCase(), wild: wild && /[*?]/.test(text), whole };
}

/** The longest run without wildcards: a value without it cannot match. */
export function literalOf(pattern: Pattern): string {
  if (!pattern.wild) return pattern.text;
  return pattern.text.split(/[*?]/).reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/** A test for lower-case values. */
export function testOf({ text, wild, whole }: Pattern): (value: string) => boolean {
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
