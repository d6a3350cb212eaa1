/** What a second run has from the first one: the same report, without reading again. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  renameSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SILENT } from '#scripts/run/progress.js';
import { keepPack } from '#scripts/ingest/cache/keep.js';
import { LogCache } from '#scripts/ingest/cache/log-cache.js';
import { memorySource } from '../../support/memory-source.js';
import { report, type Finished } from '../../support/pipeline-run.js';
import { logFile, record } from '../../support/records.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** Records that are hard to keep: escapes, odd IDs, copies, missing fields, other times than the usual ones. */
const ODD = [
  { eventID: { a: 1 }, requestID: 'a\tb"c\\', userAgent: 'tab\tquote"back\\slash\u0007ÄÖ漢字😀' },
  { eventID: null, userIdentity: undefined, awsRegion: '' },
  { eventTime: '2025-03-03 00:00:00+09:00', readOnly: true, eventName: 'DescribeInstances' },
  { requestParameters: { text: 'x'.repeat(100_000) }, errorCode: 'AccessDenied', errorMessage: '=1+1' },
  { userIdentity: { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' }, eventSource: 'a.amazonaws.com' },
  { eventTime: 'never' },
  { eventCategory: 'Insight', eventType: 'AwsCloudTrailInsight' },
];

function trail(days: number, perDay: number): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let day = 1; day <= days; day++) {
    for (let i = 0; i < perDay; i++) {
      const odd = ODD[i % ODD.length];
      const text = logFile(record(day * 10_000 + i), record(day * 10_000 + i, odd), record(i));
      const folder = `s3://trail/AWSLogs/111111111111/CloudTrail/eu-west-1/2025/03/${String(day).padStart(2, '0')}`;
      files.set(`${folder}/${String(i)}.json.gz`, gzipSync(text));
    }
  }
  files.set('s3://trail/AWSLogs/111111111111/CloudTrail/eu-west-1/2025/03/99/broken.json.gz', Buffer.from('{"Rec'));
  return files;
}

let folder: string;
let cache: string;
let files: Map<string, Uint8Array>;

beforeEach(() => {
  folder = temporaryFolder();
  cache = path.join(folder, 'cache');
  files = trail(4, 9);
});

/** The cache itself; nothing is wrong with it. */
function openCache(): LogCache {
  const open = LogCache.open({ folder: cache, maxBytes: 1e9 }, '0123456789abcdef', (said) => expect.unreachable(said));
  if (open === undefined) throw new Error('there is no cache');
  return open;
}

let runs = 0;

/** Called in each run when all files are listed and none is read. */
let listed: (() => void) | undefined;

async function run(...args: string[]): Promise<Finished & { reads: readonly string[] }> {
  const source = memorySource(files, listed);
  runs++;
  return {
    ...(await report(['in', '--cache', cache, ...args], path.join(folder, `out${runs}`), [source])),
    reads: source.reads,
  };
}

async function runWithout(...args: string[]): Promise<Finished & { reads: readonly string[] }> {
  return await run('--no-cache', ...args);
}

function expectSame(one: Finished, other: Finished): void {
  expect(one.tsv).toBe(other.tsv);
  expect(one.page.equals(other.page)).toBe(true);
  const { run: _one, ...first } = one.manifest;
  const { run: _other, ...second } = other.manifest;
  expect(first).toEqual(second);
}

function cacheFiles(ending: string): string[] {
  return readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(cache, name))
    .sort();
}

test('a second run reads nothing, and makes the same report as a run without a cache', async () => {
  const expected = await runWithout();
  expect(expected.manifest.events).toBeGreaterThan(50);
  expectSame(await run(), expected);
  const second = await run();
  expect(second.reads).toEqual([]);
  expectSame(second, expected);
});

test('a day that came since is all that the next run reads', async () => {
  await run();
  const before = new Set(files.keys());
  files = new Map([...files, ...trail(5, 9)]);
  const { reads, ...next } = await run();
  expect(reads.every((name) => !before.has(name))).toBe(true);
  expect(reads).toHaveLength(9);
  expectSame(next, await runWithout());
});

test('a file that changed is read again, and the others of its folder are not', async () => {
  await run();
  const [name = ''] = files.keys();
  files.set(name, gzipSync(logFile(record(77, { eventName: 'Changed' }))));
  const { reads, ...next } = await run();
  expect(reads).toEqual([name]);
  expectSame(next, await runWithout());
});

