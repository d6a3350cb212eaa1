import path from 'node:path';
import { expect, test } from 'vitest';
import { OPTIONS } from '#scripts/cli/config/options.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runReport } from './run-report.js';

test('--help is the whole manual: every option, time form, config file, examples and exit codes', async () => {
  const { code, stdout, stderr } = await runReport(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const { flag } of OPTIONS) expect(stdout).toContain(`--${flag} `);
  for (const part of [
    's3://BUCKET',
    '90m, 24h, 7d',
    'culprit.config.json',
    'Examples:',
    'npm run -s report -- ./logs --json | jq .events',
    '\n  5  ',
  ]) {
    expect(stdout).toContain(part);
  }
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('--version is that of the package', async () => {
  const { code, stdout } = await runReport(['--version']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each<[args: string[], code: number, said: string]>([
  [['--sinec', '7d'], 2, "Unknown option '--sinec'. Did you mean --since?"],
  [['--since', '2025-02-30'], 2, 'Invalid --since "2025-02-30"'],
  [['--config', 'nowhere.json'], 2, 'nowhere.json does not exist. Name another file with --config.'],
  [['--publish', 'site'], 2, 'Invalid --publish "site"'],
  [['nowhere'], 3, `nowhere does not exist. Use an existing folder or file, or s3://BUCKET.`],
  [['log'], 3, `log does not exist. Did you mean logs? For a bucket, use s3://BUCKET.`],
  [['s3:/bucket'], 2, 's3:/bucket names no bucket. Use s3://BUCKET'],
  [['s3://'], 2, 's3:// names no bucket. Use s3://BUCKET'],
  [['https://trail.s3.example.test/AWSLogs'], 2, 'For the bucket, use s3://trail.'],
  [['--request-payer', 'owner', 'logs'], 2, 'The only value is requester'],
])('%j ends with %i and one sentence', async (args, code, said) => {
  const cwd = temporaryFolder({ 'logs/README': '' });
  const run = await runReport(args, { cwd });
  expect(run).toMatchObject({ code, stdout: '' });
  expect(run.stderr).toMatch(/^error: .*\n$/);
  expect(run.stderr).toContain(said);
});

test('a config file that is wrong ends with 2', async () => {
  const cwd = temporaryFolder({ 'culprit.config.json': '{"regoin": ["eu-west-1"]}' });
  const { code, stderr } = await runReport([], { cwd });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'error: culprit.config.json has an unknown key "regoin": did you mean "region"?\n',
  });
});

test('--debug adds the stack, and says what was behind the error', async () => {
  const { code, stderr } = await runReport(['--debug', '--config', 'nowhere.json']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: .*\nCulpritError: /);
  expect(stderr).toContain(path.join('scripts', 'cli', 'config', 'config-file.ts'));
  expect(stderr).toContain('[cause]');
});

test('options that npm kept to itself, because -- was forgotten, are not lost silently', async () => {
  const { code, stderr } = await runReport(['s3://trail', '7d'], { env: { npm_config_since: 'true' } });
  expect(code).toBe(2);
  expect(stderr).toContain('Put -- before the options: npm run report -- INPUT --since');
});

test('a name with control characters does not reach the terminal as it is', async () => {
  const { stderr } = await runReport(['\u001b[31mred']);
  expect(stderr).toContain('\\u{1b}[31mred');
});
