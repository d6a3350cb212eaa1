/** What is left when a report cannot be written to its end: the last good one, whole. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fs, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { afterAGoodRun, contents, OUTPUTS } from './good-run.js';
import { runProcess } from './run-process.js';
import { runReport } from './run-report.js';

/**
 * Until the test ends, `change` is given each temporary file that `node:fs/promises`' open opens: it may change the
 * handle, or throw.
 */
function onOpen(change: (name: string, file: FileHandle) => void): void {
  const { open } = fs;
  fs.open = async (name, ...rest) => {
    const file = await open(name, ...rest);
    if (typeof name !== 'string' || !name.endsWith('.part')) return file;
    try {
      change(path.basename(name), file);
    } catch (error) {
      await file.close();
      throw error;
    }
    return file;
  };
  syncBuiltinESMExports();
  onTestFinished(() => {
    fs.open = open;
    syncBuiltinESMExports();
  });
}

const fault = (code: string, at?: string): Error =>
  Object.assign(new Error(`${code}: no`), { code, ...(at !== undefined && { path: at }) });

test('on a full disk it says so, ends with 2, and the last good report stays', async () => {
  const { cwd, out, before } = await afterAGoodRun();
  onOpen((_, file) => {
    const write = file.write.bind(file) as (...args: unknown[]) => Promise<unknown>;
    let room = 1000;
    const fullWrite = async (...args: unknown[]): Promise<unknown> => {
      room -= Number(args[2]);
      if (room < 0) throw fault('ENOSPC');
      return await write(...args);
    };
    Object.assign(file, { write: fullWrite });
  });
  const { code, stdout, stderr } = await runReport(['next'], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('error: The report cannot be written to out: the disk is full. Choose another folder');
  expect(readdirSync(out).sort()).toEqual(OUTPUTS);
  expect(contents(out)).toEqual(before);
});

test('in a folder that may not be written it says so, ends with 2, and the last good report stays', async () => {
  const { cwd, out, before } = await afterAGoodRun();
  onOpen((name) => {
    throw fault('EACCES', path.join(out, name));
  });
  const { code, stderr } = await runReport(['next'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('error: The report cannot be written to out: permission denied. Choose another folder');
  expect(contents(out)).toEqual(before);
});

test('a first run that fails leaves no report at all', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  onOpen((name, file) => {
    if (name.includes('manifest.json')) Object.assign(file, { write: () => Promise.reject(fault('EDQUOT')) });
  });
  const { code, stderr } = await runReport(['logs'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('the disk quota is used up');
  expect(existsSync(path.join(cwd, 'out'))).toBe(false);
});

/** Kills the process, as `kill -9` does, instead of its nth rename. */
const KILL_AT_RENAME = `
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
const { rename } = fs;
let renames = 0;
fs.rename = async (...names) => {
  if (++renames === Number(process.env.TEST_KILL_AT)) process.kill(process.pid, 'SIGKILL');
  await rename(...names);
};
syncBuiltinESMExports();
`;

// Neither run finds anything, so findings.json stays the same.
test('a manifest is never beside files of another run, when a run is killed while they get their names', async () => {
  const { cwd, out, before } = await afterAGoodRun();
  const preload = path.join(temporaryFolder({ 'kill.mjs': KILL_AT_RENAME }), 'kill.mjs');
  const left: string[][] = [];
  for (const moment of [1, 2, 3, 4, 5]) {
    OUTPUTS.forEach((name, i) => writeFileSync(path.join(out, name), before[i] as string));
    const { code } = await runProcess(['next'], { cwd, env: { TEST_KILL_AT: String(moment) }, preload: [preload] });
    expect(code).toBe(null);
    const isNew = (name: string): boolean => {
      const i = OUTPUTS.indexOf(name);
      return readFileSync(path.join(out, name), 'utf8') !== before[i];
    };
    left.push(
      OUTPUTS.filter((name) => existsSync(path.join(out, name))).map((name) => `${name}${isNew(name) ? ' new' : ''}`),
    );
  }
  expect(left).toEqual([
    ['events.tsv', 'findings.json', 'index.html', 'manifest.json'],
    ['events.tsv', 'findings.json', 'index.html'],
    ['events.tsv new', 'findings.json', 'index.html'],
    ['events.tsv new', 'findings.json', 'index.html new'],
    ['events.tsv new', 'findings.json new', 'index.html new'],
  ]);
  await runReport(['next'], { cwd });
  expect(readdirSync(out).sort()).toEqual(OUTPUTS);
});

test('where the first file cannot be replaced, the last good report stays', async () => {
  const { cwd, out, before } = await afterAGoodRun();
  const { rename } = fs;
  fs.rename = async (from, to) => {
    if (path.basename(String(to)) === 'events.tsv') throw fault('EBUSY');
    await rename(from, to);
  };
  syncBuiltinESMExports();
  onTestFinished(() => {
    fs.rename = rename;
    syncBuiltinESMExports();
  });
  const { code, stderr } = await runReport(['next'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('events.tsv cannot be replaced. Close the program that has it open');
  expect(readdirSync(out).sort()).toEqual(OUTPUTS);
  expect(contents(out)).toEqual(before);
});
