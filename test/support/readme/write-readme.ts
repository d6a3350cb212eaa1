/**
 * Writes the tables of README.md that come from the code: `npx tsx test/support/readme/write-readme.ts`. Each stands
 * between two comments, `<!-- name -->` and `<!-- /name -->`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Option } from '#scripts/cli/config/option.js';
import { OPTIONS } from '#scripts/cli/config/options.js';
import { COLUMNS } from '#shared/model/columns.js';
import { WARNINGS } from '#shared/model/manifest.js';
import { TAMPERING, UNPROVEN } from '#shared/model/verification.js';

export const README = fileURLToPath(new URL('../../../README.md', import.meta.url));

/** The README's text with its tables as the code has them now. */
export async function withTables(readme: string): Promise<string> {
  const tables = { options: optionTable(), columns: columnTable(), warnings: warningTable(), findings: findingTable() };
  let text = readme;
  for (const [name, table] of Object.entries(tables)) {
    const [before, rest] = halves(text, `<!-- ${name} -->`);
    const [, after] = halves(rest, `<!-- /${name} -->`);
    text = `${before}<!-- ${name} -->\n\n${table}\n\n<!-- /${name} -->${after}`;
  }
  return format(text, { ...(await resolveConfig(README)), parser: 'markdown' });
}

/** What stands before and after the only `mark`. */
function halves(text: string, mark: string): [before: string, after: string] {
  const [before, after, ...more] = text.split(mark);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`README.md must hold ${mark} once`);
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
    COLUMNS.map(({ name, meaning, kind }) => [`\`${name}\``, meaning, kind]),
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
  writeFileSync(README, await withTables(readFileSync(README, 'utf8')));
}
