/**
 * What an encrypted page has in addition: scripts that other pages do not contain. They are accessed by global names,
 * because bundles cannot import each other.
 */
import type { Seal } from '#shared/seal/seal.js';
import { TAMPERED } from '#shared/seal/tampered.js';

/** An unlocked page. */
export interface Unlocked {
  /** The embedded manifest, as JSON. */
  readonly manifest: string;
  /** Decrypts blocks in the worker. */
  readonly seal: Seal;
  /** Code that comes before the worker's own. */
  readonly workerCode: string;
  /** Asks whether a copied link should contain the key. Resolves to the link to copy; undefined if the user cancels. */
  askLink(link: string): Promise<string | undefined>;
  /** Shows that the data is not as it was published, and hides all of it. */
  refuse(): void;
}

interface UnlockScope {
  /** Set by `unlock.ts`: asks for the key if the address has none, and resolves when the report is unlocked. */
  culpritUnlock?: () => Promise<Unlocked>;
}

export interface UnsealScope {
  /** Set by `unseal-worker.ts`: decrypts a block's bytes. Throws `Tampered`. */
  culpritUnseal?: (seal: Seal) => Unseal;
}

export type Unseal = (block: number, sealed: Uint8Array) => Uint8Array<ArrayBuffer>;

/** How to unlock this page; undefined if it is not encrypted. */
export function unlocking(): (() => Promise<Unlocked>) | undefined {
  return (globalThis as UnlockScope).culpritUnlock;
}

/** Called by `unlock.ts`, for `unlocking`. */
export function setUnlocking(unlock: () => Promise<Unlocked>): void {
  (globalThis as UnlockScope).culpritUnlock = unlock;
}

/** In the worker: how to decrypt the page's blocks; undefined if they are not encrypted. */
export function unsealing(seal: Seal | undefined): Unseal | undefined {
  return seal && (globalThis as UnsealScope).culpritUnseal?.(seal);
}

/** Whether an error says that a part of the report was changed. */
export function isTampered(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(TAMPERED);
}
