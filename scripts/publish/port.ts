/** Where a finished report is shared. The pipeline knows only this; `s3.ts` implements it. */

import type { KeyDerivation } from '#shared/seal/lock.js';
import type { Seal } from '#shared/seal/seal.js';

export interface PublishFile {
  /** Its name below the published prefix. */
  readonly name: 'index.html' | 'manifest.json';
  /** What it holds, from its beginning; asked for again, it gives the same, or throws at its end where it cannot. */
  read(): Iterable<string> | AsyncIterable<Uint8Array>;
}

/** How a published report is encrypted. */
export interface Encryption {
  readonly seal: Seal;
  /** What the page needs to make the key of a passphrase; undefined where the link holds it. */
  readonly derivation: KeyDerivation | undefined;
  /** What is added to the report's link: `#key=…`, or '' where the page asks for the passphrase. */
  readonly fragment: string;
}

export interface Published {
  /** The link to give to others. */
  readonly url: string;
  /** Sentences about what was done or should be known, in order. */
  readonly notes: readonly string[];
}

/** What is in a report, for the person who is asked whether to share it. */
export interface Contents {
  readonly events: number;
  /** Names of people and their roles' sessions; not services and instances. */
  readonly people: number;
  readonly accounts: number;
  /** eventTime of the first and the last event, ISO 8601 UTC; undefined without events. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What publishing is to do, as somebody agrees to it. A publisher makes it, and takes none but its own. */
export interface PublishPlan {
  /** The plan for a person to read. */
  readonly lines: readonly string[];
  /** One sentence: who will be able to read the report. */
  readonly readers: string;
  /** Where the report will be, without its key or signature. */
  readonly address: string;
}

export interface Publisher {
  /**
   * Looks at the bucket and plans. Changes nothing. Throws as `publish`.
   * @param contents of the report; undefined where there is none yet
   */
  plan(contents: Contents | undefined): Promise<PublishPlan>;
  /**
   * Does what the plan said, as far as the bucket is still as it was then: uploads the files, index.html last. Throws a
   * `CulpritError` of kind `publish` whose sentence says what to do.
   * @param onProgress told how many bytes have arrived
   */
  publish(plan: PublishPlan, files: readonly PublishFile[], onProgress?: (bytes: number) => void): Promise<Published>;
  close(): void;
}
