/** The messages between the page and its worker. */
import type { OwnLists } from '#shared/format/list-table.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import type { Seal } from '#shared/seal/seal.js';
import type { LoweredTexts } from '#shared/columnar/cased-texts.js';
import type { Codes } from '#shared/columnar/codes.js';
import type { ExportOptions, ExportSlice } from './line-writer.js';
import type { Pattern } from '#shared/query/pattern.js';

/** A block from the document: its gzip bytes, or their Base64 if decoding would take long. */
export interface Block {
  readonly block: number;
  readonly content: Uint8Array<ArrayBuffer> | string;
}

/** The response to each kind of request. */
export interface WorkerResponses {
  times: Float64Array<ArrayBuffer>;
  identity: Codes;
  column: {
    readonly codes: Codes;
    /** The values; for a list column, the names in its cells. */
    readonly dictionary: LoweredTexts;
    readonly lists?: OwnLists;
  };
  /** The row's cells of the detail columns, in order; JSON text, '' if missing. */
  detail: readonly string[];
  /** The lines of some exported events. */
  lines: Blob;
  /** The rows, ascending, whose details contain the text. */
  mentions: Uint32Array<ArrayBuffer>;
  order: OrderedTexts;
}

/** Each row's text as its rank among the distinct ones, from 1 on; 0 if it has none. */
export interface OrderedTexts {
  readonly codes: Uint32Array<ArrayBuffer>;
  /** The number of distinct texts, including none. */
  readonly values: number;
}

export type WorkerRequest =
  | { readonly kind: 'times' }
  | { readonly kind: 'identity' }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'detail'; readonly row: number }
  | { readonly kind: 'lines'; readonly slice: ExportSlice }
  | { readonly kind: 'mentions'; readonly text: string }
  /** @param column the number of a detail column */
  | { readonly kind: 'order'; readonly column: number };

/**
 * A search for the events that contain a pattern in these detail columns; hits are sent incrementally, newest first. A
 * search of all columns skips values that are names of the row's resources, because those are found in that column.
 */
export interface SearchRequest {
  readonly search: number;
  readonly pattern: Pattern;
  /** Numbers of detail columns. */
  readonly columns: readonly number[];
}

export type ToWorker =
  /** How the following events are exported; undefined: the export has ended. */
  | { readonly kind: 'export'; readonly options: ExportOptions | undefined }
  /** @param seal decrypts the blocks of an encrypted page */
  | { readonly kind: 'open'; readonly manifest: EmbeddedManifest; readonly seal: Seal | undefined }
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'request'; readonly id: number; readonly request: WorkerRequest }
  /** All blocks of the details have been sent: they are prepared for searching. */
  | { readonly kind: 'prepare' }
  /** Background work is postponed for this number of milliseconds. */
  | { readonly kind: 'hold'; readonly time: number }
  /** Replaces all running searches. */
  | { readonly kind: 'search'; readonly orders: readonly SearchRequest[] };

export type FromWorker =
  | { readonly kind: 'response'; readonly id: number; readonly response: WorkerResponses[keyof WorkerResponses] }
  | ({ readonly kind: 'failed'; readonly id: number } & Failure)
  /** 1 for each matching row, starting at `firstRow`. */
  | {
      readonly kind: 'hits';
      readonly search: number;
      readonly firstRow: number;
      readonly hits: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'searched'; readonly search: number }
  /** The searches were stopped because this regular expression takes too long. */
  | { readonly kind: 'slow'; readonly source: string }
  /** A search was stopped because details could not be read. */
  | ({ readonly kind: 'broken' } & Failure);

/** Why something could not be read. */
export interface Failure {
  readonly message: string;
  /** The damaged block, if that is the reason. */
  readonly block?: number;
}
