/** The grammar and help of the command line, built with commander from the table of options. */
import { COMMAND } from '#scripts/run/installation.js';
import { Command, CommanderError, InvalidArgumentError, Option as Flag } from 'commander';
import { CulpritError } from '#scripts/run/errors.js';
import { REDACTABLE } from '#shared/model/redaction.js';
import type { Option } from './option.js';
import { OPTIONS, type Settings } from './options.js';
import { TIME_FORMS } from './times.js';

interface CommandLine {
  readonly settings: Settings;
  /** The text that `--help` or `--version` asked for; undefined for a run. */
  readonly answer: string | undefined;
}

/** Without npm's own lines on stdout. */
const SCRIPTED = COMMAND.replace(/^npm run /, 'npm run -s ');

const DESCRIPTION = `Who did this in my AWS account? Reads CloudTrail logs and writes one report of every event:
index.html (charts and a searchable table in one file), events.tsv (for a spreadsheet), findings.json (what
rules found) and manifest.json (for scripts).`;

const INPUT_HELP = `s3://BUCKET[/PREFIX], a folder or a file of CloudTrail logs; several allowed
(default: "inputs" of the config file, else the bundled sample)`;

const AFTER = `
TIME: ${TIME_FORMS}.
--since includes events at TIME; --until excludes them.

Config file: JSON with a key for every option, named like the option in camelCase (writesOnly, s3Region, …; "inputs" for
INPUT, "color": false for --no-color). The command line overrides the config file; --no-NAME turns off
a switch or --publish. Paths in the config file are relative to its folder.
  { "inputs": ["s3://my-trail-bucket"], "since": "7d", "writesOnly": true }

Examples:
  ${COMMAND} s3://my-trail-bucket --since 7d
      all events of the last seven days
  ${COMMAND} s3://my-trail-bucket/AWSLogs/123456789012 --region eu-west-1 --writes-only
      only changes in one account and region
  ${COMMAND} ./logs --since 2025-03-03 --until 2025-03-10 --out monday
      one week of downloaded logs
  ${COMMAND} s3://my-trail-bucket --since 24h --publish s3://my-reports/today
      publish it, encrypted: shows who can read it, asks, and prints the link that opens it
  ${SCRIPTED} ./logs --json | jq .events
      for scripts

${COMMAND} doctor [s3://BUCKET…] [options]
  checks credentials, trails, bucket and permissions, and says how to fix them; changes nothing
${COMMAND} unpublish s3://BUCKET[/PREFIX] [options]
  deletes a published report and undoes what publishing changed on the bucket
${COMMAND} who NAME [INPUT…] [options]
  answers who did it, in the terminal: NAME is a resource, person, key, address or event (--json for scripts)

Exit codes:
  0  done
  1  a bug in Culprit; --debug shows where
  2  an argument, the config file or the output folder is invalid
  3  logs could not be read (the report has those that could), or were tampered with
  4  nothing to report on: no file, or none that could be used
  5  the report could not be published
  6  who found nothing by this name
  7  there is a finding as serious as --fail-on names; the report was written and published
  130  interrupted by Ctrl-C; the previous report is unchanged`;

/**
 * Parses the arguments. Values are still the given strings; `resolve.ts` checks them.
 * Throws a `CulpritError` of kind `usage`.
 */
export function parseCommandLine(args: readonly string[], version: string): CommandLine {
  let answer = '';
  const program = new Command()
    .name(COMMAND)
    .usage('[INPUT…] [options]')
    .description(DESCRIPTION)
    .argument('[INPUT...]', INPUT_HELP)
    .addHelpText('after', AFTER)
    .configureHelp({ helpWidth: 120 })
    .configureOutput({ writeOut: (text) => (answer += text), writeErr: () => undefined })
    .exitOverride();
  for (const option of OPTIONS) for (const flag of flagsOf(option)) program.addOption(flag);
  program
    .optionsGroup('Other:')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this');

  try {
    program.parse(withValues(args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { settings: {}, answer };
    throw new CulpritError('usage', sentenceOf(error), { cause: error });
  }
  return {
    settings: { ...program.opts<Settings>(), ...(program.args.length > 0 && { inputs: program.args }) },
    answer: undefined,
  };
}

/** The flag; for a switch that the config file can turn on, also the hidden flag that turns it off for one run. */
function flagsOf(option: Option): Flag[] {
  const { flag, kind, argument, help, group, key, alone } = option;
  const value = argument === '' ? '' : alone === undefined ? ` <${argument}>` : ` [${argument}]`;
  const shown = new Flag(`--${flag}${value}`, help).helpGroup(`${group}:`);
  if (kind === 'list') shown.argParser<string[] | undefined>((text, before) => [...(before ?? []), ...namesIn(text)]);
  if (kind === 'number') shown.argParser(positive);
  if (option.onlyFlag || (kind !== 'switch' && kind !== 'target')) return [shown];
  const opposite = flag.startsWith('no-') ? flag.slice('no-'.length) : `no-${flag}`;
  const hidden = new Flag(`--${opposite}`).hideHelp();
  // The name that commander stores a value under must be the config file's key.
  if (shown.attributeName() !== key) throw new Error(`option --${flag} is stored as ${shown.attributeName()}`);
  // Commander treats a --no- flag without its counterpart as "on by default", so the counterpart comes first.
  return opposite === key ? [hidden, shown] : [shown, hidden];
}

/**
 * An option whose value may be omitted takes the next argument only if that is a possible value, so that it does not
 * take an INPUT.
 */
function withValues(args: readonly string[]): string[] {
  const canBe = new Set([...Object.keys(REDACTABLE), 'all', 'none']);
  const alone = new Map(OPTIONS.flatMap((option) => ('alone' in option ? [[`--${option.flag}`, option.alone]] : [])));
  const end = args.indexOf('--');
  return args.map((arg, i) => {
    const value = end >= 0 && i > end ? undefined : alone.get(arg);
    return value === undefined || args[i + 1]?.split(',').every((name) => canBe.has(name.trim()))
      ? arg
      : `${arg}=${value}`;
  });
}

function namesIn(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Leave out empty names.');
  return names;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('Use a number greater than 0.');
  return value;
}

/** Turns commander's message into a sentence: `error: unknown option '--oot'` plus a suggestion on the next line. */
function sentenceOf(error: CommanderError): string {
  const [first = '', second] = error.message.replace(/^error: /, '').split('\n');
  const hint = second === undefined ? `${COMMAND} --help lists the options.` : second.replace(/^\((.*)\)$/, '$1');
  const sentence = first.charAt(0).toUpperCase() + first.slice(1);
  return `${sentence.endsWith('.') ? sentence : `${sentence}.`} ${hint}`;
}
