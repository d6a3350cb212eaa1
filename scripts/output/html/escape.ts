/** Text that is data, inside a script element. */

const ESCAPES: Readonly<Record<string, string>> = { '<': '\\u003c', '\u2028': '\\u2028', '\u2029': '\\u2029' };

/**
 * JSON of `value` that cannot leave its script element: no `<`, so neither an end tag nor a comment can start, and no
 * line separator that older parsers took for a line end. `JSON.parse` gives the same value back.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (character) => ESCAPES[character] as string);
}
