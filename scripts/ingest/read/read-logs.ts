/** Lists the sources and has the workers take in every file, while the listing still goes on. */
import { webcrypto } from 'node:crypto';
import type { Transferable } from 'node:worker_threads';
import { baseName, type FoundPack, type LogCache } from '../cache/log-cache.js';
import { readPack } from '../cache/pack.js';
import type { EventFilter } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { Progress } from '#scripts/run/progress.js';
import { UnreadableError, type ListedFile, type LogSource } from '#scripts/source/port.js';
import type { Verifier } from '#scripts/verify/verifier.js';
import type { WorkerPool } from '#scripts/workers/pool.js';
import type { KeepOrder, StoredFile } from '#scripts/workers/tasks.js';
import { batchesOf, foldersOf, type FoundFolder } from './file-batch.js';
import type { FileReport } from './file-report.js';
import { ByteBudget } from './byte-budget.js';
import { Tally } from './tally.js';

/** Bytes of stored files in memory, and being asked for. */
const MAX_BYTES_AT_ONCE = 128 << 20;
/** Files that are being asked for: enough for every connection to have one, and the next one waiting. */
const MAX_FILES_AT_ONCE = 1536;

export interface ReadOptions {
  /** Which events are kept. */
  readonly filter: EventFilter;
  /** The size above which a file is not read, inflated or not. */
  readonly maxInflatedBytes: number;
  /** Leave secrets in parameters as they are. */
  readonly showSecrets: boolean;
  readonly cache: LogCache | undefined;
  /** Gets what --verify needs. */
  readonly verifier: Verifier | undefined;
}

/** Reads the files that may hold events into the workers' parts; returns what was found. */
export async function readLogs(
  sources: readonly LogSource[],
  pool: WorkerPool,
  options: ReadOptions,
  progress: Progress,
): Promise<Tally> {
  const { filter, maxInflatedBytes, showSecrets, verifier } = options;
  const tally = new Tally();
  progress.begin('read');
  const [a, b] = webcrypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  // Not waited for: a worker does one thing after another, and the listing can begin while the workers start.
  const begun = pool.all('beginPart', {
    filter,
    maxInflatedBytes,
    showSecrets,
    hashKey: [a, b],
    withProofs: verifier !== undefined,
  });
  begun.catch(() => undefined);
  const reading = new Reading(pool, tally, options, progress);
  for await (const folder of foldersOf(sources, tally, verifier)) await reading.begin(folder);
  await begun;
  await reading.finish();
  progress.end();
  return tally;
}

/** A file that the cache could hold. */
type Versioned = ListedFile & { readonly version: string };

/** Where a batch's bytes are, if not in the source, and where they are to be kept. */
interface BatchPlan {
  /** Packs that hold files of the batch. */
  readonly packs?: readonly string[];
  readonly keep?: KeepOrder | undefined;
}

/** What is under way. */
class Reading {
  private readonly bytes = new ByteBudget(MAX_BYTES_AT_ONCE);
  private readonly files = new ByteBudget(MAX_FILES_AT_ONCE);
  private readonly running = new Set<Promise<void>>();
  /** Packs whose files are in others by the end of the run. */
  private readonly superseded: string[] = [];
  private failure: { readonly error: unknown } | undefined;
  private totalFiles = 0;
  private totalBytes = 0;
  private doneFiles = 0;
  private doneBytes = 0;
  private isListed = false;

  constructor(
    private readonly pool: WorkerPool,
    private readonly tally: Tally,
    private readonly options: ReadOptions,
    private readonly progress: Progress,
  ) {}

  /** Begins with a folder's files, once there is room for them. */
  async begin({ source, files }: FoundFolder): Promise<void> {
    for (const { bytes } of files) this.totalBytes += bytes;
    this.totalFiles += files.length;
    const { cache } = this.options;
    const small = files.filter((file) => this.isSmall(file));
    const versioned = small.filter((file): file is Versioned => file.version !== undefined);
    const { cacheName } = source;
    if (cache === undefined || cacheName === undefined || versioned.length < small.length) {
      for (const batch of batchesOf(small)) await this.start(batch, () => this.read(source, batch, {}));
      return;
    }
    const plan = cache.plan(cacheName, versioned);
    if (cache.isScattered(plan)) {
      const old = plan.packs.map(({ path }) => path);
      const together = plan.packs.flatMap(({ files: of }) => of);
      for (const batch of batchesOf(together)) {
        const keep = cache.newPack(cacheName, batch);
        await this.start(batch, () => this.read(source, batch, { packs: old, keep }));
      }
      this.superseded.push(...old);
    } else {
      for (const pack of plan.packs) await this.start(pack.files, () => this.takeIn(source, pack));
    }
    for (const { path, files: of } of plan.single) {
      await this.start(of, () => this.read(source, of, { packs: [path] }));
    }
    for (const batch of batchesOf(plan.missing)) {
      const keep = cache.newPack(cacheName, batch);
      await this.start(batch, () => this.read(source, batch, { keep }));
    }
  }

