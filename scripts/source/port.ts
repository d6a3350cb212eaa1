/** The interface of a source of logs. The pipeline knows only this; `folder.ts` and `s3.ts` implement it. */
import type { LogKind } from './layout.js';

export interface ListedFile {
  /** The name shown to the user: a path, or s3://bucket/key. Unique within its source. */
  readonly name: string;
  /** The stored size in bytes. */
  readonly bytes: number;
  /** `events`, or why the file is not read. */
  readonly kind: LogKind;
  /**
   * A value that changes with the content (an ETag), if the source knows it without reading. Only files with a version
   * are cached.
   */
  readonly version?: string;
}

/** A folder whose files are not listed: it holds no wanted events, or it cannot be listed. */
export interface ListedFolder {
  /** Like a file's name, with a trailing slash. */
  readonly folder: string;
  readonly kind: LogKind | UnreadableError;
}

export interface LocalPath {
  readonly path: string;
}

/**
 * A file's bytes as stored (still compressed) and the version of these bytes. It differs from the listed version if the
 * file has been rewritten since.
 */
export interface StoredLog {
  readonly stored: Uint8Array;
  readonly version?: string;
}

export interface LogSource {
  /**
   * Lists every file below the input as it is found; the files of a folder come together. Throws a `CulpritError` of
   * kind `source` if nothing can be listed.
   */
  list(): AsyncIterable<ListedFile | ListedFolder>;
  /**
   * The bytes of a file; for a local file its path instead, so that the worker that needs the bytes reads them itself,
   * at a third of the cost of a transfer. May be called many times concurrently. Throws an `UnreadableError` if the
   * file cannot be read.
   */
  read(file: ListedFile): Promise<StoredLog | LocalPath>;
  /**
   * Distinguishes the files of this source from files of the same name in other sources; undefined if they are not
   * cached.
   */
  readonly cacheName: string | undefined;
  /** The requests made so far, for `run` in the manifest. */
  readonly requests: SourceRequests | undefined;
  /** Access to digests for --verify; undefined if the source has none. */
  readonly digests?: DigestAccess;
  /** Closes the connections. */
  close(): void;
}

interface DigestAccess {
  /** Like `LogSource.read`. */
  read(file: ListedFile): Promise<StoredDigest>;
  /** Whether the source would have listed a log or digest that CloudTrail delivered to this address. */
  wouldList(bucket: string, key: string): boolean;
}

/** A digest's bytes as stored, and its S3 user metadata, with names in lower case. */
export interface StoredDigest {
  readonly stored: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A source whose files are not local. */
export interface RemoteSource extends LogSource {
  read(file: ListedFile): Promise<StoredLog>;
  readonly requests: SourceRequests;
  readonly cacheName: string;
}

interface SourceRequests {
  readonly lists: number;
  readonly gets: number;
  /** Repeated requests. */
  readonly retries: number;
  /** How often S3 asked to slow down. */
  readonly slowDowns: number;
}

/** Why a file is missing from the report, by what the user can do about it. */
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
