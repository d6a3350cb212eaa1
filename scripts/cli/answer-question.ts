/** `who`: answers a question in the terminal, from the logs, without a report. */
import type { RunConfig } from '#scripts/run/config.js';
import { EXIT_CODES } from '#scripts/run/errors.js';
import type { LogSource } from '#scripts/source/port.js';
import type { NamedEvent, Told } from '#scripts/who/ask.js';
import { counted, moment, printable } from './terminal/format.js';
import { lostLines } from './terminal/lost.js';
import { NO_INPUT } from './terminal/summary.js';
import type { Terminal } from './terminal/terminal.js';
import { openKeys, openSource } from './adapters.js';
import { writeLines, type Effects } from './effects.js';

/** Events of a list that are printed; --json has them all. */
const MOST_EVENTS = 20;

/** What stands above the names or queries that are nearest. */
const HEADINGS: Readonly<Record<Told['understood']['kind'], string>> = {
  resource: '',
  caller: '',
  event: '',
  calls: '',
  choice: 'Ask for one of these:',
  nothing: 'Did you mean:',
  sentence: 'In the search box of the report:',
};

/** Answers, and returns the exit code. Throws a `CulpritError` for what a person can mend. */
export async function answerQuestion(
  question: string,
  config: RunConfig,
  progress: Terminal,
  { stdout, stderr, now }: Effects,
): Promise<number> {
  if (config.isSample && config.verbosity !== 'quiet') writeLines(stderr, [NO_INPUT]);
  const starting = import('#scripts/workers/start.js');
  const workers = starting.then(({ startWorkers }) => startWorkers());
  const loading = starting.then(() => Promise.all([import('#scripts/pipeline.js'), import('#scripts/who/ask.js')]));
  for (const early of [workers, loading]) early.catch(() => undefined);
  const sources: LogSource[] = [];
  try {
    for (const input of config.inputs) {
      sources.push(await openSource(input, config, (sentence) => progress.note(sentence)));
    }
    const keys = config.verify && (await openKeys(config.verify, config.s3));
    const [{ answerFrom }, { ask }] = await loading;
    const told = await answerFrom(config, { sources, workers, progress, now, ...(keys && { keys }) }, (store, report) =>
      ask(store, question, report),
    );
    if (config.json) stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
    else writeLines(stdout, answerLines(told));
    if (told.coverage.lost !== undefined && !config.allowPartial) return EXIT_CODES.source;
    return told.understood.kind === 'nothing' || told.understood.kind === 'sentence' ? EXIT_CODES.nothing : 0;
  } finally {
    for (const source of sources) source.close();
    // Where the pipeline was not reached, nobody else ends them.
    void workers.then(
      ({ pool }) => pool.close(),
      () => undefined,
    );
  }
}

/** The lines for people, without line ends. Log text in them is made safe to print. */
function answerLines({ understood, verdict, deed, history, coverage }: Told): string[] {
  const nearest = 'nearest' in understood ? understood.nearest : [];
  const shown = history.slice(-MOST_EVENTS);
  const left = history.length - shown.length;
  return [
    ...verdict.split('\n').map(printable),
    ...(nearest.length > 0 ? ['', HEADINGS[understood.kind], ...nearest.map((name) => `  ${printable(name)}`)] : []),
    ...(deed ? ['', `Evidence: ${eventLine(deed)}`] : []),
    ...(shown.length > 0
      ? [
          '',
          left > 0 ? `History (${counted(left, 'earlier event')} not shown; --json has all):` : 'History:',
          ...shown.map((event) => `  ${eventLine(event)}`),
        ]
      : []),
    '',
    ...coverageLines(coverage),
  ];
}

function eventLine({ eventTime, eventName, behind, actor, error, eventID }: NamedEvent): string {
  const failed = error === '' ? '' : ` (${error})`;
  return printable(`${moment(eventTime)} UTC  ${eventName}${failed}  ${behind || actor}  ${eventID}`);
}

function coverageLines({ events, accounts, regions, timeRange, files, lost }: Told['coverage']): string[] {
  const range = timeRange === null ? '' : `, ${moment(timeRange.from)} to ${moment(timeRange.to)} UTC`;
  const places = `${counted(accounts.length, 'account')}, ${counted(regions.length, 'region')}`;
  return [
    `Looked at ${counted(events, 'event')} in ${counted(files.read, 'file')}: ${places}${range}.`,
    ...(files.failed > 0
      ? [`${counted(files.failed, 'file')} could not be used.`, ...lostLines({ ...(lost && { lost }) })]
      : []),
  ];
}
