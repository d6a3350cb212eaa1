/**
 * Finds the trails in a bucket, or below a prefix of it, by listing a few folders: prefix, organization, accounts,
 * regions. Folders that are not part of a trail are reported but not listed, so that a bucket with logs of other
 * services or with many copies is not walked through.
 */
import type { EventFilter } from '#scripts/run/config.js';
import type { S3Bucket } from '#scripts/aws/bucket.js';
import type { S3Object } from '#scripts/aws/list-page.js';
import { failureOf } from '#scripts/aws/failure.js';
import { kindOfService, levelOf, type LayoutLevel, type LogKind } from '../layout.js';
import { pagesOf } from './pages.js';
import type { Work } from './work-list.js';

/** Trails are seldom deeper in a bucket. */
const SEARCH_DEPTH = 3;
/** The most folders to search for a trail. */
const SEARCH_FOLDERS = 40;
/** The most pages of a folder to search: trails are seldom beside tens of thousands of other objects. */
const SEARCH_PAGES = 10;

interface DiscoveryPorts {
  readonly bucket: Pick<S3Bucket, 'list'>;
  readonly filter: Pick<EventFilter, 'accounts' | 'regions'>;
  /** Whether digests are wanted too. */
  readonly withDigests: boolean;
  readonly add: (work: Work) => void;
  /** Receives objects found where folders were expected. */
  readonly objects: (objects: readonly S3Object[]) => Promise<void>;
  /** Receives a folder that is not listed, and why. */
  readonly skipped: (folder: string, kind: LogKind) => Promise<void>;
  /** Receives a folder that S3 refuses to list. */
  readonly lost: (folder: string, error: unknown) => Promise<void>;
  /** Lists the objects below `prefix`, which is in a region's folder. */
  readonly days: (regionFolder: string, prefix: string) => Promise<void>;
  /** Lists all objects below `prefix`, because it contains no trail. */
  readonly everything: (prefix: string) => Promise<void>;
}

/**
 * Finds everything wanted below `prefix`, which ends with a slash or is empty. Rejects if the prefix cannot be listed.
 */
export async function discover(ports: DiscoveryPorts, prefix: string): Promise<void> {
  const level = levelOf(prefix);
  if (level !== undefined) await enter(ports, prefix, level, true);
  else await search(ports, prefix);
}

/** The content of one folder. */
interface Folder {
  /** Whether this is the complete content. */
  readonly isWhole: boolean;
  readonly name: string;
  readonly objects: readonly S3Object[];
  readonly folders: readonly string[];
}

async function lookInto({ bucket }: DiscoveryPorts, name: string, mostPages = Infinity): Promise<Folder> {
  const objects: S3Object[] = [];
  const folders = new Set<string>();
  let pages = 0;
  for await (const page of pagesOf(bucket, { prefix: name, delimiter: '/' })) {
    for (const object of page.objects) objects.push(object);
    for (const folder of page.folders) folders.add(folder);
    if (page.hasMore && ++pages >= mostPages) return { name, objects, folders: [...folders], isWhole: false };
  }
  return { name, objects, folders: [...folders], isWhole: true };
}

