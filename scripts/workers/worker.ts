/** A worker thread: does the tasks it is sent, one after another. */
import { parentPort, type Transferable } from 'node:worker_threads';
import { CulpritError } from '#scripts/run/errors.js';
import {
  embedCodes,
  embedStrings,
  embedTimes,
  findResourceNames,
  SegmentEmbedder,
} from '#scripts/output/html/embed-blocks.js';
import { possibleCopies } from '#scripts/ingest/merge/copies.js';
import { sortTies } from '#scripts/ingest/merge/event-order.js';
import { keepPack, keepRows } from '#scripts/ingest/cache/keep.js';
import { baseName } from '#scripts/ingest/cache/log-cache.js';
import { readRows } from '#scripts/ingest/cache/rows-file.js';
import { addFault, addIgnored, newFileReport, type FileReport } from '#scripts/ingest/read/file-report.js';
import { Flattener } from '#scripts/ingest/flatten/flattener.js';
import { inflate } from '#scripts/ingest/read/inflate.js';
import { mergeCodes, mergeIds, mergeResources } from '#scripts/ingest/merge/merge-columns.js';
import { readLocalFile } from '#scripts/source/folder/local-file.js';
import { keyHashes } from '#scripts/bytes/byte-dictionary.js';
import { proveStored } from '#scripts/verify/file-proof.js';
import { ruleLogOf } from '#scripts/findings/store-log.js';
import { RuleMatcher } from '#scripts/investigate/findings/sigma/matcher.js';
import type { EventStore } from '#scripts/store/event-store.js';
import { TsvFormatter } from '#scripts/output/tsv/format.js';
import type { StoredFile, TaskResponse, TaskName, TaskRequest, Tasks } from './tasks.js';

let flattener: Flattener | undefined;
let maxInflatedBytes = 0;
let withProofs = false;
let parts: Tasks['useParts']['request'];
let store: EventStore | undefined;
let rules: RuleMatcher | undefined;
let formatter: TsvFormatter | undefined;
let pageStore: EventStore | undefined;
let resourceNames: Tasks['findResourceNames']['response'] | undefined;
let embedder: SegmentEmbedder | undefined;

type Handlers = {
  [K in TaskName]: (request: Tasks[K]['request']) => Tasks[K]['response'] | Promise<Tasks[K]['response']>;
};

const HANDLERS: Handlers = {
  beginPart(request) {
    keyHashes(request.hashKey);
    flattener = new Flattener(request.filter, request.showSecrets);
    ({ maxInflatedBytes, withProofs } = request);
    return undefined;
  },
  ingest({ files, keep }) {
    const into = given(flattener);
    const { size, outOfTime } = into;
    const reports = files.map(ingest);
    if (keep === undefined) return { reports, cacheFault: undefined };
    const contents = files.flatMap(({ name, version, content }) =>
      content instanceof Uint8Array ? { name: baseName(name), version, content } : [],
    );
    let cacheFault = keep.path === undefined ? undefined : keepPack(keep.path, contents);
    // Rows that this run's --since or --until left out would be missing in another run.
    if (cacheFault === undefined && into.outOfTime === outOfTime) {
      cacheFault = keepRows(keep.rowsPath, reports, into.encodeRows(size));
    }
    return { reports, cacheFault };
  },
  takeInRows(path) {
    const kept = readRows(path);
    if (kept === undefined) return undefined;
    const [first, ...rest] = kept.reports;
    const left = given(flattener).decodeRows(kept.rows, kept.reports);
    return first === undefined ? [] : [{ ...first, filtered: first.filtered + left }, ...rest];
  },
  finishPart() {
    const part = given(flattener).finish();
    flattener = undefined;
    return part;
  },
  useParts(request) {
    parts = request;
    return undefined;
  },
  possibleCopies: (of) => possibleCopies(given(parts), of),
  sortTies(ties) {
    sortTies(ties, given(parts));
    return undefined;
  },
  mergeIds: ({ name, entries }) => mergeIds(given(parts), entries, name),
  mergeCodes: ({ name, entries }) => mergeCodes(given(parts), entries, name),
  mergeResources: (entries) => mergeResources(given(parts), entries),
  useStore(request) {
    store = request;
    formatter = undefined;
    return undefined;
  },
  useRules(detections) {
    rules = new RuleMatcher(ruleLogOf(given(store)), detections);
    return undefined;
  },
  matchRules({ from, to }) {
    const matcher = given(rules);
    return { found: matcher.match(from, to), faults: [...matcher.faults] };
  },
  formatTsv({ from, to, guard, spare }) {
    formatter ??= new TsvFormatter(given(store), guard);
    return formatter.format(from, to, spare);
  },
  usePageStore(request) {
    pageStore = request;
    return undefined;
  },
  findResourceNames: () => findResourceNames(given(pageStore)),
  useResourceNames(request) {
    resourceNames = request;
    embedder = undefined;
    return undefined;
  },
  embedTimes: ({ start, unit }) => embedTimes(given(pageStore).times, start, unit),
  embedCodes: (name) => embedCodes(given(pageStore), name),
  embedStrings: (name) => embedStrings(given(pageStore), name, given(resourceNames)),
  embedSegment({ selection, from, to }) {
    embedder ??= new SegmentEmbedder(given(pageStore), given(resourceNames));
    return embedder.embed(selection, from, to);
  },
};

/** Adds a file to this worker's part. */
function ingest({ name, content }: StoredFile): FileReport {
  const report = newFileReport(name);
  let bytes: Uint8Array;
  try {
    bytes = content instanceof Uint8Array ? content : readLocalFile(content.path);
  } catch (error) {
    report.reason = error instanceof Error ? error.message : String(error);
    return report;
  }
  const proven = withProofs ? proveStored(bytes, maxInflatedBytes) : undefined;
  if (proven?.proof !== undefined) report.proof = proven.proof;
  // What has bytes behind its end is read as without --verify: its events are in the report, and the tampering beside.
  const isWhole = proven?.proof?.form === 'gzip' ? proven.bytes : undefined;
  const inflated = inflate(isWhole ?? bytes, maxInflatedBytes);
  for (const fault of inflated.faults) addFault(report, fault);
  if (inflated.isAppleDouble) addIgnored(report, 'apple-double');
  report.inflatedBytes = inflated.bytes.length;
  // Where there is nothing because of a fault, that is enough.
  if (inflated.bytes.length > 0 || (inflated.faults.length === 0 && !inflated.isAppleDouble)) {
    given(flattener).add(inflated.bytes, report, inflated.isTruncated);
  }
  return report;
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a task came before what it works on');
  return value;
}

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
