/**
 * What was read from S3, kept: packs of stored files, and beside each its flattened rows. A pack is written once, under a
 * temporary name, and never changed; so runs at the same time, or killed at any moment, need no locks: at worst a file is
 * kept twice, or not.
 */
import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, type Stats } from 'node:fs';
import path from 'node:path';
import type { CacheConfig } from '#scripts/run/config.js';
import { shellQuoted } from '#scripts/run/shell-quoted.js';
import { isOfAnother, othersCan } from '#scripts/run/private-access.js';
import { readPackIndex, type PackedFile } from './pack.js';

interface WantedFile {
  /** With its folder. */
  readonly name: string;
  readonly bytes: number;
  readonly version: string;
}

/** A pack, all of whose files are wanted. */
export interface FoundPack<F extends WantedFile> {
  readonly path: string;
  readonly files: readonly F[];
  /** Its rows; where they are not there yet, what to write them to. */
  readonly rowsPath: string;
  readonly hasRows: boolean;
}

interface CachedFiles<F extends WantedFile> {
  readonly packs: readonly FoundPack<F>[];
  /** Wanted files in packs that hold others too, by pack. */
  readonly single: readonly { readonly path: string; readonly files: readonly F[] }[];
  /** Files that are not in the cache. */
  readonly missing: readonly F[];
}

/** A new pack's names. */
interface NewPack {
  readonly path: string;
  readonly rowsPath: string;
}

const PACK = '.pack';
const ROWS = '.rows';
export const TEMPORARY = '.part';
/** After this, what has a temporary name was left by a run that was killed. */
const ABANDONED_MS = 86_400_000;
/** When the cache is too large, it is made this much smaller than it may be, so that this is not done each time. */
const PRUNED = 0.9;
/** A folder with more packs than this, from runs every few minutes, gets one in their place. */
const MOST_PACKS = 12;

export class LogCache {
  /** By shard, the packs of each folder, with the rows that are there. */
  private readonly shards = new Map<string, Map<string, Map<string, Set<string>>>>();
  private wrote = false;
  private hasFailed = false;
  private readonly said = new Set<string>();

  private constructor(
    private readonly config: CacheConfig,
    private readonly rowsKey: string,
    private readonly warn: (sentence: string) => void,
  ) {}

