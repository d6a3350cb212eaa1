/** Combines all digests and the proofs of all logs: what is proven, what is not, and what was tampered with. Pure. */
import type { Finding, FindingCode, Verification, VerifiedPeriod } from '#shared/model/verification.js';
import { isTampering, UNPROVABLE, type Unprovable } from '#shared/model/verification.js';
import { kindOf } from '#scripts/source/layout.js';
import { checkChain, isoTime, spanName, type CheckedDigest, type FoundDigest } from './digest-chain.js';
import type { DigestDocument } from './digest-document.js';
import type { LogProofs, LogState } from './log-proofs.js';
import type { KeyRing } from './signature.js';
import { addressIn, baseName, copyId, faultOfLogName, parseLogName, type DigestName } from './trail-names.js';

export interface TrailEvidence {
  readonly digests: readonly FoundDigest[];
  /** Names of digests that could not be read. */
  readonly unreadDigests: readonly string[];
  readonly logs: LogProofs;
  /** Whether a log or digest at this address would have been found. */
  readonly isExpected: (bucket: string, key: string) => boolean;
  readonly keys: KeyRing;
  /** The time range of the run's options, in ms since 1970 UTC. */
  readonly since: number | undefined;
  readonly until: number | undefined;
  /** In ms since 1970 UTC. */
  readonly now: number;
}

const HOUR = 3_600_000;
/** A digest is delivered at most this long after the time range that it covers. */
const DIGEST_DELAY = 2 * HOUR;
const MOST_FINDINGS = 1000;
const MOST_PERIODS = 2000;

export function verifyTrail(evidence: TrailEvidence): Omit<Verification, 'keys'> {
  return new TrailCheck(evidence).run();
}

/** The time range that a trustworthy digest covers. */
interface Covered {
  readonly start: number;
  readonly end: number;
}

class TrailCheck {
  private readonly findings: Finding[] = [];
  private readonly periods: VerifiedPeriod[] = [];
  private missingLogs = 0;
  private missingDigests = 0;
  private readonly digestCounts = { valid: 0, invalid: 0, unproven: 0 };
  /** By account and region. */
  private readonly covered = new Map<string, Covered[]>();

  constructor(private readonly evidence: TrailEvidence) {}

  run(): Omit<Verification, 'keys'> {
    const { keys, isExpected, unreadDigests } = this.evidence;
    const report = (code: FindingCode, name: string): void => this.report(code, name);
    const chains = chainsOf(this.evidence.digests).map((chain) => checkChain(chain, { keys, isExpected, report }));
    for (const name of unreadDigests) report('digest-unread', name);
    this.reportEnds(chains);
    for (const chain of chains) {
      for (const digest of chain) this.checkLogs(digest);
      this.describe(chain);
    }
    return this.result(this.countLogs());
  }

  private report(code: FindingCode, name: string): void {
    if (code === 'digest-missing') this.missingDigests++;
    if (code === 'log-missing') this.missingLogs++;
    this.findings.push({ code, name });
  }

  /** Reports time at a chain's ends that no digest covers, although other chains or the run's options include it. */
  private reportEnds(chains: readonly (readonly CheckedDigest[])[]): void {
    const regular = chains.filter(([first]) => first !== undefined && !first.parsedName.isBackfill);
    const newest = Math.max(...regular.map((chain) => chain.at(-1)?.parsedName.end ?? 0));
    const { since, until = 0 } = this.evidence;
    for (const chain of regular) {
      const [first] = chain as readonly [CheckedDigest];
      const end = chain.at(-1)?.parsedName.end ?? 0;
      const last = Math.max(newest, until);
      if (last - end > DIGEST_DELAY) this.report('digests-gap', spanName(first.parsedName, end, last));
      const { document } = first;
      if (since !== undefined && document?.previous === undefined && document !== undefined && document.start > since) {
        this.report('digests-gap', spanName(first.parsedName, since, document.start));
      }
    }
  }

  /** Compares the logs that a digest lists with the logs that were found. */
  private checkLogs({ name, parsedName, document, state }: CheckedDigest): void {
    this.digestCounts[state]++;
    if (document === undefined) return;
    if (state === 'valid') {
      const key = placeKey(parsedName);
      const spans = this.covered.get(key) ?? [];
      spans.push({ start: document.start, end: document.end });
      this.covered.set(key, spans);
    }
    const isCopy = addressIn(name) === undefined;
    for (const { bucket, key, hash } of document.logs) {
      // Digests also list files that are not read: Insights, network activity.
      if (kindOf(key) !== 'events') continue;
      const address = `s3://${bucket}/${key}`;
      const found = [...this.evidence.logs.withId(address)];
      if (found.length === 0) found.push(...this.copiesOf(key, isCopy));
      for (const index of found) this.evidence.logs.mark(index, this.compare(index, hash, state));
      if (found.length > 0 || state === 'invalid' || !this.evidence.isExpected(bucket, key)) continue;
      this.report('log-missing', isCopy ? baseName(key) : address);
    }
  }

  /** A digest in S3 lists logs in S3; copies count only if the digest is a copy too. */
  private copiesOf(key: string, isCopy: boolean): Iterable<number> {
    return isCopy ? this.evidence.logs.withId(copyId(key)) : [];
  }

  private compare(index: number, hash: string, state: CheckedDigest['state']): LogState {
    const { logs } = this.evidence;
    const form = logs.formOf(index);
    if (state === 'invalid' || form === 'unread') return 'unproven';
    if (form === 'trailing') return 'trailing';
    // Logs in S3 are as CloudTrail wrote them; a copy may have been decompressed.
    if (form === 'damaged' || (form === 'plain' && addressIn(logs.nameOf(index)) !== undefined)) return 'damaged';
    if (!logs.hasHash(index, hash)) return 'changed';
    return state === 'valid' ? 'verified' : 'unproven';
  }

