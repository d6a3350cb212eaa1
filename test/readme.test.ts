import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { OPTIONS } from '#scripts/cli/config/options.js';
import { EXIT_CODES } from '#scripts/run/errors.js';
import { runReport } from './command/run-report.js';
import { logFile, record } from './support/records.js';
import { README, withTables } from './support/readme/write-readme.js';
import { temporaryFolder } from './support/temporary-folder.js';

const COMMAND = 'npx tsx test/support/readme/write-readme.ts';
const readme = readFileSync(README, 'utf8');

test(`the README's tables are those of the code (else: ${COMMAND})`, async () => {
  expect(readme, `README.md is stale: run ${COMMAND}`).toBe(await withTables(readme));
});

test('the README has every exit code', () => {
  for (const code of [0, ...Object.values(EXIT_CODES)]) expect(readme).toMatch(new RegExp(`^\\| ${code} +\\| `, 'm'));
});

test('what the README links to is there', () => {
  const links = [...readme.matchAll(/\]\(([^)#][^)]*)\)/g)].map(([, target = '']) => target);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(existsSync(path.join(path.dirname(README), link)), link).toBe(true);
});

test('the README’s options are those that --help shows', { timeout: 60_000 }, async () => {
  const { stdout } = await runReport(['--help']);
  const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?--([a-z0-9-]+)/gm)].map(([, flag]) => flag);
  expect(flags.toSorted()).toEqual([...OPTIONS.map(({ flag }) => flag), 'help', 'version'].toSorted());
  for (const flag of flags) expect(readme).toContain(`\`--${String(flag)}`);
});

test('the README explains every field of a manifest', { timeout: 60_000 }, async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)), 'logs/b.json': '{"Records":[', 'logs/c.txt': '' });
  const { stdout } = await runReport(['logs', '--json'], { cwd });
  const manifest = JSON.parse(stdout) as Record<string, unknown>;
  const section = readme.slice(readme.indexOf('## `manifest.json`'), readme.indexOf('## Limits'));
  const fields = Object.entries(manifest).flatMap(([name, value]) => {
    const inner: unknown = Array.isArray(value) ? value[0] : value;
    return [name, ...(typeof inner === 'object' && inner !== null ? Object.keys(inner) : [])];
  });
  expect(fields).toContain('example');
  for (const field of fields) expect(section).toContain(`\`${field}\``);
});
