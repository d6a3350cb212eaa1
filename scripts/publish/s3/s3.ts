/** Publishes a report to a bucket. Loads the AWS SDK: import it only for --publish. */
import { readFileSync } from 'node:fs';
import type { PublishConfig, S3Config } from '#scripts/run/config.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import type { Website } from '../plan/bucket-facts.js';
import { cautionSentences } from '../plan/diagnosis.js';
import { placesOf, type Places } from '../plan/history.js';
import { historyPage } from '../history-page.js';
import { INDEX_DOCUMENT, MARK, type PlannedObject } from '../plan/plan.js';
import { planLines } from '../plan/plan-screen.js';
import type { Contents, Published, Publisher, PublishFile } from '../port.js';
import { RECORD_NAME } from '../plan/published-record.js';
import { readersSentence } from '../plan/readers.js';
import type { Attempt } from './refusals.js';
import { BucketAccess } from './access.js';
import { connectToPublish } from './connect.js';
import { ACCESS_MARK, ReportHistory, type Copy } from './history.js';
import { ReportLink } from '../link/s3-link.js';
import { refused } from './refused.js';
import { PARTS_AT_ONCE } from './upload.js';
import { deleteOldVersions } from './versions.js';
import { readWebsite } from './website.js';
import { ReportWriter, type Written } from './writer.js';

/**
 * Opens a bucket for a report, and finds out what can be refused before anything is made: throws a `CulpritError` of kind
 * `publish` if the bucket is missing or out of reach, or if a page that Culprit did not write lies where the report would
 * go. Changes nothing.
 */
export async function openS3Publisher(config: PublishConfig, s3: S3Config): Promise<Publisher> {
  const executor = new S3Executor(config, s3, await connectToPublish(config.bucket, s3, PARTS_AT_ONCE));
  try {
    await executor.readWebsite();
    await executor.inspectAll();
    await executor.plan(undefined);
  } catch (error) {
    executor.close();
    throw error;
  }
  return executor;
}

class S3Executor implements Publisher {
  readers = '';
  /** What the last plan said. */
  private access: BucketAccess | undefined;
  private readonly link: ReportLink;
  private readonly places: Places;
  private readonly history: ReportHistory;

  constructor(
    private readonly config: PublishConfig,
    private readonly s3: S3Config,
    private readonly connection: BucketConnection,
  ) {
    this.places = placesOf(config.prefix, config.keep?.at);
    this.link = new ReportLink(config, connection, this.places.folder);
    this.history = new ReportHistory(connection, config, (error, attempt) => this.refused(error, attempt));
  }

  async plan(contents: Contents | undefined): Promise<readonly string[]> {
    const { config, connection, s3 } = this;
    const { bucket, prefix } = config;
    const website = await this.readWebsite();
    const { objects, readable } = this.places;
    const tooMany = await this.tooManyCopies();
    this.access = await BucketAccess.prepare(connection, config, s3, website, readable);
    const { facts, plan } = this.access;
    this.readers = await this.readersNow(this.access);
    return planLines(
      {
        place: `s3://${bucket}/${prefix}`,
        region: connection.region,
        address: this.link.address(website),
        readers: this.readers,
        uploads: [
          ...objects.map(({ key }) => key),
          ...(plan.policy === undefined && !plan.makesWebsite ? [] : [prefix + RECORD_NAME]),
        ],
        plan,
        cautions: [
          ...tooMany.map(({ folder }) => `Removes the copy ${prefix}${folder}, beyond those that are kept.`),
          ...this.link.notes(website),
          ...cautionSentences(facts, config),
        ],
      },
      contents,
    );
  }

  async publish(files: readonly PublishFile[], onProgress?: (bytes: number) => void): Promise<Published> {
    const { bucket } = this.config;
    if (this.access === undefined) await this.plan(undefined);
    const { access } = this;
    if (access === undefined) throw new Error('nothing was planned');
    await this.inspectAll();
    await access.before(toolVersion());
    const writer = this.writer(onProgress);
    const written = new Map<string, Written>();
    for (const object of this.places.objects) {
      const { name } = object;
      const file = files.find((candidate) => candidate.name === name);
      if (this.isHistoryPage(object)) await this.writeHistory(writer, object);
      else if (file) written.set(name, await writer.write(object, () => file.read(), written.get(name)));
    }
    await access.after();
    const removed = await this.removeCopies(writer.notes);
    const { website } = access.facts;
    // It may have become one just now, or the credentials may have been renewed.
    this.readers = await this.readersNow(access);
    return {
      url: await this.link.url(website),
      notes: [
        ...(access.plan.makesWebsite
          ? [`Turned on static website hosting for "${bucket}" (index document ${INDEX_DOCUMENT}), which had none.`]
          : []),
        ...this.link.faults(website),
        ...(await access.statusNotes()),
        ...this.pastReports(website),
        ...writer.notes,
        ...(await this.tidyVersions(access, removed)),
        `Readers: ${this.readers}`,
        ...this.link.recipe(),
      ],
    };
  }

