import { expect, test } from 'vitest';
import { embedWithin, type FitWork } from '#scripts/output/html/fit-page.js';
import { pageBytes, writePage } from '#scripts/output/html/page.js';
import { codedColumns } from '#shared/model/columns.js';
import { stringTableOf } from '#shared/format/string-table.js';
import type { CodedColumn, EventStore } from '#scripts/store/event-store.js';

const SHELL = { head: 'h'.repeat(5000), middle: 'é', end: '', tail: '</html>' };

/** Reads, but for every tenth event, which is a change; of one caller. */
function storeOf(rows: number): EventStore {
  const column = (length: number): CodedColumn => ({
    codes: new Uint32Array(length),
    values: stringTableOf(['', 'read', 'change']),
  });
  const outcome = column(rows);
  for (let row = 0; row < rows; row++) outcome.codes[row] = row % 10 === 0 ? 2 : 1;
  return {
    rows,
    times: Float64Array.from({ length: rows }, (_, row) => row * 1000),
    eventTimeText: column(rows),
    identity: new Uint32Array(rows),
    identities: 1,
    coded: {
      ...Object.fromEntries(codedColumns('event').map(({ name }) => [name, column(rows)])),
      ...Object.fromEntries(codedColumns('identity').map(({ name }) => [name, column(1)])),
      outcome,
    },
    targetEnds: outcome.values.ends,
    texts: { poolOf: new Uint8Array(rows), pools: [], ids: {} },
  };
}

/** Work that gives 100 bytes an event, and 3 KB more whatever the events. */
function workOf(used: number[]): FitWork {
  const nothing = { blocks: [], counts: [] };
  return {
    use(store) {
      used.push(store.rows);
      return Promise.resolve();
    },
    codes: () => Promise.resolve({ ...nothing, planes: 1 }),
    strings: () => Promise.resolve(nothing),
    times: () => Promise.resolve({ blocks: [new Uint8Array(3000)], counts: [1] }),
    segment: (_, from, to) => Promise.resolve(new Uint8Array((to - from) * 100)),
  };
}

const REPORT = { report: { events: 1000 } as never, briefing: { lines: [], more: 0, findings: [], rules: 0 } };

test.each([
  ['all events where they fit', 1_000_000, 1_000_000, 1000, 0],
  ['no more rows than the limit', 300, 1_000_000, 300, 700],
  ['one event where nothing fits', 1_000_000, 1, 1, 900],
])('a page lists %s', async (_, rows, bytes, listed, unlistedReads) => {
  const used: number[] = [];
  const { manifest, unlisted } = await embedWithin(storeOf(1000), REPORT, { rows, bytes }, SHELL, workOf(used));
  expect(manifest.rows).toBe(listed);
  expect(used.at(-1)).toBe(listed);
  expect(unlisted?.reads ?? 0).toBe(unlistedReads);
  expect(manifest.report.unlisted).toEqual(unlisted);
  // The totals are of all events.
  expect(manifest.overTime.read.reduce((a, b) => a + b, 0)).toBe(900);
});

test('a page that would be too large is made again with as many events as fit, and nearly fills its limit', async () => {
  const bytes = 80_000;
  const { manifest, blocks, unlisted } = await embedWithin(
    storeOf(1000),
    REPORT,
    { rows: 900, bytes },
    SHELL,
    workOf([]),
  );
  const size = pageBytes(manifest, blocks, SHELL);
  expect(size).toBeLessThanOrEqual(bytes);
  expect(size).toBeGreaterThan(bytes * 0.9);
  expect(unlisted).toMatchObject({ events: 1000 - manifest.rows, changes: 0, from: '1970-01-01T00:00:01Z' });
});

test('the size is known before the page is written, but for the run’s description', async () => {
  const { manifest, blocks } = await embedWithin(storeOf(50), REPORT, { rows: 50, bytes: 1e9 }, SHELL, workOf([]));
  let written = 0;
  const write = (chunk: string | Uint8Array): Promise<void> => {
    written += Buffer.byteLength(chunk);
    return Promise.resolve();
  };
  const run = { startedAt: '2025-03-03T00:00:00Z', seconds: 1, command: 'report' };
  await writePage(manifest, blocks, () => run, write, SHELL);
  const ofRun = written - pageBytes(manifest, blocks, SHELL);
  expect(ofRun).toBeGreaterThanOrEqual(JSON.stringify(run).length);
  expect(ofRun).toBeLessThan(JSON.stringify(run).length + 20);
});
