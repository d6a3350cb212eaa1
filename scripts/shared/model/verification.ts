/** The result of `--verify`: how far CloudTrail's signed digests prove the logs. */
export interface Verification {
  /**
   * `tampered`: something differs from what CloudTrail delivered. `verified`: every log is proven. `partly`: some logs,
   * or some time, are not proven, without a sign of tampering. `unverified`: nothing could be proven.
   */
  readonly state: 'verified' | 'partly' | 'unverified' | 'tampered';
  /** The number of digests in each state; `missing` ones are named by others. */
  readonly digests: {
    readonly valid: number;
    readonly invalid: number;
    readonly unproven: number;
    readonly missing: number;
  };
  /** The number of log files in each state, of those that were read or should have been. */
  readonly logs: {
    readonly verified: number;
    readonly tampered: number;
    readonly missing: number;
    readonly unproven: number;
  };
  /** The keys for checking signatures; `problem` says in a sentence why there are none. */
  readonly keys: {
    readonly from: 'cloudtrail' | 'file';
    readonly count: number;
    /** The names of the key files. */
    readonly files?: readonly string[];
    /** The config file that names those files; absent if the command line does. */
    readonly configFile?: string;
    readonly problem?: string;
  };
  /** By account, region, trail and time; adjacent periods in the same state are merged. At most 2,000. */
  readonly periods: readonly VerifiedPeriod[];
  /** What is not verified, with tampering first; `first` has up to 1,000 findings. */
  readonly findings: { readonly count: number; readonly first: readonly Finding[] };
  /** What digests cannot prove; empty if nothing was proven. */
  readonly unprovable: readonly Unprovable[];
}

/** A time range with or without digests. */
export interface VerifiedPeriod {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  /** Covered by backfill digests, which list late logs. */
  readonly backfill?: true;
  /** Times of delivery, ISO 8601 UTC. */
  readonly from: string;
  readonly to: string;
  /** `gap`: no digest covers it. */
  readonly state: 'verified' | 'tampered' | 'unproven' | 'gap';
  readonly digests: number;
  readonly logs: number;
}

export interface Finding {
  readonly code: FindingCode;
  /** The name of a file, as in the input; or account, region and trail, and a time. */
  readonly name: string;
}

/** The signs of tampering, each with its message. */
export const TAMPERING = {
  'log-changed': 'log is not what CloudTrail delivered: its hash differs',
  'log-trailing': 'log has extra bytes after its end',
  'log-damaged': 'log cannot be decompressed: it is not as CloudTrail wrote it',
  'log-missing': 'log is listed in a digest but is missing',
  'log-unlisted':
    'log is not listed in any digest for its time: someone else put it there, it belongs to another trail, or its digest is late',
  'log-cache-changed':
    'cached log is not what CloudTrail delivered: its hash differs; run with --no-cache to check the log in S3',
  'log-name': 'log has a name that CloudTrail never uses',
  'log-place': 'log is in a folder for a different account, region or day than its name says',
  'digest-damaged': 'digest is damaged: it cannot be decompressed, or fields are missing',
  'digest-trailing': 'digest has extra bytes after its end',
  'digest-moved': 'digest was moved: it names another bucket or key',
  'digest-unsigned': 'digest has no signature, or lacks information to check it',
  'digest-signature': 'digest does not match its signature',
  'digest-key': 'digest was signed with an unknown key: it is forged, or public keys are missing',
  'digest-algorithm': 'digest uses an algorithm other than SHA-256 with RSA',
  'digest-missing': 'digest is missing, although the next digest refers to it',
  'digests-removed': 'digests for this time are missing, although the chain does not end before it',
  'chain-hash': 'digest is not the one that the next digest refers to: its hash differs',
  'chain-signature': 'digest is not the one that the next digest refers to: its signature differs',
} as const;

/** What is not proven, without a sign of tampering, each with its message. */
export const UNPROVEN = {
  'log-pending': 'log is newer than the newest digest; its own digest may still be delivered',
  'log-uncovered': 'log was delivered at a time that no trusted digest covers',
  'log-unnamed': 'log has a name without a delivery time, so its digest cannot be determined',
  'log-unread': 'log could not be read',
  'log-unproven': 'log is listed in a digest that could not be verified',
  'digest-unread': 'digest could not be read',
  'digest-unproven': 'digest could not be verified: its signature or the public key is missing',
  'digests-gap': 'no digest covers this time: logging or validation was off, or digests are missing',
} as const;

/** What digests cannot prove, because nothing follows that would show it. */
export const UNPROVABLE = {
  newest: 'that the newest digests were not removed together with their logs',
  backfill: 'that no backfill digest (for logs delivered late) was removed together with its logs',
  places: 'that no account or region was removed completely, with its digests and logs',
} as const;

export type Unprovable = keyof typeof UNPROVABLE;

export type FindingCode = keyof typeof TAMPERING | keyof typeof UNPROVEN;

export function isTampering(code: FindingCode): code is keyof typeof TAMPERING {
  return code in TAMPERING;
}