  /** Reports every log that is not verified. */
  private countLogs(): Omit<Verification['logs'], 'missing'> {
    const { logs } = this.evidence;
    const counts = { verified: 0, tampered: 0, unproven: 0 };
    for (let index = 0; index < logs.size; index++) {
      const code = this.codeOf(index);
      if (code === undefined) counts.verified++;
      else {
        if (isTampering(code)) logs.refute(index);
        counts[isTampering(code) ? 'tampered' : 'unproven']++;
        this.report(code, logs.nameOf(index));
      }
    }
    return counts;
  }

  private codeOf(index: number): FindingCode | undefined {
    const { logs } = this.evidence;
    const state = logs.stateOf(index);
    if (state === 'verified') return undefined;
    if (state === 'changed' && logs.isCached(index)) return 'log-cache-changed';
    if (state === 'changed' || state === 'trailing' || state === 'damaged') return `log-${state}`;
    if (logs.formOf(index) === 'unread') return 'log-unread';
    if (state === 'unproven') return 'log-unproven';
    const fault = faultOfLogName(logs.nameOf(index), this.evidence.now);
    if (fault !== undefined) return fault;
    const name = parseLogName(logs.nameOf(index));
    if (name === undefined) return 'log-unnamed';
    // A log delivered at the end of an hour may be in the next digest.
    const spans = this.covered.get(placeKey(name)) ?? [];
    const { delivered } = name;
    if (isWithin(spans, delivered) && isWithin(spans, delivered + HOUR)) return 'log-unlisted';
    const newest = spans.reduce((end, span) => Math.max(end, span.end), -Infinity);
    return delivered + HOUR >= newest && delivered < newest + DIGEST_DELAY ? 'log-pending' : 'log-uncovered';
  }

  /** Adds a chain's periods; adjacent periods with the same state are merged. */
  private describe(chain: readonly CheckedDigest[]): void {
    let last: { -readonly [K in keyof VerifiedPeriod]: VerifiedPeriod[K] } | undefined;
    for (const { parsedName, document, state } of chain) {
      const { account, region, trail, end, isBackfill } = parsedName;
      const place = { account, region, trail, ...(isBackfill && { backfill: true as const }) };
      const start = document?.start ?? end - HOUR;
      const of = this.stateOfPeriod(document, state);
      const isNext = last !== undefined && Date.parse(last.to) >= start;
      if (last !== undefined && !isNext && !isBackfill) {
        const from = last.to;
        this.addPeriod({ ...place, from, to: isoTime(start), state: 'gap', digests: 0, logs: 0 });
      }
      const logs = document?.logs.length ?? 0;
      if (last !== undefined && isNext && last.state === of) {
        last.to = isoTime(Math.max(end, Date.parse(last.to)));
        last.digests++;
        last.logs += logs;
      } else {
        last = { ...place, from: isoTime(start), to: isoTime(end), state: of, digests: 1, logs };
        this.addPeriod(last);
      }
    }
  }

  private addPeriod(period: VerifiedPeriod): void {
    if (this.periods.length < MOST_PERIODS) this.periods.push(period);
  }

  private stateOfPeriod(
    document: DigestDocument | undefined,
    state: CheckedDigest['state'],
  ): 'verified' | 'tampered' | 'unproven' {
    if (state === 'invalid' || document === undefined) return 'tampered';
    const { logs, isExpected } = this.evidence;
    const isWrong = document.logs.some(({ bucket, key }) => {
      if (kindOf(key) !== 'events') return false;
      const found = [...logs.withId(`s3://${bucket}/${key}`), ...logs.withId(copyId(key))];
      if (found.length === 0) return isExpected(bucket, key);
      return found.some((index) => !['unproven', 'verified'].includes(logs.stateOf(index)));
    });
    if (isWrong) return 'tampered';
    return state === 'valid' ? 'verified' : 'unproven';
  }

  private result(logs: Omit<Verification['logs'], 'missing'>): Omit<Verification, 'keys'> {
    const { findings, digestCounts, missingDigests: missing } = this;
    findings.sort(tamperingFirst);
    const isTampered = findings.some(({ code }) => isTampering(code));
    const state = isTampered
      ? 'tampered'
      : digestCounts.valid === 0
        ? 'unverified'
        : findings.length > 0
          ? 'partly'
          : 'verified';
    return {
      state,
      digests: { ...digestCounts, missing },
      logs: { ...logs, missing: this.missingLogs },
      periods: this.periods,
      findings: { count: findings.length, first: findings.slice(0, MOST_FINDINGS) },
      unprovable: digestCounts.valid === 0 ? [] : (Object.keys(UNPROVABLE) as Unprovable[]),
    };
  }
}

/** Digests by chain, in order of account, region and trail. */
function chainsOf(digests: readonly FoundDigest[]): FoundDigest[][] {
  const chains = new Map<string, FoundDigest[]>();
  for (const digest of digests) {
    const { account, region, trail, homeRegion, isBackfill } = digest.parsedName;
    const key = [account, region, trail, homeRegion, isBackfill ? 'backfill' : ''].join('\n');
    const chain = chains.get(key);
    if (chain === undefined) chains.set(key, [digest]);
    else chain.push(digest);
  }
  return [...chains].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, chain]) => chain);
}

function placeKey({ account, region }: Pick<DigestName, 'account' | 'region'>): string {
  return `${account} ${region}`;
}

function isWithin(spans: readonly Covered[], time: number): boolean {
  return spans.some(({ start, end }) => start <= time && time < end);
}

function tamperingFirst(a: Finding, b: Finding): number {
  const [first, second] = [isTampering(a.code), isTampering(b.code)];
  if (first !== second) return first ? -1 : 1;
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}
