/**
 * Random tamperings of a trail of ours: its logs, its digests, and the cache of an earlier run. Whatever is done, nobody may
 * be told without a word that everything is verified.
 */
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readPackIndex, writePack } from '#scripts/ingest/cache/pack.js';
import type { Unprovable } from '#shared/model/verification.js';
import type { Random } from '../random.js';
import { newSigningKey, SignedTrail } from './signed-trail.js';
import { PLANTED } from './tampering.js';

export const KEY = newSigningKey('8eba5db5bea9b640d1c96a77256fe7f2');
const FOREIGN = newSigningKey('0123456789abcdef0123456789abcdef');
const HOUR = 3_600_000;
const START = Date.parse('2025-03-03T00:00:00Z');
/** When the trails of the tests are verified. */
export const NOW = Date.parse('2025-03-05T00:00:00Z');

/** A trail of random length, place and load, with a late log in a backfill digest. */
export class RandomTrail extends SignedTrail {
  readonly hours: number;
  readonly backfillLog: string;
  readonly backfill: string;

  constructor(readonly random: Random) {
    const hours = 4 + random.below(5);
    super({
      key: KEY,
      hours,
      logs: 1 + random.below(3),
      bucket: `trail-${random.hex(8)}`,
      prefix: random.pick(['', 'logs/', 'CloudTrail/']),
      organization: random.pick(['', 'o-abcde12345/']),
    });
    this.hours = hours;
    const start = START + random.below(hours - 1) * HOUR;
    this.backfillLog = this.addLog(start + 50 * 60_000);
    this.backfill = this.addDigest(start, [this.backfillLog], undefined, { isBackfill: true });
  }

  anyLog(): string {
    return this.random.pick(this.logs.filter((key) => this.objects.has(key)));
  }

  /** A digest that another one follows. */
  followedDigest(): string {
    return this.random.pick(this.digests.slice(0, -1).filter((key) => this.objects.has(key)));
  }

  anyDigest(): string {
    return this.random.pick([...this.digests, this.backfill].filter((key) => this.objects.has(key)));
  }

  logsOf(digest: string): string[] {
    const { logFiles } = this.fieldsOf(digest) as { logFiles: { s3Object: string }[] };
    return logFiles.map(({ s3Object }) => s3Object);
  }
}

export interface TamperKind {
  readonly kind: string;
  readonly tamper: (trail: RandomTrail) => void;
  /** What of it no digest can tell; such a kind is not combined with others. */
  readonly unprovable?: Unprovable;
}

function editJson(body: Buffer, change: (json: string) => string): Buffer {
  return gzipSync(change(gunzipSync(body).toString()));
}

function moveTo(trail: RandomTrail, from: string, to: string): void {
  trail.objects.set(to, trail.object(from));
  trail.objects.delete(from);
}

const changeLog: readonly TamperKind[] = [
  {
    kind: 'log: a byte of its content changed',
    tamper(trail) {
      const object = trail.object(trail.anyLog());
      const content = gunzipSync(object.body);
      const at = trail.random.below(content.length);
      content[at] = (content[at] ?? 0) ^ (1 + trail.random.below(255));
      object.body = gzipSync(content);
    },
  },
  {
    kind: 'log: an event edited, added or removed',
    tamper(trail) {
      const object = trail.object(trail.anyLog());
      const edits: readonly ((json: string) => string)[] = [
        (json) => json.replace('"userName":"alice"', '"userName":"mallo"'),
        (json) => json.replace('{"Records":[', `{"Records":[{"eventID":"${trail.random.uuid()}"},`),
        () => '{"Records":[]}',
      ];
      object.body = editJson(object.body, trail.random.pick(edits));
    },
  },
  {
    kind: 'log: cut, or bytes behind its end',
    tamper(trail) {
      const object = trail.object(trail.anyLog());
      const { body } = object;
      object.body = trail.random.pick([
        body.subarray(0, trail.random.below(body.length)),
        Buffer.concat([body, gzipSync('{"Records":[]}')]),
        Buffer.concat([body, Buffer.from(trail.random.hex(1 + trail.random.below(40)))]),
        gunzipSync(body),
      ]);
    },
  },
  {
    kind: 'log: deleted',
    tamper: (trail) => void trail.objects.delete(trail.anyLog()),
  },
  {
    kind: 'log: content of another one',
    tamper(trail) {
      const [a, b] = [trail.anyLog(), trail.anyLog()];
      const other = a === b ? gzipSync('{"Records":[]}') : trail.object(b).body;
      trail.objects.set(a, { body: other, metadata: {} });
    },
  },
  {
    kind: 'log: renamed or moved',
    tamper(trail) {
      const log = trail.anyLog();
      const unique = trail.random.text('ABCDEFGHabcdefgh0123456789', 16);
      const to = trail.random.pick([
        log.replace(/_[^_]+$/, `_${unique}.json.gz`),
        log.replace(/T\d{4}Z/, `T0${String(trail.random.below(4))}07Z`),
        log.replace('/eu-west-1/', '/us-east-1/'),
      ]);
      moveTo(trail, log, to);
    },
  },
];