/** Searches for AWSLogs/ folders, level by level; if there is none, everything is listed. */
async function search(ports: DiscoveryPorts, prefix: string): Promise<void> {
  let root: Folder;
  try {
    root = await lookInto(ports, prefix, SEARCH_PAGES);
  } catch (error) {
    // A caller who may only list AWSLogs/*, as AWS recommends, is refused here.
    const below = `${prefix}AWSLogs/`;
    if (failureOf(error).kind !== 'denied') throw error;
    await enter(ports, below, levelOf(below) as LayoutLevel, true);
    return;
  }
  const trails: string[] = [];
  /** The parent of each folder. */
  const parents = new Map<string, string>();
  const looked: Folder[] = [];
  let level = [root];
  let isAll = root.isWhole;
  for (let depth = 0; level.length > 0; depth++) {
    looked.push(...level);
    const next: string[] = [];
    for (const { name, folders } of level) {
      for (const folder of folders) {
        parents.set(folder, name);
        if (levelOf(folder)?.next === 'organization-or-account') trails.push(folder);
        else next.push(folder);
      }
    }
    if (depth === SEARCH_DEPTH || looked.length + next.length > SEARCH_FOLDERS) {
      isAll = false;
      break;
    }
    // A folder that may not be listed contains no trail that can be read.
    const folders = await Promise.all(next.map((name) => lookInto(ports, name, SEARCH_PAGES).catch(() => undefined)));
    level = folders.filter((folder) => folder !== undefined);
    isAll &&= level.length === folders.length && level.every(({ isWhole }) => isWhole);
  }
  if (trails.length === 0) {
    if (isAll) for (const { objects } of looked) await ports.objects(objects);
    else await ports.everything(prefix);
    return;
  }
  for (const trail of trails) {
    ports.add(() => enter(ports, trail, levelOf(trail) as LayoutLevel, false));
  }
  const onTheWay = new Set<string>([prefix]);
  for (const trail of trails) {
    for (let at = parents.get(trail); at !== undefined; at = parents.get(at)) onTheWay.add(at);
  }
  for (const { name, objects, folders, isWhole } of looked) {
    if (!onTheWay.has(name)) continue;
    await ports.objects(objects);
    if (!isWhole) await ports.skipped(name, 'beside-trail');
    for (const folder of folders) {
      if (!onTheWay.has(folder) && !trails.includes(folder)) await ports.skipped(folder, 'beside-trail');
    }
  }
}

/**
 * Continues from a folder of the layout.
 * @param isInput the user named this folder, so a refusal ends the run
 */
async function enter(ports: DiscoveryPorts, name: string, level: LayoutLevel, isInput: boolean): Promise<void> {
  const { accounts, regions } = ports.filter;
  const { account, service, region } = level;
  const kind = service === undefined ? 'events' : kindOfService(service);
  const skip: LogKind | undefined =
    account !== undefined && accounts.length > 0 && !accounts.includes(account)
      ? 'other-account'
      : kind !== 'events' && !(kind === 'digest' && ports.withDigests)
        ? kind
        : region !== undefined && regions.length > 0 && !regions.includes(region)
          ? 'other-region'
          : undefined;
  if (skip !== undefined) {
    await ports.skipped(name, skip);
    return;
  }
  try {
    if (level.regionFolder !== undefined) {
      await ports.days(level.regionFolder, name);
      return;
    }
    const { objects, folders } = await lookInto(ports, name);
    await ports.objects(objects);
    for (const folder of folders) await enterBelow(ports, folder, level);
  } catch (error) {
    const isDenied = failureOf(error).kind === 'denied';
    const guesses = isDenied ? guessedFolders(name, level, ports) : [];
    if (guesses.length > 0) {
      for (const folder of guesses) await enterBelow(ports, folder, level);
    } else if (isInput) throw error;
    else await ports.lost(name, error);
  }
}

async function enterBelow(ports: DiscoveryPorts, folder: string, { next }: LayoutLevel): Promise<void> {
  const level = levelOf(folder);
  // The folder's name does not fit this level.
  if (level === undefined || level.next === next) await ports.skipped(folder, 'other');
  else ports.add(() => enter(ports, folder, level, false));
}

/** The folders that the filter says must exist, for a parent that may not be listed. */
function guessedFolders(name: string, { next }: LayoutLevel, { filter, withDigests }: DiscoveryPorts): string[] {
  switch (next) {
    case 'organization-or-account':
    case 'account':
      return filter.accounts.map((account) => `${name}${account}/`);
    case 'service':
      return [`${name}CloudTrail/`, ...(withDigests ? [`${name}CloudTrail-Digest/`] : [])];
    case 'region':
      return filter.regions.map((region) => `${name}${region}/`);
    default:
      return [];
  }
}
