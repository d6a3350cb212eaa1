/**
 * What was not found, together with what the report covers, so that it can be believed; and what else to check. It also
 * stands below verdicts that say that nobody did it.
 */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { coverageSentence } from '#public/coverage/coverage.js';
import { el } from '#public/ui/dom.js';
import { columnLabel, dateTime, text } from '#public/text/language.js';
import type { QuestionReading } from '#scripts/investigate/question-reading.js';
import type { Query } from '#shared/query/ast.js';
import { printQuery } from '#shared/query/print.js';
import type { TextKey } from '#public/text/en.js';

type Facts = Pick<EmbeddedManifest, 'report' | 'detail'>;

/** Names drawn of accounts and regions. */
const MOST = 12;

interface NothingListener {
  /** Another name, which the log has, was chosen. */
  onAsk(question: string): void;
  /** A query was chosen. */
  onQuery(query: Query): void;
  onCoverage(): void;
}

/** That nothing goes by this name. */
export function nothingView(
  asked: string,
  facts: Facts,
  similar: readonly string[],
  listener: NothingListener,
): HTMLElement[] {
  const isPart = facts.report.unlisted !== undefined;
  return [
    el('p', { class: 'verdict' }, text(isPart ? 'answer.nothing.page' : 'answer.nothing', { what: asked })),
    ...coverageLines(facts, listener),
    ...meantInstead(similar.map((name) => [name, () => listener.onAsk(name)])),
    ...elsewhereLines(asked),
  ];
}

/** That a sentence was not understood as a whole, what of it was, and the nearest that can be asked. */
export function questionView(
  asked: string,
  reading: QuestionReading,
  facts: Facts,
  known: readonly string[],
  listener: NothingListener,
): HTMLElement[] {
  const { names, queries } = reading;
  const asks = [...new Set([...known, ...names])];
  return [
    el('p', { class: 'verdict' }, text('answer.reading', { what: asked })),
    ...understoodLines(reading).map((line) => el('p', { class: 'verdict-more' }, line)),
    ...meantInstead([
      ...asks.map((name): Meant => [text('answer.reading.name', { what: name }), () => listener.onAsk(name)]),
      ...queries.map((query): Meant => [
        text('answer.reading.query', { query: printQuery(query) }),
        () => listener.onQuery(query),
      ]),
    ]),
    ...coverageLines(facts, listener),
  ];
}

/** What of a sentence was understood, and what was not. */
export function understoodLines({ understood, missed }: QuestionReading): string[] {
  return [
    understood.length > 0 ? text('answer.reading.understood', { words: quoted(understood) }) : '',
    missed.length > 0 ? text('answer.reading.missed', { words: quoted(missed) }) : '',
  ].filter((line) => line !== '');
}

/** A label, and what a click on it does. */
type Meant = readonly [label: string, onClick: () => void];

function meantInstead(choices: readonly Meant[]): HTMLElement[] {
  if (choices.length === 0) return [];
  const items = choices.map(([label, onClick]) => {
    const button = el('button', { type: 'button', class: 'evidence' }, label);
    button.addEventListener('click', onClick);
    return el('li', {}, button);
  });
  return [el('h2', {}, text('answer.similar')), el('ul', { class: 'answer-similar' }, ...items)];
}

function quoted(words: readonly string[]): string {
  return words.map((word) => text('answer.reading.word', { word })).join(' ');
}

/** What the report covers, what of it the page cannot look into, and the way to the whole of it. */
export function coverageLines(
  { report: { accounts, regions, timeRange, ...report }, detail: { omitted, shortened } }: Facts,
  listener: Pick<NothingListener, 'onCoverage'>,
): HTMLElement[] {
  const range = timeRange
    ? `${dateTime(Date.parse(timeRange.from))} – ${dateTime(Date.parse(timeRange.to))}`
    : text('coverage.none');
  const button = el('button', { type: 'button', class: 'text-button' }, text('coverage.title'));
  button.addEventListener('click', () => listener.onCoverage());
  const elsewhere = [...omitted, ...Object.keys(shortened)].map(columnLabel).join(', ');
  return [
    el(
      'p',
      { class: 'answer-covers' },
      text('answer.covers', { accounts: some(accounts), regions: some(regions), range }),
      ' ',
      coverageSentence({ accounts, regions, timeRange, ...report }),
      elsewhere === '' ? '' : ` ${text('table.empty.omitted', { columns: elsewhere })}`,
      ' ',
      button,
    ),
  ];
}

function some(names: readonly string[]): string {
  if (names.length <= MOST) return names.join(', ') || text('coverage.none');
  return `${names.slice(0, MOST).join(', ')} … (${String(names.length)})`;
}

/** What else could tell, by what was asked about. */
export function elsewhereLines(asked: string): HTMLElement[] {
  const checks: TextKey[] = ['answer.check.name', 'answer.check.range', 'answer.check.region'];
  if (/^i-[0-9a-f]+$/i.test(asked)) checks.push('answer.check.instance');
  if (!/^(?:i|vol|sg|subnet|vpc|eni|ami|snap)-/i.test(asked)) checks.push('answer.check.data');
  return [
    el('h2', {}, text('answer.check')),
    el('ul', { class: 'answer-checks' }, ...checks.map((key) => el('li', {}, text(key)))),
  ];
}
