import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { OPTIONS } from '#scripts/cli/config/options.js';
import { EXIT_CODES } from '#scripts/run/errors.js';
import { runReport } from './command/run-report.js';
import { pagesWithTables } from './support/docs/write-tables.js';
import { logFile, record } from './support/records.js';
import { temporaryFolder } from './support/temporary-folder.js';

const ROOT = path.join(import.meta.dirname, '..');

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'scripts/README.md',
  ...readdirSync(path.join(ROOT, 'docs')).map((name) => `docs/${name}`),
];

test('the tables of docs/ are those of the code (else: npm run docs)', async () => {
  for (const { file, text, current } of await pagesWithTables()) expect(text, `${file}: npm run docs`).toBe(current);
});

test('the README is short enough to be read: at most 1,500 words', () => {
  expect(read('README.md').split(/\s+/).length).toBeLessThanOrEqual(1500);
});

test('the README has the policy of docs/permissions.md for reading a trail', () => {
  const policyOf = (page: string): string | undefined => /```json\n([\s\S]*?)```/.exec(read(page))?.[1];
  expect(policyOf('README.md')).toBe(policyOf('docs/permissions.md'));
});

test('docs/options.md has every exit code', () => {
  const options = read('docs/options.md');
  for (const code of [0, ...Object.values(EXIT_CODES)]) expect(options).toMatch(new RegExp(`^\\| ${code} +\\| `, 'm'));
});

test.each(PAGES)('every file and section that %s links to exists', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, target = '']) => target);
  for (const link of links) {
    const [file = '', section] = link.split('#');
    const target = file === '' ? page : path.join(path.dirname(page), file);
    expect(existsSync(path.join(ROOT, target)), link).toBe(true);
    if (section !== undefined) expect(sectionsOf(read(target)), link).toContain(section);
  }
});

/** The sections of a page by the names that links give them. */
function sectionsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

test('docs/options.md has the options that --help shows', { timeout: 60_000 }, async () => {
  const { stdout } = await runReport(['--help']);
  const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?--([a-z0-9-]+)/gm)].map(([, flag]) => flag);
  expect(flags.toSorted()).toEqual([...OPTIONS.map(({ flag }) => flag), 'help', 'version'].toSorted());
  for (const flag of flags) expect(read('docs/options.md')).toContain(`\`--${String(flag)}`);
});

test('docs/manifest.md explains every field of a manifest', { timeout: 60_000 }, async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)), 'logs/b.json': '{"Records":[', 'logs/c.txt': '' });
  const { stdout } = await runReport(['logs', '--json'], { cwd });
  const manifest = JSON.parse(stdout) as Record<string, unknown>;
  const fields = Object.entries(manifest).flatMap(([name, value]) => {
    const inner: unknown = Array.isArray(value) ? value[0] : value;
    return [name, ...(typeof inner === 'object' && inner !== null ? Object.keys(inner) : [])];
  });
  expect(fields).toContain('example');
  for (const field of fields) expect(read('docs/manifest.md')).toContain(`\`${field}\``);
});
