/** Starts the worker threads. */
import { availableParallelism } from 'node:os';
import { MAX_PARTS } from '#scripts/ingest/flatten/part-row.js';
import { bundleWorker } from './bundle.js';
import { WorkerPool } from './pool.js';

/** More threads than this have never helped: the disk and the merging thread are shared. */
const MAX_THREADS = Math.min(8, MAX_PARTS);

export interface Workers {
  readonly pool: WorkerPool;
  /** The program that they run. */
  readonly code: string;
}

/** As many threads as the machine can run at once. To be closed, unless the process ends. */
export async function startWorkers(): Promise<Workers> {
  const code = await bundleWorker();
  return { pool: new WorkerPool(Math.min(availableParallelism(), MAX_THREADS), code), code };
}
