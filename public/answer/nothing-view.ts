/**
 * What was not found, together with what the report covers, so that it can be believed; and what else to check. It also
 * stands below verdicts that say that nobody did it.
 */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { coverageSentence } from '#public/coverage/coverage.js';
import { el } from '#public/ui/dom.js';
import { dateTime, text } from '#public/text/language.js';
import type { TextKey } from '#public/text/en.js';

type ReportFacts = EmbeddedManifest['report'];

/** Names drawn of accounts and regions. */
const MOST = 12;

export interface NothingListener {
  /** Another name, which the log has, was chosen. */
  onAsk(question: string): void;
  onCoverage(): void;
}

export function nothingView(
  asked: string,
  report: ReportFacts,
  similar: readonly string[],
  listener: NothingListener,
): HTMLElement[] {
  const parts = [
    el('p', { class: 'verdict' }, text('answer.nothing', { what: asked })),
    ...coverageLines(report, listener),
  ];
  if (similar.length > 0) {
    const names = similar.map((name) => {
      const button = el('button', { type: 'button', class: 'evidence' }, name);
      button.addEventListener('click', () => listener.onAsk(name));
      return el('li', {}, button);
    });
    parts.push(el('h2', {}, text('answer.similar')), el('ul', { class: 'answer-similar' }, ...names));
  }
  parts.push(...elsewhereLines(asked));
  return parts;
}

/** What the report covers, and the way to the whole of it. */
export function coverageLines(
  { accounts, regions, timeRange, ...report }: ReportFacts,
  listener: NothingListener,
): HTMLElement[] {
  const range = timeRange
    ? `${dateTime(Date.parse(timeRange.from))} – ${dateTime(Date.parse(timeRange.to))}`
    : text('coverage.none');
  const button = el('button', { type: 'button', class: 'text-button' }, text('coverage.title'));
  button.addEventListener('click', () => listener.onCoverage());
  return [
    el(
      'p',
      { class: 'answer-covers' },
      text('answer.covers', { accounts: some(accounts), regions: some(regions), range }),
      ' ',
      coverageSentence({ accounts, regions, timeRange, ...report }),
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
