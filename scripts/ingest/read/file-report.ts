/** What a worker says of one file. */
import type { FileProof } from '#scripts/verify/file-proof.js';
import type { WarningCode } from '#shared/model/manifest.js';

/** Records that are CloudTrail's but no events, by kind, and what macOS writes beside files; a whole file of them is an ignored file. */
export type IgnoredRecord = 'insight' | 'network-activity' | 'aggregated' | 'digest' | 'apple-double';

export interface FileReport {
  readonly name: string;
  /** Events found, before any filter. */
  events: number;
  /** Of these, left out by a filter. */
  filtered: number;
  inflatedBytes: number;
  /** Why it could not be read, where it could not. */
  reason?: string;
  /** What --verify compares; absent where it was not asked for. */
  proof?: FileProof;
  /** Its bytes came from the cache. */
  isCached?: boolean;
  readonly faults: Partial<Record<WarningCode, number>>;
  readonly ignored: Partial<Record<IgnoredRecord, number>>;
}

export function newFileReport(name: string): FileReport {
  return { name, events: 0, filtered: 0, inflatedBytes: 0, faults: {}, ignored: {} };
}

export function addFault(report: FileReport, code: WarningCode): void {
  report.faults[code] = (report.faults[code] ?? 0) + 1;
}

export function addIgnored(report: FileReport, kind: IgnoredRecord): void {
  report.ignored[kind] = (report.ignored[kind] ?? 0) + 1;
}
