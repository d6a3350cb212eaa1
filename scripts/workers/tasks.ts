/** What a worker can be asked for: each task's request and its response. */
import type { ErrorKind } from '#scripts/run/errors.js';
import type {
  Blocks,
  CodeBlocks,
  DetailSelection,
  ResourceNameSpans,
  StringBlocks,
} from '#scripts/output/html/embed-blocks.js';
import type { IngestSettings } from '#scripts/ingest/settings.js';
import type { HashShare } from '#scripts/ingest/merge/copies.js';
import type { MergedResources } from '#scripts/ingest/merge/merge-columns.js';
import type { Ties } from '#scripts/ingest/merge/event-order.js';
import type { FileReport } from '#scripts/ingest/read/file-report.js';
import type { DictionarySlot, Part, SlotName, TextSlot } from '#scripts/ingest/flatten/part.js';
import type { Expression } from '#scripts/investigate/findings/sigma/expression.js';
import type { LocalPath } from '#scripts/source/port.js';
import type { CodedColumn, EventStore } from '#scripts/store/event-store.js';

/** A file as stored, or where it lies on this machine. */
export interface StoredFile {
  readonly name: string;
  /** Its ETag; '' where it has none. */
  readonly version: string;
  readonly content: Uint8Array | LocalPath;
}

/** A column of all parts, and the order of their events. */
interface OrderedColumn<Name extends SlotName> {
  readonly name: Name;
  readonly entries: Uint32Array;
}

/** Where files and their rows are kept. */
export interface KeepOrder {
  /** Undefined where the pack is there already. */
  readonly path: string | undefined;
  readonly rowsPath: string;
}

export interface IngestAnswer {
  readonly reports: readonly FileReport[];
  /** Why nothing could be kept. */
  readonly cacheFault: string | undefined;
}

export interface Tasks {
  /** Begins this worker's part. */
  beginPart: {
    request: {
      settings: IngestSettings;
      hashKey: readonly [number, number];
      /** Each file's report has its proof. */
      withProofs: boolean;
    };
    response: undefined;
  };
  /** Adds files to this worker's part. */
  ingest: { request: { files: readonly StoredFile[]; keep: KeepOrder | undefined }; response: IngestAnswer };
  /** Adds the rows in a file of the cache to this worker's part; undefined where it holds none that can be used. */
  takeInRows: { request: string; response: readonly FileReport[] | undefined };
  /** Ends this worker's part. */
  finishPart: { request: undefined; response: Part };
  /** Gives the worker all parts, which the next five need; undefined lets go of them. */
  useParts: { request: readonly Part[] | undefined; response: undefined };
  possibleCopies: { request: HashShare; response: Uint32Array };
  sortTies: { request: Ties; response: undefined };
  mergeIds: { request: OrderedColumn<TextSlot>; response: Uint32Array };
  mergeCodes: { request: OrderedColumn<DictionarySlot>; response: CodedColumn };
  mergeResources: { request: Uint32Array; response: MergedResources };
  /** Gives the worker the store that the tasks below read. */
  useStore: { request: EventStore; response: undefined };
  /** Gives the worker the detections of all rules, for the task below. */
  useRules: { request: readonly Expression[]; response: undefined };
  /** By detection the rows that it finds, and those that were given up, with why. */
  matchRules: {
    request: { from: number; to: number };
    response: { found: readonly Uint32Array[]; faults: readonly (readonly [rule: number, why: string])[] };
  };
  formatTsv: {
    request: { from: number; to: number; guard: boolean; spare: ArrayBuffer | undefined };
    response: Uint8Array;
  };
  /** Gives the worker the store that the page is made of, for the tasks below. */
  usePageStore: { request: EventStore; response: undefined };
  /** Finds the names of the page's resources, which all workers are given then. */
  findResourceNames: { request: undefined; response: ResourceNameSpans };
  useResourceNames: { request: ResourceNameSpans; response: undefined };
  embedTimes: { request: { start: number; unit: number }; response: Blocks };
  /** A column's name, or 'identity'. */
  embedCodes: { request: string; response: CodeBlocks };
  embedStrings: { request: string; response: StringBlocks };
  embedSegment: { request: { selection: DetailSelection; from: number; to: number }; response: Uint8Array };
}

export type TaskName = keyof Tasks;

export interface TaskRequest<K extends TaskName = TaskName> {
  readonly id: number;
  readonly task: K;
  readonly request: Tasks[K]['request'];
}

export interface TaskResponse {
  readonly id: number;
  readonly response?: unknown;
  readonly error?: unknown;
  /** A `CulpritError`, whose class does not survive the way between threads. */
  readonly refusal?: { readonly kind: ErrorKind; readonly message: string };
}
