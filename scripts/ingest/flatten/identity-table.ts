/** Identities by the bytes of `userIdentity`: each distinct one is parsed and understood once. */
import { Fingerprint } from '#scripts/cloudtrail/fingerprint.js';
import { describeIdentity, type Identity, placeOf } from '#scripts/cloudtrail/identity.js';
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { type StringTable, stringTableOf } from '#shared/format/string-table.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { shareTable } from './share-dictionary.js';

/** A service's name in place of an address; which one does not matter here. */
const SOME_SERVICE = 'service.amazonaws.com';

const ACTOR_SOURCE = placeOf('actorSource');

export class IdentityTable {
  readonly identities: Identity[] = [];
  /** Whether the last number told depends on the source address too. */
  dependsOnSource = false;
  private readonly spans = new ByteDictionary();
  /** By code of the span: the identity's number; -1 where the source address decides; -2 for damaged JSON. */
  private readonly ofSpan: number[] = [];
  private readonly ofSource = new Map<string, number>();
  /** By code of the span. */
  private readonly fingerprints: (Fingerprint | undefined)[] = [];

  /**
   * The number of the identity in bytes[start … end), an empty range where the record has none; -1 for damaged JSON.
   * @param sourceIPAddress called only where the address decides who it was
   */
  numberOf(bytes: Uint8Array, view: DataView, start: number, end: number, sourceIPAddress: () => string): number {
    const code = this.spans.code(view, start, end);
    const known = (this.ofSpan[code] ??= this.understand(bytes.subarray(start, end)));
    this.dependsOnSource = known === -1;
    if (known !== -1) return Math.max(known, -1);
    const source = sourceIPAddress();
    const key = `${String(code)} ${source}`;
    let number = this.ofSource.get(key);
    if (number === undefined) {
      number = this.add(describeIdentity(parse(bytes.subarray(start, end)), source));
      this.ofSource.set(key, number);
    }
    return number;
  }

  /** The fingerprint of the identity in bytes[start … end): of all of it, of which columns show a part. */
  fingerprintOf(bytes: Uint8Array, view: DataView, start: number, end: number): Fingerprint {
    const code = this.spans.code(view, start, end);
    let fingerprint = this.fingerprints[code];
    if (fingerprint === undefined) {
      fingerprint = new Fingerprint();
      fingerprint.add(bytes, view, start, end);
      this.fingerprints[code] = fingerprint;
    }
    return fingerprint;
  }

  /** Each identity's cells as a JSON array, by number. As objects they would take longer to hand over than to merge. */
  share(): StringTable {
    return shareTable(stringTableOf(this.identities.map((identity) => JSON.stringify(identity))));
  }

  private understand(span: Uint8Array): number {
    let userIdentity: unknown;
    try {
      userIdentity = parse(span);
    } catch {
      return -2;
    }
    const identity = describeIdentity(userIdentity, SOME_SERVICE);
    return identity[ACTOR_SOURCE] === 'sourceIPAddress' ? -1 : this.add(identity);
  }

  private add(identity: Identity): number {
    return this.identities.push(identity) - 1;
  }
}

/** @throws SyntaxError */
function parse(span: Uint8Array): unknown {
  return span.length === 0 ? undefined : JSON.parse(decodeUtf8(span));
}