describe('files that are written again after they were listed', () => {
  afterEach(() => (listed = undefined));

  /** Writes all files again in the next run, between listing and reading, and returns what they were. */
  function writeAllAgain(): Map<string, Uint8Array> {
    const before = new Map(files);
    listed = () => {
      let id = 0;
      for (const name of before.keys()) files.set(name, gzipSync(logFile(record(++id, { eventName: 'Changed' }))));
      listed = undefined;
    };
    return before;
  }

  test('are read and kept as what they are then', async () => {
    const before = writeAllAgain();
    const first = await run();
    expectSame(first, await runWithout());
    const second = await run();
    expect(second.reads).toEqual([]);
    expectSame(second, first);
    // And they are not taken for what was listed, should that be there again.
    files = before;
    expectSame(await run(), await runWithout());
  });

  test('give no rows to a pack of which they were the damaged part', async () => {
    const expected = await run();
    for (const file of cacheFiles('.rows')) rmSync(file);
    for (const file of cacheFiles('.pack')) {
      const bytes = readFileSync(file);
      bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
      writeFileSync(file, bytes);
    }
    const before = writeAllAgain();
    expect((await run()).tsv).toContain('Changed');
    files = before;
    expectSame(await run(), expected);
  });
});

test('a file that was deleted is in no report any more', async () => {
  await run();
  const [name = ''] = files.keys();
  files.delete(name);
  const { reads, ...next } = await run();
  expect(reads).toEqual([]);
  expectSame(next, await runWithout());
});

test.each([
  ['--since', '2025-02-03T02:00:00'],
  ['--since', '2025-02-03T02:50:00', '--until', '2025-02-03T08:20:02'],
  ['--writes-only'],
  ['--account', '222222222222', '--region', 'eu-west-1'],
])('options leave out of the cache what they leave out of the logs: %s %s', async (...args) => {
  const expected = await runWithout(...args);
  await run();
  // First from stored files, then from rows that were flattened for these options, then the other way round.
  expectSame(await run(...args), expected);
  const again = await run(...args);
  expect(again.reads).toEqual([]);
  expectSame(again, expected);
  rmSync(cache, { recursive: true });
  expectSame(await run(...args), expected);
  expectSame(await run(), await runWithout());
});

test('whatever happened to a file of the cache, the report is right', async () => {
  const expected = await runWithout();
  await run();
  const kept = [...cacheFiles('.pack'), ...cacheFiles('.rows')];
  expect(kept.length).toBeGreaterThanOrEqual(10);
  for (const [i, file] of kept.entries()) {
    const bytes = readFileSync(file);
    const damaged = [
      Buffer.from(bytes).fill(0),
      bytes.subarray(0, bytes.length >> 1),
      Buffer.alloc(0),
      Buffer.concat([bytes.subarray(0, -9), Buffer.from('123456789')]),
    ][i % 4] as Buffer;
    writeFileSync(file, damaged);
  }
  expectSame(await run(), expected);
  for (const file of cacheFiles('')) if (statSync(file).isFile()) rmSync(file);
  expectSame(await run(), expected);
});

test('rows that another version of the program left are not used, even where they are whole: they know less', async () => {
  const expected = await runWithout();
  await run();
  const rows = cacheFiles('.rows');
  expect(rows.length).toBeGreaterThan(0);
  const foreign = rows.map((file) => file.replace(/\.[0-9a-f]{16}\.rows$/, '.0123456789abcdef.rows'));
  rows.forEach((file, i) => renameSync(file, foreign[i] as string));
  const { reads, ...next } = await run();
  expect(reads).toEqual([]);
  expectSame(next, expected);
  // They were made anew from the logs in the cache.
  expect(cacheFiles('.rows')).toEqual(expect.arrayContaining(rows));
});

test('two runs at once on one cache are both right', async () => {
  const expected = await runWithout();
  for (const result of await Promise.all([run(), run()])) expectSame(result, expected);
  const after = await run();
  expect(after.reads).toEqual([]);
  expectSame(after, expected);
});

test('a folder that was read every few minutes gets one pack in place of many', async () => {
  files = new Map([...trail(1, 14)].slice(0, 14));
  const open = openCache();
  for (const [name, content] of files) {
    const version = createHash('md5').update(content).digest('hex');
    const { path: pack = '' } = open.newPack('memory', [{ name, bytes: content.length, version }]) ?? {};
    expect(keepPack(pack, [{ name: path.basename(name), version, content }])).toBeUndefined();
  }
  const first = await run();
  expect(first.reads).toEqual([]);
  expect(cacheFiles('.pack')).toHaveLength(1);
  expectSame(first, await runWithout());
  const second = await run();
  expect(second.reads).toEqual([]);
  expectSame(second, first);
});

