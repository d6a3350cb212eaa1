/**
 * Lists a trail's objects by day. A listing returns 1,000 keys per page, and each page must wait for the previous one.
 * If the first page is not the last, the remaining days are divided into concurrent listings of about one page each.
 */
import type { S3Bucket } from '#scripts/aws/bucket.js';
import type { S3Object } from '#scripts/aws/list-page.js';
import { DAY_MS, dayFolder, type DeliveryDays } from './days.js';
import { deliveryDay } from '../layout.js';
import { pagesOf } from './pages.js';
import type { Work } from './work-list.js';

/** The target number of keys per listing: one page, with room for busier days. */
const KEYS_A_LISTING = 800;
/**
 * The most listings to start without knowing whether there are objects; beyond that, S3 is asked which months exist.
 */
const MOST_GUESSES = 12;
/** The files of a folder are delivered together, unless the folder has more than this. */
const MOST_TOGETHER = 5000;

export interface RangePorts {
  readonly bucket: Pick<S3Bucket, 'list'>;
  readonly add: (work: Work) => void;
  /** Receives objects of one folder. */
  readonly found: (objects: readonly S3Object[]) => Promise<void>;
}

/** Lists what was delivered on `days` below `prefix`, which is in `regionFolder` (`…/REGION/`). Throws S3's error. */
export async function listDays(
  ports: RangePorts,
  regionFolder: string,
  prefix: string,
  { first, end }: DeliveryDays,
): Promise<void> {
  await listRange(
    ports,
    { regionFolder, prefix },
    first === undefined ? undefined : dayKey(regionFolder, first),
    end,
    [],
  );
}

/** Lists everything below `prefix`, page by page. Throws S3's error. */
export async function listEverything(ports: RangePorts, prefix: string): Promise<void> {
  const folder = new FolderBatch(ports.found);
  for await (const { objects } of pagesOf(ports.bucket, { prefix })) await folder.add(objects);
  await folder.flush();
}

interface Span {
  readonly regionFolder: string;
  readonly prefix: string;
}

/** @param carried objects, listed earlier, of the folder in which the range begins */
async function listRange(
  ports: RangePorts,
  span: Span,
  startAfter: string | undefined,
  end: number | undefined,
  carried: readonly S3Object[],
): Promise<void> {
  const { regionFolder, prefix } = span;
  const folder = new FolderBatch(ports.found, carried);
  const endKey = end === undefined ? undefined : dayKey(regionFolder, end);
  let isFirst = true;
  for await (const { objects, hasMore } of pagesOf(ports.bucket, {
    prefix,
    ...(startAfter === undefined ? {} : { startAfter }),
  })) {
    const wanted = endKey === undefined ? objects : objects.filter(({ key }) => key < endKey);
    await folder.add(wanted);
    if (wanted.length < objects.length) break;
    const last = objects.at(-1);
    if (isFirst && hasMore && last !== undefined && shareOut(ports, span, objects, last.key, end, folder)) return;
    isFirst = false;
  }
  await folder.flush();
}

/** Adds listings for what remains after a first page; false if that is not worth it or not possible. */
function shareOut(
  ports: RangePorts,
  span: Span,
  objects: readonly S3Object[],
  lastKey: string,
  end: number | undefined,
  folder: FolderBatch,
): boolean {
  const from = deliveryDay(objects[0]?.key ?? '');
  const day = deliveryDay(lastKey);
  if (from === undefined || day === undefined) return false;
  const next = day + DAY_MS;
  if (end !== undefined && next >= end) return false;
  const keysADay = objects.length / ((day - from) / DAY_MS + 1);
  const step = Math.max(1, Math.floor(KEYS_A_LISTING / keysADay)) * DAY_MS;
  const carried = folder.take();
  ports.add(() => listRange(ports, span, lastKey, next, carried));
  if (end === undefined || (end - next) / step > MOST_GUESSES) {
    ports.add(() => listMonths(ports, span, next, end));
    return true;
  }
  for (let at = next; at < end; at += step) {
    const until = Math.min(at + step, end);
    if (isInside(span, at, until)) ports.add(() => listRange(ports, span, dayKey(span.regionFolder, at), until, []));
  }
  return true;
}

/** Adds a listing for each month with objects: how long a trail goes on is not known in advance. */
async function listMonths(ports: RangePorts, span: Span, from: number, end: number | undefined): Promise<void> {
  const { regionFolder } = span;
  const first = dayKey(regionFolder, from);
  for (const year of await foldersIn(ports, regionFolder)) {
    // The name of a year is a prefix of its days' names.
    if (year < first.slice(0, year.length)) continue;
    for (const month of await foldersIn(ports, year)) {
      if (month < first.slice(0, month.length)) continue;
      const start = deliveryDay(`${month}01/`);
      if (start === undefined) continue;
      const next = startOfNextMonth(start);
      const at = Math.max(from, start);
      const until = end === undefined ? next : Math.min(end, next);
      if (at < until && isInside(span, at, until)) {
        ports.add(() => listRange(ports, span, dayKey(regionFolder, at), until, []));
      }
    }
  }
}

async function foldersIn({ bucket }: RangePorts, prefix: string): Promise<string[]> {
  const folders: string[] = [];
  for await (const page of pagesOf(bucket, { prefix, delimiter: '/' })) folders.push(...page.folders);
  return folders;
}

/** Whether the listing's prefix includes these days: an input may be a year, month or day within a region. */
function isInside({ regionFolder, prefix }: Span, from: number, until: number): boolean {
  const [first, last] = [dayKey(regionFolder, from), dayKey(regionFolder, until - DAY_MS)];
  return first.startsWith(prefix) || last.startsWith(prefix) || (first < prefix && prefix < last);
}

function startOfNextMonth(day: number): number {
  const date = new Date(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** Collects the objects of a folder across pages. */
class FolderBatch {
  private objects: S3Object[];

  constructor(
    private readonly found: RangePorts['found'],
    carried: readonly S3Object[] = [],
  ) {
    this.objects = [...carried];
  }

  async add(objects: readonly S3Object[]): Promise<void> {
    for (const object of objects) {
      const [first] = this.objects;
      if (
        first !== undefined &&
        (this.objects.length >= MOST_TOGETHER || folderOf(first.key) !== folderOf(object.key))
      ) {
        await this.flush();
      }
      this.objects.push(object);
    }
  }

  async flush(): Promise<void> {
    const objects = this.take();
    if (objects.length > 0) await this.found(objects);
  }

  take(): readonly S3Object[] {
    const { objects } = this;
    this.objects = [];
    return objects;
  }
}

function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}

/** A key that sorts before all keys of the day and after all keys of the previous day. */
function dayKey(regionFolder: string, day: number): string {
  return `${regionFolder}${dayFolder(day)}`;
}
