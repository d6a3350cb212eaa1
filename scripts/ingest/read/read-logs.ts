/** Lists the sources and has the workers take in every file, while the listing still goes on. */
import { webcrypto } from 'node:crypto';
import type { Progress } from '#scripts/run/progress.js';
import { UnreadableError, type ListedFile, type LogSource } from '#scripts/source/port.js';
import type { Verifier } from '#scripts/verify/verifier.js';
import type { WorkerPool } from '#scripts/workers/pool.js';
import type { LogCache } from '../cache/log-cache.js';
import type { IngestSettings } from '../settings.js';
import { BatchReader, type Versioned } from './batch-reader.js';
import { batchesOf, foldersOf, type FoundFolder } from './file-batch.js';
import type { FileReport } from './file-report.js';
import { ReadProgress } from './read-progress.js';
import { Tally } from './tally.js';
import { WorkQueue } from './work-queue.js';

interface ReadOptions {
  readonly settings: IngestSettings;
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
  const { settings, verifier } = options;
  const tally = new Tally();
  progress.begin('read');
  const [a, b] = webcrypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  // Not waited for: a worker does one thing after another, and the listing can begin while the workers start.
  const begun = pool.all('beginPart', { settings, hashKey: [a, b], withProofs: verifier !== undefined });
  begun.catch(() => undefined);
  const reading = new Reading(pool, tally, options, progress);
  for await (const folder of foldersOf(sources, tally, verifier)) await reading.begin(folder);
  await begun;
  await reading.finish();
  progress.end();
  return tally;
}

/** Decides for each folder what is read from the source, what from the cache, and what is kept. */
class Reading {
  private readonly queue = new WorkQueue();
  private readonly batches: BatchReader;
  private readonly told: ReadProgress;
  /** Packs whose files are in others by the end of the run. */
  private readonly superseded: string[] = [];

  constructor(
    pool: WorkerPool,
    private readonly tally: Tally,
    private readonly options: ReadOptions,
    private readonly progress: Progress,
  ) {
    this.told = new ReadProgress(progress);
    const { cache, verifier } = options;
    // What --verify proves are bytes, so the events are taken from these bytes and not from rows beside them.
    this.batches = new BatchReader(pool, cache, verifier === undefined, (name, error) => this.lose(name, error));
  }

  /** Begins with a folder's files, once there is room for them. */
  async begin({ source, files }: FoundFolder): Promise<void> {
    this.told.found(files);
    const { cache } = this.options;
    const small = files.filter((file) => this.isSmall(file));
    const versioned = small.filter((file): file is Versioned => file.version !== undefined);
    const { cacheName } = source;
    if (cache === undefined || cacheName === undefined || versioned.length < small.length) {
      for (const batch of batchesOf(small)) await this.start(batch, () => this.batches.read(source, batch, {}));
      return;
    }
    await this.beginCached(source, cache, cacheName, versioned);
  }

  private async beginCached(
    source: LogSource,
    cache: LogCache,
    cacheName: string,
    files: readonly Versioned[],
  ): Promise<void> {
    const { batches } = this;
    const found = cache.find(cacheName, files);
    if (cache.isScattered(found)) {
      const old = found.packs.map(({ path }) => path);
      const together = found.packs.flatMap(({ files: of }) => of);
      for (const batch of batchesOf(together)) {
        const keep = cache.newPack(cacheName, batch);
        await this.start(batch, () => batches.read(source, batch, { packs: old, keep }));
      }
      this.superseded.push(...old);
    } else {
      for (const pack of found.packs) await this.start(pack.files, () => batches.takeIn(source, pack));
    }
    for (const { path, files: of } of found.single) {
      await this.start(of, () => batches.read(source, of, { packs: [path] }));
    }
    for (const batch of batchesOf(found.missing)) {
      const keep = cache.newPack(cacheName, batch);
      await this.start(batch, () => batches.read(source, batch, { keep }));
    }
  }

  /** Waits for all of them. */
  async finish(): Promise<void> {
    this.told.listed();
    await this.queue.finish();
    this.options.cache?.removeSuperseded(this.superseded);
    this.options.cache?.prune(Date.now());
  }

  /** False for a file that is too large to be read, which is counted. */
  private isSmall({ name, bytes }: ListedFile): boolean {
    if (bytes <= this.options.settings.maxInflatedBytes) return true;
    this.options.verifier?.addLog(name, undefined);
    this.tally.add({ name, events: 0, filtered: 0, inflatedBytes: 0, faults: { 'too-large': 1 }, ignored: {} });
    return false;
  }

  private async start(files: readonly ListedFile[], work: () => Promise<readonly FileReport[]>): Promise<void> {
    await this.queue.start(files, async () => {
      for (const report of await work()) this.add(report);
      this.told.done(files, this.tally.events);
    });
  }

  private add(report: FileReport): void {
    if (report.reason === undefined) {
      this.tally.add(report);
      this.options.verifier?.addLog(report.name, report.proof, report);
    } else this.lose(report.name, new UnreadableError('unreadable', report.reason));
  }

  private lose(name: string, error: UnreadableError): void {
    this.progress.note(`${name}: ${error.message}`);
    this.tally.addUnreadable(name, error);
    // What has gone meanwhile is missing.
    if (error.code !== 'deleted') this.options.verifier?.addLog(name, undefined);
  }
}
