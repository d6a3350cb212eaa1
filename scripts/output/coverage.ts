/** What a run covered: the files that were delivered and the events that are in the report, by account, region and day. */
import type { DayFiles, DeliveredFiles } from '#scripts/ingest/read/delivered-files.js';
import type { Coverage, CoveredPlace } from '#shared/model/coverage.js';
import { stringAt } from '#shared/format/string-table.js';
import type { CodedColumn, EventStore } from '#scripts/store/event-store.js';

const DAY = 86_400_000;
/** 50 accounts in 10 regions over 40 days; about 600 kB of JSON. */
const MOST_CELLS = 20_000;
const MOST_PLACES = 2000;
const MOST_GAPS = 200;
/** What a cell may stand for: a day, about a week, a month, a quarter, a year. */
const STEPS = [1, 7, 28, 91];
const LONGEST_STEP = 364;

/** What is known of one account, region and day (or more days). */
interface Cell extends DayFiles {
  events: number;
  /** Milliseconds since 1970. */
  first: number;
  last: number;
}

interface Place {
  readonly account: string;
  readonly region: string;
  readonly days: Map<number, Cell>;
  events: number;
}

export function describeCoverage(store: EventStore, delivered: DeliveredFiles): Coverage {
  const places = new Map<string, Place>();
  const placeOf = (account: string, region: string): Place => {
    const key = `${account} ${region}`;
    let place = places.get(key);
    if (!place) places.set(key, (place = { account, region, days: new Map(), events: 0 }));
    return place;
  };
  addEvents(store, placeOf);
  for (const { account, region, days } of delivered.places) {
    const place = placeOf(account, region);
    for (const [day, files] of days) Object.assign(cellOf(place.days, day), files);
  }

  const all = [...places.values()];
  const listed = all
    .sort((a, b) => b.events - a.events || byName(a, b))
    .slice(0, MOST_PLACES)
    .sort(byName);
  const daysPerCell = STEPS.find((step) => cellCount(listed, step) <= MOST_CELLS) ?? LONGEST_STEP;
  const gaps = new Map(all.map((place) => [place, gapsOf(place.days)]));
  return {
    daysPerCell,
    places: listed.map((place) => describePlace(place, daysPerCell, gaps.get(place) ?? [])),
    morePlaces: all.length - listed.length,
    unplacedFiles: delivered.unplaced,
    gapDays: [...gaps.values()].flat().reduce((sum, [from, to]) => sum + to - from + 1, 0),
  };
}

/** Events come in order of time, so that a place's cell is the one it had before or a new one. */
function addEvents({ rows, times, coded, identity }: EventStore, placeOf: (a: string, r: string) => Place): void {
  const recipient = coded.recipientAccountId as CodedColumn;
  const caller = coded.accountId as CodedColumn;
  const region = coded.awsRegion as CodedColumn;
  const regions = region.values.length;
  const known = new Map<number, { readonly place: Place; day: number; cell: Cell }>();
  for (let row = 0; row < rows; row++) {
    const time = times[row] as number;
    const day = Math.floor(time / DAY);
    const receiver = recipient.codes[row] as number;
    // Old records do not say which account received them: then it is the caller's.
    const payer = receiver === 0 ? (caller.codes[identity[row] as number] as number) : 0;
    const regionCode = region.codes[row] as number;
    const key = (receiver === 0 ? -1 - payer : receiver) * regions + regionCode;
    let at = known.get(key);
    if (!at) {
      const account = receiver === 0 ? stringAt(caller.values, payer) : stringAt(recipient.values, receiver);
      const place = placeOf(account, stringAt(region.values, regionCode));
      known.set(key, (at = { place, day, cell: cellOf(place.days, day) }));
    } else if (at.day !== day) {
      at.day = day;
      at.cell = cellOf(at.place.days, day);
    }
    at.place.events++;
    addEvent(at.cell, time);
  }
}

function addEvent(cell: Cell, time: number): void {
  cell.events++;
  cell.first = Math.min(cell.first, time);
  cell.last = Math.max(cell.last, time);
}

function cellOf(cells: Map<number, Cell>, day: number): Cell {
  let cell = cells.get(day);
  if (!cell) cells.set(day, (cell = { files: 0, failed: 0, events: 0, first: Infinity, last: -Infinity }));
  return cell;
}

/** Runs of days without a file between days with some, where that is more than the quiet of a region little used. */
function gapsOf(days: ReadonlyMap<number, Cell>): [from: number, to: number][] {
  const delivered = [...days].filter(([, { files }]) => files > 0);
  const withFiles = delivered.map(([day]) => day).sort((a, b) => a - b);
  const first = withFiles[0] as number;
  const last = withFiles.at(-1) as number;
  const span = last - first + 1;
  const files = delivered.reduce((sum, [, of]) => sum + of.files, 0);
  if (withFiles.length < 2 || (withFiles.length * 2 < span && files < 3 * span)) return [];
  return withFiles.slice(1).flatMap((day, i): [number, number][] => {
    const before = withFiles[i] as number;
    return day - before > 1 ? [[before + 1, day - 1]] : [];
  });
}

function describePlace({ account, region, days }: Place, step: number, gaps: [number, number][]): CoveredPlace {
  const cells = new Map<number, Cell>();
  for (const [day, cell] of days) {
    const start = Math.floor(day / step) * step;
    const of = cellOf(cells, start);
    of.files += cell.files;
    of.failed += cell.failed;
    of.events += cell.events;
    of.first = Math.min(of.first, cell.first);
    of.last = Math.max(of.last, cell.last);
  }
  const sorted = [...cells].sort(([a], [b]) => a - b);
  const second = (day: number, time: number, { events }: Cell): number =>
    events === 0 ? -1 : Math.floor((time - day * DAY) / 1000);
  return {
    account,
    region,
    day: sorted.map(([day]) => day),
    files: sorted.map(([, { files }]) => files),
    failed: sorted.map(([, { failed }]) => failed),
    events: sorted.map(([, { events }]) => events),
    first: sorted.map(([day, cell]) => second(day, cell.first, cell)),
    last: sorted.map(([day, cell]) => second(day, cell.last, cell)),
    gaps: gaps.slice(0, MOST_GAPS).map(([from, to]) => [isoDay(from), isoDay(to)] as const),
  };
}

function cellCount(places: readonly Place[], step: number): number {
  return places.reduce((sum, { days }) => sum + new Set([...days.keys()].map((day) => Math.floor(day / step))).size, 0);
}

function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

function byName(a: Place, b: Place): number {
  if (a.account !== b.account) return a.account < b.account ? -1 : 1;
  return a.region < b.region ? -1 : 1;
}
