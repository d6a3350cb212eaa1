/** Which text that begins with a slash is a regular expression, and which is a path. */

interface Slashed {
  readonly kind: 'regex';
  readonly source: string;
  /** Characters from the first slash to the end, the slashes and the `i` of those used to it included. */
  readonly length: number;
}

const REGEX = /^\/((?:\\[^]|[^\\/])+)\/i?(?=$|[\s()|])/;
/** Another slash in the same word, and no backslash's. */
const PATH = /^\/(?:\\[^\s()|]|[^\\/\s()|])*\//;

/** What the text begins with, if it begins with a slash: `open` is a regular expression that has no end. */
export function slashedAt(text: string): Slashed | 'path' | 'open' {
  const regex = REGEX.exec(text);
  if (regex) return { kind: 'regex', source: regex[1] as string, length: regex[0].length };
  return PATH.test(text) ? 'path' : 'open';
}
