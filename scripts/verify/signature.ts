/** Whether a digest was signed by CloudTrail. Pure. */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { DigestDocument } from './digest-document.js';

/** A key of cloudtrail:ListPublicKeys. */
export interface PublicKey {
  readonly fingerprint: string;
  /** DER in base64: PKCS #1 by the API's reference, SubjectPublicKeyInfo in an example of it. */
  readonly value: string;
}

/** Keys by fingerprint; understood once each. */
export class KeyRing {
  private readonly keys = new Map<string, KeyObject | undefined>();

  /** @param unknown regions whose keys are not known */
  constructor(
    keys: readonly PublicKey[],
    private readonly unknown: ReadonlySet<string> = new Set(),
  ) {
    for (const { fingerprint, value } of keys) this.keys.set(fingerprint, keyOf(Buffer.from(value, 'base64')));
  }

  /** Whether there are keys for a region, so that one that is not here is nobody's. */
  isKnown(region: string): boolean {
    return this.keys.size > 0 && !this.unknown.has(region);
  }

  /** Undefined where it is not here, or is no RSA key. */
  get(fingerprint: string): KeyObject | undefined {
    return this.keys.get(fingerprint);
  }
}

function keyOf(der: Buffer): KeyObject | undefined {
  for (const type of ['pkcs1', 'spki'] as const) {
    try {
      return createPublicKey({ key: der, format: 'der', type });
    } catch {
      // The other form.
    }
  }
  return undefined;
}

/** What is signed (AWS CloudTrail user guide, "Custom implementations of CloudTrail log file integrity validation"). */
function stringToSign({ endText, bucket, key, sha256, previousSignature }: DigestDocument): string {
  return `${endText}\n${bucket}/${key}\n${sha256}\n${previousSignature ?? 'null'}`;
}

/** @param signature hexadecimal */
export function isSignedBy(document: DigestDocument, signature: string, key: KeyObject): boolean {
  if (!/^(?:[0-9a-f]{2})+$/i.test(signature)) return false;
  return verify('RSA-SHA256', Buffer.from(stringToSign(document)), key, Buffer.from(signature, 'hex'));
}
