import { readdirSync, readFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ReportManifest } from '#shared/model/manifest.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runReport } from './run-report.js';

const OUTPUTS = ['events.tsv', 'findings.json', 'index.html', 'manifest.json'];

function manifestIn(cwd: string): ReportManifest {
  return JSON.parse(readFileSync(path.join(cwd, 'out', 'manifest.json'), 'utf8')) as ReportManifest;
}

/** The lines of a TSV without its header. */
function rowsIn(cwd: string): string[] {
  return readFileSync(path.join(cwd, 'out', 'events.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
}

test('a folder of logs becomes three files; stdout says what they are, stderr how it went', async () => {
  const cwd = temporaryFolder({
    'logs/a.json': logFile(record(1), record(2)),
    'logs/b.json': logFile(record(2)),
    'logs/x.txt': '',
  });
  const { code, stdout, stderr } = await runReport(['logs'], { cwd });
  expect(code).toBe(0);
  expect(readdirSync(path.join(cwd, 'out')).sort()).toEqual(OUTPUTS);
  expect(rowsIn(cwd)).toHaveLength(2);
  expect(stdout).toContain('2 events · 2025-03-03 00:00:01 to 2025-03-03 00:00:02 UTC · 1 account · 1 region');
  expect(stdout).toContain('1 duplicate event removed');
  expect(stdout).toMatch(/1 file: not logs, judging by their names; to read one, name it as INPUT \(.*x\.txt\)/);
  for (const name of OUTPUTS) expect(stdout).toMatch(new RegExp(`${name} +[\\d.]+ k?B\n|${name} +[\\d.]+ MB\n`));
  expect(stderr).toMatch(/^Reading …\nRead 2 files .*\nSorting …\n/);
});

test('what is filtered is counted', async () => {
  const reads = record(3, { eventName: 'DescribeInstances', readOnly: true });
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1), record(2), reads) });
  const { code, stdout } = await runReport(['logs', '--writes-only', '--since', '2025-03-03T00:00:02'], { cwd });
  expect(code).toBe(0);
  expect(rowsIn(cwd)).toHaveLength(1);
  expect(stdout).toContain('2 events by --since or --writes-only\n');
});

test('without INPUT the first line says that this is the sample, and what to write for a real trail', async () => {
  const cwd = temporaryFolder();
  const { code, stdout } = await runReport([], { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^No INPUT was given, so this report shows the bundled sample\..* npm run report -- s3:\/\//);
  expect(manifestIn(cwd).events).toBeGreaterThan(0);
});

test('the config file says what to do where the command line does not', async () => {
  const cwd = temporaryFolder({
    'culprit.config.json': JSON.stringify({ inputs: ['logs'], out: 'there', quiet: true }),
    'logs/a.json': logFile(record(1)),
  });
  const { code, stdout, stderr } = await runReport([], { cwd });
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: '',
    // A file that lies in the folder cannot hide what it decides.
    stderr: 'Set by culprit.config.json: the report goes to there ("out").\n',
  });
  expect(readdirSync(path.join(cwd, 'there')).sort()).toEqual(OUTPUTS);
  const chosen = await runReport(['--config', 'culprit.config.json', '--quiet'], { cwd });
  expect(chosen).toMatchObject({ code: 0, stdout: '', stderr: '' });
});

test('a report does not overwrite files that Culprit did not write', async () => {
  const cwd = temporaryFolder({ 'out/index.html': '<h1>My site</h1>', 'logs/a.json': logFile(record(1)) });
  const { code, stdout, stderr } = await runReport(['logs'], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    'error: out/index.html cannot be replaced, because Culprit did not write it. Move it away, or choose another folder with --out.\n',
  );
  expect(readdirSync(path.join(cwd, 'out'))).toEqual(['index.html']);
  expect(readFileSync(path.join(cwd, 'out', 'index.html'), 'utf8')).toBe('<h1>My site</h1>');
});

test('--json leaves stdout to the manifest', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)), 'logs/b.json': '{"Records":[' });
  const { code, stdout, stderr } = await runReport(['logs', '--json'], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(manifestIn(cwd));
  expect(stderr).toContain('1 event · ');
  expect(stderr).toContain('Problems in the input:');
});

test('the manifest says which command made it', async () => {
  const cwd = temporaryFolder({ "it's logs/a.json": logFile(record(1)) });
  await runReport(["it's logs", '--region=eu-west-1'], { cwd });
  expect(manifestIn(cwd).run.command).toBe(String.raw`npm run report -- 'it'\''s logs' --region=eu-west-1`);
});

test('without an event that could be used it ends with 4, and the last good report stays', async () => {
  const cwd = temporaryFolder({
    'good/a.json': logFile(record(1)),
    'bad/a.json': 'nonsense',
    'bad/b.json.gz': 'nonsense',
  });
  await runReport(['good'], { cwd });
  const before = readFileSync(path.join(cwd, 'out', 'manifest.json'), 'utf8');
  const { code, stdout, stderr } = await runReport(['bad'], { cwd });
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  expect(stderr).toMatch(/\nerror: Nothing in bad could be used as a CloudTrail log: 2 × text that is not JSON/);
  expect(readdirSync(path.join(cwd, 'out')).sort()).toEqual(OUTPUTS);
  expect(readFileSync(path.join(cwd, 'out', 'manifest.json'), 'utf8')).toBe(before);
});

test('an output folder that cannot be one ends with 2', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)), taken: '' });
  const { code, stderr } = await runReport(['logs', '--out', 'taken'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('error: The report cannot be written to taken: a file exists where a folder is needed');
});

test.each(['taken/x', 'taken/x/y'])('--out %s is refused before anything is listed', async (out) => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)), taken: '' });
  const { code, stdout, stderr } = await runReport(['logs', '--out', out], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    `error: The report cannot be written to ${out}: a file exists where a folder is needed. Choose another folder with --out.\n`,
  );
});

test('a run without a report leaves no folder that it made, and every other', async () => {
  const cwd = temporaryFolder({ 'bad/a.json': 'nonsense' });
  mkdirSync(path.join(cwd, 'mine'));
  expect(await runReport(['bad', '--out', 'mine/new/deep'], { cwd })).toMatchObject({ code: 4 });
  expect(readdirSync(path.join(cwd, 'mine'))).toEqual([]);
  expect(await runReport(['bad', '--out', 'mine'], { cwd })).toMatchObject({ code: 4 });
  expect(readdirSync(cwd).sort()).toEqual(['bad', 'mine']);
});

test('an output that cannot get its name leaves nothing half-written', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  mkdirSync(path.join(cwd, 'out', 'index.html'), { recursive: true });
  const { code, stderr } = await runReport(['logs'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/error: .*index\.html cannot be replaced/);
  expect(readdirSync(path.join(cwd, 'out')).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('with --fail-on, a run with a finding of that level ends with 7 and leaves a whole report', async () => {
  const stop = {
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    requestParameters: { name: 'main' },
  };
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1, stop)) });
  const critical = await runReport(['logs', '--fail-on', 'critical'], { cwd });
  expect(critical.code).toBe(0);
  const high = await runReport(['logs', '--fail-on', 'high'], { cwd });
  expect(high.code).toBe(7);
  expect(high.stdout).toContain('Findings: 1 high, 1 low (findings.json).');
  expect(readdirSync(path.join(cwd, 'out')).sort()).toEqual(OUTPUTS);
});
