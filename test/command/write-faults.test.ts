/** What is left when a report cannot be written to its end: the last good one, whole. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runReport } from './run-report.js';

const OUTPUTS = ['events.tsv', 'index.html', 'manifest.json'];

/** A module that stands in for `node:fs/promises`' open: `handle` may change the file's handle, or throw. */
function withOpen(handle: string): string {
  return `data:text/javascript,${encodeURIComponent(`
    import fs from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    const { open } = fs;
    fs.open = async (name, ...rest) => {
      const file = await open(name, ...rest);
      ${handle}
      return file;
    };
    syncBuiltinESMExports();
  `)}`;
}

const fault = (code: string): string => `Object.assign(new Error('${code}: no'), { code: '${code}' })`;

/** A working directory with two folders of logs, and the report of the first. */
async function afterAGoodRun(): Promise<{ cwd: string; out: string; before: string[] }> {
  const cwd = temporaryFolder({ 'good/a.json': logFile(record(1)), 'next/a.json': logFile(record(1), record(2)) });
  await runReport(['good'], { cwd });
  const out = path.join(cwd, 'out');
  return { cwd, out, before: contents(out) };
}

function contents(out: string): string[] {
  return OUTPUTS.map((name) => readFileSync(path.join(out, name), 'utf8'));
}

test('on a full disk it says so, ends with 2, and the last good report stays', async () => {
  const { cwd, out, before } = await afterAGoodRun();
  const full = withOpen(`
    const { write } = file;
    let room = 1000;
    if (String(name).endsWith('.part')) file.write = async (...args) => {
      room -= args[2];
      if (room < 0) throw ${fault('ENOSPC')};
      return write.apply(file, args);
    };`);
  const { code, stdout, stderr } = await runReport(['next'], { cwd, preload: [full] });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('error: The report cannot be written to out: the disk is full; choose another folder');
  expect(readdirSync(out).sort()).toEqual(OUTPUTS);
  expect(contents(out)).toEqual(before);
});

test('in a folder that may not be written it says so, ends with 2, and the last good report stays', async () => {
  const { cwd, out, before } = await afterAGoodRun();
  const refused = withOpen(`
    if (String(name).endsWith('.part')) throw Object.assign(${fault('EACCES')}, { path: name });`);
  const { code, stderr } = await runReport(['next'], { cwd, preload: [refused] });
  expect(code).toBe(2);
  expect(stderr).toContain(
    'error: The report cannot be written to out: you may not write there; choose another folder',
  );
  expect(contents(out)).toEqual(before);
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGKILL', null],
] as const)(
  'killed by %s while it writes, it leaves the last good report, and no other under its name',
  async (signal, exit) => {
    const { cwd, out, before } = await afterAGoodRun();
    const hanging = withOpen(`
    if (String(name).includes('index.html')) file.write = () => new Promise((done) => setTimeout(done, 60_000));`);
    const { code } = await runReport(['next'], {
      cwd,
      preload: [hanging],
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

test('a first run that fails leaves no report at all', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  const full = withOpen(
    `if (String(name).includes('manifest.json')) file.write = async () => { throw ${fault('EDQUOT')}; };`,
  );
  const { code, stderr } = await runReport(['logs'], { cwd, preload: [full] });
  expect(code).toBe(2);
  expect(stderr).toContain('the disk quota is used up');
  expect(existsSync(path.join(cwd, 'out'))).toBe(false);
});

test.each([
  ['SIGHUP', 129],
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s ends a run with its code before the command is loaded', async (signal, code) => {
  const early = `data:text/javascript,process.kill(process.pid, '${signal}')`;
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  expect(await runReport(['logs'], { cwd, preload: [early] })).toMatchObject({ code, stdout: '', stderr: '' });
  expect(readdirSync(cwd)).toEqual(['logs']);
});

test.each([0, 15, 40])('a run that ends %i ms after the bundler began says nothing of it', async (ms) => {
  const early = `data:text/javascript,${encodeURIComponent(`
    import { subscribe } from 'node:diagnostics_channel';
    subscribe('child_process', () => setTimeout(() => process.exit(4), ${String(ms)}));
  `)}`;
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  const { code, stderr } = await runReport(['logs', '--quiet'], { cwd, preload: [early] });
  expect({ code, stderr }).toEqual({ code: 4, stderr: '' });
});

test('killed at any moment, a run leaves each file of the last report or of its own, whole, and the next one cleans up', async () => {
  const { cwd, out, before } = await afterAGoodRun();
  await runReport(['next', '--out', 'expected'], { cwd });
  const after = OUTPUTS.map((name) => readFileSync(path.join(cwd, 'expected', name), 'utf8'));
  for (const ms of [300, 700, 900, 1100, 1300]) {
    await runReport(['next'], { cwd, started: (child) => setTimeout(() => child.kill('SIGKILL'), ms) });
    contents(out).forEach((content, i) => {
      // What a run says of itself differs from run to run.
      const lengths = [before, after].map((of) => of[i]?.length ?? 0);
      expect(lengths.some((length) => Math.abs(content.length - length) < 60)).toBe(true);
    });
  }
  await runReport(['next'], { cwd });
  expect(readdirSync(out).sort()).toEqual(OUTPUTS);
});
