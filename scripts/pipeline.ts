/** The stages of a run, in order. The pipeline knows only ports; `cli/adapters.ts` builds their implementations. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { LogCache, rowsKeyOf } from '#scripts/ingest/cache/log-cache.js';
import type { IngestSettings } from '#scripts/ingest/settings.js';
import type { RunConfig } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { Embedded } from '#scripts/output/html/embed.js';
import { embedWithin, type Fitted } from '#scripts/output/html/fit-page.js';
import { writePage } from '#scripts/output/html/page.js';
import { prepareShell, type PageShell } from '#scripts/output/html/shell.js';
import { sealedManifest, sealedPage } from '#scripts/output/html/sealed-page.js';
import { buildStore, type BuiltStore } from '#scripts/ingest/merge/build-store.js';
import { readLogs } from '#scripts/ingest/read/read-logs.js';
import type { Tally } from '#scripts/ingest/read/tally.js';
import { OutputFile } from '#scripts/output/files/output-file.js';
import { COMMAND, VERSION } from '#scripts/run/installation.js';
import type { Progress } from '#scripts/run/progress.js';
import type { Encryption, Published, Publisher, PublishFile, PublishPlan } from '#scripts/publish/port.js';
import { KEY_TABLE, KEY_TABLE_MODE, keyTable } from '#scripts/redact/key-table.js';
import type { Pseudonyms } from '#scripts/redact/pseudonyms.js';
import { redactReport, type RedactedReport } from '#scripts/redact/redact-report.js';
import { contentsOf, describeReport, manifestJson } from '#scripts/output/manifest.js';
import type { Briefing } from '#shared/model/briefing.js';
import { WARNINGS, type ReportManifest } from '#shared/model/manifest.js';
import type { Verification } from '#shared/model/verification.js';
import type { EmbeddedRun } from '#shared/format/report-format.js';
import { kindName } from '#scripts/source/layout.js';
import type { LogSource } from '#scripts/source/port.js';
import { Verifier, type KeySource } from '#scripts/verify/verifier.js';
import { describeHits, findHits, latestOf } from '#scripts/findings/find.js';
import { loadRules, ruleFiles } from '#scripts/findings/read-rules.js';
import { readSuppressions } from '#scripts/findings/read-suppressions.js';
import { countFindings, findingsJson } from '#scripts/output/findings.js';
import type { EventStore } from '#scripts/store/event-store.js';
import { briefingOf } from '#scripts/investigate/briefing/briefing.js';
import { writeTsv } from '#scripts/output/tsv/write.js';
import type { WorkerPool } from '#scripts/workers/pool.js';
import { startWorkers, type Workers } from '#scripts/workers/start.js';

export interface PipelinePorts {
  readonly sources: readonly LogSource[];
  readonly publisher: Publisher | undefined;
  /** How to encrypt what is published; undefined: not at all. */
  readonly encryption: Encryption | undefined;
  /** Shows the publishing plan; resolves to whether to go on. */
  readonly agree: (plan: readonly string[]) => Promise<boolean>;
  /** Shows the link that contains the key of an encrypted report, before anything is uploaded. */
  readonly showLink: (url: string) => void;
  readonly progress: Progress;
  readonly now: () => Date;
  /** Worker threads that were started earlier, while the program loaded. They are closed at the end. */
  readonly workers?: Promise<Workers>;
  /** Where public keys come from; undefined if logs are not verified. */
  readonly keys?: KeySource;
  /** The command line, for the manifest. */
  readonly command: string;
}

export interface PipelineResult {
  readonly manifest: ReportManifest;
  readonly published: Published | undefined;
  /** What --notify may tell of; [] without it. */
  readonly latest: ReturnType<typeof latestOf>;
}

