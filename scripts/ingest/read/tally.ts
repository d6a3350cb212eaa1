/** Adds up what was said of each file, independently of the order the files came in. */
import type { Ignored, Lost, ReportManifest, Warning, WarningCode } from '#shared/model/manifest.js';
import type { UnreadableError } from '#scripts/source/port.js';
import { DeliveredFiles } from './delivered-files.js';
import type { FileReport } from './file-report.js';

/** Names of lost files that are kept. More of them say no more, and a manifest is read by people too. */
const MOST_LOST = 1000;

interface Count {
  count: number;
  folders: number;
  records: number;
  example: string;
}

export class Tally {
  events = 0;
  filtered = 0;
  inflatedBytes = 0;
  /** The files that were read, or should have been. */
  readonly delivered = new DeliveredFiles();
  private read = 0;
  private failed = 0;
  private ignoredFiles = 0;
  private readonly faults = new Map<WarningCode, Count>();
  private readonly ignoredKinds = new Map<string, Count>();
  private readonly lostNames: Lost[] = [];
  private lostCount = 0;

  /** A file that was not read, because of what its name says it is. */
  addIgnored(kind: string, name: string): void {
    this.ignoredFiles++;
    add(this.ignoredKinds, kind, name, 1, 0);
  }

  /** A folder of which nothing was listed, because of what its name says it is. */
  addIgnoredFolder(kind: string, name: string): void {
    add(this.ignoredKinds, kind, name, 0, 0, 1);
  }

  /** A file that could not be read at all. */
  addUnreadable(name: string, error: UnreadableError): void {
    this.failed++;
    this.delivered.add(name, true);
    this.addLost(name, error);
  }

  /** A folder that could not be listed: how many files it has is not known. */
  addLostFolder(name: string, error: UnreadableError): void {
    this.addLost(name, error);
  }

  /** A file that was read. It failed if faults are all it had, and was ignored if nothing in it is an event. */
  add(file: FileReport): void {
    this.events += file.events;
    this.filtered += file.filtered;
    this.inflatedBytes += file.inflatedBytes;
    const faults = Object.entries(file.faults) as [WarningCode, number][];
    const ignored = Object.entries(file.ignored);
    for (const [code, count] of faults) add(this.faults, code, file.name, count, 0);
    const isFailed = file.events === 0 && faults.length > 0;
    this.delivered.add(file.name, isFailed);
    if (isFailed) this.failed++;
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

  /** What could not be read, though it is there or was: files and folders. */
  get lost(): ReportManifest['lost'] | undefined {
    const first = this.lostNames.sort(byName).slice(0, MOST_LOST);
    return this.lostCount === 0 ? undefined : { count: this.lostCount, first };
  }

  get warnings(): Warning[] {
    return sorted(this.faults).map(([code, { count, example }]) => ({ code, count, example }));
  }

  get ignored(): Ignored[] {
    return sorted(this.ignoredKinds).map(([kind, { count, folders, records, example }]) => ({
      kind,
      count,
      ...(folders > 0 && { folders }),
      records,
      example,
    }));
  }

  private addLost(name: string, { code, message }: UnreadableError): void {
    add(this.faults, code, name, 1, 0);
    this.lostCount++;
    this.lostNames.push({ name, code, reason: message });
    // Files come in no order; the first by name are kept, whatever the order.
    if (this.lostNames.length >= MOST_LOST * 2) this.lostNames.sort(byName).splice(MOST_LOST);
  }
}

function byName(a: Lost, b: Lost): number {
  return a.name < b.name ? -1 : 1;
}

function add<K>(counts: Map<K, Count>, key: K, name: string, count: number, records: number, folders = 0): void {
  const known = counts.get(key) ?? { count: 0, folders: 0, records: 0, example: name };
  known.count += count;
  known.folders += folders;
  known.records += records;
  if (name < known.example) known.example = name;
  counts.set(key, known);
}

function sorted<K extends string>(counts: Map<K, Count>): [K, Count][] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
