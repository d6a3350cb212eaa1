/**
 * Quotes a text as one word of a shell command, whatever it contains: users copy commands that contain names chosen by
 * others.
 */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
