/**
 * The command: options in, exit code out. It builds what talks to the world and hands it to the pipeline, and is the
 * only place that catches everything. S3 is loaded only when an address says s3://, the pipeline only for a run.
 */
import './ending.js';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isatty } from 'node:tty';
import { inspect } from 'node:util';
import envPaths from 'env-paths';
import pc from 'picocolors';
import type { RunConfig, VerifyConfig } from '#scripts/run/config.js';
import { parseCommandLine } from '#scripts/cli/config/command-line.js';
import { configNote, readConfigFile, type ConfigFile } from '#scripts/cli/config/config-file.js';
import { checkInput } from '#scripts/cli/config/inputs.js';
import { swallowedByNpm } from '#scripts/cli/config/npm-arguments.js';
import type { Settings } from '#scripts/cli/config/options.js';
import { resolveConfig, type Surroundings } from '#scripts/cli/config/resolve.js';
import { CulpritError, EXIT_CODES, exitCodeOf } from '#scripts/run/errors.js';
import type { Encryption, Publisher } from '#scripts/publish/port.js';
import { parseS3 } from '#scripts/source/s3-address.js';
import type { ReportManifest } from '#shared/model/manifest.js';
import type { LogSource } from '#scripts/source/port.js';
import { REPORT_FILES, refuseForeign } from '#scripts/output/files/own-files.js';
import { makeOutputFolder, outputFault } from '#scripts/output/files/temporary-files.js';
import { Terminal, type Screen } from '#scripts/cli/terminal/terminal.js';
import { agreement, agreementFor } from '#scripts/cli/terminal/agreement.js';
import { printable } from '#scripts/cli/terminal/format.js';
import type { KeySource } from '#scripts/verify/verifier.js';
import { NO_INPUT, quietLines, summaryLines, type WrittenFile } from '#scripts/cli/terminal/summary.js';

const { argv, env, stdout, stderr } = process;
const ARGUMENTS = argv.slice(2);
const LONGEST_LINE = 500;

/** `stdout` or `stderr`. */
type Output = Screen & { readonly fd: number };

/** What an error is shown with; --debug counts even where the command line is what is wrong. */
let config: RunConfig | undefined;
let terminal: Terminal | undefined;

/** Returns the exit code of a run that ended well, or as well as it could. */
async function run(): Promise<number> {
  const isDoctor = ARGUMENTS[0] === 'doctor';
  const isUnpublish = ARGUMENTS[0] === 'unpublish';
  const commandLine = parseCommandLine(isDoctor || isUnpublish ? ARGUMENTS.slice(1) : ARGUMENTS, toolVersion());
  if (commandLine.answer !== undefined) {
    stdout.write(commandLine.answer);
    return 0;
  }
  swallowedByNpm(env);
  const file = readConfigFile(commandLine.settings.config, process.cwd());
  const isChosen = commandLine.settings.config !== undefined && commandLine.settings.quiet === true;
  const note = file === undefined || isChosen ? undefined : configNote(file, commandLine.settings);
  if (note !== undefined) writeLines(stderr, [printable(note)]);
  const cacheFolder = envPaths('culprit', { suffix: '' }).cache;
  const surroundings = { env, now: new Date(), cacheFolder };
  if (isUnpublish) return await takeBack(commandLine.settings, file, surroundings);
  config = resolveConfig(commandLine.settings, file, surroundings);
  for (const input of config.inputs) checkInput(input, process.cwd());

  if (isDoctor) return await examine(config);
  if (config.isSample) {
    const input = await offerTrail(config);
    if (input !== undefined) config = resolveConfig({ ...commandLine.settings, inputs: [input] }, file, surroundings);
  }

  const forPeople = config.json ? stderr : stdout;
  if (config.isSample && config.verbosity !== 'quiet') forPeople.write(`${NO_INPUT}\n`);
  return await report(config, forPeople);
}

