/**
 * The command: arguments in, exit code out. It builds the adapters, hands them to the pipeline, and is the only place
 * that catches every error. The pipeline is loaded only for a run.
 */
import { inspect } from 'node:util';
import envPaths from 'env-paths';
import pc from 'picocolors';
import type { RunConfig } from '#scripts/run/config.js';
import { CulpritError, EXIT_CODES, exitCodeOf } from '#scripts/run/errors.js';
import { COMMAND, VERSION } from '#scripts/run/installation.js';
import { outputFault, removeAll } from '#scripts/output/files/temporary-files.js';
import { parseCommandLine } from './config/command-line.js';
import { configNote, readConfigFile, type ConfigFile } from './config/config-file.js';
import { checkInput } from './config/inputs.js';
import { swallowedByNpm } from './config/npm-arguments.js';
import type { Settings } from './config/options.js';
import { resolveConfig, type Surroundings } from './config/resolve.js';
import { agreementFor } from './terminal/agreement.js';
import { printable } from './terminal/format.js';
import { askForCode } from './terminal/mfa-code.js';
import { Terminal } from './terminal/terminal.js';
import { openPublisher } from './adapters.js';
import { isColorful, keyboardBeside, writeLines, type Effects } from './effects.js';
import { answerQuestion } from './answer-question.js';
import { makeReport } from './make-report.js';

const LONGEST_LINE = 500;

/**
 * Runs the command and never rejects. It leaves no partial report behind.
 * @param args the arguments after `npm run report --`
 * @returns the exit code; an error has been printed as one sentence
 */
export async function main(args: readonly string[], effects: Effects): Promise<number> {
  const run = new Run(args, effects);
  const clear = (): void => run.terminal?.clear();
  process.on('exit', clear);
  try {
    return await Promise.race([run.start(), effects.stray]);
  } catch (error) {
    return run.explain(error);
  } finally {
    process.off('exit', clear);
    removeAll();
  }
}

/** One run of the command, with what is known of it when it fails. */
class Run {
  /** How to print an error; --debug applies even if the command line is invalid. */
  private config: RunConfig | undefined;
  terminal: Terminal | undefined;

  constructor(
    private readonly args: readonly string[],
    private readonly effects: Effects,
  ) {}

  /** Returns the exit code of a run that did not throw. */
  async start(): Promise<number> {
    const { args } = this;
    const { stdout, stderr, now } = this.effects;
    const isDoctor = args[0] === 'doctor';
    const isUnpublish = args[0] === 'unpublish';
    const isWho = args[0] === 'who';
    const commandLine = parseCommandLine(isDoctor || isUnpublish || isWho ? args.slice(1) : args, VERSION);
    if (commandLine.answer !== undefined) {
      stdout.write(commandLine.answer);
      return 0;
    }
    swallowedByNpm(process.env);
    const file = readConfigFile(commandLine.settings.config, process.cwd());
    const isChosen = commandLine.settings.config !== undefined && commandLine.settings.quiet === true;
    const note = file === undefined || isChosen ? undefined : configNote(file, commandLine.settings);
    if (note !== undefined) writeLines(stderr, [printable(note)]);
    const keyboard = keyboardBeside(stderr, this.effects);
    const surroundings: Surroundings = {
      env: process.env,
      now: now(),
      cacheFolder: envPaths('culprit', { suffix: '' }).cache,
      ...(keyboard && { askForCode: (question) => askForCode(question, keyboard, stderr) }),
    };
    if (isUnpublish) return await this.takeBack(commandLine.settings, file, surroundings);
    if (isWho) return await this.answer(commandLine.settings, file, surroundings);
    let config = (this.config = resolveConfig(commandLine.settings, file, surroundings));
    for (const input of config.inputs) checkInput(input, process.cwd());

    if (isDoctor) return await this.examine(config);
    if (config.isSample) {
      const input = await this.offerTrail(config);
      if (input !== undefined) {
        config = this.config = resolveConfig({ ...commandLine.settings, inputs: [input] }, file, surroundings);
      }
    }
    const command = args.length === 0 ? COMMAND.replace(/ --$/, '') : [COMMAND, ...args.map(quoted)].join(' ');
    return await makeReport(config, command, this.openTerminal(config), this.effects);
  }

  private openTerminal({ verbosity, color }: RunConfig): Terminal {
    return (this.terminal = new Terminal(this.effects.stderr, { verbosity, color, clock: () => performance.now() }));
  }

