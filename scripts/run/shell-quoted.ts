/** A text as one word of a shell's command, whatever is in it: names in commands that people copy are others' choice. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
