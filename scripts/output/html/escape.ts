/** Writes text into the page as ASCII only, so that it reads the same under any charset that a server declares. */

/**
 * The JSON of `value` in a form that cannot end its script element: no `<`, so neither an end tag nor a comment can
 * start. ASCII. `JSON.parse` returns the same value.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** HTML with character references for non-ASCII characters. Not for the content of script and style elements. */
export function asciiHtml(html: string): string {
  return html.replace(/[^\p{ASCII}]/gu, (character) => `&#${String(character.codePointAt(0))};`);
}
