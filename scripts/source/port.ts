/**
 * Where logs come from. The pipeline knows only this; `folder.ts` and `s3.ts` implement it.
 */
import type { LogKind } from './layout.js';

export interface ListedFile {
  /** What people are shown: a path, or s3://bucket/key. Unique within its source. */
  readonly name: string;
  /** Size in bytes as stored. */
  readonly bytes: number;
  /** `events`, or why it is not read. */
  readonly kind: LogKind;
}

export interface LocalPath {
  readonly path: string;
}

export interface LogSource {
  /** Every file below the input, in no particular order. Throws a `CulpritError` of kind `source`. */
  list(): AsyncIterable<ListedFile>;
  /**
   * A file's bytes as stored (still gzip-ed); or, of a file on this machine, its path, which the worker that wants the
   * bytes reads for itself: that costs a third of handing them over. May be called many times at once.
   * Throws when the file cannot be read; the message says why in a few words.
   */
  read(file: ListedFile): Promise<Uint8Array | LocalPath>;
  /** Ends connections. */
  close(): void;
}

/** A source whose files lie elsewhere. */
export interface RemoteSource extends LogSource {
  read(file: ListedFile): Promise<Uint8Array>;
}
