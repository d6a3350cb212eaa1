/** The interface for sharing a finished report. The pipeline knows only this; `s3.ts` implements it. */

import type { KeyDerivation } from '#shared/seal/lock.js';
import type { Seal } from '#shared/seal/seal.js';

export interface PublishFile {
  /** Its name below the published prefix. */
  readonly name: 'index.html' | 'manifest.json';
  /**
   * The content from its beginning. A second call gives the same content, or throws at its end if that is not possible.
   */
  read(): Iterable<string> | AsyncIterable<Uint8Array>;
}

/** How a published report is encrypted. */
export interface Encryption {
  readonly seal: Seal;
  /** How the page derives the key from a passphrase; undefined if the link contains the key. */
  readonly derivation: KeyDerivation | undefined;
  /** The part added to the report's link: `#key=…`, or '' if the page asks for the passphrase. */
  readonly fragment: string;
}

export interface Published {
  /** The link to share. */
  readonly url: string;
  /** Sentences about what was done and what the user should know, in order. */
  readonly notes: readonly string[];
}

/** What a report contains, for the user who decides whether to share it. */
export interface Contents {
  readonly events: number;
  /** The number of names of people and of their role sessions; services and instances do not count. */
  readonly people: number;
  readonly accounts: number;
  /** The eventTime of the first and last event, ISO 8601 UTC; undefined without events. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A publishing plan that the user agrees to. A publisher accepts only plans that it made itself. */
export interface PublishPlan {
  /** The plan as lines for the user. */
  readonly lines: readonly string[];
  /** One sentence: who will be able to read the report. */
  readonly readers: string;
  /** Where the report will be, without key or signature. */
  readonly address: string;
}

export interface Publisher {
  /**
   * Inspects the bucket and makes the plan. Changes nothing. Throws like `publish`.
   * @param contents the report's contents; undefined if there is no report yet
   */
  plan(contents: Contents | undefined): Promise<PublishPlan>;
  /**
   * Carries out a plan, unless the bucket has changed in a way that forbids it: uploads the files, index.html last.
   * Throws a `CulpritError` of kind `publish` whose message says what to do.
   * @param onProgress receives the number of bytes uploaded
   */
  publish(plan: PublishPlan, files: readonly PublishFile[], onProgress?: (bytes: number) => void): Promise<Published>;
  close(): void;
}
