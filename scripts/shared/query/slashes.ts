/** Decides whether text that begins with a slash is a regular expression or a path. */

interface Slashed {
  readonly kind: 'regex';
  readonly source: string;
  /** The number of characters from the first slash to the end, including the slashes and the optional `i`. */
  readonly length: number;
}

const REGEX = /^\/((?:\\[^]|[^\\/])+)\/i?(?=$|[\s()|])/;
/** Another slash in the same word, not after a backslash. */
const PATH = /^\/(?:\\[^\s()|]|[^\\/\s()|])*\//;

/** What the text begins with, given that it begins with a slash: `open` is a regular expression without an end. */
export function slashedAt(text: string): Slashed | 'path' | 'open' {
  const regex = REGEX.exec(text);
  if (regex) return { kind: 'regex', source: regex[1] as string, length: regex[0].length };
  return PATH.test(text) ? 'path' : 'open';
}
