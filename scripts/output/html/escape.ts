/** Text in the page, of which nothing but ASCII is written: it then reads the same by whatever charset a server declares. */

/**
 * JSON of `value` that cannot leave its script element: no `<`, so neither an end tag nor a comment can start. ASCII.
 * `JSON.parse` gives the same value back.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** HTML with character references for what is not ASCII. Not for the content of script and style elements. */
export function asciiHtml(html: string): string {
  return html.replace(/[^\p{ASCII}]/gu, (character) => `&#${String(character.codePointAt(0))};`);
}
