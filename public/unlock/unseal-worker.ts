/**
 * What the worker of a sealed page has before its own code: it opens blocks. By itself it makes the key of a passphrase,
 * which would keep the page from drawing for half a second or, on a phone, for several.
 */
import type { KeyDerivation } from '#shared/seal/lock.js';
import { openPart, type Seal } from '#shared/seal/seal.js';
import { deriveKey } from '#shared/seal/derive-key.js';
import type { UnsealScope } from './unlocked.js';

/** What is sent to it when it is by itself; the answer is the key. */
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
