/** Where a report goes with --keep: a dated copy, `latest/`, and a page of the past reports. Pure. */
import { INDEX_DOCUMENT, planObjects, type PlannedObject } from './plan.js';

/** The folder of the newest report, whose address stays the same. */
export const LATEST = 'latest/';

/** A copy's folder, by the minute (UTC) in which its run began: `2026-11-23T02-00Z/`. It sorts by time. */
function datedFolder(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace(':', '-')}Z/`;
}

/** When a folder's report was made, ISO 8601 UTC; undefined for a folder that is no dated copy. */
export function timeOfFolder(folder: string): string | undefined {
  const time = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)Z\/$/.exec(folder);
  if (!time) return undefined;
  const iso = `${time[1] ?? ''}:${time[2] ?? ''}Z`;
  return Number.isNaN(Date.parse(iso)) ? undefined : iso;
}

/** Of folders' names those that are dated copies, the newest first. */
export function datedFolders(names: readonly string[]): string[] {
  return names
    .filter((name) => timeOfFolder(name) !== undefined)
    .sort()
    .reverse();
}

export interface Places {
  /** In the order of upload. */
  readonly objects: readonly PlannedObject[];
  /** The folder that the link leads to: '' or ending in '/'. */
  readonly folder: string;
  /** The copy's folder below the prefix; undefined where none is kept. */
  readonly copy: string | undefined;
}

/**
 * With copies: the copy first, which nobody looks at yet, then `latest/`, then what lies at the prefix itself: the page of
 * the past reports, and the newest manifest for those who read it from there.
 *
 * @param prefix '' or ending in '/'
 * @param at when the run began, where a copy is kept
 */
export function placesOf(prefix: string, at: number | undefined): Places {
  if (at === undefined) return { objects: planObjects(prefix), folder: prefix, copy: undefined };
  const copy = datedFolder(new Date(at));
  const folder = prefix + LATEST;
  return { objects: [prefix + copy, folder, prefix].flatMap(planObjects), folder, copy };
}

/**
 * The keys that readers are to read, the page first: each by its name, since a pattern would open what others leave under
 * names of that form. Of copies it is the page alone: a policy has room for few names.
 * @param copies folders of the copies that are kept
 */
export function readableKeys(prefix: string, { folder, copy }: Places, copies: readonly string[]): string[] {
  const keysOf = (place: string): string[] =>
    planObjects(place)
      .map(({ key }) => key)
      .reverse();
  if (copy === undefined) return keysOf(folder);
  return [...keysOf(folder), ...keysOf(prefix), ...copies.map((name) => prefix + name + INDEX_DOCUMENT)];
}