/** Makes the report from its sources, and publishes it. Throws a `CulpritError` for errors that the user can fix. */
export async function runPipeline(config: RunConfig, ports: PipelinePorts): Promise<PipelineResult> {
  const { progress, now } = ports;
  const startedAt = now();
  const { pool, code } = await (ports.workers ?? startWorkers());
  try {
    const shell = prepareShell();
    shell.catch(() => undefined);
    const { publisher, encryption } = ports;
    const sealedShell = publisher && encryption && prepareShell('sealed');
    sealedShell?.catch(() => undefined);
    const suppressions = await readSuppressions(config.suppress);
    const loading = loadRules(ruleFiles(config.rules));
    loading.catch(() => undefined);
    const { built, described } = await readEvents(config, ports, { pool, code }, startedAt);
    progress.begin('find');
    const rules = await loading;
    const hits = await findHits(pool, built.store, rules, suppressions, startedAt.getTime());
    progress.end();
    const latest = config.notify.length === 0 ? [] : latestOf(built.store, hits, config.failOn ?? 'medium');
    const whole = { ...described, findings: countFindings(hits) };
    const { store, report, pseudonyms } = await redact(config, built, whole, pool, progress);
    const found = describeHits(store, hits);
    const given = hits.notEvaluable.length - rules.refused.length;
    const evaluated = rules.events.length + rules.correlations.length - given;
    const briefing = briefingOf(found.log, found.findings, evaluated);
    await mkdir(config.outDir, { recursive: true });
    const run = (): EmbeddedRun => ({
      startedAt: startedAt.toISOString(),
      seconds: (now().getTime() - startedAt.getTime()) / 1000,
      // The arguments name buckets, folders, profiles and accounts.
      command: config.redact ? `${COMMAND} … --redact` : ports.command,
    });
    const pageHash = createHash('sha256');
    const hash = publisher && !encryption ? pageHash : undefined;
    const findingsFile = await OutputFile.create(config.outDir, 'findings.json');
    await findingsFile.write(findingsJson(found, config.redact !== undefined));
    await findingsFile.finish();
    const { outputs: written, fitted } = await writeOutputs(
      config,
      store,
      { report, briefing },
      run,
      pool,
      shell,
      progress,
      hash,
    );
    const outputs = [...written, findingsFile];
    // The workers have nothing more to do, and take a while to end.
    const ended = pool.close();
    ended.catch(() => undefined);
    const manifest: ReportManifest = {
      ...report,
      ...(fitted.unlisted && { unlisted: fitted.unlisted }),
      outputs: outputs.map(({ name, bytes }) => ({ path: name, bytes })),
      run: { ...run(), ...requestsOf(ports.sources) },
    };
    const manifestFile = await OutputFile.create(config.outDir, 'manifest.json');
    await manifestFile.write(manifestJson(manifest));
    await manifestFile.finish();
    const keys = pseudonyms ? [await writeKeyTable(config, pseudonyms)] : [];
    // Files get their final names only when all of them are complete.
    await OutputFile.commitAll([...keys, ...outputs], manifestFile);
    if (!publisher) return { manifest, published: undefined, latest };
    const plan = await publisher.plan(contentsOf(manifest, store));
    if (!(await ports.agree(plan.lines))) return { manifest, published: undefined, latest };
    const files =
      encryption && sealedShell
        ? sealedFiles(manifest, fitted, encryption, await sealedShell)
        : plainFiles(config.outDir, manifest, pageHash.digest());
    const fragment = encryption?.fragment ?? '';
    // However this process ends, the key of a published page has been shown.
    if (fragment !== '') ports.showLink(plan.address + fragment);
    progress.begin('publish');
    const published = await publishFiles(publisher, plan, files, fragment, progress);
    progress.end();
    return { manifest, published, latest };
  } finally {
    await pool.close();
  }
}

/**
 * Sources → an answer, without a report. Throws as `runPipeline` does.
 * @param ask answers from the events and what is known of them
 */
export async function answerFrom<T>(
  config: RunConfig,
  ports: Omit<PipelinePorts, 'publisher' | 'encryption' | 'agree' | 'showLink' | 'command'>,
  ask: (store: EventStore, report: Omit<Described, 'findings'>) => Promise<T>,
): Promise<T> {
  const workers = await (ports.workers ?? startWorkers());
  try {
    const { built, described } = await readEvents(config, ports, workers, ports.now());
    return await ask(built.store, described);
  } finally {
    await workers.pool.close();
  }
}

type Described = Omit<ReportManifest, 'run' | 'outputs'>;

/** Sources → store, and what is known of what was read. */
async function readEvents(
  config: RunConfig,
  ports: Pick<PipelinePorts, 'sources' | 'keys' | 'progress'>,
  { pool, code }: Workers,
  startedAt: Date,
): Promise<{ readonly built: BuiltStore; readonly described: Omit<Described, 'findings'> }> {
  const { progress } = ports;
  const verifier = ports.keys && new Verifier();
  const { filter, maxInflatedBytes, showSecrets } = config;
  const settings: IngestSettings = { filter, maxInflatedBytes, showSecrets };
  const tally = await readLogs(
    ports.sources,
    pool,
    {
      settings,
      cache: openCache(config, settings, ports, code),
      verifier,
    },
    progress,
  );
  refuseNothing(tally, config.inputs);
  const verification = await verify(config, ports, verifier, tally, startedAt);

  progress.begin('sort');
  const built = await buildStore(pool, verifier && ((file) => verifier.proofOf(file)));
  progress.update({ events: built.store.rows });
  progress.end();

  const described = describeReport(built.store, built, tally, config.filter, VERSION);
  return { built, described: { ...described, ...(verification && { verification }) } };
}

