/** What the page and its worker say to one another. */
import type { OwnLists } from '#shared/format/list-table.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import type { Seal } from '#shared/seal/seal.js';
import type { LoweredTexts } from '#shared/columnar/cased-texts.js';
import type { Codes } from '#shared/columnar/codes.js';
import type { ExportPlan, ExportSlice } from './line-writer.js';
import type { Pattern } from '#shared/query/pattern.js';

/** A block, taken out of the document: its gzip bytes, or their base64 where decoding that takes long. */
export interface Block {
  readonly block: number;
  readonly content: Uint8Array<ArrayBuffer> | string;
}

/** What can be asked for, and what comes back. */
export interface Answers {
  times: Float64Array<ArrayBuffer>;
  identity: Codes;
  column: {
    readonly codes: Codes;
    /** The values; of a list column, the names in its cells. */
    readonly dictionary: LoweredTexts;
    readonly lists?: OwnLists;
  };
  /** The row's cells of the detail columns, in their order; JSON text, '' where missing. */
  detail: readonly string[];
  /** The lines of some exported events. */
  lines: Blob;
  /** The rows, ascending, whose details contain the text. */
  mentions: Uint32Array<ArrayBuffer>;
  order: OrderedTexts;
}

/** Each row's text as its place among the different ones, from 1 on; 0 where it has none. */
export interface OrderedTexts {
  readonly codes: Uint32Array<ArrayBuffer>;
  /** How many different ones there are, and none. */
  readonly values: number;
}

export type Question =
  | { readonly kind: 'times' }
  | { readonly kind: 'identity' }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'detail'; readonly row: number }
  | { readonly kind: 'lines'; readonly slice: ExportSlice }
  | { readonly kind: 'mentions'; readonly text: string }
  /** @param column the number of a detail column */
  | { readonly kind: 'order'; readonly column: number };

/** Which events hold a pattern in these detail columns; answered bit by bit, newest first. An order for all
 * columns does not look at values that are names of the row's resources: these are found in that column. */
export interface SearchOrder {
  readonly search: number;
  readonly pattern: Pattern;
  /** Numbers of detail columns. */
  readonly columns: readonly number[];
}

export type ToWorker =
  /** What the events that are exported next are written like; undefined: no more are. */
  | { readonly kind: 'export'; readonly plan: ExportPlan | undefined }
  /** @param seal what the blocks are opened with, where they are encrypted */
  | { readonly kind: 'open'; readonly manifest: EmbeddedManifest; readonly seal: Seal | undefined }
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  /** All blocks of the details are there: they are made ready to be searched. */
  | { readonly kind: 'prepare' }
  /** What is done ahead is put off for so many milliseconds from now. */
  | { readonly kind: 'hold'; readonly time: number }
  /** Replaces the searches that still run. */
  | { readonly kind: 'search'; readonly orders: readonly SearchOrder[] };

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answers[keyof Answers] }
  | ({ readonly kind: 'failed'; readonly id: number } & Failure)
  /** 1 for each matching row of those that start at `firstRow`. */
  | {
      readonly kind: 'hits';
      readonly search: number;
      readonly firstRow: number;
      readonly hits: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'searched'; readonly search: number }
  /** The searches stopped because this regular expression takes too long. */
  | { readonly kind: 'slow'; readonly source: string }
  /** A search stopped because details could not be read. */
  | ({ readonly kind: 'broken' } & Failure);

/** Why something could not be read. */
export interface Failure {
  readonly message: string;
  /** The block that is damaged, where that is why. */
  readonly block?: number;
}
