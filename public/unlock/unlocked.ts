/**
 * What a page whose data is encrypted has besides: scripts that an ordinary page does not carry. They are known here by
 * the names that they take, because bundles cannot import one another.
 */
import type { Seal } from '#shared/seal/seal.js';
import { TAMPERED } from '#shared/seal/tampered.js';

/** A page that has been opened. */
export interface Unlocked {
  /** The embedded manifest, as JSON. */
  readonly manifest: string;
  /** What the worker opens blocks with. */
  readonly seal: Seal;
  /** What stands before the worker's own code. */
  readonly workerCode: string;
  /** Asks whether the copy of a link may open the report. Gives the link to copy; undefined where none is. */
  askLink(link: string): Promise<string | undefined>;
  /** Shows that the data is not as it was published, and nothing of it any more. */
  refuse(): void;
}

interface UnlockScope {
  /** Set by `unlock.ts`: asks for the key where the address has none, and answers when it opens the report. */
  culpritUnlock?: () => Promise<Unlocked>;
}

export interface UnsealScope {
  /** Set by `unseal-worker.ts`: opens a block's bytes. Throws `Tampered`. */
  culpritUnseal?: (seal: Seal) => Unseal;
}

export type Unseal = (block: number, sealed: Uint8Array) => Uint8Array<ArrayBuffer>;

/** How this page is opened; undefined where it is not encrypted. */
export function unlocking(): (() => Promise<Unlocked>) | undefined {
  return (globalThis as UnlockScope).culpritUnlock;
}

/** To be called by `unlock.ts`, for `unlocking`. */
export function setUnlocking(unlock: () => Promise<Unlocked>): void {
  (globalThis as UnlockScope).culpritUnlock = unlock;
}

/** In the worker: how the page's blocks are opened; undefined where they are not encrypted. */
export function unsealing(seal: Seal | undefined): Unseal | undefined {
  return seal && (globalThis as UnsealScope).culpritUnseal?.(seal);
}

/** Whether an error says that a part of the report was changed. */
export function isTampered(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(TAMPERED);
}