/** The report with the replacements of --redact. */
async function redact(
  { redact: what }: RunConfig,
  { store, attributionColumns }: BuiltStore,
  report: Described,
  pool: WorkerPool,
  progress: Progress,
): Promise<Omit<RedactedReport, 'pseudonyms'> & { readonly pseudonyms?: Pseudonyms }> {
  if (what === undefined) return { store, report };
  progress.begin('redact');
  const redacted = await redactReport(what, store, report, attributionColumns, async (events) => {
    progress.update({ events, totalEvents: store.rows });
    await setImmediate();
  });
  await pool.all('useStore', redacted.store);
  progress.end();
  return redacted;
}

/**
 * Writes which pseudonym stands for what. For this machine only: the manifest does not list the file, and nothing
 * publishes it.
 */
async function writeKeyTable({ outDir }: RunConfig, pseudonyms: Pseudonyms): Promise<OutputFile> {
  const file = await OutputFile.create(outDir, KEY_TABLE, KEY_TABLE_MODE);
  for (const lines of keyTable(pseudonyms)) await file.write(lines);
  await file.finish();
  return file;
}

/** Runs --verify, which reads the digests now; undefined if it was not requested. */
async function verify(
  { filter }: RunConfig,
  { sources, keys, progress }: Pick<PipelinePorts, 'sources' | 'keys' | 'progress'>,
  verifier: Verifier | undefined,
  tally: Tally,
  now: Date,
): Promise<Verification | undefined> {
  if (verifier === undefined || keys === undefined) return undefined;
  progress.begin('verify');
  const verification = await verifier.verify({
    sources,
    keys,
    since: filter.since,
    until: filter.until === undefined ? undefined : Math.min(filter.until, now.getTime()),
    now: now.getTime(),
    told: (files, totalFiles) => progress.update({ files, totalFiles }),
    lost: (name, error) => tally.addLostFolder(name, error),
  });
  progress.end();
  return verification;
}

/**
 * Opens the cache if a source has cacheable files. Rows from another program version or another filter are not used.
 */
function openCache(
  { cache }: RunConfig,
  settings: IngestSettings,
  { sources, progress }: Pick<PipelinePorts, 'sources' | 'progress'>,
  code: string,
): LogCache | undefined {
  if (cache === undefined || !sources.some(({ cacheName }) => cacheName !== undefined)) return undefined;
  // Rows are kept whatever their time, so that --since and --until are not part of the key.
  const key = JSON.stringify({ ...settings, filter: { ...settings.filter, since: undefined, until: undefined } });
  return LogCache.open(cache, rowsKeyOf(code, key), (sentence) => progress.warn(sentence));
}

/** The S3 requests of all sources together. */
function requestsOf(sources: readonly LogSource[]): Pick<ReportManifest['run'], 'requests'> {
  const counts = sources.flatMap(({ requests }) => requests ?? []);
  if (counts.length === 0) return {};
  const sum = (name: keyof (typeof counts)[0]): number => counts.reduce((total, of) => total + of[name], 0);
  return {
    requests: { lists: sum('lists'), gets: sum('gets'), retries: sum('retries'), slowDowns: sum('slowDowns') },
  };
}

/** Throws if no file could be read: then there is no report, and the last good one stays. */
function refuseNothing({ files, warnings, ignored, lost }: Tally, inputs: readonly string[]): void {
  if (files.read > 0) return;
  const where = inputs.join(', ');
  if (files.listed === 0 && ignored.length === 0)
    throw new CulpritError('empty', `No file was found in ${where}. Check the path or prefix.`);
  const [first] = lost?.first ?? [];
  if (first !== undefined && lost?.count === files.failed) {
    const howMany = lost.count === 1 ? '' : `, ${String(lost.count)} files or folders in total`;
    throw new CulpritError('source', `Nothing in ${where} could be read: ${first.reason} (${first.name}${howMany}).`);
  }
  const times = (count: number): string => (count > 1 ? `${String(count)} × ` : '');
  const kinds = ignored.map(
    ({ kind, count, folders = 0, example }) => `${times(count + folders)}${kindName(kind)} (${example})`,
  );
  if (files.failed > 0) {
    const faults = warnings.map(({ code, count, example }) => `${times(count)}${WARNINGS[code]} (${example})`);
    throw new CulpritError(
      'empty',
      `Nothing in ${where} could be used as a CloudTrail log: ${[...faults, ...kinds].join(' | ')}.`,
    );
  }
  throw new CulpritError(
    'empty',
    `There are no CloudTrail events in ${where}: ${kinds.join(' | ')}. Use the trail's bucket, its AWSLogs folder or a folder below as INPUT.`,
  );
}