/** Undoes the publishing at the address that is given instead of INPUT. */
async function takeBack(settings: Settings, file: ConfigFile | undefined, around: Surroundings): Promise<number> {
  const { inputs: [place, ...more] = [] } = settings;
  if (place === undefined || more.length > 0) {
    throw new CulpritError('usage', 'Say which report: npm run report -- unpublish s3://BUCKET[/PREFIX].');
  }
  // Whatever it was published with, taking it back is the same.
  config = resolveConfig({ ...settings, inputs: undefined, publish: place, access: 'private' }, file, around);
  if (config.publish === undefined) throw new Error('the address was taken for none');
  const { publish, s3, verbosity } = config;
  const agree = agreementFor(
    'To be taken back:',
    'Take this report back?',
    { ...publish, isQuiet: verbosity === 'quiet' },
    { isInteractive: isatty(0) && isatty(stderr.fd), forPeople: stdout, question: stderr },
  );
  const { unpublish } = await import('#scripts/publish/s3/unpublish.js');
  writeLines(stdout, (await unpublish(publish, s3, agree)).map(printable));
  return 0;
}

/** Says what stands between a person and a report. */
async function examine(config: RunConfig): Promise<number> {
  const { doctor } = await import('#scripts/cli/doctor/doctor.js');
  const { openS3Source } = await import('#scripts/source/s3/s3.js');
  const { s3, filter } = config;
  const isWell = await doctor(config, {
    openSource: (input, since) =>
      openS3Source(input, { s3, filter: { ...filter, since, until: undefined }, note: () => undefined }),
    openPublisher: () => openPublisher(config),
    write: (line) => writeLines(stdout, [printable(line)]),
    now: () => Date.now(),
  });
  return isWell ? 0 : EXIT_CODES.source;
}

/** The account's trail that a person picks, where no INPUT was given and there is any sign of credentials. */
async function offerTrail(config: RunConfig): Promise<string | undefined> {
  const { mayHaveCredentials } = await import('#scripts/cli/doctor/credentials.js');
  if (!mayHaveCredentials(config.s3, env)) return undefined;
  const { pickTrail } = await import('#scripts/cli/doctor/pick-trail.js');
  return await pickTrail(config, {
    cwd: process.cwd(),
    isInteractive: isatty(0) && isatty(stdout.fd) && !config.json,
    note: (sentence) => {
      if (config.verbosity === 'verbose' || config.verbosity === 'debug') writeLines(stderr, [printable(sentence)]);
    },
  });
}

