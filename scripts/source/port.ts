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
  /** What changes with the content (an ETag), where the source tells it without reading: only such files are cached. */
  readonly version?: string;
}

/** A folder of which nothing is listed: it holds no events that are wanted, or it cannot be listed. */
export interface ListedFolder {
  /** As a file's name, with a slash at its end. */
  readonly folder: string;
  readonly kind: LogKind | UnreadableError;
}

export interface LocalPath {
  readonly path: string;
}

/** A file's bytes as stored (still gzip-ed), and the version that they are: another than was listed where the file was written again since. */
export interface StoredLog {
  readonly stored: Uint8Array;
  readonly version?: string;
}

export interface LogSource {
  /**
   * Every file below the input, while it is being found; the files of a folder one after another. Throws a `CulpritError`
   * of kind `source` where nothing can be listed at all.
   */
  list(): AsyncIterable<ListedFile | ListedFolder>;
  /**
   * A file's bytes; or, of a file on this machine, its path, which the worker that wants the bytes reads for itself: that
   * costs a third of handing them over. May be called many times at once.
   * Throws an `UnreadableError` where the file cannot be read.
   */
  read(file: ListedFile): Promise<StoredLog | LocalPath>;
  /** What tells files of this source from those of others by the same name; undefined where they are not cached. */
  readonly cacheName: string | undefined;
  /** What the source did so far, for `run` in the manifest. */
  readonly requests: SourceRequests | undefined;
  /** What --verify needs; undefined where a source has no digests. */
  readonly digests?: DigestAccess;
  /** Ends connections. */
  close(): void;
}

interface DigestAccess {
  /** As `LogSource.read`. */
  read(file: ListedFile): Promise<StoredDigest>;
  /** Whether a log or digest that CloudTrail delivered to this address would have been listed, were it there. */
  wouldList(bucket: string, key: string): boolean;
}

/** A digest's bytes as stored, and what S3 keeps beside them: its user metadata, names in small letters. */
export interface StoredDigest {
  readonly stored: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A source whose files lie elsewhere. */
export interface RemoteSource extends LogSource {
  read(file: ListedFile): Promise<StoredLog>;
  readonly requests: SourceRequests;
  readonly cacheName: string;
}

interface SourceRequests {
  readonly lists: number;
  readonly gets: number;
  /** Requests that were made again. */
  readonly retries: number;
  /** How often S3 asked for fewer requests. */
  readonly slowDowns: number;
}

/** Why a file is missing from the report, in so far as a person can do something about it. */
export type LossCode = 'unreadable' | 'archived' | 'denied' | 'credentials-expired' | 'deleted';

/** A file or folder that cannot be read. The message says why in a few words. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';

  constructor(
    readonly code: LossCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
