import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commit, outputFault, removeAll, temporaryName } from '#scripts/output/files/temporary-files.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

test('a file gets its name when it is whole, over the one that had it', async () => {
  const folder = temporaryFolder({ 'events.tsv': 'old' });
  const final = path.join(folder, 'events.tsv');
  const temporary = temporaryName(final);
  writeFileSync(temporary, 'new');
  expect(readFileSync(final, 'utf8')).toBe('old');
  await commit(temporary, final);
  removeAll();
  expect(readdirSync(folder)).toEqual(['events.tsv']);
  expect(readFileSync(final, 'utf8')).toBe('new');
});

test('what never got its name is removed, and the last good file stays', () => {
  const folder = temporaryFolder({ 'events.tsv': 'old' });
  writeFileSync(temporaryName(path.join(folder, 'events.tsv')), 'half');
  temporaryName(path.join(folder, 'index.html')); // not yet written
  expect(readdirSync(folder)).toHaveLength(2);
  removeAll();
  expect(readdirSync(folder)).toEqual(['events.tsv']);
});

test('a name that is taken by a folder is an error that says what to do, and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const final = path.join(folder, 'index.html');
  mkdirSync(final);
  const temporary = temporaryName(final);
  writeFileSync(temporary, 'page');
  await expect(commit(temporary, final)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('index.html cannot be replaced'),
  });
  removeAll();
  expect(readdirSync(folder)).toEqual(['index.html']);
});

test.each([
  ['EACCES', 'out/index.html', 'you may not write there'],
  ['EACCES', 'out', 'you may not write there'],
  ['EEXIST', 'out', 'a file stands where a folder should be'],
  ['ENOSPC', undefined, 'the disk is full'],
])('%s at %s is for the person to mend: %s', (code, at, why) => {
  const error = Object.assign(new Error('no'), { code, path: at });
  expect(outputFault(error, 'out')).toMatchObject({
    kind: 'usage',
    message: `The report cannot be written to out: ${why}; choose another folder with --out.`,
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

test('an error that the system did not make is none of the output folder', () => {
  expect(outputFault(new TypeError('x is undefined'), 'out')).toBeUndefined();
  expect(outputFault('thrown text', 'out')).toBeUndefined();
});
