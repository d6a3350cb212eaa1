/** A worker thread: does the tasks it is sent, one after another. */
import { parentPort, type Transferable } from 'node:worker_threads';
import { CulpritError } from '#scripts/run/errors.js';
import { possibleCopies } from '#scripts/ingest/merge/copies.js';
import { sortTies } from '#scripts/ingest/merge/event-order.js';
import { mergeCodes, mergeIds, mergeResources } from '#scripts/ingest/merge/merge-columns.js';
import type { Part } from '#scripts/ingest/flatten/part.js';
import { PartReader } from './part-reader.js';
import { keyHashes } from '#scripts/bytes/byte-dictionary.js';
import { PageWork } from './page-work.js';
import { StoreWork } from './store-work.js';
import type { TaskResponse, TaskName, TaskRequest, Tasks } from './tasks.js';

/** What the tasks of one phase of a run work on: there from the task that begins the phase to the one that ends it. */
class Phase<T> {
  private work: T | undefined;

  /** @param work undefined ends the phase */
  begin(work: T | undefined): undefined {
    this.work = work;
    return undefined;
  }

  get now(): T {
    if (this.work === undefined) throw new Error('a task came before the phase that it belongs to');
    return this.work;
  }
}

const reading = new Phase<PartReader>();
const merging = new Phase<readonly Part[]>();
const writing = new Phase<StoreWork>();
const embedding = new Phase<PageWork>();

type Handlers = {
  [K in TaskName]: (request: Tasks[K]['request']) => Tasks[K]['response'] | Promise<Tasks[K]['response']>;
};

const HANDLERS: Handlers = {
  beginPart({ settings, withProofs, hashKey }) {
    keyHashes(hashKey);
    reading.begin(new PartReader(settings, withProofs));
    return undefined;
  },
  ingest: ({ files, keep }) => reading.now.ingest(files, keep),
  takeInRows: (path) => reading.now.takeInRows(path),
  finishPart() {
    const part = reading.now.finish();
    reading.begin(undefined);
    return part;
  },

  useParts: (parts) => merging.begin(parts),
  possibleCopies: (of) => possibleCopies(merging.now, of),
  sortTies(ties) {
    sortTies(ties, merging.now);
    return undefined;
  },
  mergeIds: ({ name, entries }) => mergeIds(merging.now, entries, name),
  mergeCodes: ({ name, entries }) => mergeCodes(merging.now, entries, name),
  mergeResources: (entries) => mergeResources(merging.now, entries),

  useStore: (store) => writing.begin(new StoreWork(store)),
  useRules(detections) {
    writing.now.useRules(detections);
    return undefined;
  },
  matchRules: ({ from, to }) => writing.now.matchRules(from, to),
  formatTsv: ({ from, to, guard, spare }) => writing.now.formatTsv(from, to, guard, spare),

  usePageStore: (store) => embedding.begin(new PageWork(store)),
  findResourceNames: () => embedding.now.findResourceNames(),
  useResourceNames(names) {
    embedding.now.useResourceNames(names);
    return undefined;
  },
  embedTimes: ({ start, unit }) => embedding.now.embedTimes(start, unit),
  embedCodes: (name) => embedding.now.embedCodes(name),
  embedStrings: (name) => embedding.now.embedStrings(name),
  embedSegment: ({ selection, from, to }) => embedding.now.embedSegment(selection, from, to),
};

/** The memory of large responses is handed over, not copied; shared memory cannot be and need not. */
function transferable(response: unknown): Transferable[] {
  const views: unknown[] =
    typeof response === 'object' && response !== null && 'blocks' in response
      ? (response.blocks as unknown[])
      : [response];
  const buffers = new Set<Transferable>();
  for (const view of views) {
    // A small Buffer lies in memory that others share.
    if (view instanceof Uint8Array && view.buffer instanceof ArrayBuffer && view.buffer.byteLength > Buffer.poolSize) {
      buffers.add(view.buffer);
    }
  }
  return [...buffers];
}

async function perform<K extends TaskName>({ id, task, request }: TaskRequest<K>): Promise<void> {
  let response: TaskResponse;
  try {
    response = { id, response: await HANDLERS[task](request) };
  } catch (error) {
    response =
      error instanceof CulpritError ? { id, refusal: { kind: error.kind, message: error.message } } : { id, error };
  }
  parentPort?.postMessage(response, transferable(response.response));
}

let last = Promise.resolve();
parentPort?.on('message', (message: TaskRequest) => {
  last = last.then(() => perform(message));
});
