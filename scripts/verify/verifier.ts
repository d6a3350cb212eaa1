/** Collects evidence while logs are read, then reads the digests and decides what is proven. */
import path from 'node:path';
import type { Verification } from '#shared/model/verification.js';
import { isBelow } from '#scripts/source/layout.js';
import { UnreadableError, type ListedFile, type LogSource, type StoredDigest } from '#scripts/source/port.js';
import type { FoundDigest } from './digest-chain.js';
import type { FileProof } from './file-proof.js';
import { LogProofs, type FileStanding } from './log-proofs.js';
import { KeyRing, type PublicKey } from './signature.js';
import { addressIn, copyId, fileId, isInLogFolder, parseDigestName, type DigestName } from './trail-names.js';
import { verifyTrail } from './verify-trail.js';

/** Where public keys come from: files or CloudTrail. */
export type KeySource =
  | {
      readonly from: 'file';
      readonly keys: readonly PublicKey[];
      /** The names of the files, and the config file that names them, if it was not the command line. */
      readonly files: readonly string[];
      readonly configFile: string | undefined;
    }
  | {
      readonly from: 'cloudtrail';
      /** The keys of a region for a time range, in ms since 1970 UTC. Throws an Error whose message is a sentence. */
      readonly list: (region: string, from: number, to: number) => Promise<readonly PublicKey[]>;
    };

interface VerifierPorts {
  readonly sources: readonly LogSource[];
  readonly keys: KeySource;
  /** The time range of the run's options, in ms since 1970 UTC. */
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly now: number;
  /** Receives the number of digests read so far. */
  readonly told: (digests: number, of: number) => void;
  /** Receives a digest that could not be read. */
  readonly lost: (name: string, error: UnreadableError) => void;
}

const HOUR = 3_600_000;
/** A digest is signed at most this long after the time range that it covers. */
const SIGNED_LATER = 2 * HOUR;
/** Concurrent reads of digests. */
const AT_ONCE = 256;

/** What reading a log revealed. */
interface ReadLog {
  readonly events?: number;
  /** Whether its bytes came from the cache. */
  readonly isCached?: boolean;
}

interface DigestFile {
  readonly source: LogSource;
  readonly file: ListedFile;
  readonly parsedName: DigestName;
}

export class Verifier {
  private readonly logs = new LogProofs();
  private readonly digests: DigestFile[] = [];
  private readonly lostFolders: string[] = [];

  /** Adds a digest; other files are ignored. */
  addDigest(source: LogSource, file: ListedFile): void {
    const parsedName = digestNameOf(file.name);
    if (parsedName !== undefined) this.digests.push({ source, file, parsedName });
  }

  /**
   * Adds a file that was read as a log. A digest among the logs, as in a copy without folders, does not count as a log
   * unless it contains events.
   * @param proof undefined if the file could not be read
   */
  addLog(name: string, proof: FileProof | undefined, { events = 0, isCached = false }: ReadLog = {}): void {
    if (events > 0 || digestNameOf(name) === undefined) this.logs.add(name, proof, isCached);
  }

  /**
   * Whether a file that was read is proven, after {@link verify} has ended: `proven` by a signed digest, or `refuted`
   * if it is not as CloudTrail delivered it. Among files of the same name, the worst counts; an unknown name is
   * `unproven`.
   */
  proofOf(name: string): FileStanding {
    const standings = [...this.logs.withId(fileId(name))]
      .filter((index) => this.logs.nameOf(index) === name)
      .map((index) => this.logs.standingOf(index));
    return standings.includes('refuted')
      ? 'refuted'
      : standings.includes('unproven')
        ? 'unproven'
        : (standings[0] ?? 'unproven');
  }

  /** Adds a folder whose content is unknown. */
  addLostFolder(name: string): void {
    this.lostFolders.push(name);
  }