const plantLog: readonly TamperKind[] = [
  {
    kind: 'log: one put in, with a name like the others',
    tamper(trail) {
      const key = trail.addLog(START + trail.random.below((trail.hours - 1) * 60) * 60_000);
      moveTo(trail, key, key.replace(/_[^_]+$/, `_${trail.random.text('ABCDabcd0123456789', 16)}.json.gz`));
      trail.logs.pop();
    },
  },
  {
    kind: 'log: one put in, with a name or place that is impossible',
    tamper(trail) {
      const log = trail.anyLog();
      trail.objects.set(trail.random.pick(PLANTED).name(log), trail.object(log));
    },
  },
];

const changeDigest: readonly TamperKind[] = [
  { kind: 'digest: deleted', tamper: (trail) => void trail.objects.delete(trail.followedDigest()) },
  {
    kind: 'digest: deleted with its logs, one or several in a row',
    tamper(trail) {
      const from = trail.random.below(trail.digests.length - 1);
      const to = from + 1 + trail.random.below(trail.digests.length - 1 - from);
      for (const digest of trail.digests.slice(from, to).filter((key) => trail.objects.has(key))) {
        for (const log of trail.logsOf(digest)) trail.objects.delete(log);
        trail.objects.delete(digest);
      }
    },
  },
  {
    kind: 'digest: the newest deleted',
    tamper: (trail) => void trail.objects.delete(trail.digests.at(-1) ?? ''),
  },
  {
    kind: 'digest: a backfill digest deleted',
    tamper: (trail) => void trail.objects.delete(trail.backfill),
  },
  {
    kind: 'digest: edited',
    tamper(trail) {
      const object = trail.object(trail.anyDigest());
      const edits: readonly ((json: string) => string)[] = [
        (json) => JSON.stringify({ ...(JSON.parse(json) as object), logFiles: [] }),
        (json) => json.replace(/"hashValue":"[0-9a-f]{8}/, '"hashValue":"00000000').replace(/}$/, ' }'),
        (json) => json.replace('"previousDigestS3Object"', '"x"').replace(/}$/, ' }'),
        (json) => json.slice(0, trail.random.below(json.length)),
      ];
      object.body = editJson(object.body, trail.random.pick(edits));
    },
  },
  {
    kind: 'digest: signed anew by somebody else',
    tamper(trail) {
      const digest = trail.anyDigest();
      const { metadata } = trail.object(digest);
      const fields = { ...trail.fieldsOf(digest), logFiles: [] };
      const fingerprint = trail.random.chance(0.5) ? { digestPublicKeyFingerprint: FOREIGN.fingerprint } : {};
      trail.sign(digest, { ...fields, ...fingerprint }, FOREIGN);
      trail.object(digest).metadata = { ...metadata, ...trail.object(digest).metadata };
    },
  },
  {
    kind: 'digest: an older one signed by CloudTrail in its place',
    tamper(trail) {
      const digest = trail.followedDigest();
      trail.sign(digest, { ...trail.fieldsOf(digest), oldestEventTime: trail.random.hex(8) }, KEY);
    },
  },
  {
    kind: 'digest: signature or what goes with it gone, or of another digest',
    tamper(trail) {
      const object = trail.object(trail.anyDigest());
      const { signature, ...unsigned } = object.metadata;
      const other = Buffer.from(signature ?? '', 'hex');
      const at = trail.random.below(other.length);
      other[at] = (other[at] ?? 0) ^ (1 + trail.random.below(255));
      object.metadata = trail.random.pick([
        {},
        unsigned,
        { ...object.metadata, signature: other.toString('hex') },
        { ...object.metadata, 'signature-algorithm': 'MD5withRSA' },
      ]);
    },
  },
  {
    kind: 'digest: moved, or one in the place of another',
    tamper(trail) {
      const digest = trail.followedDigest();
      const other = trail.digests.at(-1) ?? '';
      if (trail.random.chance(0.5)) trail.objects.set(digest, trail.object(other));
      else moveTo(trail, digest, digest.replace('_main_', '_other_'));
    },
  },
  {
    kind: 'digest: bytes behind its end',
    tamper(trail) {
      const object = trail.object(trail.anyDigest());
      object.body = Buffer.concat([object.body, trail.random.chance(0.5) ? gzipSync('{}') : Buffer.from('x')]);
    },
  },
];

