/** Reads a batch of files: their bytes from the source or the cache, and what a worker makes of them. */
import type { Transferable } from 'node:worker_threads';
import { CulpritError } from '#scripts/run/errors.js';
import { UnreadableError, type ListedFile, type LogSource } from '#scripts/source/port.js';
import type { WorkerPool } from '#scripts/workers/pool.js';
import type { KeepOrder, StoredFile } from '#scripts/workers/tasks.js';
import { baseName, type FoundPack, type LogCache } from '../cache/log-cache.js';
import { readPack } from '../cache/pack.js';
import type { FileReport } from './file-report.js';

/** A file that the cache could hold. */
export type Versioned = ListedFile & { readonly version: string };

/** Where a batch's bytes are, if not in the source, and where they are to be kept. */
interface BatchPlaces {
  /** Packs that hold files of the batch. */
  readonly packs?: readonly string[];
  readonly keep?: KeepOrder | undefined;
}

export class BatchReader {
  /**
   * @param cache where packs are from @param mayTrustRows rows that were kept may stand for the files
   * @param lose is told of each file that cannot be read
   */
  constructor(
    private readonly pool: WorkerPool,
    private readonly cache: LogCache | undefined,
    private readonly mayTrustRows: boolean,
    private readonly lose: (name: string, error: UnreadableError) => void,
  ) {}

  async read(
    source: LogSource,
    files: readonly ListedFile[],
    { packs = [], keep }: BatchPlaces,
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
    if (cacheFault !== undefined) this.cache?.failed(cacheFault);
    return reports.map((report) => (cached.has(baseName(report.name)) ? { ...report, isCached: true } : report));
  }

  /** Has a worker take in rows that an earlier run flattened; where there are none, has it read the files again. */
  async takeIn(source: LogSource, pack: FoundPack<Versioned>): Promise<readonly FileReport[]> {
    const { path, rowsPath, hasRows, files } = pack;
    const mayTrust = hasRows && this.mayTrustRows;
    const known = mayTrust ? await this.pool.run('takeInRows', rowsPath) : undefined;
    if (known !== undefined) return known;
    const keep = hasRows && !mayTrust ? undefined : { path: undefined, rowsPath };
    return await this.read(source, files, { packs: [path], keep });
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
