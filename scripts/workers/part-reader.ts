/** A worker's reading: files, or rows that an earlier run kept, into its part. */
import { readLocalFile } from '#scripts/source/folder/local-file.js';
import { proveStored } from '#scripts/verify/file-proof.js';
import type { IngestAnswer, KeepOrder, StoredFile } from './tasks.js';
import { keepPack, keepRows } from '#scripts/ingest/cache/keep.js';
import { baseName } from '#scripts/ingest/cache/log-cache.js';
import { readRows } from '#scripts/ingest/cache/rows-file.js';
import { Flattener } from '#scripts/ingest/flatten/flattener.js';
import { GrowingPart } from '#scripts/ingest/flatten/growing-part.js';
import { decodeRows, encodeRows } from '#scripts/ingest/flatten/kept-rows.js';
import type { Part } from '#scripts/ingest/flatten/part.js';
import type { IngestSettings } from '#scripts/ingest/settings.js';
import { addFault, addIgnored, newFileReport, type FileReport } from '#scripts/ingest/read/file-report.js';
import { inflate } from '#scripts/ingest/read/inflate.js';

export class PartReader {
  private readonly part = new GrowingPart();
  private readonly flattener: Flattener;

  /** @param withProofs each file's report has its proof */
  constructor(
    private readonly settings: IngestSettings,
    private readonly withProofs: boolean,
  ) {
    this.flattener = new Flattener(this.part, settings);
  }

  /** Adds files, and keeps them where the order says. */
  ingest(files: readonly StoredFile[], keep: KeepOrder | undefined): IngestAnswer {
    const { flattener, part } = this;
    const { outOfTime } = flattener;
    const { size } = part;
    const reports = files.map((file) => this.ingestFile(file));
    if (keep === undefined) return { reports, cacheFault: undefined };
    const contents = files.flatMap(({ name, version, content }) =>
      content instanceof Uint8Array ? { name: baseName(name), version, content } : [],
    );
    let cacheFault = keep.path === undefined ? undefined : keepPack(keep.path, contents);
    // Rows that this run's --since or --until left out would be missing in another run.
    if (cacheFault === undefined && flattener.outOfTime === outOfTime) {
      cacheFault = keepRows(keep.rowsPath, reports, encodeRows(part, size));
    }
    return { reports, cacheFault };
  }

  /** Adds the rows in a file of the cache; undefined where it holds none that can be used. */
  takeInRows(path: string): readonly FileReport[] | undefined {
    const kept = readRows(path);
    if (kept === undefined) return undefined;
    const [first, ...rest] = kept.reports;
    const left = decodeRows(kept.rows, this.part, kept.reports, this.settings.filter);
    return first === undefined ? [] : [{ ...first, filtered: first.filtered + left }, ...rest];
  }

  /** The part. This object must not be used afterwards. */
  finish(): Part {
    return this.part.finish();
  }

  private ingestFile({ name, content }: StoredFile): FileReport {
    const { maxInflatedBytes } = this.settings;
    const report = newFileReport(name);
    let bytes: Uint8Array;
    try {
      bytes = content instanceof Uint8Array ? content : readLocalFile(content.path);
    } catch (error) {
      report.reason = error instanceof Error ? error.message : String(error);
      return report;
    }
    const proven = this.withProofs ? proveStored(bytes, maxInflatedBytes) : undefined;
    if (proven?.proof !== undefined) report.proof = proven.proof;
    // What has bytes behind its end is read as without --verify: its events are in the report, and the tampering beside.
    const isWhole = proven?.proof?.form === 'gzip' ? proven.bytes : undefined;
    const inflated = inflate(isWhole ?? bytes, maxInflatedBytes);
    for (const fault of inflated.faults) addFault(report, fault);
    if (inflated.isAppleDouble) addIgnored(report, 'apple-double');
    report.inflatedBytes = inflated.bytes.length;
    // Where there is nothing because of a fault, that is enough.
    if (inflated.bytes.length > 0 || (inflated.faults.length === 0 && !inflated.isAppleDouble)) {
      this.flattener.add(inflated.bytes, report, inflated.isTruncated);
    }
    return report;
  }
}