/** What digests cannot tell, which the verdict has to say. */
const unprovable: readonly TamperKind[] = [
  {
    kind: 'digest: the newest deleted with its logs',
    unprovable: 'newest',
    tamper(trail) {
      const newest = trail.digests.at(-1) ?? '';
      for (const log of trail.logsOf(newest)) trail.objects.delete(log);
      trail.objects.delete(newest);
    },
  },
  {
    kind: 'digest: a backfill digest deleted with its log',
    unprovable: 'backfill',
    tamper(trail) {
      trail.objects.delete(trail.backfill);
      trail.objects.delete(trail.backfillLog);
    },
  },
];

/** Kinds that are combined with each other. */
export const PROVABLE: readonly TamperKind[] = [...changeLog, ...plantLog, ...changeDigest];
export const TRAIL_KINDS: readonly TamperKind[] = [...PROVABLE, ...unprovable];

export interface CacheKind {
  readonly kind: string;
  /** @param cache the cache's folder @param foreign one that holds a trail with the same names and other events */
  readonly tamper: (cache: string, foreign: string, random: Random) => void;
}

export const CACHE_KINDS: readonly CacheKind[] = [
  {
    kind: 'cache: rows of other events',
    tamper(cache, foreign) {
      const [from = ''] = filesIn(foreign, '.rows');
      for (const rows of filesIn(cache, '.rows')) writeFileSync(rows, readFileSync(from));
    },
  },
  {
    kind: 'cache: another log in a pack',
    tamper(cache, _, random) {
      const pack = random.pick(filesIn(cache, '.pack'));
      rewrite(pack, random, (content) => otherOfSameLength(content));
    },
  },
  {
    kind: 'cache: another log in a pack, and rows of it',
    tamper(cache, foreign, random) {
      CACHE_KINDS[0]?.tamper(cache, foreign, random);
      CACHE_KINDS[1]?.tamper(cache, foreign, random);
    },
  },
  {
    kind: 'cache: damaged, or open to others',
    tamper(cache, _, random) {
      for (const file of [...filesIn(cache, '.pack'), ...filesIn(cache, '.rows')]) {
        if (random.chance(0.5)) chmodSync(file, 0o666);
        else writeFileSync(file, readFileSync(file).subarray(0, random.below(200)));
      }
    },
  },
];

/** Writes a pack again, one of its logs being another one. */
function rewrite(pack: string, random: Random, change: (content: Buffer) => Buffer): void {
  const index = readPackIndex(pack) ?? [];
  const chosen = random.pick(index).name;
  const bytes = readFileSync(pack);
  let at = bytes.length - index.reduce((sum, file) => sum + file.bytes, 0);
  const files = index.map(({ name, version, bytes: length }) => {
    const content = bytes.subarray(at, (at += length));
    return { name, version, content: name === chosen ? change(content) : content };
  });
  rmSync(pack);
  writePack(pack, files);
}

/** A log with another caller that is as long as this one when it is stored, so that it passes for it. */
export function otherOfSameLength(log: Uint8Array): Buffer {
  const json = gunzipSync(log).toString();
  for (let n = 10_000; n < 100_000; n++) {
    const other = gzipSync(json.replace('"userName":"alice"', `"userName":"${String(n)}"`));
    if (other.length === log.length) return other;
  }
  throw new Error('no name makes a log of this length');
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(folder, name))
    .sort();
}
