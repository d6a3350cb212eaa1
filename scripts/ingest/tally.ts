/** Adds up what was said of each file, independently of the order the files came in. */
import type { Ignored, ReportManifest, Warning, WarningCode } from '../shared/manifest.js';
import type { FileReport } from './file-report.js';

interface Count {
  count: number;
  records: number;
  example: string;
}

export class Tally {
  events = 0;
  filtered = 0;
  inflatedBytes = 0;
  private read = 0;
  private failed = 0;
  private ignoredFiles = 0;
  private readonly faults = new Map<WarningCode, Count>();
  private readonly ignoredKinds = new Map<string, Count>();

  /** A file that was not read, because of what its name says it is. */
  addIgnored(kind: string, name: string): void {
    this.ignoredFiles++;
    add(this.ignoredKinds, kind, name, 1, 0);
  }

  /** A file that could not be read at all. */
  addUnreadable(name: string): void {
    this.failed++;
    add(this.faults, 'unreadable', name, 1, 0);
  }

  /** A file that was read. It failed if faults are all it had, and was ignored if nothing in it is an event. */
  add(file: FileReport): void {
    this.events += file.events;
    this.filtered += file.filtered;
    this.inflatedBytes += file.inflatedBytes;
    const faults = Object.entries(file.faults) as [WarningCode, number][];
    const ignored = Object.entries(file.ignored);
    for (const [code, count] of faults) add(this.faults, code, file.name, count, 0);
    if (file.events === 0 && faults.length > 0) this.failed++;
    else if (file.events === 0 && ignored.length > 0) {
      const [[kind]] = ignored as [[string, number]];
      return this.addIgnored(kind, file.name);
    } else this.read++;
    for (const [kind, records] of ignored) add(this.ignoredKinds, kind, file.name, 0, records);
  }

  get files(): ReportManifest['files'] {
    const { read, failed, ignoredFiles: ignored } = this;
    return { listed: read + failed + ignored, read, ignored, failed };
  }

  get warnings(): Warning[] {
    return sorted(this.faults).map(([code, { count, example }]) => ({ code, count, example }));
  }

  get ignored(): Ignored[] {
    return sorted(this.ignoredKinds).map(([kind, counts]) => ({ kind, ...counts }));
  }
}

function add<K>(counts: Map<K, Count>, key: K, name: string, count: number, records: number): void {
  const known = counts.get(key) ?? { count: 0, records: 0, example: name };
  known.count += count;
  known.records += records;
  if (name < known.example) known.example = name;
  counts.set(key, known);
}

function sorted<K extends string>(counts: Map<K, Count>): [K, Count][] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
