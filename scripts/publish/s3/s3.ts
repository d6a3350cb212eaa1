/** Publishes a report to a bucket. Loads the AWS SDK: import it only for --publish. */
import { randomBytes } from 'node:crypto';
import type { PublishConfig, S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import { VERSION } from '#scripts/run/installation.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { failureOf } from '#scripts/aws/failure.js';
import { accessMark } from '../plan/access-policy.js';
import type { Website } from '../plan/bucket-facts.js';
import { cautionSentences } from '../plan/diagnosis.js';
import { placesOf, readableKeys, type Places } from '../plan/history.js';
import { historyPage } from '../history-page.js';
import { ACCESS_MARK, INDEX_DOCUMENT, MARK, type PlannedObject } from '../plan/plan.js';
import { planLines } from '../plan/plan-screen.js';
import type { Contents, Published, Publisher, PublishFile, PublishPlan } from '../port.js';
import { RECORD_NAME } from '../plan/published-record.js';
import { readersSentence } from '../plan/readers.js';
import { otherReadersSentence, type Attempt } from './refusals.js';
import { BucketAccess } from './access.js';
import { connectToPublish } from './connect.js';
import { ReportHistory, type Copy } from './history.js';
import { ReportLink } from '../link/s3-link.js';
import { metadataOf } from './objects.js';
import { refused } from './refused.js';
import { PARTS_AT_ONCE } from './upload.js';
import { deleteOldVersions } from './versions.js';
import { readWebsite } from './website.js';
import { ReportWriter, type Written } from './writer.js';

/**
 * Opens a bucket for a report and checks in advance what can be refused. Throws a `CulpritError` of kind `publish` if
 * the bucket does not exist or cannot be reached, or if the report would replace a page that Culprit did not write.
 * Changes nothing.
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

/** A plan, with the state of the bucket when it was made. */
class S3Plan implements PublishPlan {
  constructor(
    readonly lines: readonly string[],
    readonly readers: string,
    readonly address: string,
    readonly access: BucketAccess,
  ) {}
}

class S3Executor implements Publisher {
  private readonly link: ReportLink;
  private readonly places: Places;
  private readonly history: ReportHistory;
  /** The metadata of every object of this run. */
  private readonly metadata: Readonly<Record<string, string>>;

  constructor(
    private readonly config: PublishConfig,
    private readonly s3: S3Config,
    private readonly connection: BucketConnection,
  ) {
    this.places = placesOf(config.prefix, config.keep?.at);
    this.link = new ReportLink(config, connection, this.places.folder);
    this.history = new ReportHistory(connection, config, (error, attempt) => this.refused(error, attempt));
    const run = randomBytes(8).toString('hex');
    this.metadata = { [MARK]: `${VERSION} ${run}`, [ACCESS_MARK]: accessMark(config.access) };
  }

  async plan(contents: Contents | undefined): Promise<S3Plan> {
    const { config, connection, s3, places } = this;
    const { bucket, prefix } = config;
    const website = await this.readWebsite();
    const { kept, tooMany } = await this.copies();
    const access = await BucketAccess.prepare(connection, config, s3, website, readableKeys(prefix, places, kept));
    const { facts, plan } = access;
    const readers = await this.readersNow(access);
    const address = this.link.address(website);
    const lines = planLines(
      {
        place: `s3://${bucket}/${prefix}`,
        region: connection.region,
        address,
        readers,
        uploads: [
          ...places.objects.map(({ key }) => key),
          ...(plan.policy === undefined && !plan.makesWebsite ? [] : [prefix + RECORD_NAME]),
        ],
        plan,
        cautions: [
          ...tooMany.map(({ folder, isWhole }) =>
            isWhole
              ? `Deletes the old copy ${prefix}${folder}.`
              : `Deletes ${prefix}${folder}, left by an interrupted run.`,
          ),
          ...this.link.notes(website),
          ...cautionSentences(facts, config),
        ],
      },
      contents,
    );
    return new S3Plan(lines, readers, address, access);
  }

  async publish(
    plan: PublishPlan,
    files: readonly PublishFile[],
    onProgress?: (bytes: number) => void,
  ): Promise<Published> {
    if (!(plan instanceof S3Plan)) throw new Error('the plan was made by another publisher');
    const { bucket, prefix } = this.config;
    const { access } = plan;
    await this.inspectAll();
    await this.copies();
    await access.close(this.metadata[MARK] ?? '');
    const writer = this.writer(() => access.check(), onProgress);
    const written = new Map<string, Written>();
    for (const object of this.places.objects) {
      const { name } = object;
      const file = files.find((candidate) => candidate.name === name);
      if (this.isHistoryPage(object)) await this.writeHistory(writer, object);
      else if (file) written.set(name, await writer.write(object, () => file.read(), written.get(name)));
    }
    const { kept, tooMany } = await this.copies();
    const keys = readableKeys(prefix, this.places, kept);
    const madeWebsite = await access.open(keys, () => this.refuseOtherReaders(keys));
    const removed = await this.removeCopies(tooMany, writer.notes);
    const { website } = access.facts;
    return {
      url: await this.link.url(website),
      notes: [
        ...(madeWebsite
          ? [`Turned on static website hosting for "${bucket}" (index document ${INDEX_DOCUMENT}).`]
          : []),
        ...this.link.faults(website),
        ...(await access.statusNotes()),
        ...this.pastReports(website),
        ...writer.notes,
        ...(await this.tidyVersions(access, removed)),
        // The credentials may have been renewed.
        `Readers: ${await this.readersNow(access)}`,
        ...this.link.recipe(),
      ],
    };
  }

  private async readersNow({ plan, facts }: BucketAccess): Promise<string> {
    const { access, encryption } = this.config;
    const opensBy = encryption?.passphraseFile === undefined ? 'link' : 'passphrase';
    return readersSentence(access, opensBy, plan, facts, await this.link.life());
  }

  /** The report is already there, so problems with older versions become notes, not errors. */
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
      return [`Older versions of earlier reports still exist. ${message}`];
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

  /**
   * The folders of the copies to keep, including this run's, newest first; and the copies beyond that number. Throws if
   * a copy was made for other readers.
   */
  private async copies(): Promise<{ kept: readonly string[]; tooMany: readonly Copy[] }> {
    const { keep } = this.config;
    const { copy } = this.places;
    if (keep === undefined || copy === undefined) return { kept: [], tooMany: [] };
    const copies = await this.history.copies(keep.at);
    this.history.refuseOthers(copies);
    const others = copies.filter(({ folder }) => folder !== copy);
    const whole = others.filter(({ isWhole }) => isWhole);
    const kept = [copy, ...whole.slice(0, keep.copies - 1).map(({ folder }) => folder)].sort().reverse();
    return { kept, tooMany: others.filter(({ folder }) => !kept.includes(folder)) };
  }

  /** Writes the index page of past reports, which lists the copies that stay. */
  private async writeHistory(writer: ReportWriter, object: PlannedObject): Promise<void> {
    const { kept } = await this.copies();
    await writer.write(object, () => [historyPage(kept)]);
  }

  /**
   * Throws if an object at one of the keys was not published for the readers of this access, as by another run
   * meanwhile.
   */
  private async refuseOtherReaders(keys: readonly string[]): Promise<void> {
    const { bucket } = this.config;
    for (const key of keys) {
      const metadata = await metadataOf(this.connection, key).catch((error: unknown) => {
        // Without permission to read it, the user has been told, and nothing existing was overwritten.
        if (failureOf(error).kind === 'denied') return this.metadata;
        throw this.refused(error, { action: 's3:GetObject', bucket, key });
      });
      if (metadata === undefined) continue;
      if (metadata[MARK] !== undefined && this.history.isForReaders(metadata[ACCESS_MARK])) continue;
      throw new CulpritError('publish', otherReadersSentence(`s3://${bucket}/${key}`));
    }
  }

  /** The report is already there, so problems with older copies become notes, not errors. */
  private async removeCopies(tooMany: readonly Copy[], notes: string[]): Promise<string[]> {
    const removed: string[] = [];
    try {
      for (const copy of tooMany) removed.push(...(await this.history.remove(copy)));
    } catch (error) {
      notes.push(`Older copies still exist. ${(error as Error).message}`);
    }
    return removed;
  }

  close(): void {
    this.connection.client.destroy();
  }

  /** The first request whose response has a body, so it is also the one that reports problems with the credentials. */
  async readWebsite(): Promise<Website> {
    const { bucket } = this.config;
    try {
      return await readWebsite(this.connection.client, bucket);
    } catch (error) {
      throw this.refused(error, { action: 's3:GetBucketWebsite', bucket });
    }
  }

  /**
   * @param check called right before an object is put in place
   * @param onProgress receives the number of bytes uploaded
   */
  private writer(
    check: () => Promise<void> = () => Promise.resolve(),
    onProgress: (bytes: number) => void = () => undefined,
  ): ReportWriter {
    return new ReportWriter(this.connection, this.config, this.s3, this.metadata, check, onProgress);
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
