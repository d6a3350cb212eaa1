/**
 * Code that comes before the worker's own in an encrypted page: it decrypts blocks. By itself, it derives a key from a
 * passphrase, which would block the page for half a second, or several seconds on a phone.
 */
import type { KeyDerivation } from '#shared/seal/lock.js';
import { openPart, type Seal } from '#shared/seal/seal.js';
import { deriveKey } from '#shared/seal/derive-key.js';
import type { UnsealScope } from './unlocked.js';

/** The request to the script by itself; the response is the key. */
interface DerivationRequest {
  readonly passphrase: string;
  readonly derivation: KeyDerivation;
}

const scope = self as unknown as UnsealScope & {
  onmessage: ((event: MessageEvent<DerivationRequest>) => void) | null;
  postMessage(key: Uint8Array): void;
};

scope.culpritUnseal = (seal: Seal) => (block, sealed) => openPart(seal, block, sealed);

// The worker's own code replaces this.
scope.onmessage = ({ data: { passphrase, derivation } }) => {
  scope.postMessage(deriveKey(passphrase, derivation));
};
