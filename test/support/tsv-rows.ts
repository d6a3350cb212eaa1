/** `events.tsv` as a reader of it sees it. */

/** A line's cells by column, as written. */
export type TsvRow = Readonly<Record<string, string>>;

/** Every line but the header. Throws where a line has another number of cells than the header. */
export function tsvRows(tsv: string): TsvRow[] {
  if (!tsv.endsWith('\n')) throw new Error('the last line has no end');
  const [header = '', ...lines] = tsv.slice(0, -1).split('\n');
  const names = header.split('\t');
  return lines.map((line, i) => {
    const cells = line.split('\t');
    if (cells.length !== names.length) throw new Error(`line ${i + 2} has ${cells.length} of ${names.length} cells`);
    return Object.fromEntries(names.map((name, column) => [name, cells[column] as string]));
  });
}

/** The cells of one column, from the first row to the last. */
export function columnOf(tsv: string, name: string): string[] {
  return tsvRows(tsv).map((row) => row[name] as string);
}

/** A cell's text: without the guard, and its escapes undone. For text that does not itself begin with an apostrophe. */
export function cellText(cell: string): string {
  const ESCAPED: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n', '\\': '\\' };
  return cell.replace(/^'/, '').replace(/\\(.)/g, (_, letter: string) => ESCAPED[letter] ?? `\\${letter}`);
}
