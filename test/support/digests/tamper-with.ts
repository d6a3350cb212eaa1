/** Tampers with random trails and their caches, and says what --verify finds. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { kindOf } from '#scripts/source/layout.js';
import type { ListedFile, RemoteSource } from '#scripts/source/port.js';
import { proveStored } from '#scripts/verify/file-proof.js';
import { Verifier, type KeySource } from '#scripts/verify/verifier.js';
import type { Verification } from '#shared/model/verification.js';
import { report } from '../pipeline-run.js';
import { Random } from '../random.js';
import {
  CACHE_KINDS,
  KEY,
  NOW,
  otherOfSameLength,
  PROVABLE,
  RandomTrail,
  TRAIL_KINDS,
  type CacheKind,
  type TamperKind,
} from './random-tampering.js';

/** What became of one tampering. */
interface Tampered {
  readonly kind: string;
  readonly seed: number;
  /** Whether the verdict says so: it is not "verified", or names what cannot be proven; or nothing of it was believed. */
  readonly isFound: boolean;
  /** The codes that name it. */
  readonly codes: readonly string[];
}

const KEYS: KeySource = { from: 'file', keys: [KEY], files: ['keys.json'], configFile: undefined };

/** The trail's bucket as a source. */
function sourceOf({ bucket, objects }: RandomTrail): RemoteSource {
  const root = `s3://${bucket}/`;
  const objectOf = ({ name }: ListedFile) => {
    const object = objects.get(name.slice(root.length));
    if (object === undefined) throw new Error(`${name} is not there`);
    return object;
  };
  return {
    cacheName: bucket,
    requests: { lists: 0, gets: 0, retries: 0, slowDowns: 0 },
    async *list() {
      for (const key of [...objects.keys()].sort()) {
        const { body } = objects.get(key) ?? { body: Buffer.alloc(0) };
        const version = createHash('md5').update(body).digest('hex');
        yield await Promise.resolve({ name: root + key, bytes: body.length, kind: kindOf(key), version });
      }
    },
    read: (file) => Promise.resolve({ stored: new Uint8Array(objectOf(file).body) }),
    digests: {
      read: (file) => Promise.resolve({ stored: objectOf(file).body, metadata: objectOf(file).metadata }),
      wouldList: (of) => of === bucket,
    },
    close: () => undefined,
  };
}

/** The verdict on a trail, without a report of it. */
export async function verdictOn(trail: RandomTrail): Promise<Verification> {
  const source = sourceOf(trail);
  const verifier = new Verifier();
  for await (const file of source.list()) {
    if ('folder' in file) continue;
    if (file.kind === 'digest' || file.kind === 'events') verifier.addDigest(source, file);
    if (file.kind !== 'events') continue;
    verifier.addLog(file.name, proveStored((await source.read(file)).stored, 1 << 24).proof, { events: 1 });
  }
  const unlimited = { since: undefined, until: undefined, now: NOW };
  return await verifier.verify({
    ...{ sources: [source], keys: KEYS, ...unlimited },
    told: () => undefined,
    lost: () => undefined,
  });
}

function verdictCodes({ state, findings, unprovable }: Verification, kinds: readonly TamperKind[]): readonly string[] {
  const named = new Set<string>(findings.first.map(({ code }) => code));
  for (const { unprovable: limit } of kinds)
    if (limit !== undefined && unprovable.includes(limit)) named.add(`unprovable: ${limit}`);
  return state === 'verified' && findings.count > 0 ? [] : [...named];
}

/** Tampers once, or with several kinds at once. */
export async function tamperWithTrail(kinds: readonly TamperKind[], seed: number): Promise<Tampered> {
  const trail = new RandomTrail(new Random(seed));
  for (const { tamper } of kinds) tamper(trail);
  const verification = await verdictOn(trail);
  const codes = verdictCodes(verification, kinds);
  const isFound = verification.state !== 'verified' || kinds.every(({ unprovable }) => unprovable !== undefined);
  return {
    kind: kinds.length > 1 ? 'several at once' : (kinds[0]?.kind ?? ''),
    seed,
    isFound: isFound && codes.length > 0,
    codes,
  };
}

/** Fills a cache with a trail, tampers with it, and makes a verified report from it. */
export async function tamperWithCache({ kind, tamper }: CacheKind, seed: number): Promise<Tampered> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'culprit-tamper-'));
  try {
    const random = new Random(seed);
    const trail = new RandomTrail(random);
    const edited = new RandomTrail(new Random(seed));
    for (const key of edited.logs) edited.object(key).body = otherOfSameLength(edited.object(key).body);
    const make = (of: RandomTrail, cache: string, keys?: KeySource): ReturnType<typeof report> =>
      report(
        ['in', '--cache', path.join(folder, cache)],
        path.join(folder, `out-${cache}`),
        [sourceOf(of)],
        new Date(NOW),
        keys,
      );
    const { tsv } = await make(trail, 'cache');
    await make(edited, 'foreign');
    tamper(path.join(folder, 'cache'), path.join(folder, 'foreign'), random);
    const after = await make(trail, 'cache', KEYS);
    const { verification } = after.manifest;
    if (verification === undefined) throw new Error('nothing was verified');
    const codes = verdictCodes(verification, []);
    // Where nothing is wrong with the report, what was in the cache was not believed.
    const isHarmless = after.tsv === tsv;
    const isFound = isHarmless || (verification.state === 'tampered' && codes.length > 0);
    return { kind, seed, isFound, codes: codes.length === 0 && isHarmless ? ['not believed'] : codes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * As many tamperings, of each kind about as many, a third of those of trails with two or three kinds at once.
 * @param cacheShare how many of them are of caches, each of which makes three reports
 */
export async function tamperMany(count: number, seed: number, cacheShare: number): Promise<Tampered[]> {
  const random = new Random(seed);
  const results: Tampered[] = [];
  const caches = Math.round(count * cacheShare);
  for (let i = 0; i < count - caches; i++) {
    const kinds =
      i % 3 === 2
        ? Array.from({ length: 2 + random.below(2) }, () => random.pick(PROVABLE.filter((of) => isCombined(of))))
        : [TRAIL_KINDS[(i - Math.floor(i / 3)) % TRAIL_KINDS.length] as TamperKind];
    results.push(await tamperWithTrail(kinds, random.below(2 ** 31)));
  }
  for (let i = 0; i < caches; i++) {
    results.push(await tamperWithCache(CACHE_KINDS[i % CACHE_KINDS.length] as CacheKind, random.below(2 ** 31)));
  }
  return results;
}

/** What moves a digest, or cuts it, leaves nothing that another kind could work on. */
function isCombined({ kind }: TamperKind): boolean {
  return kind.startsWith('log:') || kind === 'digest: deleted' || kind.includes('somebody else');
}
