import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DetailSelection, findResourceNames, SegmentEmbedder } from '#scripts/output/html/embed-blocks.js';
import { embed } from '#scripts/output/html/embed.js';
import { overTime, topValues } from '#scripts/output/html/summary.js';
import { COLUMNS, isCoded, type Outcome, TEXT_COLUMNS } from '#shared/model/columns.js';
import { SegmentReader } from '#shared/format/segment-reader.js';
import { stringTableOf } from '#shared/format/string-table.js';
import { type CodedColumn, type EventStore, textAddress } from '#scripts/store/event-store.js';

const OUTCOMES: readonly Outcome[] = ['change', 'read', 'error'];

/** A coded column of the given values, by row or by identity. */
function coded(values: readonly string[]): CodedColumn {
  const distinct = [...new Set(['', ...values])];
  return { codes: Uint32Array.from(values, (value) => distinct.indexOf(value)), values: stringTableOf(distinct) };
}

interface Event {
  readonly time: number;
  readonly outcome: Outcome;
  readonly actor: string;
  readonly eventName: string;
}

/** A store of events that have these fields and no other. */
function storeOf(events: readonly Event[]): EventStore {
  const actors = [...new Set(events.map(({ actor }) => actor))];
  const none = { event: coded(events.map(() => '')), identity: coded(actors.map(() => '')) };
  const empty = Object.fromEntries(COLUMNS.filter(isCoded).map(({ name, per }) => [name, none[per]]));
  return {
    rows: events.length,
    times: Float64Array.from(events, ({ time }) => time),
    eventTimeText: none.event,
    identity: Uint32Array.from(events, ({ actor }) => actors.indexOf(actor)),
    identities: actors.length,
    coded: {
      ...empty,
      outcome: coded(events.map(({ outcome }) => outcome)),
      actor: coded(actors),
      eventName: coded(events.map(({ eventName }) => eventName)),
    },
    targetEnds: none.event.values.ends,
    texts: { poolOf: new Uint8Array(events.length), pools: [], ids: {} },
  };
}

const DAY = 86_400_000;

const event: fc.Arbitrary<Event> = fc.record({
  time: fc.oneof(
    fc.nat(2 ** 32 - 1).map((second) => second * 1000),
    fc.nat(100_000_000),
  ),
  outcome: fc.constantFrom(...OUTCOMES),
  actor: fc.constantFrom('alice', 'bob', '', 'é'),
  eventName: fc.constantFrom('A', 'B', 'C'),
});
const NOTHING = { lines: [], more: 0, findings: [], rules: 0 };

const events = fc.array(event, { maxLength: 60 }).map((list) => list.sort((a, b) => a.time - b.time));

test('each event is counted in its own bucket of time, under its outcome, in at most 180 buckets', () => {
  fc.assert(
    fc.property(events, (list) => {
      const { start, width, ...series } = overTime(storeOf(list));
      for (const outcome of OUTCOMES) {
        const expected = new Array<number>(series[outcome].length).fill(0);
        for (const { time } of list.filter((one) => one.outcome === outcome)) {
          (expected[Math.floor((time - start) / width)] as number)++;
        }
        expect(series[outcome]).toEqual(expected);
        expect(series[outcome].length).toBeLessThanOrEqual(180);
      }
      // Weeks begin on Mondays, anything shorter at a round time of its day.
      if (width % (7 * DAY) === 0) expect(new Date(start).getUTCDay()).toBe(1);
      else expect(start % width).toBe(0);
    }),
  );
});

