/** Makes a report: runs the pipeline with its adapters and prints the result. */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { RunConfig } from '#scripts/run/config.js';
import { CulpritError, EXIT_CODES } from '#scripts/run/errors.js';
import type { Published, Publisher } from '#scripts/publish/port.js';
import type { LatestEvents } from '#scripts/investigate/findings/find.js';
import { compareLevels, type Level, LEVELS } from '#shared/model/level.js';
import type { ReportManifest } from '#shared/model/manifest.js';
import type { LogSource } from '#scripts/source/port.js';
import { REPORT_FILES, refuseForeign } from '#scripts/output/files/own-files.js';
import { makeOutputFolder } from '#scripts/output/files/temporary-files.js';
import { agreement } from './terminal/agreement.js';
import { NO_INPUT, quietLines, summaryLines, type WrittenFile } from './terminal/summary.js';
import type { Terminal } from './terminal/terminal.js';
import { openEncryption, openKeys, openPublisher, openSource } from './adapters.js';
import { isColorful, keyboardBeside, writeLines, type Effects } from './effects.js';

/**
 * Returns the exit code of a run that did not throw. Throws a `CulpritError` for errors that the user can fix, and the
 * system's error if the output cannot be written.
 * @param command the command line, for the manifest
 */
export async function makeReport(
  config: RunConfig,
  command: string,
  progress: Terminal,
  effects: Effects,
): Promise<number> {
  const { stdout, stderr, now } = effects;
  const forPeople = config.json ? stderr : stdout;
  if (config.isSample && config.verbosity !== 'quiet') writeLines(forPeople, [NO_INPUT]);
  const agree = agreement(config, { keyboard: keyboardBeside(stderr, effects), forPeople, question: stderr });
  makeOutputFolder(config.outDir);
  for (const name of REPORT_FILES) refuseForeign(path.join(config.outDir, name));
  // Workers start, and the bucket answers, while the main thread loads the rest of the program.
  const starting = import('#scripts/workers/start.js');
  const workers = starting.then(({ startWorkers }) => startWorkers());
  const loading = starting.then(() => import('#scripts/pipeline.js'));
  for (const early of [workers, loading]) early.catch(() => undefined);
  const sources: LogSource[] = [];
  let publisher: Publisher | undefined;
  let shownLink: string | undefined;
  try {
    for (const input of config.inputs) {
      sources.push(await openSource(input, config, (sentence) => progress.note(sentence)));
    }
    publisher = await openPublisher(config);
    const encryption = await openEncryption(config);
    const keys = config.verify && (await openKeys(config.verify, config.s3));
    const { runPipeline } = await loading;
    const { manifest, published, latest } = await runPipeline(config, {
      sources,
      workers,
      ...(keys && { keys }),
      publisher,
      encryption,
      agree,
      showLink: (url) => {
        shownLink = url;
        if (config.verbosity === 'quiet') writeLines(forPeople, [url]);
        else writeLines(stderr, [`Its link, which holds the key, will be ${url}`]);
      },
      progress,
      now,
      command,
    }).catch((error: unknown) => {
      // Publishing is the last stage, so the report exists. (openPublisher, above, throws before there is one.)
      if (!(error instanceof CulpritError) || error.kind !== 'publish') throw error;
      throw new CulpritError('publish', `${error.message} The report itself is in ${config.outDir}.`, { cause: error });
    });
    if (config.json) stdout.write(`${JSON.stringify(manifest, undefined, 2)}\n`);
    if (config.verbosity === 'quiet') {
      const { faults, link } = quietLines(manifest, published);
      writeLines(stderr, faults);
      writeLines(
        forPeople,
        link.filter((url) => url !== shownLink),
      );
    } else {
      writeLines(forPeople, summaryOf(manifest, published, config, config.color && isColorful(forPeople)));
    }
    await notify(config, latest, published?.url);
    return exitCodeOfReport(manifest, config);
  } finally {
    for (const source of sources) source.close();
    publisher?.close();
    // If the run failed before the pipeline started, nothing else ends the workers.
    void workers.then(
      ({ pool }) => pool.close(),
      () => undefined,
    );
  }
}

/** Tells of what no earlier run told of these inputs. Without a cache nobody knows that, and everything is new. */
async function notify(
  { notify: targets, inputs, cache, s3 }: RunConfig,
  latest: readonly LatestEvents[],
  link: string | undefined,
): Promise<void> {
  if (targets.length === 0) return;
  const { messageOf } = await import('#scripts/notify/message.js');
  const { ToldFile } = await import('#scripts/notify/told.js');
  const { send } = await import('#scripts/notify/send.js');
  const told = cache && new ToldFile(cache.folder, inputs);
  const news = told ? told.newsOf(latest) : latest.map(({ rule, events }) => ({ rule, count: events.length }));
  if (news.length === 0) return;
  const message = messageOf(news, link);
  for (const target of targets) await send(target, message, s3);
  told?.keep(latest);
}

function summaryOf(
  manifest: ReportManifest,
  published: Published | undefined,
  config: RunConfig,
  color: boolean,
): string[] {
  return summaryLines(manifest, config.filter, writtenFiles(manifest, config), published, color);
}

/** The outputs in the manifest, and the manifest itself, which cannot contain its own size. */
function writtenFiles({ outputs }: ReportManifest, { outDir }: RunConfig): WrittenFile[] {
  const own = { path: 'manifest.json', bytes: statSync(path.join(outDir, 'manifest.json')).size };
  return [...outputs, own].map(({ path: name, bytes }) => ({ path: path.join(outDir, name), bytes }));
}

/** Tampering is an error even with --allow-partial; logs that could not be verified count as missing files. */
function exitCodeOfReport(
  { lost, verification, findings }: ReportManifest,
  { allowPartial, failOn }: RunConfig,
): number {
  const isPartial = lost !== undefined || verification?.state === 'unverified';
  if (verification?.state === 'tampered' || (isPartial && !allowPartial)) return EXIT_CODES.source;
  const isSerious = (level: Level): boolean => failOn !== undefined && compareLevels(level, failOn) >= 0;
  return LEVELS.some((level) => isSerious(level) && findings[level] > 0) ? EXIT_CODES.findings : 0;
}
