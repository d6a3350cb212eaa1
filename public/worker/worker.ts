/**
 * The page's worker: decodes columns, reads details, searches the detail text. It holds the packed blocks; what it
 * answers is handed over, not copied.
 */
import { SlowPattern } from '../../scripts/shared/query/regex/matcher.js';
import { BlockStore } from './block-store.js';
import { rowsMentioning } from './mentions.js';
import type { Answers, FromWorker, Question, ToWorker } from './protocol.js';
import { SectionSearch } from './segment-search.js';
import { Segments } from './segments.js';

interface WorkerScope {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

const scope = self as unknown as WorkerScope;

let store: BlockStore | undefined;
let segments: Segments | undefined;
/** Goes up with each order to search; a search that sees another number stops. */
let generation = 0;

scope.onmessage = ({ data: message }) => {
  switch (message.kind) {
    case 'open':
      store = new BlockStore(message.manifest);
      segments = new Segments(store);
      break;
    case 'blocks':
      opened().store.keep(message.blocks);
      break;
    case 'ask':
      void respond(message.id, message.question);
      break;
    case 'search':
      search(message.orders, ++generation).catch((error: unknown) => {
        if (error instanceof SlowPattern) scope.postMessage({ kind: 'slow', source: error.source }, []);
        else scope.postMessage({ kind: 'broken', message: messageOf(error) }, []);
      });
      break;
  }
};

function opened(): { store: BlockStore; segments: Segments } {
  if (!store || !segments) throw new Error('nothing is open');
  return { store, segments };
}

async function respond(id: number, question: Question): Promise<void> {
  try {
    const answer = await answerTo(question);
    scope.postMessage({ kind: 'answer', id, answer }, buffersOf(answer));
  } catch (error) {
    scope.postMessage({ kind: 'failed', id, message: messageOf(error) }, []);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function answerTo(question: Question): Promise<Answers[keyof Answers]> {
  const { store, segments } = opened();
  switch (question.kind) {
    case 'times':
      return store.times();
    case 'identity':
      return store.identity();
    case 'column':
      return store.column(question.name);
    case 'detail':
      return segments.cells(question.row);
    case 'mentions':
      return rowsMentioning(segments, question.text);
  }
}

function buffersOf(answer: Answers[keyof Answers]): Transferable[] {
  if (ArrayBuffer.isView(answer)) return [answer.buffer];
  if (!('dictionary' in answer)) return [];
  const { codes, dictionary } = answer;
  return [codes.buffer, dictionary.bytes.buffer as ArrayBuffer, dictionary.ends.buffer as ArrayBuffer];
}

/** Searches segment by segment, the newest first, and looks for other messages between two. */
async function search(orders: Extract<ToWorker, { kind: 'search' }>['orders'], mine: number): Promise<void> {
  const { segments } = opened();
  for (let segment = segments.count - 1; segment >= 0; segment--) {
    const reader = await segments.read(segment);
    await nextTask();
    if (mine !== generation) return;
    const sections = reader.sections.map(
      (section, column) => new SectionSearch(section, (row) => reader.cell(column, row)),
    );
    for (const { search, pattern, columns } of orders) {
      const hits = new Uint8Array(reader.rows);
      for (const column of columns) sections[column]?.search(pattern, hits);
      const firstRow = segments.firstRows[segment] as number;
      scope.postMessage({ kind: 'hits', search, firstRow, hits }, [hits.buffer]);
    }
  }
  for (const { search } of orders) scope.postMessage({ kind: 'searched', search }, []);
}

const { port1, port2 } = new MessageChannel();

/** After the messages that wait already: a message to oneself comes behind them. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    port2.onmessage = () => resolve();
    port1.postMessage(null);
  });
}