test('the most frequent values come first, ties by value, and what is missing counts too', () => {
  const named = (actor: string): Event => ({ time: 0, outcome: 'read', actor, eventName: actor === '' ? 'B' : 'A' });
  const store = storeOf(['bob', 'alice', '', '', 'bob', 'carol', ''].map(named));
  expect(topValues(store, 'actor')).toEqual({
    top: [
      ['', 3],
      ['bob', 2],
      ['alice', 1],
      ['carol', 1],
    ],
    distinct: 4,
  });
  expect(topValues(store, 'eventName').top).toEqual([
    ['A', 4],
    ['B', 3],
  ]);
  const many = storeOf(Array.from({ length: 70 }, (_, i) => named(`actor ${i}`)));
  expect(topValues(many, 'actor')).toMatchObject({ distinct: 70 });
  expect(topValues(many, 'actor').top).toHaveLength(50);
});

test.each([
  [200_000, [], {}],
  [200_001, ['requestID', 'sharedEventID'], { eventID: 8 }],
])('of %i events the page leaves out %j and shortens %j', async (rows, omitted, shortened) => {
  const one: Event = { time: 0, outcome: 'read', actor: 'alice', eventName: 'A' };
  const plans: DetailSelection[] = [];
  const ranges: [from: number, to: number][] = [];
  const nothing = { blocks: [], counts: [] };
  const { manifest } = await embed(
    storeOf(new Array<Event>(rows).fill(one)),
    { report: {} as never, briefing: NOTHING },
    {
      codes: () => Promise.resolve({ ...nothing, planes: 1 }),
      strings: () => Promise.resolve(nothing),
      times: () => Promise.resolve(nothing),
      segment(plan, from, to) {
        plans.push(plan);
        ranges.push([from, to]);
        return Promise.resolve(new Uint8Array(0));
      },
    },
  );
  expect(manifest.detail).toMatchObject({ omitted, shortened });
  const names = TEXT_COLUMNS.map(({ name }) => name).filter((name) => !(omitted as string[]).includes(name));
  for (const plan of plans) expect(plan).toEqual({ columns: names, shortened });
  // The segments cover every row once, in order, and the manifest says how many rows each has.
  expect(ranges.map(([from]) => from)).toEqual([0, ...ranges.slice(0, -1).map(([, to]) => to)]);
  expect(ranges.at(-1)?.[1]).toBe(rows);
  expect(manifest.detail.segments.map(({ count }) => count)).toEqual(ranges.map(([from, to]) => to - from));
});

test('what is shortened stays JSON, whatever it is', () => {
  const cells = [
    '"0123456789abcdef"',
    '"01234567"',
    '"1234567\\u0041b"',
    '"123456\\\\\\\\"',
    '"éééééééééééé"',
    '{"a":"0123456789"}',
    '12345678901234',
    '',
  ];
  const bytes = new Uint8Array(new SharedArrayBuffer(1000));
  const spans = [0, 0];
  let at = 0;
  for (const cell of cells) {
    const text = new TextEncoder().encode(cell);
    bytes.set(text, at);
    spans.push(textAddress(0, at), text.length);
    at += text.length;
  }
  const ids = cells.map((cell, i) => (cell === '' ? 0 : i + 1));
  const store: EventStore = {
    ...storeOf([]),
    coded: { resources: coded(cells.map(() => '')) },
    texts: {
      poolOf: new Uint8Array(cells.length),
      pools: [{ chunks: [bytes], spans: Uint32Array.from(spans) }],
      ids: { eventID: Uint32Array.from(ids) },
    },
  };
  const plan = { columns: ['eventID'], shortened: { eventID: 8 } };
  const block = new SegmentEmbedder(store, findResourceNames(store)).embed(plan, 0, cells.length);
  const reader = new SegmentReader(gunzipSync(block), 1);
  const shown = cells.map((_, row) => reader.cell(0, row, () => []));
  expect(shown.slice(0, 2)).toEqual(['"01234567"', '"01234567"']);
  cells.forEach((cell, row) => {
    if (cell === '') return expect(shown[row]).toBe('');
    const part = JSON.parse(shown[row] as string) as unknown;
    const whole = JSON.parse(cell) as unknown;
    if (typeof whole === 'string') expect(whole.startsWith(part as string)).toBe(true);
    else expect(part).toEqual(whole);
  });
});
