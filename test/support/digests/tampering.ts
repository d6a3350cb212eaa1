/** Ways to tamper with a trail, and what --verify must find. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FindingCode } from '#shared/model/verification.js';
import { newSigningKey, SignedTrail, type SigningKey } from './signed-trail.js';

/** The key that CloudTrail signs with, and one of somebody else. */
export const KEY = newSigningKey('8eba5db5bea9b640d1c96a77256fe7f2');
const FOREIGN = newSigningKey('0123456789abcdef0123456789abcdef');

const START = Date.parse('2025-03-03T00:00:00Z');
const HOUR = 3_600_000;

/** Eight hours of two logs each, and a log that came too late for its digest and is in a backfill digest. */
export class BackfilledTrail extends SignedTrail {
  readonly backfillLog: string;
  readonly backfill: string;

  constructor() {
    super({ key: KEY, hours: 8 });
    const start = START + 2 * HOUR;
    this.backfillLog = this.addLog(start + 50 * 60_000);
    this.backfill = this.addDigest(start, [this.backfillLog], undefined, { isBackfill: true });
  }

  logAt(i: number): string {
    return this.logs[i] ?? '';
  }

  digestAt(i: number): string {
    return this.digests[i] ?? '';
  }

  /** Changes a digest's JSON. */
  editDigest(i: number, change: (json: string) => string): void {
    const object = this.object(this.digestAt(i));
    object.body = gzipSync(change(gunzipSync(object.body).toString()));
  }

  /** Signs a digest anew, with other fields. */
  resign(i: number, fields: Readonly<Record<string, unknown>>, key: SigningKey): void {
    const digest = this.digestAt(i);
    this.sign(digest, { ...this.fieldsOf(digest), ...fields }, key);
  }
}

interface Tampering {
  readonly kind: string;
  readonly tamper: (trail: BackfilledTrail) => void;
  /** What is found of which key, or of what else. */
  readonly found: (trail: BackfilledTrail) => readonly (readonly [FindingCode, string])[];
  /** What `aws cloudtrail validate-logs` says of it: this many digests and logs are invalid. */
  readonly cli: { readonly digests: number; readonly logs: number };
}

const edit = (body: Buffer): Buffer =>
  gzipSync(gunzipSync(body).toString().replace('"userName":"alice"', '"userName":"mallo"'));

/** The two logs of an hour are in no digest that can be relied on. */
const unproven = (trail: BackfilledTrail, hour: number): (readonly [FindingCode, string])[] => [
  ['log-unproven', trail.logAt(hour * 2)],
  ['log-unproven', trail.logAt(hour * 2 + 1)],
];
const uncovered = (trail: BackfilledTrail, hour: number): (readonly [FindingCode, string])[] => [
  ['log-uncovered', trail.logAt(hour * 2)],
  ['log-uncovered', trail.logAt(hour * 2 + 1)],
];

/** Names and places that CloudTrail gives to no log, each made of a log's key. */
export const PLANTED: readonly {
  readonly kind: string;
  readonly name: (key: string) => string;
  readonly code: FindingCode;
}[] = [
  { kind: 'in under a time that is none', name: (key) => key.replace(/T\d{4}Z/, 'T2461Z'), code: 'log-name' },
  {
    kind: 'in under a day that is none',
    name: (key) => key.replace(/\/03\/03\/(\d+_.+_)\d{8}/, '/02/30/$120250230'),
    code: 'log-name',
  },
  { kind: 'in under a time to come', name: (key) => key.replaceAll('2025', '2099'), code: 'log-name' },
  { kind: 'in under a time before CloudTrail', name: (key) => key.replaceAll('2025', '2012'), code: 'log-name' },
  { kind: 'in under another extension', name: (key) => key.replace('.json.gz', '.jsonl.gz'), code: 'log-name' },
  { kind: 'in under another case', name: (key) => key.replace('.json.gz', '.JSON.GZ'), code: 'log-name' },
  { kind: 'in under a name that is too short', name: (key) => key.replace(/_Aa\d+/, '_Aa1'), code: 'log-name' },
  { kind: 'in under a name with other signs', name: (key) => key.replace(/_Aa\d/, '_Aa-'), code: 'log-name' },
  { kind: 'in under a name of its own', name: (key) => key.replace(/[^/]+$/, 'evil.json.gz'), code: 'log-name' },
  {
    kind: "in under a digest's name",
    name: (key) =>
      key.replace(/_CloudTrail_eu-west-1_(\d{8}T\d{4})Z_\w+/, '_CloudTrail-Digest_eu-west-1_main_eu-west-1_$100Z'),
    code: 'log-name',
  },
  {
    kind: "into another region's folder",
    name: (key) => key.replace('/CloudTrail/eu-west-1/', '/CloudTrail/us-east-1/').replace('_Aa', '_Bb'),
    code: 'log-place',
  },
  {
    kind: "into another account's folder",
    name: (key) => key.replace('AWSLogs/111122223333/', 'AWSLogs/444455556666/').replace('_Aa', '_Bb'),
    code: 'log-place',
  },
  {
    kind: "into another day's folder",
    name: (key) => key.replace('/2025/03/03/', '/2025/03/07/').replace('_Aa', '_Bb'),
    code: 'log-place',
  },
  {
    kind: 'in below the folder of its day',
    name: (key) => key.replace(/\/(?=[^/]+$)/, '/more/').replace('_Aa', '_Bb'),
    code: 'log-place',
  },
];