  /** Reads the digests and verifies everything; call it once, after all logs are added. */
  async verify(ports: VerifierPorts): Promise<Verification> {
    const found: FoundDigest[] = [];
    const total = this.digests.length;
    const unreadDigests: string[] = [];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let digest = this.digests.pop(); digest !== undefined; digest = this.digests.pop()) {
          const { file, parsedName } = digest;
          try {
            found.push({ name: file.name, parsedName, ...(await readDigest(digest)) });
          } catch (error) {
            unreadDigests.push(file.name);
            ports.lost(file.name, error instanceof UnreadableError ? error : unreadable(error));
          }
          ports.told(found.length + unreadDigests.length, total);
        }
      }),
    );
    const keys = await gatherKeys(found, ports.keys);
    const unread = new Set(unreadDigests.map(fileId));
    const isLost = (bucket: string, key: string): boolean =>
      unread.has(`s3://${bucket}/${key}`) ||
      unread.has(copyId(key)) ||
      this.lostFolders.some((folder) =>
        addressIn(folder) === undefined
          ? isBelow(folder.replace(/\/$/, ''), key)
          : `s3://${bucket}/${key}`.startsWith(folder),
      );
    const result = verifyTrail({
      digests: found,
      unreadDigests: unreadDigests.sort(),
      logs: this.logs,
      isExpected: (bucket, key) =>
        ports.sources.some(({ digests }) => digests?.wouldList(bucket, key)) && !isLost(bucket, key),
      keys: new KeyRing(keys.list, keys.unknown),
      since: ports.since,
      until: ports.until,
      now: ports.now,
    });
    const { problem } = keys;
    return {
      ...result,
      keys: {
        from: ports.keys.from,
        count: keys.list.length,
        ...(ports.keys.from === 'file' && filesOf(ports.keys)),
        ...(problem !== undefined && { problem }),
      },
    };
  }
}

/** Undefined for a file that is not a digest: a file among logs is never one, whatever its name. */
function digestNameOf(name: string): DigestName | undefined {
  return isInLogFolder(name) ? undefined : parseDigestName(name);
}

/** File names without their folders, because a report may be published. */
function filesOf({
  files,
  configFile,
}: KeySource & { from: 'file' }): Pick<Verification['keys'], 'files' | 'configFile'> {
  return {
    files: files.map((file) => path.basename(file)),
    ...(configFile !== undefined && { configFile: path.basename(configFile) }),
  };
}

async function readDigest({ source, file }: DigestFile): Promise<StoredDigest> {
  if (source.digests === undefined) throw new Error('this source has no digests');
  return await source.digests.read(file);
}

function unreadable(error: unknown): UnreadableError {
  return new UnreadableError('unreadable', error instanceof Error ? error.message : String(error));
}

interface Keys {
  readonly list: readonly PublicKey[];
  /** Regions whose keys could not be obtained. */
  readonly unknown: ReadonlySet<string>;
  /** The first reason for that. */
  readonly problem: string | undefined;
}

/**
 * The keys for all digests: for each region those of the digests' time, and for backfill digests those of the time when
 * they were written.
 */
async function gatherKeys(digests: readonly FoundDigest[], source: KeySource): Promise<Keys> {
  if (source.from === 'file') return { list: source.keys, unknown: new Set(), problem: undefined };
  const spans = new Map<string, { from: number; to: number }>();
  for (const { parsedName, metadata } of digests) {
    const { region, end, isBackfill } = parsedName;
    const made = isBackfill ? Date.parse(metadata['backfill-generation-timestamp'] ?? '') : NaN;
    const [from, to] = Number.isNaN(made) ? [end - HOUR, end + SIGNED_LATER] : [made - HOUR, made + HOUR];
    const span = spans.get(region) ?? { from, to };
    spans.set(region, { from: Math.min(span.from, from), to: Math.max(span.to, to) });
  }
  const keys = new Map<string, PublicKey>();
  const unknown = new Set<string>();
  let problem: string | undefined;
  for (const [region, { from, to }] of [...spans].sort(([a], [b]) => (a < b ? -1 : 1))) {
    try {
      for (const key of await source.list(region, from, to)) keys.set(key.fingerprint, key);
    } catch (error) {
      unknown.add(region);
      problem ??= error instanceof Error ? error.message : String(error);
    }
  }
  return { list: [...keys.values()], unknown, problem };
}
