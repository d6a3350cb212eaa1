import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type Finished, report } from '../support/pipeline-run.js';
import { record } from '../support/records.js';
import { expectSameEvents } from '../support/same-events.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const machine = vi.hoisted(() => ({ processors: 1 }));
vi.mock('node:os', async (original) => ({
  ...(await original<object>()),
  availableParallelism: () => machine.processors,
}));

type LogRecord = Record<string, unknown>;

/** Events with what could depend on who reads them first: ties, copies, no IDs, many identities. */
const EVENTS: readonly LogRecord[] = Array.from({ length: 300 }, (_, place) => {
  const i = place % 10 === 9 ? place - 1 : place;
  return record(i % 40, {
    eventID: i % 7 === 6 ? undefined : `id-${i}`,
    eventName: `Call${(i * 7) % 13}`,
    awsRegion: ['eu-west-1', 'us-east-1', undefined][i % 3],
    userIdentity: { type: 'IAMUser', userName: `user-${i % 11}`, accountId: `${100_000_000_000 + (i % 3)}` },
    requestParameters: i % 4 === 0 ? null : { bucketName: `bucket-${i % 5}`, token: 'x'.repeat(i % 50), n: i % 6 },
    errorMessage: i % 9 === 0 ? `error ${i}` : undefined,
    additionalEventData: { 'x-amz-id-2': `${i}`.repeat(20) },
  });
});

interface Layout {
  /** Each event's file and its place in it. */
  readonly places: readonly (readonly [file: number, place: number])[];
  readonly names: readonly string[];
  readonly processors: number;
}

const layouts: fc.Arbitrary<Layout> = fc.record({
  places: fc.array(fc.tuple(fc.nat(6), fc.nat(1000)), { minLength: EVENTS.length, maxLength: EVENTS.length }),
  names: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'), {
    minLength: 7,
    maxLength: 7,
  }),
  processors: fc.integer({ min: 1, max: 3 }),
});

/** Writes the events as the layout says, the files in the order of its names; every second file is gzip-ed. */
function logs({ places, names }: Layout): string {
  const folder = path.join(temporaryFolder(), 'logs');
  mkdirSync(folder);
  names.forEach((name, file) => {
    const events = EVENTS.map((event, i) => ({ event, place: places[i] as Layout['places'][number] }))
      .filter(({ place }) => place[0] === file)
      .sort((a, b) => a.place[1] - b.place[1])
      .map(({ event }) => event);
    const json = JSON.stringify({ Records: events });
    if (file % 2 === 0) writeFileSync(path.join(folder, `${name}.json`), json);
    else writeFileSync(path.join(folder, `${name}.json.gz`), gzipSync(json));
  });
  return folder;
}

function reportOf(layout: Layout): Promise<Finished> {
  machine.processors = layout.processors;
  return report([logs(layout)], path.join(temporaryFolder(), 'out'));
}

const IN_ONE_FILE: Layout = {
  places: EVENTS.map((_, i) => [0, i]),
  names: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
  processors: 1,
};

test('in whatever order, files and threads the events come, the report has the same bytes', async () => {
  const expected = await reportOf(IN_ONE_FILE);
  expect(expected.manifest.events).toBeGreaterThan(200);
  expect(expected.manifest.duplicates).toBeGreaterThan(10);
  expectSameEvents(expected, false);
  await fc.assert(
    fc.asyncProperty(layouts, async (layout) => {
      const { tsv, page } = await reportOf(layout);
      expect(tsv).toBe(expected.tsv);
      expect(page.equals(expected.page)).toBe(true);
    }),
    { numRuns: 5, endOnFailure: true },
  );
});

test('two runs over the same input differ in nothing but what manifest and page say of the run', async () => {
  const layout: Layout = { ...IN_ONE_FILE, places: EVENTS.map((_, i) => [i % 7, i]), processors: 2 };
  const folder = logs(layout);
  machine.processors = 2;
  const out = temporaryFolder();
  const first = await report([folder], path.join(out, 'first'));
  const second = await report([folder], path.join(out, 'second'), undefined, new Date('2026-02-02T02:02:02Z'));
  const withoutRun = ({ page }: Finished): string =>
    page.toString('latin1').replace(/(?<=id="culprit-run">)\{[^<]*\} *(?=<)/, (run) => '-'.repeat(run.length));
  expect(second.tsv).toBe(first.tsv);
  expect(second.page.equals(first.page)).toBe(false);
  expect(withoutRun(second)).toBe(withoutRun(first));
  expect({ ...second.manifest, run: {} }).toEqual({ ...first.manifest, run: {} });
});

test('a dictionary of several blocks and a detail of several segments come back whole', async () => {
  machine.processors = 2;
  const many = Array.from({ length: 40_000 }, (_, i) =>
    JSON.stringify({
      eventTime: new Date(1_700_000_000_000 + i * 1000).toISOString(),
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      userAgent: `agent ${i} ${'x'.repeat(30)}`,
      eventID: `id-${i}`,
      requestParameters: { key: `object-${i % 1000}` },
    }),
  );
  const folder = temporaryFolder({
    'logs/a.jsonl': many.filter((_, i) => i % 2 === 0).join('\n'),
    'logs/b.jsonl': many.filter((_, i) => i % 2 === 1).join('\n'),
  });
  const finished = await report([path.join(folder, 'logs')], path.join(folder, 'out'));
  expect(finished.manifest.events).toBe(40_000);
  expectSameEvents(finished, false);
});
