/**
 * Writes the tables of docs/ that come from the code: `npm run docs`. Each stands between two comments, `<!-- name -->`
 * and `<!-- /name -->`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Option } from '#scripts/cli/config/option.js';
import { OPTIONS } from '#scripts/cli/config/options.js';
import { COLUMNS } from '#shared/model/columns.js';
import { WARNINGS } from '#shared/model/manifest.js';
import { TAMPERING, UNPROVEN } from '#shared/model/verification.js';

const DOCS = fileURLToPath(new URL('../../../docs/', import.meta.url));

/** Each page of docs/ with generated tables, and what makes them. */
const TABLES: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'options.md': { options: optionTable },
  'events-tsv.md': { columns: columnTable },
  'manifest.md': { warnings: warningTable, findings: findingTable },
};

/** Every page with generated tables: its path, its text, and its text with the tables as the code has them now. */
export async function pagesWithTables(): Promise<{ file: string; text: string; current: string }[]> {
  return Promise.all(
    Object.entries(TABLES).map(async ([name, tables]) => {
      const file = path.join(DOCS, name);
      const text = readFileSync(file, 'utf8');
      let current = text;
      for (const [mark, table] of Object.entries(tables)) {
        const [before, rest] = halves(current, `<!-- ${mark} -->`);
        const [, after] = halves(rest, `<!-- /${mark} -->`);
        current = `${before}<!-- ${mark} -->\n\n${table()}\n\n<!-- /${mark} -->${after}`;
      }
      return { file, text, current: await format(current, { ...(await resolveConfig(file)), parser: 'markdown' }) };
    }),
  );
}

/** What stands before and after the only `mark`. */
function halves(text: string, mark: string): [before: string, after: string] {
  const [before, after, ...more] = text.split(mark);
  if (before === undefined || after === undefined || more.length > 0) throw new Error(`a page must hold ${mark} once`);
  return [before, after];
}

function optionTable(): string {
  const entries: readonly Option[] = OPTIONS;
  const rows = entries.map(({ flag, argument, help, key, onlyFlag }) => [
    `\`--${flag}${argument === '' ? '' : ` ${argument}`}\``,
    help,
    onlyFlag ? '' : `\`${key}\``,
  ]);
  rows.push(['`--version`, `--help`', 'show the version; show all of this', '']);
  return table(['Option', 'Meaning', 'Key in the config file'], rows);
}

function columnTable(): string {
  return table(
    ['Column', 'Meaning', 'Kind'],
    COLUMNS.map(({ name, meaning, kind }) => [`\`${name}\``, meaning.en, kind]),
  );
}

function warningTable(): string {
  return table(
    ['Code', 'Meaning'],
    Object.entries(WARNINGS).map(([code, meaning]) => [`\`${code}\``, meaning]),
  );
}

function findingTable(): string {
  const rows = Object.entries({ ...TAMPERING, ...UNPROVEN });
  return table(
    ['Code', 'Meaning', 'Tampered with'],
    rows.map(([code, meaning]) => [`\`${code}\``, meaning, code in TAMPERING ? 'yes' : 'no, but not proven']),
  );
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { file, current } of await pagesWithTables()) writeFileSync(file, current);
}
