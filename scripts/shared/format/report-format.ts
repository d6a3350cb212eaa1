/**
 * The data inside `index.html`, version 3: what the writer embeds and the page's reader expects.
 *
 * The data is one JSON element, {@link MANIFEST_ELEMENT}, and blocks `culprit-block-0 … N-1`, each an inert
 * `<script type="application/octet-stream">` holding base64 of one gzip member. Everything is little-endian; `varint`
 * is unsigned LEB128. Rows are events sorted by time, then eventID.
 *
 * - **time**: per block, varint differences to the row before (the first row of a block: to `start`), times `unit`.
 * - **codes** (a dictionary column, or `identity`): per block, `planes` byte planes, lowest byte first, each as long as
 *   the block has rows: code(row) = Σ plane[p][row] << 8p. Code 0 is the empty string (missing). Where another column is
 *   `given`, the planes hold symbols instead (`predicted-codes.ts`), whose state goes on from block to block.
 * - **dictionary**: string tables (`string-table.ts`); the blocks' strings follow on one another. Of a column with
 *   `lists` these are the names in its cells, and the lists say which names make each distinct cell, and which of them are
 *   the event's targets (`list-table.ts`).
 * - **identity columns**: their codes are per identity, not per row: value(row) = dictionary[codes[identity[row]]].
 * - **detail**: the text and json columns, in segments of rows (`segment.ts`); a block a segment.
 */
import type { Outcome } from '../model/columns.js';
import type { ReportManifest } from '../model/manifest.js';

export const FORMAT_NAME = 'culprit-report';
export const FORMAT_VERSION = 3;
export const MANIFEST_ELEMENT = 'culprit-manifest';
/** Holds an {@link EmbeddedRun}, and stands behind the blocks. */
export const RUN_ELEMENT = 'culprit-run';
export const BLOCK_ELEMENT_PREFIX = 'culprit-block-';

/** A block and how many entries (rows, identities or dictionary values) it holds. */
export interface BlockRef {
  readonly block: number;
  readonly count: number;
}

export interface CodesRef {
  readonly planes: 1 | 2 | 3 | 4;
  /** The column that predicts this one: a column per event, or 'identity'. Undefined where the planes are the codes themselves. */
  readonly given?: string;
  readonly blocks: readonly BlockRef[];
}

export interface EmbeddedColumn {
  readonly name: string;
  readonly per: 'event' | 'identity';
  /** Distinct values, with the empty one at 0. */
  readonly values: number;
  readonly dictionary: readonly BlockRef[];
  /** Of a list column, where its distinct cells are. */
  readonly lists?: readonly BlockRef[];
  readonly codes: CodesRef;
}

/** Counts per bucket of time; bucket i covers [start + i·width, start + (i+1)·width) milliseconds. */
export interface OverTime extends Readonly<Record<Outcome, readonly number[]>> {
  readonly start: number;
  readonly width: number;
}

export interface TopValues {
  /** The most frequent values, most frequent first, ties by value; a value of '' is "missing". */
  readonly top: readonly (readonly [value: string, count: number])[];
  /** How many distinct values there are, '' included where it occurs. */
  readonly distinct: number;
}

/** What differs between two runs over the same input; nothing else of the page does. */
export interface EmbeddedRun {
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  /** Until the page was written. */
  readonly seconds: number;
  readonly command: string;
}

export interface EmbeddedManifest {
  readonly format: typeof FORMAT_NAME;
  readonly version: typeof FORMAT_VERSION;
  /** manifest.json without what differs between runs. */
  readonly report: Omit<ReportManifest, 'run' | 'outputs'>;
  /** Events listed; `report.events` where nothing is unlisted. */
  readonly rows: number;
  readonly identities: number;
  /** How many blocks the page holds. */
  readonly blocks: number;
  /** Of all events, also those that are not listed; for the first view, before any block is decoded. */
  readonly overTime: OverTime;
  readonly top: Readonly<Record<string, TopValues>>;
  readonly time: { readonly start: number; readonly unit: 1 | 1000; readonly blocks: readonly BlockRef[] };
  /** Row → identity. */
  readonly identity: CodesRef;
  readonly columns: readonly EmbeddedColumn[];
  readonly detail: {
    readonly columns: readonly string[];
    readonly segments: readonly BlockRef[];
    /**
     * What a large report leaves to events.tsv, because random IDs do not compress: columns that are not embedded, and
     * columns of which only so many characters are. Empty in a small one.
     */
    readonly omitted: readonly string[];
    readonly shortened: Readonly<Record<string, number>>;
  };
}