  /** Answers the question that is given before INPUT. What a config file says of publishing is of no concern to it. */
  private async answer(settings: Settings, file: ConfigFile | undefined, around: Surroundings): Promise<number> {
    const { inputs: [question, ...inputs] = [], publish, redact } = settings;
    if (question === undefined) {
      throw new CulpritError('usage', `Ask about a name: ${COMMAND} who i-0123456789abcdef0 [INPUT].`);
    }
    if (publish !== undefined || redact !== undefined) {
      throw new CulpritError('usage', 'who writes no report. Leave out --publish and --redact.');
    }
    const asked = { ...settings, ...(inputs.length > 0 ? { inputs } : { inputs: undefined }) };
    const here = file && { ...file, settings: { ...file.settings, publish: undefined, redact: undefined } };
    const config = (this.config = resolveConfig(asked, here, around));
    for (const input of config.inputs) checkInput(input, process.cwd());
    return await answerQuestion(question, config, this.openTerminal(config), this.effects);
  }

  /** Prints an error as one sentence; returns its exit code. */
  explain(thrown: unknown): number {
    const { config, terminal } = this;
    const { stderr } = this.effects;
    const error = (config && outputFault(thrown, config.outDir)) ?? thrown;
    const colors = pc.createColors((config?.color ?? !process.env['NO_COLOR']) && isColorful(stderr));
    terminal?.clear();
    let sentence: string;
    if (error instanceof CulpritError) {
      sentence = error.message;
    } else {
      const [what] = linesOf(error);
      sentence = `this is a bug in Culprit (${what ?? ''}). Run again with --debug to see where.`;
    }
    writeLines(stderr, [`${colors.red('error:')} ${printable(sentence)}`]);
    if (config ? config.verbosity === 'debug' : this.args.includes('--debug')) writeLines(stderr, linesOf(thrown));
    return exitCodeOf(error);
  }

  /** Deletes the report at the address that is given instead of INPUT. */
  private async takeBack(settings: Settings, file: ConfigFile | undefined, around: Surroundings): Promise<number> {
    const { inputs: [place, ...more] = [] } = settings;
    if (place === undefined || more.length > 0) {
      throw new CulpritError('usage', `Name one report: ${COMMAND} unpublish s3://BUCKET[/PREFIX].`);
    }
    // The access that the report was published with does not matter for deleting it.
    this.config = resolveConfig({ ...settings, inputs: undefined, publish: place, access: 'private' }, file, around);
    const { publish, s3, verbosity } = this.config;
    if (publish === undefined) throw new Error('the address was taken for none');
    const { stdout, stderr } = this.effects;
    const agree = agreementFor(
      'To be unpublished:',
      'Unpublish this report?',
      { ...publish, isQuiet: verbosity === 'quiet' },
      { keyboard: keyboardBeside(stderr, this.effects), forPeople: stdout, question: stderr },
    );
    const { unpublish } = await import('#scripts/publish/s3/unpublish.js');
    writeLines(stdout, (await unpublish(publish, s3, agree)).map(printable));
    return 0;
  }

  /** Runs the doctor. */
  private async examine(config: RunConfig): Promise<number> {
    const { doctor } = await import('./doctor/doctor.js');
    const { openS3Source } = await import('#scripts/source/s3/s3.js');
    const { s3, filter } = config;
    const isWell = await doctor(config, {
      openSource: (input, since) =>
        openS3Source(input, { s3, filter: { ...filter, since, until: undefined }, note: () => undefined }),
      openPublisher: () => openPublisher(config),
      write: (line) => writeLines(this.effects.stdout, [printable(line)]),
      now: () => this.effects.now().getTime(),
    });
    return isWell ? 0 : EXIT_CODES.source;
  }

  /** The trail that the user picks, if no INPUT was given and there is any sign of credentials. */
  private async offerTrail(config: RunConfig): Promise<string | undefined> {
    const { mayHaveCredentials } = await import('./doctor/credentials.js');
    if (!mayHaveCredentials(config.s3, process.env)) return undefined;
    const { pickTrail } = await import('./doctor/pick-trail.js');
    const { stdout, stderr } = this.effects;
    return await pickTrail(config, {
      cwd: process.cwd(),
      keyboard: config.json ? undefined : keyboardBeside(stdout, this.effects),
      question: stdout,
      note: (sentence) => {
        if (config.verbosity === 'verbose' || config.verbosity === 'debug') writeLines(stderr, [printable(sentence)]);
      },
    });
  }
}

/** An error with its stack and causes. Long lines are cut: a worker's data URL contains its whole code. */
function linesOf(error: unknown): string[] {
  return inspect(error)
    .split('\n')
    .map((line) => printable(line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line));
}

/** An argument as typed in a shell. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
