/** Lists the sources and has the workers take in every file, while the listing still goes on. */
import { webcrypto } from 'node:crypto';
import type { Transferable } from 'node:worker_threads';
import type { EventFilter } from '../config.js';
import { CulpritError } from '../errors.js';
import type { Progress } from '../progress.js';
import { UnreadableError, type LogSource } from '../source/port.js';
import type { WorkerPool } from '../workers/pool.js';
import type { StoredFile } from '../workers/tasks.js';
import { batchesOf, type FileBatch, type FoundFile } from './file-batch.js';
import { ByteBudget } from './byte-budget.js';
import { Tally } from './tally.js';

/** Bytes of stored files in memory, and being asked for. */
const MAX_BYTES_AT_ONCE = 128 << 20;
/** Files that are being asked for: enough for every connection to have one, and the next one waiting. */
const MAX_FILES_AT_ONCE = 4096;

/**
 * Reads the files that may hold events into the workers' parts.
 * @param filter which events are kept
 * @param maxInflatedBytes the size above which a file is not read, inflated or not
 * @returns what was found
 */
export async function readLogs(
  sources: readonly LogSource[],
  pool: WorkerPool,
  filter: EventFilter,
  maxInflatedBytes: number,
  progress: Progress,
): Promise<Tally> {
  const tally = new Tally();
  progress.begin('read');
  const [a, b] = webcrypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  await pool.all('beginPart', { filter, maxInflatedBytes, hashKey: [a, b] });
  const reading = new Reading(pool, tally, maxInflatedBytes, progress);
  for await (const batch of batchesOf(sources, tally)) await reading.begin(batch);
  await reading.finish();
  progress.end();
  return tally;
}

/** Batches under way. */
class Reading {
  private readonly bytes = new ByteBudget(MAX_BYTES_AT_ONCE);
  private readonly files = new ByteBudget(MAX_FILES_AT_ONCE);
  private readonly running = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;
  private totalFiles = 0;
  private totalBytes = 0;
  private doneFiles = 0;
  private doneBytes = 0;
  private isListed = false;

  constructor(
    private readonly pool: WorkerPool,
    private readonly tally: Tally,
    private readonly maxInflatedBytes: number,
    private readonly progress: Progress,
  ) {}

  /** Begins with a batch, once there is room for it. */
  async begin(batch: FileBatch): Promise<void> {
    const { files, bytes } = batch;
    this.totalFiles += files.length;
    this.totalBytes += bytes;
    await this.files.take(files.length);
    await this.bytes.take(bytes);
    this.throwFailure();
    const work: Promise<void> = this.read(batch)
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => {
        this.bytes.give(bytes);
        this.files.give(files.length);
        this.running.delete(work);
      });
    this.running.add(work);
  }

  /** Waits for all of them. */
  async finish(): Promise<void> {
    this.isListed = true;
    while (this.running.size > 0) await Promise.race(this.running);
    this.throwFailure();
  }

  private async read({ files, bytes }: FileBatch): Promise<void> {
    const found = await Promise.all(files.map((file) => this.fetch(file)));
    const stored = found.filter((file) => file !== undefined);
    if (stored.length > 0) {
      for (const report of await this.pool.run('ingest', stored, buffersOf(stored))) {
        if (report.reason === undefined) this.tally.add(report);
        else this.lose(report.name, new UnreadableError('unreadable', report.reason));
      }
    }
    this.doneFiles += files.length;
    this.doneBytes += bytes;
    this.progress.update({
      files: this.doneFiles,
      bytes: this.doneBytes,
      events: this.tally.events,
      // While files are still being found, how many there are is not known.
      ...(this.isListed && { totalFiles: this.totalFiles, totalBytes: this.totalBytes }),
    });
  }

  private async fetch(file: FoundFile): Promise<StoredFile | undefined> {
    const { name, source } = file;
    if (file.bytes > this.maxInflatedBytes) {
      this.tally.add({ name, events: 0, filtered: 0, inflatedBytes: 0, faults: { 'too-large': 1 }, ignored: {} });
      return undefined;
    }
    try {
      return { name, content: await source.read(file) };
    } catch (error) {
      // What ends the run for every file is not a fault of this file.
      if (error instanceof CulpritError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      this.lose(name, error instanceof UnreadableError ? error : new UnreadableError('unreadable', reason));
      return undefined;
    }
  }

  private lose(name: string, error: UnreadableError): void {
    this.progress.note(`${name}: ${error.message}`);
    this.tally.addUnreadable(name, error);
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