  private async readersNow({ plan, facts }: BucketAccess): Promise<string> {
    const { access, encryption } = this.config;
    const opensBy = encryption?.passphraseFile === undefined ? 'link' : 'passphrase';
    return readersSentence(access, opensBy, plan, facts, await this.link.life());
  }

  /** The report is there already, so what goes wrong with its older versions is said, not thrown. */
  private async tidyVersions({ facts }: BucketAccess, removed: readonly string[]): Promise<string[]> {
    const { bucket, prefix, deleteOldVersions: isWanted } = this.config;
    if (!isWanted || facts.keepsVersions === false) return [];
    const keys = [...this.places.objects.map(({ key }) => key), ...removed];
    try {
      const deleted = await deleteOldVersions(this.connection.client, bucket, keys);
      return [`Deleted ${String(deleted)} older version${deleted === 1 ? '' : 's'} of earlier reports.`];
    } catch (error) {
      const attempt = { action: 's3:DeleteObjectVersion', bucket, key: prefix + INDEX_DOCUMENT } as const;
      const { message } = this.refused(error, attempt) as Error;
      return [`Older versions of earlier reports are still there. ${message}`];
    }
  }

  private pastReports(website: Website): string[] {
    const { config, connection, places } = this;
    if (places.copy === undefined || config.access.kind === 'presigned') return [];
    return [`Past reports: ${new ReportLink(config, connection, config.prefix).address(website)}`];
  }

  private isHistoryPage({ key }: PlannedObject): boolean {
    return this.places.copy !== undefined && key === this.config.prefix + INDEX_DOCUMENT;
  }

  /** Copies beyond the number that is kept, this run's counted. Throws where one was made for other readers. */
  private async tooManyCopies(): Promise<readonly Copy[]> {
    const { keep } = this.config;
    if (keep === undefined) return [];
    const copies = await this.history.copies();
    this.history.refuseOthers(copies);
    return copies.filter(({ folder }) => folder !== this.places.copy).slice(keep.copies - 1);
  }

  /** The page of the past reports, which lists what stays. */
  private async writeHistory(writer: ReportWriter, object: PlannedObject): Promise<void> {
    const folders = (await this.history.copies()).map(({ folder }) => folder);
    const tooMany = (await this.tooManyCopies()).map(({ folder }) => folder);
    await writer.write(object, () => [historyPage(folders.filter((folder) => !tooMany.includes(folder)))]);
  }

  /** The report is there already, so what goes wrong with older ones is said, not thrown. */
  private async removeCopies(notes: string[]): Promise<string[]> {
    const removed: string[] = [];
    try {
      for (const copy of await this.tooManyCopies()) removed.push(...(await this.history.remove(copy)));
    } catch (error) {
      notes.push(`Older copies are still there. ${(error as Error).message}`);
    }
    return removed;
  }

  close(): void {
    this.connection.client.destroy();
  }

  /** The first call with a body in its answer, so it is also the one to say what is wrong with the credentials. */
  async readWebsite(): Promise<Website> {
    const { bucket } = this.config;
    try {
      return await readWebsite(this.connection.client, bucket);
    } catch (error) {
      throw this.refused(error, { action: 's3:GetBucketWebsite', bucket });
    }
  }

  /** @param onProgress told how many bytes have arrived */
  private writer(onProgress: (bytes: number) => void = () => undefined): ReportWriter {
    const metadata = { [MARK]: toolVersion(), [ACCESS_MARK]: this.config.access.kind };
    return new ReportWriter(this.connection, this.config, this.s3, metadata, onProgress);
  }

  async inspectAll(): Promise<void> {
    const { prefix } = this.config;
    const keys = [...this.places.objects.map(({ key }) => key), prefix + RECORD_NAME];
    await this.writer().refuseForeign(keys);
  }

  private refused(error: unknown, attempt: Attempt): unknown {
    return refused(error, attempt, this.s3, this.connection.region);
  }
}

function toolVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