test('no more is kept than may be, and what was used last stays', async () => {
  const size = (): number =>
    cacheFiles('').reduce((sum, file) => sum + (statSync(file).isFile() ? statSync(file).size : 0), 0);
  await run();
  const [oldest = ''] = cacheFiles('.pack');
  utimesSync(oldest, 1, 1);
  for (const rows of cacheFiles('.rows')) utimesSync(rows, 1, 1);
  const whole = size();
  const limit = (whole - 100) / 1e9;
  files = new Map([['s3://trail/another/file.json', Buffer.from(logFile(record(5)))]]);
  await run('--cache-max', String(limit));
  expect(size()).toBeLessThan(whole);
  expect(cacheFiles('.pack')).not.toContain(oldest);
  expect(cacheFiles('.pack').length).toBeGreaterThan(2);
});

test('what a killed run left is removed a day later', () => {
  mkdirSync(path.join(cache, 'ab'), { recursive: true, mode: 0o700 });
  const left = path.join(cache, 'ab', 'x.pack.0011.part');
  const fresh = path.join(cache, 'ab', 'y.pack.0011.part');
  for (const file of [left, fresh]) writeFileSync(file, 'x');
  utimesSync(left, 1, 1);
  const open = openCache();
  open.newPack('s', [{ name: 'f/a', bytes: 1, version: 'v' }]);
  open.prune(Date.now());
  expect(cacheFiles('.part')).toEqual([fresh]);
});

describe('a cache that cannot be used or trusted is a sentence, and the report is the same', () => {
  const said: string[] = [];
  const warn = (sentence: string): void => void said.push(sentence);
  beforeEach(() => {
    said.length = 0;
    vi.spyOn(SILENT, 'warn').mockImplementation(warn);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each([
    [
      'write',
      0o777,
      /^The cache in .*cache is not used, because other users can write there. Run "chmod -R go= '.*cache'"\.$/,
    ],
    ['write', 0o720, /other users can write there/],
    ['read', 0o744, /other users can read there/],
  ])('where others can %s in its folder (%o)', async (_, mode, sentence) => {
    const expected = await runWithout();
    await run();
    chmodSync(cache, mode);
    const { reads, ...next } = await run();
    expect(reads).toHaveLength(files.size);
    expect(said).toEqual([expect.stringMatching(sentence)]);
    expectSame(next, expected);
  });

  test.each(['.pack', '.rows', ''])('where others can write to its files (*%s)', async (ending) => {
    const expected = await runWithout();
    await run();
    const kept = ending === '' ? readdirSync(cache).map((name) => path.join(cache, name)) : cacheFiles(ending);
    for (const file of kept) {
      // What stands there is a lie that a cache that was trusted would tell.
      if (ending === '.rows') writeFileSync(file, readFileSync(kept[0] ?? ''));
      chmodSync(file, ending === '' ? 0o777 : 0o666);
    }
    const { reads, ...next } = await run();
    expect(reads).toHaveLength(ending === '.rows' ? 0 : files.size);
    expect(said).toEqual([expect.stringMatching(/other users can access them\. Remove them, or run "chmod -R go= '/)]);
    expectSame(next, expected);
  });

  test.each([
    ['a file stands where its folder should be', () => writeFileSync(cache, '')],
    ['a file stands where the folder above it should be', () => (cache = path.join(cache, '..', 'file', 'cache'))],
  ])('where %s', async (_, prepare) => {
    writeFileSync(path.join(folder, 'file'), '');
    prepare();
    const expected = await runWithout();
    expectSame(await run(), expected);
    expect(said).toEqual([
      `The cache in ${cache} cannot be used (a file exists where a folder is needed). Choose another folder with --cache.`,
    ]);
  });

  test('where files stand in the place of its own folders', async () => {
    mkdirSync(cache, { mode: 0o700 });
    for (let shard = 0; shard < 256; shard++) {
      writeFileSync(path.join(cache, shard.toString(16).padStart(2, '0')), '', { mode: 0o600 });
    }
    const expected = await runWithout();
    expectSame(await run(), expected);
    expect(said).toEqual([`The cache in ${cache} cannot be written: a file exists where a folder is needed.`]);
  });

  test('where the disk is full, and packs that were to be replaced stay', () => {
    const open = LogCache.open({ folder: cache, maxBytes: 1e9 }, '0123456789abcdef', warn);
    const { path: pack = '' } = open?.newPack('memory', [{ name: 'f/a', bytes: 1, version: 'v' }]) ?? {};
    expect(keepPack(pack, [{ name: 'a', version: 'v', content: Buffer.from('x') }])).toBeUndefined();
    expect(keepPack(path.join(pack, 'b'), [])).toBe('a file exists where a folder is needed');
    open?.failed('the disk is full');
    open?.failed('the disk is full');
    open?.removeSuperseded([pack]);
    expect(cacheFiles('.pack')).toEqual([pack]);
    expect(said).toEqual([`The cache in ${cache} cannot be written: the disk is full.`]);
  });
});
