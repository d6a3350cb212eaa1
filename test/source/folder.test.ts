import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CulpritError } from '#scripts/run/errors.js';
import { openFolderSource } from '#scripts/source/folder/folder.js';
import type { ListedFile } from '#scripts/source/port.js';
import { listingOf } from '../support/listing.js';
import { temporaryFolder } from '../support/temporary-folder.js';

async function listed(input: string): Promise<ListedFile[]> {
  const { files } = await listingOf(await openFolderSource(input));
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

test('every file below a folder is listed, by a name that begins with the folder’s own, with size and kind', async () => {
  const root = temporaryFolder({
    'logs/a.json': '12',
    'logs/below/b.json.gz': '123',
    'logs/notes.txt': '',
    'logs/AWSLogs/111111111111/CloudTrail-Digest/eu-west-1/2024/05/01/d.json.gz': '1',
    'beside/c.json': '',
  });
  mkdirSync(path.join(root, 'logs', 'empty'));
  const below = (name: string): string => `logs/${name}`;
  expect(await listed(path.join(root, 'logs'))).toEqual([
    { name: below('AWSLogs/111111111111/CloudTrail-Digest/eu-west-1/2024/05/01/d.json.gz'), bytes: 1, kind: 'digest' },
    { name: below('a.json'), bytes: 2, kind: 'events' },
    { name: below('below/b.json.gz'), bytes: 3, kind: 'events' },
    { name: below('notes.txt'), bytes: 0, kind: 'other' },
  ]);
});

test('the folders above the input may show that it is part of a trail', async () => {
  const root = temporaryFolder({ 'AWSLogs/111111111111/CloudTrail-Digest/eu-west-1/2024/05/01/d.json.gz': '1' });
  const day = path.join(root, 'AWSLogs/111111111111/CloudTrail-Digest/eu-west-1/2024/05');
  expect((await listed(day)).map(({ kind }) => kind)).toEqual(['digest']);
});

test('a file that is named is events, whatever its name, and is read where it lies', async () => {
  const root = temporaryFolder({ 'notes.txt': 'content' });
  const source = await openFolderSource(path.join(root, 'notes.txt'));
  const file = { name: 'notes.txt', bytes: 7, kind: 'events' } as const;
  expect(await listingOf(source)).toEqual({ files: [file], folders: [] });
  expect(await source.read(file)).toEqual({ path: path.join(root, 'notes.txt') });
});

test('a link to a folder is followed once; a link to nothing is a log by its name', async () => {
  const root = temporaryFolder({ 'logs/a.json': '1', 'elsewhere/b.json': '2' });
  const logs = path.join(root, 'logs');
  symlinkSync(path.join(root, 'elsewhere'), path.join(logs, 'linked'));
  symlinkSync(logs, path.join(logs, 'up'));
  symlinkSync('nothing', path.join(logs, 'dangling.json'));
  expect((await listed(logs)).map(({ name, kind }) => [path.basename(name), kind])).toEqual([
    ['a.json', 'events'],
    ['dangling.json', 'events'],
    ['b.json', 'events'],
  ]);
});

test('a missing input is refused with a sentence', async () => {
  const root = temporaryFolder();
  const refusal = openFolderSource(path.join(root, 'nowhere'));
  await expect(refusal).rejects.toThrow(CulpritError);
  await expect(refusal).rejects.toThrow(/nowhere cannot be opened: no such file or folder\.$/);
});
