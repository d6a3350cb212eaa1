/**
 * The data inside `index.html`, version 3: what the writer embeds and the page reads.
 *
 * The data consists of a JSON element, {@link MANIFEST_ELEMENT}, and blocks `culprit-block-0 … N-1`: inert
 * `<script type="application/octet-stream">` elements, each with the Base64 of one gzip member. Numbers are
 * little-endian; `varint` is unsigned LEB128. Rows are events, sorted by time, then eventID.
 *
 * - **time**: per block, varint differences to the previous row (the first row of a block: to `start`), in multiples of
 *   `unit`.
 * - **codes** (of a dictionary column, or `identity`): per block, `planes` byte planes, lowest byte first, each with
 *   one byte per row of the block: code(row) = Σ plane[p][row] << 8p. Code 0 is the empty string (missing). If another
 *   column is `given`, the planes hold symbols instead (`predicted-codes.ts`), whose state continues from block to block.
 * - **dictionary**: string tables (`string-table.ts`); the strings of all blocks are one sequence. For a column with
 *   `lists`, these are the names in its cells; the lists say which names form each distinct cell, and which of them are
 *   the event's targets (`list-table.ts`).
 * - **identity columns**: their codes are per identity, not per row: value(row) = dictionary[codes[identity[row]]].
 * - **detail**: the text and json columns, in segments of rows (`segment.ts`), one block per segment.
 */
import type { EmbeddedBriefing } from '../model/briefing.js';
import type { Outcome } from '../model/columns.js';
import type { ReportManifest } from '../model/manifest.js';

export const FORMAT_NAME = 'culprit-report';
export const FORMAT_VERSION = 3;
export const MANIFEST_ELEMENT = 'culprit-manifest';
/** Contains an {@link EmbeddedRun}; it comes after the blocks. */
export const RUN_ELEMENT = 'culprit-run';
export const BLOCK_ELEMENT_PREFIX = 'culprit-block-';

/** A block, and the number of its entries (rows, identities or dictionary values). */
export interface BlockRef {
  readonly block: number;
  readonly count: number;
}

export interface CodesRef {
  readonly planes: 1 | 2 | 3 | 4;
  /**
   * The column that predicts this one: a column per event, or 'identity'. Undefined if the planes are the codes
   * themselves.
   */
  readonly given?: string;
  readonly blocks: readonly BlockRef[];
}

export interface EmbeddedColumn {
  readonly name: string;
  readonly per: 'event' | 'identity';
  /** The number of distinct values, including the empty one at 0. */
  readonly values: number;
  readonly dictionary: readonly BlockRef[];
  /** For a list column, the blocks of its distinct cells. */
  readonly lists?: readonly BlockRef[];
  readonly codes: CodesRef;
}

/** Counts per time bucket; bucket i covers [start + i·width, start + (i+1)·width) milliseconds. */
export interface OverTime extends Readonly<Record<Outcome, readonly number[]>> {
  readonly start: number;
  readonly width: number;
}

export interface TopValues {
  /** The most frequent values, in descending order of frequency, then by value; '' means "missing". */
  readonly top: readonly (readonly [value: string, count: number])[];
  /** The number of distinct values, including '' if it occurs. */
  readonly distinct: number;
}

/** The only part of the page that differs between two runs over the same input. */
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
  /** manifest.json without the parts that differ between runs. */
  readonly report: Omit<ReportManifest, 'run' | 'outputs'>;
  /** What the page says first. */
  readonly briefing: EmbeddedBriefing;
  /** The number of listed events; equal to `report.events` unless some are unlisted. */
  readonly rows: number;
  readonly identities: number;
  /** The number of blocks in the page. */
  readonly blocks: number;
  /** Counts of all events, including unlisted ones; for the first view, before any block is decoded. */
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
     * Data that a large page leaves to events.tsv, because random IDs do not compress: columns that are not embedded,
     * and columns with shortened values. Empty in a small page.
     */
    readonly omitted: readonly string[];
    readonly shortened: Readonly<Record<string, number>>;
  };
}
