import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { runReport } from './command/run-report.js';
import { SAMPLE_FOLDER, sampleFiles } from './support/make-sample.js';
import { temporaryFolder } from './support/temporary-folder.js';

function committed(): Record<string, string> {
  const files = readdirSync(SAMPLE_FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ name, parentPath }) => {
      const file = path.join(parentPath, name);
      const key = path.relative(SAMPLE_FOLDER, file).replaceAll(path.sep, '/');
      return [key, gunzipSync(readFileSync(file)).toString('utf8')];
    }),
  );
}

test('the bundled sample is what `npx tsx test/support/make-sample.ts` makes', () => {
  const there = committed();
  const made = sampleFiles();
  expect(Object.keys(there).sort()).toEqual(made.map(({ key }) => key));
  expect(made.filter(({ key, text }) => there[key] !== text).map(({ key }) => key)).toEqual([]);
});

test(
  'the sample’s report tells who terminated the instance, who tried before, and that nothing was skipped',
  { timeout: 60_000 },
  async () => {
    const cwd = temporaryFolder();
    const { code, stdout } = await runReport([], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n\d{3} events · 2025-03-03 .* to 2025-03-05 .* UTC · 2 accounts · 3 regions/);
    expect(stdout).toContain('Complete: nothing was skipped.');
    const [header = [], ...rows] = readFileSync(path.join(cwd, 'out', 'events.tsv'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    const cells = (row: string[], ...names: string[]): string[] => names.map((name) => row[header.indexOf(name)] ?? '');
    const terminations = rows
      .filter((row) => row.includes('TerminateInstances') && row.some((cell) => cell.includes('i-0a1b2c3d4e5f67890')))
      .map((row) => cells(row, 'eventTime', 'actor', 'role', 'outcome'));
    expect(terminations).toEqual([
      ['2025-03-04T14:28:07Z', 'bob@example.com', 'SupportReadOnly', 'error'],
      ['2025-03-04T14:32:11Z', 'alice@example.com', 'PowerUserAccess', 'change'],
    ]);
    // Every way of finding the actor that the sample is meant to show.
    expect(new Set(rows.flatMap((row) => cells(row, 'actorSource')))).toEqual(
      new Set([
        'userName',
        'sourceIdentity',
        'sessionName',
        'identityCenterUser',
        'instance',
        'invokedBy',
        'root',
        'account',
      ]),
    );
  },
);
