/** Lists the sources and has the workers take in every file. */
import { webcrypto } from 'node:crypto';
import type { Transferable } from 'node:worker_threads';
import pMap from 'p-map';
import type { EventFilter } from '../config.js';
import { CulpritError } from '../errors.js';
import type { Progress } from '../progress.js';
import type { ListedFile, LogSource } from '../source/port.js';
import type { WorkerPool } from '../workers/pool.js';
import type { StoredFile } from '../workers/tasks.js';
import { ByteBudget } from './byte-budget.js';
import { Tally } from './tally.js';

/** Requests at once: more than the processors, because a remote file is mostly waited for. */
const READS_AT_ONCE = 32;
const MAX_BYTES_AT_ONCE = 256 << 20;

export interface FoundFile extends ListedFile {
  readonly source: LogSource;
}

/** Every file of the sources. Throws where a source cannot be listed. */
export async function listFiles(sources: readonly LogSource[], progress: Progress): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  let bytes = 0;
  progress.begin('list');
  for (const source of sources) {
    for await (const file of source.list()) {
      files.push({ ...file, source });
      bytes += file.bytes;
      progress.update({ files: files.length, bytes });
    }
  }
  progress.end();
  return files;
}

/**
 * Reads the files that may hold events into the workers' parts.
 * @param filter which events are kept
 * @param maxInflatedBytes the size above which a file is not read, inflated or not
 * @returns what was found
 */
export async function readFiles(
  files: readonly FoundFile[],
  pool: WorkerPool,
  filter: EventFilter,
  maxInflatedBytes: number,
  progress: Progress,
): Promise<Tally> {
  const tally = new Tally();
  for (const { kind, name } of files) if (kind !== 'events') tally.addIgnored(kind, name);
  const logs = files.filter(({ kind }) => kind === 'events');
  const totalBytes = logs.reduce((sum, { bytes }) => sum + bytes, 0);
  const budget = new ByteBudget(MAX_BYTES_AT_ONCE);
  let done = 0;
  let bytes = 0;
  progress.begin('read');
  const [a, b] = webcrypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  await pool.all('beginPart', { filter, maxInflatedBytes, hashKey: [a, b] });
  await pMap(
    logs,
    async (file) => {
      await budget.take(file.bytes);
      try {
        await readFile(file, pool, tally, maxInflatedBytes, progress);
      } finally {
        budget.give(file.bytes);
      }
      bytes += file.bytes;
      progress.update({ files: ++done, totalFiles: logs.length, bytes, totalBytes, events: tally.events });
    },
    { concurrency: READS_AT_ONCE },
  );
  progress.end();
  return tally;
}

async function readFile(
  file: FoundFile,
  pool: WorkerPool,
  tally: Tally,
  maxBytes: number,
  progress: Progress,
): Promise<void> {
  const { name } = file;
  if (file.bytes > maxBytes) {
    tally.add({ name, events: 0, filtered: 0, inflatedBytes: 0, faults: { 'too-large': 1 }, ignored: {} });
    return;
  }
  let content: StoredFile['content'];
  try {
    content = await file.source.read(file);
  } catch (error) {
    // What ends the run for every file, such as expired credentials, is not a fault of this file.
    if (error instanceof CulpritError) throw error;
    progress.note(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    tally.addUnreadable(name);
    return;
  }
  const report = await pool.run('ingest', ...request(name, content));
  if (report.reason !== undefined) progress.note(`${name}: ${report.reason}`);
  tally.add(report);
}

/** A worker's request for a file, whose bytes are given away. */
function request(name: string, content: StoredFile['content']): [StoredFile, Transferable[]] {
  if (!(content instanceof Uint8Array)) return [{ name, content }, []];
  const owned = content.byteLength === content.buffer.byteLength ? content : content.slice();
  return [{ name, content: owned }, [owned.buffer as ArrayBuffer]];
}
