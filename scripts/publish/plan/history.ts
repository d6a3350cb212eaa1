/** Where a report is stored with --keep: a dated copy, `latest/`, and an index page of past reports. Pure. */
import { INDEX_DOCUMENT, planObjects, type PlannedObject } from './plan.js';

/** The folder of the newest report; its address stays the same. */
export const LATEST = 'latest/';

/** The folder of a copy, by the minute (UTC) in which its run began: `2026-11-23T02-00Z/`. Sorts by time. */
function datedFolder(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace(':', '-')}Z/`;
}

/** When the report in a folder was made, ISO 8601 UTC; undefined if the folder is not a dated copy. */
export function timeOfFolder(folder: string): string | undefined {
  const time = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)Z\/$/.exec(folder);
  if (!time) return undefined;
  const iso = `${time[1] ?? ''}:${time[2] ?? ''}Z`;
  return Number.isNaN(Date.parse(iso)) ? undefined : iso;
}

/** The dated copies among folder names, newest first. */
export function datedFolders(names: readonly string[]): string[] {
  return names
    .filter((name) => timeOfFolder(name) !== undefined)
    .sort()
    .reverse();
}

export interface Places {
  /** In the order of upload. */
  readonly objects: readonly PlannedObject[];
  /** The folder that the link points to: '' or a prefix that ends with '/'. */
  readonly folder: string;
  /** The folder of the copy, below the prefix; undefined without --keep. */
  readonly copy: string | undefined;
}

/**
 * With copies: first the copy, which nobody opens yet, then `latest/`, then the objects at the prefix itself: the index
 * page of past reports, and the newest manifest for programs that read it there.
 *
 * @param prefix '' or a prefix that ends with '/'
 * @param at when the run began, if a copy is kept
 */
export function placesOf(prefix: string, at: number | undefined): Places {
  if (at === undefined) return { objects: planObjects(prefix), folder: prefix, copy: undefined };
  const copy = datedFolder(new Date(at));
  const folder = prefix + LATEST;
  return { objects: [prefix + copy, folder, prefix].flatMap(planObjects), folder, copy };
}

/**
 * The keys that readers may read, the page first. Each key is named, because a pattern would also open objects that
 * others create under matching names. For copies, only the page is included: a policy has room for few names.
 * @param copies the folders of the kept copies
 */
export function readableKeys(prefix: string, { folder, copy }: Places, copies: readonly string[]): string[] {
  const keysOf = (place: string): string[] =>
    planObjects(place)
      .map(({ key }) => key)
      .reverse();
  if (copy === undefined) return keysOf(folder);
  return [...keysOf(folder), ...keysOf(prefix), ...copies.map((name) => prefix + name + INDEX_DOCUMENT)];
}