export const TAMPERINGS: readonly Tampering[] = [
  {
    kind: 'a log is edited',
    tamper: (trail) => (trail.object(trail.logAt(5)).body = edit(trail.object(trail.logAt(5)).body)),
    found: (trail) => [['log-changed', trail.logAt(5)]],
    cli: { digests: 0, logs: 1 },
  },
  {
    kind: 'a log has the content of another',
    tamper: (trail) => (trail.object(trail.logAt(5)).body = trail.object(trail.logAt(6)).body),
    found: (trail) => [['log-changed', trail.logAt(5)]],
    cli: { digests: 0, logs: 1 },
  },
  {
    kind: 'a log is deleted',
    tamper: (trail) => trail.objects.delete(trail.logAt(5)),
    found: (trail) => [['log-missing', trail.logAt(5)]],
    cli: { digests: 0, logs: 1 },
  },
  {
    kind: 'events are appended to a log as another gzip member',
    tamper: (trail) => {
      const object = trail.object(trail.logAt(5));
      object.body = Buffer.concat([object.body, gzipSync('{"Records":[]}')]);
    },
    found: (trail) => [['log-trailing', trail.logAt(5)]],
    cli: { digests: 0, logs: 1 },
  },
  {
    kind: 'bytes that no reader reads are appended to a log',
    tamper: (trail) => {
      const object = trail.object(trail.logAt(5));
      object.body = Buffer.concat([object.body, object.body.subarray(-4)]);
    },
    found: (trail) => [['log-trailing', trail.logAt(5)]],
    cli: { digests: 0, logs: 1 },
  },
  {
    kind: 'a log is cut',
    tamper: (trail) => {
      const object = trail.object(trail.logAt(5));
      object.body = object.body.subarray(0, -30);
    },
    found: (trail) => [['log-damaged', trail.logAt(5)]],
    cli: { digests: 0, logs: 1 },
  },
  {
    kind: 'a log is overwritten with nonsense',
    tamper: (trail) => (trail.object(trail.logAt(5)).body = Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8])),
    found: (trail) => [['log-damaged', trail.logAt(5)]],
    cli: { digests: 0, logs: 1 },
  },
  {
    kind: 'a log is renamed',
    tamper: (trail) => {
      const other = trail.logAt(5).replace('_Aa', '_Zz');
      trail.objects.set(other, trail.object(trail.logAt(5)));
      trail.objects.delete(trail.logAt(5));
    },
    found: (trail) => [
      ['log-missing', trail.logAt(5)],
      ['log-unlisted', trail.logAt(5).replace('_Aa', '_Zz')],
    ],
    cli: { digests: 0, logs: 1 },
  },
  {
    kind: 'a log is put in',
    tamper: (trail) => trail.addLog(START + 3 * HOUR + 20 * 60_000),
    found: (trail) => [['log-unlisted', trail.logs.at(-1) ?? '']],
    cli: { digests: 0, logs: 0 },
  },
  ...PLANTED.map(({ kind, name, code }): Tampering => {
    const keyIn = (trail: BackfilledTrail): string => name(trail.logAt(6));
    return {
      kind: `a log is put ${kind}`,
      tamper: (trail) => trail.objects.set(keyIn(trail), trail.object(trail.logAt(6))),
      found: (trail) => [[code, keyIn(trail)]],
      cli: { digests: 0, logs: 0 },
    };
  }),
  {
    kind: 'a log is taken out of its digest',
    tamper: (trail) => {
      trail.editDigest(3, (json) => JSON.stringify({ ...(JSON.parse(json) as object), logFiles: [] }));
    },
    found: (trail) => [['digest-signature', trail.digestAt(3)], ...uncovered(trail, 3)],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'a digest is deleted',
    tamper: (trail) => trail.objects.delete(trail.digestAt(3)),
    found: (trail) => [['digest-missing', trail.digestAt(3)], ...uncovered(trail, 3)],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'two digests in a row are deleted',
    tamper: (trail) => [3, 4].forEach((i) => trail.objects.delete(trail.digestAt(i))),
    found: (trail) => [
      ['digest-missing', trail.digestAt(4)],
      ['digests-removed', '111122223333 eu-west-1 main 2025-03-03T03:00:00Z/2025-03-03T05:00:00Z'],
      ...uncovered(trail, 3),
      ...uncovered(trail, 4),
    ],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'a digest and its logs are deleted',
    tamper: (trail) => [trail.digestAt(3), trail.logAt(6), trail.logAt(7)].forEach((key) => trail.objects.delete(key)),
    found: (trail) => [['digest-missing', trail.digestAt(3)]],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'a digest stands in the place of another',
    tamper: (trail) => trail.objects.set(trail.digestAt(4), trail.object(trail.digestAt(3))),
    found: (trail) => [['digest-moved', trail.digestAt(4)], ...uncovered(trail, 4)],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: "a digest's signature is taken off",
    tamper: (trail) => (trail.object(trail.digestAt(3)).metadata = {}),
    found: (trail) => [['digest-unsigned', trail.digestAt(3)], ...unproven(trail, 3)],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: "a digest has another one's signature",
    tamper: (trail) => (trail.object(trail.digestAt(3)).metadata = trail.object(trail.digestAt(2)).metadata),
    found: (trail) => [['digest-signature', trail.digestAt(3)], ...unproven(trail, 3)],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'a digest is signed anew, with another key in the name of the right one',
    tamper: (trail) => trail.resign(3, { logFiles: [] }, FOREIGN),
    found: (trail) => [['digest-signature', trail.digestAt(3)], ...uncovered(trail, 3)],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'a digest is signed anew, with a key that CloudTrail does not have',
    tamper: (trail) => trail.resign(3, { digestPublicKeyFingerprint: FOREIGN.fingerprint, logFiles: [] }, FOREIGN),
    found: (trail) => [['digest-key', trail.digestAt(3)], ...uncovered(trail, 3)],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'a digest is signed anew, with the right key',
    tamper: (trail) => trail.resign(3, { oldestEventTime: null }, KEY),
    found: (trail) => [['chain-hash', trail.digestAt(3)], ...unproven(trail, 3)],
    cli: { digests: 0, logs: 0 },
  },
  {
    kind: 'a digest names another signature of the one before it',
    tamper: (trail) => {
      trail.resign(4, { previousDigestSignature: 'ab'.repeat(256) }, KEY);
      // What follows is made again: only this link is wrong.
      const { sha256, signature } = trail.linkTo(4);
      trail.resign(5, { previousDigestHashValue: sha256, previousDigestSignature: signature }, KEY);
      const next = trail.linkTo(5);
      trail.resign(6, { previousDigestHashValue: next.sha256, previousDigestSignature: next.signature }, KEY);
      const last = trail.linkTo(6);
      trail.resign(7, { previousDigestHashValue: last.sha256, previousDigestSignature: last.signature }, KEY);
    },
    found: (trail) => [['chain-signature', trail.digestAt(3)], ...unproven(trail, 3)],
    cli: { digests: 0, logs: 0 },
  },
  {
    kind: 'a digest names another algorithm',
    tamper: (trail) => (trail.object(trail.digestAt(3)).metadata['signature-algorithm'] = 'MD5withRSA'),
    found: (trail) => [['digest-algorithm', trail.digestAt(3)], ...unproven(trail, 3)],
    cli: { digests: 0, logs: 0 },
  },
  {
    kind: 'bytes are appended to a digest',
    tamper: (trail) => {
      const object = trail.object(trail.digestAt(3));
      object.body = Buffer.concat([object.body, gzipSync('{}')]);
    },
    found: (trail) => [['digest-trailing', trail.digestAt(3)], ...uncovered(trail, 3)],
    cli: { digests: 0, logs: 0 },
  },
  {
    kind: 'a digest is overwritten with nonsense',
    tamper: (trail) => (trail.object(trail.digestAt(3)).body = gzipSync('{"logFiles":')),
    found: (trail) => [['digest-damaged', trail.digestAt(3)], ...uncovered(trail, 3)],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'a digest lacks a field',
    tamper: (trail) => trail.editDigest(3, (json) => json.replace('digestPublicKeyFingerprint', 'fingerprint')),
    found: (trail) => [['digest-damaged', trail.digestAt(3)], ...uncovered(trail, 3)],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'a backfill digest is edited',
    tamper: (trail) => {
      const object = trail.object(trail.backfill);
      object.body = gzipSync(gunzipSync(object.body).toString().replace('"SHA-256"', '"SHA-256" '));
    },
    found: (trail) => [
      ['digest-signature', trail.backfill],
      ['log-unproven', trail.backfillLog],
    ],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'a backfill digest does not say when it was made',
    tamper: (trail) => delete trail.object(trail.backfill).metadata['backfill-generation-timestamp'],
    found: (trail) => [
      ['digest-unsigned', trail.backfill],
      ['log-unproven', trail.backfillLog],
    ],
    cli: { digests: 1, logs: 0 },
  },
  {
    kind: 'a log of a backfill digest is edited',
    tamper: (trail) => (trail.object(trail.backfillLog).body = edit(trail.object(trail.backfillLog).body)),
    found: (trail) => [['log-changed', trail.backfillLog]],
    cli: { digests: 0, logs: 1 },
  },
];