  /**
   * The cache, its folder made where there is none; undefined where it cannot be, or must not be used, which `warn` is
   * told: a run without a cache makes the same report.
   * @param rowsKey what flattened rows depend on beside the files: the program and the filter
   */
  static open(config: CacheConfig, rowsKey: string, warn: (sentence: string) => void): LogCache | undefined {
    const { folder } = config;
    let stats: Stats;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      stats = statSync(folder);
    } catch (error) {
      warn(`The cache in ${folder} cannot be used (${cacheFault(error)}). Choose another folder with --cache.`);
      return undefined;
    }
    if (isOfAnother(stats)) {
      warn(
        `The cache in ${folder} is not used, because the folder belongs to another user. Choose another one with --cache.`,
      );
      return undefined;
    }
    const can = othersCan(stats);
    if (can !== undefined) {
      warn(`The cache in ${folder} is not used, because other users can ${can} there. Run "${chmodOf(folder)}".`);
      return undefined;
    }
    return new LogCache(config, rowsKey, warn);
  }

  /** Says what went wrong with the cache, once: what it costs is time. @param why as {@link cacheFault} has it */
  failed(why: string): void {
    if (!this.hasFailed) this.say(`The cache in ${this.config.folder} cannot be written: ${why}.`);
    this.hasFailed = true;
  }

  private say(sentence: string): void {
    if (this.said.has(sentence)) return;
    this.said.add(sentence);
    this.warn(sentence);
  }

  /** Whether a file or folder of the cache is there and only its owner can get at it. */
  private isPrivate(file: string): boolean {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined || stats.isSymbolicLink()) return false;
    if (!isOfAnother(stats) && othersCan(stats) === undefined) return true;
    const { folder } = this.config;
    this.say(
      `Cached files in ${folder} are not used, because other users can access them. Remove them, or run "${chmodOf(folder)}".`,
    );
    return false;
  }

  /** Which of a folder's files are here. @param source what tells equal names of different sources apart */
  find<F extends WantedFile>(source: string, files: readonly F[]): CachedFiles<F> {
    const id = folderId(source, files);
    const wanted = new Map(files.map((file) => [baseName(file.name), file]));
    const packs: FoundPack<F>[] = [];
    const partly: { readonly path: string; readonly index: readonly PackedFile[] }[] = [];
    for (const [pack, rows] of this.packsOf(id)) {
      const file = this.pathOf(id, pack);
      if (!this.isPrivate(file)) continue;
      const index = readPackIndex(file);
      if (index === undefined || index.length === 0) continue;
      const found = index.flatMap((packed) => matching(wanted, packed) ?? []);
      if (found.length < index.length) {
        if (found.length > 0) partly.push({ path: file, index });
        continue;
      }
      touch(file);
      for (const { name } of found) wanted.delete(baseName(name));
      const rowsPath = this.rowsOf(file);
      const hasRows = rows.has(this.rowsKey) && this.isPrivate(rowsPath);
      packs.push({ path: file, files: found, rowsPath, hasRows });
    }
    const single = partly.map(({ path: file, index }) => {
      const found = index.flatMap((packed) => matching(wanted, packed) ?? []);
      for (const { name } of found) wanted.delete(baseName(name));
      touch(file);
      return { path: file, files: found };
    });
    return { packs, single: single.filter(({ files: found }) => found.length > 0), missing: [...wanted.values()] };
  }

  /** Whether a folder has so many packs that one in their place would be read faster. */
  isScattered({ packs }: CachedFiles<WantedFile>): boolean {
    return packs.length > MOST_PACKS;
  }

  /** Names for a pack of files of one folder that are not here yet; undefined where nothing can be written. */
  newPack(source: string, files: readonly WantedFile[]): NewPack | undefined {
    const file = this.pathOf(folderId(source, files), randomBytes(8).toString('hex'));
    try {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    } catch (error) {
      this.failed(cacheFault(error));
      return undefined;
    }
    this.wrote = true;
    return { path: file, rowsPath: this.rowsOf(file) };
  }

  /** Removes packs and their rows, because new ones hold the same; unless something could not be written. */
  removeSuperseded(packs: readonly string[]): void {
    if (this.hasFailed) return;
    for (const pack of packs) {
      const begin = pack.slice(0, -PACK.length);
      const folder = path.dirname(pack);
      for (const name of namesIn(folder)) {
        if (path.join(folder, name).startsWith(begin)) this.removeFile(path.join(folder, name));
      }
    }
  }

  /** Removes what was not used for longest, until the cache is as small as it should be. */
  prune(now: number): void {
    if (!this.wrote) return;
    const packs = new Map<string, { bytes: number; usedAt: number; files: string[] }>();
    let total = 0;
    for (const shard of namesIn(this.config.folder)) {
      for (const name of namesIn(path.join(this.config.folder, shard))) {
        const file = path.join(this.config.folder, shard, name);
        const info = statSync(file, { throwIfNoEntry: false });
        if (info === undefined) continue;
        if (name.endsWith(TEMPORARY)) {
          if (now - info.mtimeMs > ABANDONED_MS) this.removeFile(file);
          continue;
        }
        const begin = path.join(shard, name.split('.')[0] ?? '');
        const pack = packs.get(begin) ?? { bytes: 0, usedAt: 0, files: [] };
        packs.set(begin, pack);
        pack.bytes += info.size;
        pack.usedAt = Math.max(pack.usedAt, info.mtimeMs);
        pack.files.push(file);
        total += info.size;
      }
    }
    if (total <= this.config.maxBytes) return;
    for (const { bytes, files } of [...packs.values()].sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= this.config.maxBytes * PRUNED) break;
      for (const file of files) this.removeFile(file);
      total -= bytes;
    }
  }

  private removeFile(file: string): void {
    try {
      rmSync(file, { force: true });
    } catch (error) {
      this.failed(cacheFault(error));
    }
  }

  private packsOf(id: string): ReadonlyMap<string, ReadonlySet<string>> {
    const shard = id.slice(0, 2);
    let folders = this.shards.get(shard);
    if (folders === undefined) {
      folders = new Map();
      const folder = path.join(this.config.folder, shard);
      for (const name of this.isPrivate(folder) ? namesIn(folder).sort() : []) {
        const match = /^([0-9a-f]{32})-([0-9a-f]{16})(?:\.([0-9a-f]{16}))?(\.pack|\.rows)$/.exec(name);
        if (match === null) continue;
        const [, folder = '', pack = '', key] = match;
        const packs = folders.get(folder) ?? new Map<string, Set<string>>();
        folders.set(folder, packs);
        const rows = packs.get(pack) ?? new Set<string>();
        packs.set(pack, rows);
        if (key !== undefined) rows.add(key);
      }
      this.shards.set(shard, folders);
    }
    return folders.get(id) ?? new Map<string, Set<string>>();
  }

  private pathOf(id: string, pack: string): string {
    return path.join(this.config.folder, id.slice(0, 2), `${id}-${pack}${PACK}`);
  }

  private rowsOf(pack: string): string {
    return `${pack.slice(0, -PACK.length)}.${this.rowsKey}${ROWS}`;
  }
}

/** Why the cache cannot be written, in a few words. */
export function cacheFault(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EEXIST: 'a file exists where a folder is needed',
    ENOTDIR: 'a file exists where a folder is needed',
  };
  return reasons[code] ?? message;
}

function chmodOf(folder: string): string {
  return `chmod -R go= ${shellQuoted(folder)}`;
}

/** What flattened rows depend on, as a name. */
export function rowsKeyOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${String(part.length)}:${part}`);
  return hash.digest('hex').slice(0, 16);
}

/** The wanted file that is in a pack, if it still is what it was. */
function matching<F extends WantedFile>(wanted: ReadonlyMap<string, F>, packed: PackedFile): F | undefined {
  const file = wanted.get(packed.name);
  return file?.version === packed.version && file.bytes === packed.bytes ? file : undefined;
}

/** All files are in the same folder. */
function folderId(source: string, [first]: readonly WantedFile[]): string {
  const folder = first === undefined ? '' : first.name.slice(0, first.name.lastIndexOf('/') + 1);
  return createHash('sha256').update(`${source}\n${folder}`).digest('hex').slice(0, 32);
}

/** A file's name without its folder. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** So that it counts as used. */
function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // Somebody else's, or gone: it is only a little more likely to be removed.
  }
}
