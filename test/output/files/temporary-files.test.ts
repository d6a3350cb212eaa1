import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  commit,
  makeOutputFolder,
  openTemporary,
  outputFault,
  removeAll,
} from '#scripts/output/files/temporary-files.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

vi.mock('node:crypto', { spy: true });

async function openWith(final: string, content: string): Promise<string> {
  const { name, handle } = await openTemporary(final);
  await handle.writeFile(content);
  await handle.close();
  return name;
}

test('a file gets its name when it is whole, over the one that had it', async () => {
  const folder = temporaryFolder({ 'events.tsv': 'old' });
  const final = path.join(folder, 'events.tsv');
  const temporary = await openWith(final, 'new');
  expect(readFileSync(final, 'utf8')).toBe('old');
  await commit(temporary, final);
  removeAll();
  expect(readdirSync(folder)).toEqual(['events.tsv']);
  expect(readFileSync(final, 'utf8')).toBe('new');
});

test('what never got its name is removed, and the last good file stays', async () => {
  const folder = temporaryFolder({ 'events.tsv': 'old' });
  await openWith(path.join(folder, 'events.tsv'), 'half');
  expect(readdirSync(folder)).toHaveLength(2);
  removeAll();
  expect(readdirSync(folder)).toEqual(['events.tsv']);
});

test('a name that is taken by a folder is an error that says what to do, and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const final = path.join(folder, 'index.html');
  mkdirSync(final);
  const temporary = await openWith(final, 'page');
  await expect(commit(temporary, final)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('index.html cannot be replaced'),
  });
  removeAll();
  expect(readdirSync(folder)).toEqual(['index.html']);
});

test.each([
  ['EACCES', 'out/index.html', 'permission denied'],
  ['EACCES', 'out', 'permission denied'],
  ['EEXIST', 'out', 'a file exists where a folder is needed'],
  ['ENOSPC', undefined, 'the disk is full'],
])('%s at %s is for the person to mend: %s', (code, at, why) => {
  const error = Object.assign(new Error('no'), { code, path: at });
  expect(outputFault(error, 'out')).toMatchObject({
    kind: 'usage',
    message: `The report cannot be written to out: ${why}. Choose another folder with --out.`,
    cause: error,
  });
});

test.each([
  ['EACCES', 'elsewhere/x'],
  ['EACCES', 'output/x'],
  ['EACCES', undefined],
  ['EMFILE', 'out/x'],
])('%s at %s is not about the output folder', (code, at) => {
  expect(outputFault(Object.assign(new Error('no'), { code, path: at }), 'out')).toBeUndefined();
});

test('an error that does not come from the system is not reported as one of the output folder', () => {
  expect(outputFault(new TypeError('x is undefined'), 'out')).toBeUndefined();
  expect(outputFault('thrown text', 'out')).toBeUndefined();
});

describe('a temporary file', () => {
  const random = vi.mocked(randomBytes);
  afterEach(() => random.mockReset());

  test.each(['a link to a file', 'a file'])('is never %s that someone put in its place', async (what) => {
    const folder = temporaryFolder({ 'victim.txt': 'precious' });
    const victim = path.join(folder, 'victim.txt');
    const final = path.join(folder, 'index.html');
    random.mockImplementation((bytes: number) => Buffer.alloc(bytes));
    const { name, handle } = await openTemporary(final);
    await handle.close();
    rmSync(name);
    if (what === 'a file') writeFileSync(name, 'theirs');
    else symlinkSync(victim, name);
    await expect(openTemporary(final)).rejects.toMatchObject({ code: expect.stringMatching(/EEXIST|ELOOP/) });
    removeAll();
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    if (what === 'a file') expect(readFileSync(name, 'utf8')).toBe('theirs');
  });

  test('follows the umask, and is for its owner alone where that is asked for', async () => {
    const folder = temporaryFolder();
    const modes = await Promise.all(
      [undefined, 0o600].map(async (mode) => {
        const { name, handle } = await openTemporary(path.join(folder, 'x'), mode);
        await handle.close();
        return statSync(name).mode & 0o777;
      }),
    );
    const plain = path.join(folder, 'plain');
    writeFileSync(plain, '');
    expect(modes).toEqual([statSync(plain).mode & 0o777, 0o600]);
  });
});

test('what killed runs left is removed by the next one, and what another run is writing stays', async () => {
  const folder = temporaryFolder({ 'index.html': 'last good', 'x.part': 'no run made this' });
  const { name, handle } = await openTemporary(path.join(folder, 'index.html'));
  await handle.close();
  const own = path.basename(name);
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  const of = (pid: number | undefined, host = /-([0-9a-f]{8})/.exec(own)?.[1]): string =>
    `.events.tsv.${String(pid)}-${String(host)}.0123456789abcdef.part`;
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const names = { dead: of(dead), alive: of(child.pid), fresh: of(dead, 'ffffffff'), old: of(dead, 'eeeeeeee') };
  for (const left of Object.values(names)) writeFileSync(path.join(folder, left), 'half');
  utimesSync(path.join(folder, names.old), 1, 1);
  makeOutputFolder(folder);
  expect(readdirSync(folder).sort()).toEqual([own, names.alive, names.fresh, 'index.html', 'x.part'].sort());
  const ended = once(child, 'exit');
  child.kill();
  await ended;
  makeOutputFolder(folder);
  expect(readdirSync(folder).sort()).toEqual([own, names.fresh, 'index.html', 'x.part'].sort());
  removeAll();
});