  /** Waits for all of them. */
  async finish(): Promise<void> {
    this.isListed = true;
    while (this.running.size > 0) await Promise.race(this.running);
    this.throwFailure();
    this.options.cache?.removeSuperseded(this.superseded);
    this.options.cache?.prune(Date.now());
  }

  /** False for a file that is too large to be read, which is counted. */
  private isSmall({ name, bytes }: ListedFile): boolean {
    if (bytes <= this.options.maxInflatedBytes) return true;
    this.options.verifier?.addLog(name, undefined);
    this.tally.add({ name, events: 0, filtered: 0, inflatedBytes: 0, faults: { 'too-large': 1 }, ignored: {} });
    return false;
  }

  private async start(files: readonly ListedFile[], work: () => Promise<readonly FileReport[]>): Promise<void> {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    await this.files.take(files.length);
    await this.bytes.take(bytes);
    this.throwFailure();
    const done: Promise<void> = work()
      .then((reports) => {
        for (const report of reports) {
          if (report.reason === undefined) {
            this.tally.add(report);
            this.options.verifier?.addLog(report.name, report.proof, report);
          } else this.lose(report.name, new UnreadableError('unreadable', report.reason));
        }
        this.tell(files.length, bytes);
      })
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => {
        this.bytes.give(bytes);
        this.files.give(files.length);
        this.running.delete(done);
      });
    this.running.add(done);
  }

  /** Has a worker take in rows that an earlier run flattened; where there are none, has it read the files again. */
  private async takeIn(source: LogSource, pack: FoundPack<Versioned>): Promise<readonly FileReport[]> {
    const { path, rowsPath, hasRows, files } = pack;
    // What --verify proves are bytes, so the events are taken from these bytes and not from rows beside them.
    const mayTrust = hasRows && this.options.verifier === undefined;
    const known = mayTrust ? await this.pool.run('takeInRows', rowsPath) : undefined;
    if (known !== undefined) return known;
    const keep = hasRows && !mayTrust ? undefined : { path: undefined, rowsPath };
    return await this.read(source, files, { packs: [path], keep });
  }

  private async read(
    source: LogSource,
    files: readonly ListedFile[],
    { packs = [], keep }: BatchPlan,
  ): Promise<readonly FileReport[]> {
    const cached = new Map<string, Uint8Array>();
    for (const pack of packs) for (const [name, content] of await readPack(pack)) cached.set(name, content);
    const found = await Promise.all(
      files.map(async (file) => {
        const { name, version = '' } = file;
        const known = cached.get(baseName(name));
        return known === undefined ? await this.fetch(source, file) : { name, version, content: known };
      }),
    );
    const stored = found.filter((file) => file !== undefined);
    if (stored.length === 0) return [];
    // Rows of some files of a pack, or of a file that is no longer what is in it, are not the rows of the pack.
    const isWhole = files.every(({ version = '' }, i) => found[i]?.version === version);
    const order = keep?.path === undefined && !isWhole ? undefined : keep;
    const { reports, cacheFault } = await this.pool.run('ingest', { files: stored, keep: order }, buffersOf(stored));
    if (cacheFault !== undefined) this.options.cache?.failed(cacheFault);
    return reports.map((report) => (cached.has(baseName(report.name)) ? { ...report, isCached: true } : report));
  }

  /** The file as it is now, with the version that was read, which may be another than the listed one. */
  private async fetch(source: LogSource, file: ListedFile): Promise<StoredFile | undefined> {
    try {
      const read = await source.read(file);
      const { name } = file;
      if ('path' in read) return { name, version: '', content: read };
      return { name, version: read.version ?? '', content: read.stored };
    } catch (error) {
      // What ends the run for every file is not a fault of this file.
      if (error instanceof CulpritError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      this.lose(file.name, error instanceof UnreadableError ? error : new UnreadableError('unreadable', reason));
      return undefined;
    }
  }

  private lose(name: string, error: UnreadableError): void {
    this.progress.note(`${name}: ${error.message}`);
    this.tally.addUnreadable(name, error);
    // What has gone meanwhile is missing.
    if (error.code !== 'deleted') this.options.verifier?.addLog(name, undefined);
  }

  private tell(files: number, bytes: number): void {
    this.doneFiles += files;
    this.doneBytes += bytes;
    this.progress.update({
      files: this.doneFiles,
      bytes: this.doneBytes,
      events: this.tally.events,
      // While files are still being found, how many there are is not known.
      ...(this.isListed && { totalFiles: this.totalFiles, totalBytes: this.totalBytes }),
    });
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure.error as Error;
  }
}

/** The memory of the files' bytes, which is given away with them. */
function buffersOf(files: readonly StoredFile[]): Transferable[] {
  const buffers: Transferable[] = [];
  for (const { content } of files) {
    // Small Buffers lie in memory that others share: they are copied.
    if (content instanceof Uint8Array && content.byteLength === content.buffer.byteLength) {
      buffers.push(content.buffer as ArrayBuffer);
    }
  }
  return buffers;
}
