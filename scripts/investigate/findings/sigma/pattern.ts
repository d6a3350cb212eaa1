/** Sigma's wildcards: `*` is anything, `?` is one character, a backslash before one of these or itself takes it as it is. */

/** Whether a text is what the pattern says. */
export type TextMatcher = (text: string) => boolean;

/** The text as a pattern that matches only it. */
export function escapePattern(text: string): string {
  return text.replaceAll(/[\\*?]/g, String.raw`\$&`);
}

/** Wildcards as their own parts, all else as it is meant. */
function partsOf(pattern: string): readonly (string | typeof ANY | typeof ONE)[] {
  const parts: (string | typeof ANY | typeof ONE)[] = [];
  let text = '';
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i] as string;
    const next = pattern[i + 1];
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      text += next;
      i++;
    } else if (character === '*' || character === '?') {
      if (text !== '') parts.push(text);
      text = '';
      if (character === '?' || parts.at(-1) !== ANY) parts.push(character === '?' ? ONE : ANY);
    } else text += character;
  }
  if (text !== '') parts.push(text);
  return parts;
}

const ANY = Symbol('*');
const ONE = Symbol('?');

/** Takes time that grows with the text, whatever the pattern. Case is ignored unless it is `isCased`. */
export function patternMatcher(pattern: string, isCased: boolean): TextMatcher {
  const parts = partsOf(isCased ? pattern : pattern.toLowerCase());
  const fold = isCased ? (text: string): string => text : (text: string): string => text.toLowerCase();
  const texts = parts.filter((part) => typeof part === 'string');
  const only = texts[0] ?? '';
  if (!parts.includes(ONE) && texts.length <= 1) {
    const [before, after] = [parts[0] === ANY, parts.at(-1) === ANY];
    if (texts.length === 0) return before ? () => true : (text) => text === '';
    if (before && after) return (text) => fold(text).includes(only);
    if (before) return (text) => fold(text).endsWith(only);
    if (after) return (text) => fold(text).startsWith(only);
    return (text) => fold(text) === only;
  }
  const segments = segmentsOf(parts);
  return (text) => matches(segments, fold(text));
}

/** What stands between wildcards for anything: texts and places of one character. */
type Segment = readonly (string | typeof ONE)[];

function segmentsOf(parts: ReturnType<typeof partsOf>): readonly Segment[] {
  const segments: (string | typeof ONE)[][] = [[]];
  for (const part of parts) {
    if (part === ANY) segments.push([]);
    else (segments.at(-1) as (string | typeof ONE)[]).push(part);
  }
  return segments;
}

/** The first segment begins the text and the last ends it; those between are found as early as they stand. */
function matches(segments: readonly Segment[], text: string): boolean {
  const [first = [], ...rest] = segments;
  let at = endOf(first, text, 0);
  if (at < 0) return false;
  const last = rest.pop();
  if (last === undefined) return at === text.length;
  for (const segment of rest) {
    let found = -1;
    for (let from = at; found < 0 && from <= text.length; from++) found = endOf(segment, text, from);
    if (found < 0) return false;
    at = found;
  }
  const start = text.length - lengthOf(last);
  return start >= at && endOf(last, text, start) === text.length;
}

/** Where the segment ends if it begins there; -1 where it does not. */
function endOf(segment: Segment, text: string, from: number): number {
  let at = from;
  for (const part of segment) {
    if (part === ONE) {
      if (at >= text.length) return -1;
      at++;
    } else {
      if (!text.startsWith(part, at)) return -1;
      at += part.length;
    }
  }
  return at;
}

function lengthOf(segment: Segment): number {
  return segment.reduce((sum, part) => sum + (part === ONE ? 1 : part.length), 0);
}
