/** Where a finished report is shared. The pipeline knows only this; `s3.ts` implements it. */

import type { Stretching } from '../shared/seal/lock.js';
import type { Seal } from '../shared/seal/seal.js';

export interface PublishFile {
  /** Its name below the published prefix. */
  readonly name: 'index.html' | 'manifest.json';
  /** What it holds, from its beginning; asked for again, it gives the same. */
  read(): Iterable<string> | AsyncIterable<Uint8Array>;
}

/** How a published report is encrypted. */
export interface Encryption {
  readonly seal: Seal;
  /** What the page needs to make the key of a passphrase; undefined where the link holds it. */
  readonly stretching: Stretching | undefined;
  /** What is added to the report's link: `#key=…`, or '' where the page asks for the passphrase. */
  readonly fragment: string;
}

export interface Published {
  /** The link to give to others. */
  readonly url: string;
  /** Sentences about what was done or should be known, in order. */
  readonly notes: readonly string[];
}

export interface Publisher {
  /** One sentence: who will be able to read the report, as far as it can be told. To be said before anything is uploaded. */
  readonly readers: string;
  /** Uploads the files, index.html last. Throws a `CulpritError` of kind `publish` whose sentence says what to do. */
  publish(files: readonly PublishFile[]): Promise<Published>;
  close(): void;
}
