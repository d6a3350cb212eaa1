/**
 * The command as a process of its own: what depends on its start, its end, its signals and its streams. All else about it
 * is tested in the tests' own process, which takes a tenth of the time.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { ReportManifest } from '#shared/model/manifest.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { afterAGoodRun, contents, OUTPUTS } from './good-run.js';
import { runProcess } from './run-process.js';
import { runReport } from './run-report.js';

function manifestIn(cwd: string): ReportManifest {
  return JSON.parse(readFileSync(path.join(cwd, 'out', 'manifest.json'), 'utf8')) as ReportManifest;
}

test('a wrong argument ends with 2 and one sentence, which has no colours in a pipe even where the environment asks for them', async () => {
  const run = await runProcess(['--sinec', '7d'], { env: { CI: 'true', FORCE_COLOR: '1' } });
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toBe("error: Unknown option '--sinec'. Did you mean --since?\n");
});

test('a reader that goes away (`| head`) does not stop the report', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  const { code, stderr } = await runProcess(['logs'], { cwd, started: ({ stdout }) => stdout?.destroy() });
  expect(code).toBe(0);
  expect(stderr).not.toContain('EPIPE');
  expect(existsSync(path.join(cwd, 'out', 'index.html'))).toBe(true);
});

/** Makes Node refuse to load the AWS SDK. */
const WITHOUT_SDK = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    export async function resolve(specifier, context, next) {
      if (specifier.startsWith('@aws-sdk/')) throw new Error('the AWS SDK was loaded');
      return next(specifier, context);
    }
  \`));
`)}`;

test('the AWS SDK is loaded only for addresses in S3', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  expect(await runProcess(['logs'], { cwd, preload: [WITHOUT_SDK] })).toMatchObject({ code: 0 });
  const { code, stderr } = await runProcess(['s3://trail'], { cwd, preload: [WITHOUT_SDK] });
  expect(code).toBe(1);
  expect(stderr).toContain('error: this is a bug in Culprit (Error: the AWS SDK was loaded)');
});

test('Ctrl-C ends it with 130, also while it waits for S3', async () => {
  let asked = (): void => undefined;
  const server = createServer(() => asked()); // never answers
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await runProcess(
    ['s3://trail', '--endpoint-url', endpoint, '--s3-region', 'us-east-1'],
    {
      cwd,
      env: { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' },
      started: (child) => (asked = () => void child.kill('SIGINT')),
    },
  );
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).not.toContain('error:');
  expect(readdirSync(cwd)).toEqual([]);
});

/** Sends the process Ctrl-C at the moment when the first finished file is to get its name. */
const INTERRUPTED = `data:text/javascript,${encodeURIComponent(`
  import fs from 'node:fs/promises';
  import { syncBuiltinESMExports } from 'node:module';
  fs.rename = () => {
    process.kill(process.pid, 'SIGINT');
    return new Promise(() => setTimeout(() => undefined, 60_000));
  };
  syncBuiltinESMExports();
`)}`;

test('Ctrl-C leaves the last good report, and nothing half-written', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)), 'more/a.json': logFile(record(1), record(2)) });
  await runReport(['logs'], { cwd });
  const { code, stdout } = await runProcess(['more'], { cwd, preload: [INTERRUPTED] });
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(readdirSync(path.join(cwd, 'out')).sort()).toEqual(OUTPUTS);
  expect(manifestIn(cwd).events).toBe(1);
});

/** Makes the page be written for a minute. */
const HANGING = `data:text/javascript,${encodeURIComponent(`
  import fs from 'node:fs/promises';
  import { syncBuiltinESMExports } from 'node:module';
  const { open } = fs;
  fs.open = async (name, ...rest) => {
    const file = await open(name, ...rest);
    if (String(name).includes('index.html')) file.write = () => new Promise((done) => setTimeout(done, 60_000));
    return file;
  };
  syncBuiltinESMExports();
`)}`;

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGKILL', null],
] as const)(
  'killed by %s while it writes, it leaves the last good report, and no other under its name',
  async (signal, exit) => {
    const { cwd, out, before } = await afterAGoodRun();
    const { code } = await runProcess(['next'], {
      cwd,
      preload: [HANGING],
      started(child) {
        void (async () => {
          while (!readdirSync(out).some((name) => name.includes('index.html') && name.endsWith('.part')))
            await sleep(20);
          child.kill(signal);
        })();
      },
    });
    expect(code).toBe(exit);
    expect(contents(out)).toEqual(before);
    const others = readdirSync(out).filter((name) => !OUTPUTS.includes(name));
    // Only what cannot be caught leaves something, under a name that nobody takes for a report.
    expect(others.filter((name) => !(name.startsWith('.') && name.endsWith('.part')))).toEqual([]);
    if (signal !== 'SIGKILL') expect(others).toEqual([]);

    // What was left does not hinder the next run.
    const { code: next } = await runReport(['next'], { cwd });
    expect(next).toBe(0);
    expect(readdirSync(out).sort()).toEqual(OUTPUTS);
    expect(contents(out)).not.toEqual(before);
  },
);

test.each([
  ['SIGHUP', 129],
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s ends a run with its code before the command is loaded', async (signal, code) => {
  const early = `data:text/javascript,process.kill(process.pid, '${signal}')`;
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  expect(await runProcess(['logs'], { cwd, preload: [early] })).toMatchObject({ code, stdout: '', stderr: '' });
  expect(readdirSync(cwd)).toEqual(['logs']);
});

test.each([0, 15, 40])('a run that ends %i ms after the bundler began says nothing of it', async (ms) => {
  const early = `data:text/javascript,${encodeURIComponent(`
    import { subscribe } from 'node:diagnostics_channel';
    subscribe('child_process', () => setTimeout(() => process.exit(4), ${String(ms)}));
  `)}`;
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  const { code, stderr } = await runProcess(['logs', '--quiet'], { cwd, preload: [early] });
  expect({ code, stderr }).toEqual({ code: 4, stderr: '' });
});

test('killed at any moment, a run leaves each file of the last report or of its own, whole, and the next one cleans up', async () => {
  const { cwd, out, before } = await afterAGoodRun();
  await runReport(['next', '--out', 'expected'], { cwd });
  const after = OUTPUTS.map((name) => readFileSync(path.join(cwd, 'expected', name), 'utf8'));
  for (const ms of [300, 700, 900, 1100, 1300]) {
    await runProcess(['next'], { cwd, started: (child) => setTimeout(() => child.kill('SIGKILL'), ms) });
    contents(out).forEach((content, i) => {
      // What a run says of itself differs from run to run.
      const lengths = [before, after].map((of) => of[i]?.length ?? 0);
      expect(lengths.some((length) => Math.abs(content.length - length) < 60)).toBe(true);
    });
  }
  await runReport(['next'], { cwd });
  expect(readdirSync(out).sort()).toEqual(OUTPUTS);
});