/** Writes the TSV and the page at the same time, so that no worker is idle. Neither file gets its final name yet. */
async function writeOutputs(
  config: RunConfig,
  store: EventStore,
  said: { readonly report: Described; readonly briefing: Briefing },
  run: () => EmbeddedRun,
  pool: WorkerPool,
  shell: Promise<PageShell>,
  progress: Progress,
  pageHash: Hash | undefined,
): Promise<{ outputs: OutputFile[]; fitted: Fitted }> {
  const tsv = await OutputFile.create(config.outDir, 'events.tsv');
  const page = await OutputFile.create(config.outDir, 'index.html');
  const guard = !config.rawTsv;
  let events = 0;
  let fitted: Promise<Fitted>;
  progress.begin('write');
  try {
    // Lines first: preparing the page keeps the main thread busy for a while, and the workers have work meanwhile.
    const tsvWritten = writeTsv(
      store.rows,
      pool.size * 2,
      async (from, to, spare) => {
        const lines = await pool.run('formatTsv', { from, to, guard, spare }, spare && [spare]);
        events += to - from;
        progress.update({ events, totalEvents: store.rows });
        return lines;
      },
      tsv.write,
    );
    fitted = embedWithin(store, said, config.page, await shell, {
      use: async (listed) => {
        await pool.all('usePageStore', listed);
        await pool.all('useResourceNames', await pool.run('findResourceNames', undefined));
      },
      codes: (column) => pool.run('embedCodes', column),
      strings: (column) => pool.run('embedStrings', column),
      times: (start, unit) => pool.run('embedTimes', { start, unit }),
      segment: (selection, from, to) => pool.run('embedSegment', { selection, from, to }),
    });
    const writeToPage = (chunk: string | Uint8Array): Promise<void> => {
      pageHash?.update(chunk);
      return page.write(chunk);
    };
    const pageWritten = fitted.then(({ manifest, blocks }) => writePage(manifest, blocks, run, writeToPage, shell));
    await Promise.all([tsvWritten.then(() => tsv.finish()), pageWritten.then(() => page.finish())]);
  } finally {
    await Promise.allSettled([tsv.close(), page.close()]);
  }
  progress.update({ events, totalEvents: store.rows, bytes: tsv.bytes + page.bytes });
  progress.end();
  return { outputs: [tsv, page], fitted: await fitted };
}

/**
 * The report in the output folder. A file that has changed since the user agreed to publish it is refused before its
 * last bytes are sent, so that it replaces nothing.
 * @param pageHash SHA-256 of the page as written
 */
function plainFiles(outDir: string, manifest: ReportManifest, pageHash: Buffer): PublishFile[] {
  const file = path.join(outDir, 'index.html');
  async function* readPage(): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file)) {
      hash.update(chunk as Buffer);
      yield chunk as Buffer;
    }
    if (hash.digest().equals(pageHash)) return;
    throw new CulpritError(
      'publish',
      `${file} was changed after the report was created, so it was not published. Repeat the command.`,
    );
  }
  return [
    { name: 'manifest.json', read: () => [manifestJson(manifest)] },
    { name: 'index.html', read: readPage },
  ];
}

/**
 * Publishes the report. If that fails and the page may have arrived, the error includes the link, without which the
 * page could not be opened.
 * @param fragment the part of the link after the address
 */
async function publishFiles(
  publisher: Publisher,
  plan: PublishPlan,
  files: readonly PublishFile[],
  fragment: string,
  progress: Progress,
): Promise<Published> {
  const begun = new Set<string>();
  const watched = files.map((file): PublishFile => ({
    name: file.name,
    read: () => {
      begun.add(file.name);
      return file.read();
    },
  }));
  try {
    const published = await publisher.publish(plan, watched, (bytes) => progress.update({ bytes }));
    return { ...published, url: published.url + fragment };
  } catch (error) {
    if (!begun.has('index.html') || !(error instanceof CulpritError)) throw error;
    throw new CulpritError(
      error.kind,
      `${error.message} If the page was uploaded, this link opens it: ${plan.address}${fragment}`,
      { cause: error },
    );
  }
}

/** The report encrypted, for the key alone. It is never on disk. */
function sealedFiles(
  manifest: ReportManifest,
  embedded: Embedded,
  { seal, derivation }: Encryption,
  shell: PageShell,
): PublishFile[] {
  return [
    { name: 'manifest.json', read: () => [sealedManifest(manifest)] },
    { name: 'index.html', read: () => sealedPage(embedded, manifest.run, shell, seal, derivation) },
  ];
}