async function report(config: RunConfig, forPeople: Output): Promise<number> {
  const progress = new Terminal(stderr, {
    verbosity: config.verbosity,
    color: config.color,
    clock: () => performance.now(),
  });
  terminal = progress;
  const agree = agreement(config, { isInteractive: isatty(0) && isatty(stderr.fd), forPeople, question: stderr });
  makeOutputFolder(config.outDir);
  for (const name of REPORT_FILES) refuseForeign(path.join(config.outDir, name));
  // Threads start, and a bucket answers, while this one is busy loading the rest of the program.
  const starting = import('#scripts/workers/start.js');
  const workers = starting.then(({ startWorkers }) => startWorkers());
  const loading = starting.then(() => import('./pipeline.js'));
  for (const early of [workers, loading]) early.catch(() => undefined);
  const sources: LogSource[] = [];
  let publisher: Publisher | undefined;
  let shownLink: string | undefined;
  try {
    for (const input of config.inputs) sources.push(await openSource(input, config, progress));
    publisher = await openPublisher(config);
    const encryption = await openEncryption(config);
    const keys = config.verify && (await openKeys(config.verify, config.s3));
    const { runPipeline } = await loading;
    const { manifest, published } = await runPipeline(config, {
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
      now: () => new Date(),
      command: ['npm run report', ...(ARGUMENTS.length === 0 ? [] : ['--', ...ARGUMENTS.map(quoted)])].join(' '),
    }).catch((error: unknown) => {
      // Publishing is the last stage; what is refused before, by openPublisher, leaves no report.
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
      writeLines(
        forPeople,
        summaryLines(
          manifest,
          config.filter,
          writtenFiles(manifest, config),
          published,
          config.color && isColorful(forPeople),
        ),
      );
    }
    return exitCodeOfReport(manifest, config);
  } finally {
    for (const source of sources) source.close();
    publisher?.close();
  }
}

/** Tampering is no success however partial a report may be; that nothing could be verified is a part that is missing. */
function exitCodeOfReport({ lost, verification }: ReportManifest, { allowPartial }: RunConfig): number {
  const isPartial = lost !== undefined || verification?.state === 'unverified';
  return verification?.state === 'tampered' || (isPartial && !allowPartial) ? EXIT_CODES.source : 0;
}

/** Where public keys come from. Files are read now: what is wrong with them should be known before anything else. */
async function openKeys({ publicKeys, configFile }: VerifyConfig, s3: RunConfig['s3']): Promise<KeySource> {
  if (publicKeys.length > 0) {
    const { readPublicKeys } = await import('#scripts/verify/keys/public-keys.js');
    return { from: 'file', keys: readPublicKeys(publicKeys), files: publicKeys, configFile };
  }
  return {
    from: 'cloudtrail',
    list: async (region, from, to) => {
      const { listPublicKeys } = await import('#scripts/verify/keys/cloudtrail-keys.js');
      return await listPublicKeys(s3, region, from, to);
    },
  };
}

/** The outputs that the manifest lists, and the manifest, which cannot hold its own size. */
function writtenFiles({ outputs }: ReportManifest, { outDir }: RunConfig): WrittenFile[] {
  const own = { path: 'manifest.json', bytes: statSync(path.join(outDir, 'manifest.json')).size };
  return [...outputs, own].map(({ path: name, bytes }) => ({ path: path.join(outDir, name), bytes }));
}

async function openSource(input: string, { s3, filter, verify }: RunConfig, progress: Terminal): Promise<LogSource> {
  if (parseS3(input) === undefined) {
    const { openFolderSource } = await import('#scripts/source/folder/folder.js');
    return openFolderSource(input);
  }
  const { openS3Source } = await import('#scripts/source/s3/s3.js');
  const withDigests = verify !== undefined;
  return openS3Source(input, { s3, filter, withDigests, note: (sentence) => progress.note(sentence) });
}

async function openPublisher({ publish, s3 }: RunConfig): Promise<Publisher | undefined> {
  if (publish === undefined) return undefined;
  const { openS3Publisher } = await import('#scripts/publish/s3/s3.js');
  return openS3Publisher(publish, s3);
}

async function openEncryption({ publish }: RunConfig): Promise<Encryption | undefined> {
  if (publish?.encryption === undefined) return undefined;
  const { prepareEncryption } = await import('#scripts/publish/encryption/encrypt.js');
  return prepareEncryption(publish.encryption);
}

/** Says what went wrong, in one sentence; returns the exit code. */
function explain(thrown: unknown): number {
  const error = (config && outputFault(thrown, config.outDir)) ?? thrown;
  const colors = pc.createColors((config?.color ?? !env['NO_COLOR']) && isColorful(stderr));
  terminal?.clear();
  let sentence: string;
  if (error instanceof CulpritError) {
    sentence = error.message;
  } else {
    const [what] = linesOf(error);
    sentence = `this is a fault in Culprit, not in what you did (${what ?? ''}); run it again with --debug to see where.`;
  }
  writeLines(stderr, [`${colors.red('error:')} ${printable(sentence)}`]);
  if (config ? config.verbosity === 'debug' : ARGUMENTS.includes('--debug')) {
    writeLines(stderr, linesOf(thrown));
  }
  return exitCodeOf(error);
}

/** An error with its stack and causes. A worker's code has an address as long as itself. */
function linesOf(error: unknown): string[] {
  return inspect(error)
    .split('\n')
    .map((line) => printable(line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line));
}

function writeLines(stream: Screen, lines: readonly string[]): void {
  if (lines.length > 0) stream.write(`${lines.join('\n')}\n`);
}

function isColorful(stream: Output): boolean {
  return isatty(stream.fd) && env['TERM'] !== 'dumb';
}

/** An argument as one would type it in a shell. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

function toolVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Ends the process once what was written has left it; workers that still run end with it. */
async function exit(code: number): Promise<never> {
  await Promise.all([stdout, stderr].map((stream) => new Promise((done) => stream.write('', done))));
  process.exit(code);
}

for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has gone (`… | head`): the report is still worth writing.
    if (error.code !== 'EPIPE') throw error;
  });
}
process.on('exit', () => terminal?.clear());
// Errors that nobody waits for, as those of a worker's messages.
process.on('uncaughtException', (error) => void exit(explain(error)));

await run().then(
  (code) => exit(code),
  (error: unknown) => exit(explain(error)),
);
