/** Checks whether CloudTrail signed a digest. Pure. */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { DigestDocument } from './digest-document.js';

/** A key as cloudtrail:ListPublicKeys returns it. */
export interface PublicKey {
  readonly fingerprint: string;
  /** DER in Base64: PKCS #1 according to the API reference, SubjectPublicKeyInfo in one of its examples. */
  readonly value: string;
}

/** Keys by fingerprint, each parsed once. */
export class KeyRing {
  private readonly keys = new Map<string, KeyObject | undefined>();

  /** @param unknown regions whose keys could not be obtained */
  constructor(
    keys: readonly PublicKey[],
    private readonly unknown: ReadonlySet<string> = new Set(),
  ) {
    for (const { fingerprint, value } of keys) this.keys.set(fingerprint, keyOf(Buffer.from(value, 'base64')));
  }

  /** Whether the region's keys are known, so that a missing key means that no such key exists. */
  isKnown(region: string): boolean {
    return this.keys.size > 0 && !this.unknown.has(region);
  }

  /** Undefined if the key is missing or is not an RSA key. */
  get(fingerprint: string): KeyObject | undefined {
    return this.keys.get(fingerprint);
  }
}

function keyOf(der: Buffer): KeyObject | undefined {
  for (const type of ['pkcs1', 'spki'] as const) {
    try {
      return createPublicKey({ key: der, format: 'der', type });
    } catch {
      // Try the other form.
    }
  }
  return undefined;
}

/**
 * The signed text (AWS CloudTrail user guide, "Custom implementations of CloudTrail log file integrity validation").
 */
function stringToSign({ endText, bucket, key, sha256, previousSignature }: DigestDocument): string {
  return `${endText}\n${bucket}/${key}\n${sha256}\n${previousSignature ?? 'null'}`;
}

/** @param signature hexadecimal */
export function isSignedBy(document: DigestDocument, signature: string, key: KeyObject): boolean {
  if (!/^(?:[0-9a-f]{2})+$/i.test(signature)) return false;
  return verify('RSA-SHA256', Buffer.from(stringToSign(document)), key, Buffer.from(signature, 'hex'));
}
