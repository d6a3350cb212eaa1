import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { OutputFile } from '#scripts/output/files/output-file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const { O_DIRECT } = constants as Partial<typeof constants>;

vi.mock('node:fs/promises', { spy: true });
afterEach(() => {
  vi.mocked(fs.open).mockReset();
});

/** Nine megabytes and a little, in pieces of no particular length. */
const PIECES = [10, 4 << 20, 4095, 3_000_000, 1, 2_200_000].map((length) => randomBytes(length));

async function write(folder: string): Promise<OutputFile> {
  const file = await OutputFile.create(folder, 'events.tsv');
  for (const piece of PIECES) await file.write(piece);
  await file.finish();
  await OutputFile.commitAll([], file);
  return file;
}

const opensDirect = (flags: unknown): boolean =>
  O_DIRECT !== undefined && typeof flags === 'number' && (flags & O_DIRECT) !== 0;

test('what is written in pieces of any length is in the file, whole', async () => {
  const folder = temporaryFolder({});
  const file = await write(folder);
  expect(readFileSync(path.join(folder, 'events.tsv')).equals(Buffer.concat(PIECES))).toBe(true);
  expect(file.bytes).toBe(Buffer.concat(PIECES).length);
});

test.each([
  ['cannot open a file past its cache', 'open'],
  ['refuses to write past its cache', 'write'],
] as const)('a file system that %s gets the same file', async (_, when) => {
  const { open } = await vi.importActual<typeof fs>('node:fs/promises');
  const refusal = Object.assign(new Error('EINVAL'), { code: 'EINVAL' });
  vi.mocked(fs.open).mockImplementation(async (name, flags) => {
    if (!opensDirect(flags)) return open(name, flags);
    if (when === 'open') throw refusal;
    const handle = await open(name, constants.O_WRONLY);
    let writes = 0;
    const write = handle.write.bind(handle);
    handle.write = ((...args: Parameters<typeof write>) =>
      ++writes > 1 ? Promise.reject(refusal) : write(...args)) as typeof write;
    return handle;
  });
  const folder = temporaryFolder({});
  await write(folder);
  expect(readFileSync(path.join(folder, 'events.tsv')).equals(Buffer.concat(PIECES))).toBe(true);
});
