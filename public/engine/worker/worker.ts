/**
 * The page's worker: decodes columns, reads details, searches the detail text. It holds the compressed blocks; the
 * arrays in its responses are transferred, not copied.
 */
import { targetLists } from '#shared/format/list-table.js';
import { SlowPattern, WorkAccount } from '#shared/query/regex/matcher.js';
import { BrokenBlock } from '../data/broken-block.js';
import { LineWriter, type ExportOptions } from './line-writer.js';
import { BlockStore } from './block-store.js';
import type { WorkerResponses, Failure, FromWorker, WorkerRequest, SearchRequest, ToWorker } from './protocol.js';
import { isTampered, unsealing } from '#public/unlock/unlocked.js';
import { SegmentBytes } from './segment-bytes.js';
import { patternOf } from '#shared/query/pattern.js';
import { TextSearch } from './segment-search.js';
import { Segments } from './segments.js';
import { textColumnOrder } from './text-column-order.js';

interface WorkerScope {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

const scope = self as unknown as WorkerScope;

let store: BlockStore | undefined;
let segments: Segments | undefined;
let exporter: Promise<LineWriter> | undefined;
/** Increases with each request to search; a search that sees another number stops. */
let generation = 0;
/** The time until which background work is postponed. */
let heldUntil = 0;

scope.onmessage = ({ data: message }) => {
  switch (message.kind) {
    case 'open':
      store = new BlockStore(message.manifest, unsealing(message.seal));
      segments = new Segments(store);
      break;
    case 'block':
      opened().store.keep(message.block);
      break;
    case 'export':
      exporter = message.options && beginExport(message.options);
      break;
    case 'request':
      void respond(message.id, message.request);
      break;
    case 'prepare':
      prepare().catch(breakDown);
      break;
    case 'hold':
      heldUntil = performance.now() + message.time;
      break;
    case 'search':
      search(message.orders, ++generation).catch(breakDown);
      break;
  }
};

function breakDown(error: unknown): void {
  if (error instanceof SlowPattern) scope.postMessage({ kind: 'slow', source: error.source }, []);
  else scope.postMessage({ kind: 'broken', ...failureOf(error) }, []);
}

function opened(): { store: BlockStore; segments: Segments } {
  if (!store || !segments) throw new Error('nothing is open');
  return { store, segments };
}

async function respond(id: number, request: WorkerRequest): Promise<void> {
  try {
    const response = await responseTo(request);
    scope.postMessage({ kind: 'response', id, response }, buffersOf(response));
  } catch (error) {
    scope.postMessage({ kind: 'failed', id, ...failureOf(error) }, []);
    // The requester may continue without the response, but the page must not.
    if (isTampered(error)) breakDown(error);
  }
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof BrokenBlock ? { message, block: error.block } : { message };
}

async function responseTo(request: WorkerRequest): Promise<WorkerResponses[keyof WorkerResponses]> {
  const { store, segments } = opened();
  switch (request.kind) {
    case 'times':
      return store.times();
    case 'identity':
      return store.identity();
    case 'column':
      return store.column(request.name);
    case 'detail':
      return segments.cells(request.row);
    case 'lines':
      if (!exporter) throw new Error('no export has begun');
      return (await exporter).write(request.slice);
    case 'mentions':
      return rowsMentioning(segments, request.text);
    case 'order': {
      const { names } = await store.lists('resources');
      return textColumnOrder(segments, request.column, names.texts.table(), spareTask);
    }
  }
}

/** Keeps the bytes of the names, and of the segment that was read last, during the export. */
async function beginExport(options: ExportOptions): Promise<LineWriter> {
  const { store, segments } = opened();
  const column = await store.lists('resources');
  const resources = { lists: column.lists, names: column.names.texts.table() };
  let last: SegmentBytes | undefined;
  return LineWriter.open(options, {
    details: async (row) => {
      if (!last || row < last.from || row >= last.to)
        last = new SegmentBytes(await segments.segmentOf(row), resources.names);
      return last;
    },
    lists: async (name) => {
      if (name === 'resources') return resources;
      if (name === 'target') return { ...resources, lists: targetLists(column.lists) };
      const { lists, names } = await store.lists(name);
      return { lists, names: names.texts.table() };
    },
  });
}

function buffersOf(response: WorkerResponses[keyof WorkerResponses]): Transferable[] {
  if (ArrayBuffer.isView(response)) return [response.buffer];
  if (!('codes' in response)) return [];
  if (!('dictionary' in response)) return [response.codes.buffer];
  const { codes, dictionary, lists } = response;
  const arrays = [codes, dictionary.bytes, dictionary.ends, dictionary.capitals, lists?.members, lists?.ends];
  return arrays.flatMap((array) => (array ? [array.buffer] : []));
}

/**
 * The longest time without a look at other messages, in milliseconds, so that a new search need not wait for an old
 * one.
 */
const LONGEST_TURN = 12;
/** How often found rows are sent, in milliseconds. */
const HAND_OVER = 40;

/** Searches segment by segment, the newest first, and sends the found rows from time to time. */
async function search(orders: readonly SearchRequest[], mine: number): Promise<void> {
  const { segments } = opened();
  const all = orders.map(({ columns }) => columns.length === segments.columns);
  const work = new WorkAccount();
  const texts = orders.map(({ pattern }) => new TextSearch(pattern, work));
  let turn = performance.now();
  let handed = turn;
  let found: Found[] = [];
  for (let number = segments.count - 1; number >= 0; number--) {
    const { firstRow, rows, sections } = await segments.segment(number);
    const hits = orders.map(() => new Uint8Array(rows));
    for (const [i, { columns }] of orders.entries()) {
      for (const column of columns) {
        if (performance.now() - turn > LONGEST_TURN) {
          await nextTask();
          turn = performance.now();
        }
        if (mine !== generation) return;
        const section = sections[column];
        if (section) texts[i]?.search(section, hits[i] as Uint8Array, all[i] === true);
      }
    }
    found.push({ firstRow, hits });
    if (number > 0 && performance.now() - handed < HAND_OVER) continue;
    for (const [i, { search }] of orders.entries()) handOver(search, found, i);
    found = [];
    handed = performance.now();
  }
  for (const { search } of orders) scope.postMessage({ kind: 'searched', search }, []);
}

/** The rows found in one segment, per search. */
interface Found {
  readonly firstRow: number;
  readonly hits: readonly Uint8Array[];
}

/** Sends the rows of adjacent segments, the last first, in one message. */
function handOver(search: number, found: readonly Found[], order: number): void {
  const firstRow = (found.at(-1) as Found).firstRow;
  const hits = new Uint8Array(found.reduce((sum, { hits }) => sum + (hits[order] as Uint8Array).length, 0));
  for (const segment of found) hits.set(segment.hits[order] as Uint8Array, segment.firstRow - firstRow);
  scope.postMessage({ kind: 'hits', search, firstRow, hits }, [hits.buffer]);
}

/** Prepares all segments for searching, one at a time. */
async function prepare(): Promise<void> {
  const { segments } = opened();
  for (let segment = segments.count - 1; segment >= 0; segment--) {
    await segments.segment(segment);
    await spareTask();
  }
}

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port2.onmessage = () => waiting.shift()?.();

/** Resolves after all waiting messages: a message to oneself is queued behind them. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port1.postMessage(null);
  });
}

/** Like `nextTask`, for background work: it yields to what the user has just started. */
async function spareTask(): Promise<void> {
  await nextTask();
  while (performance.now() < heldUntil) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** The rows whose details contain a text, ascending: for an answer, a single request besides the searches of the query box. */
async function rowsMentioning(segments: Segments, text: string): Promise<Uint32Array<ArrayBuffer>> {
  const search = new TextSearch(patternOf(text, false, false));
  const rows: number[] = [];
  for (let number = 0; number < segments.count; number++) {
    const { firstRow, rows: count, sections } = await segments.segment(number);
    const hits = new Uint8Array(count);
    for (const section of sections) search.search(section, hits, false);
    for (let row = 0; row < count; row++) if (hits[row] === 1) rows.push(firstRow + row);
  }
  return Uint32Array.from(rows);
}
