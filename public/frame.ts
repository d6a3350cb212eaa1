/** The head line and the two dialogs: what the report covers, and how to search. */
import type { EmbeddedManifest } from '../scripts/shared/report-format.js';
import { COLUMNS } from '../scripts/shared/columns.js';
import { coverageBadge, coverageState } from './coverage.js';
import { fillCoverage } from './coverage/dialog.js';
import { byId, el, icon } from './dom.js';
import { fieldNameOf } from '../scripts/shared/query/fields.js';
import { dialogHead } from './frame/dialog-head.js';
import { KEYS } from './frame/keys.js';
import { columnLabel, dayRange, text } from './text/language.js';
import { onZoneChange } from './text/zone.js';
import type { TextKey } from './text/en.js';

type ReportFacts = EmbeddedManifest['report'];

const BADGE_ICONS = { incomplete: 'warning', filtered: 'filter', complete: 'check' } as const;

/** The head line: what this is. */
function summaryLine({ report, rows }: EmbeddedManifest): string {
  const range = report.timeRange;
  if (!range || rows === 0) return text('app.summary.none');
  return [
    text('app.summary.accounts', { n: report.accounts.length }),
    text('app.summary.regions', { n: report.regions.length }),
    dayRange(Date.parse(range.from), Date.parse(range.to)),
    text('app.summary.events', { n: rows }),
  ].join(' · ');
}

function fillBadge(badge: HTMLElement, report: ReportFacts): void {
  const state = coverageState(report);
  badge.classList.add(`is-${state}`);
  badge.title = text('badge.title');
  badge.replaceChildren(icon(BADGE_ICONS[state]), el('span', {}, coverageBadge(report)));
}

const EXAMPLES: readonly (readonly [example: string, meaning: TextKey])[] = [
  ['alice bucket', 'help.words'],
  ['"access denied"', 'help.phrase'],
  ['event:Terminate*', 'help.field'],
  ['error:*', 'help.present'],
  ['outcome:error', 'help.outcome'],
  ['-service:kms', 'help.not'],
  ['event:StopLogging|event:DeleteTrail', 'help.or'],
  ['time:>=2025-03-03T14:00 time:<2025-03-04', 'help.time'],
];

function fillHelp(dialog: HTMLDialogElement): void {
  const list = (entries: readonly (readonly [string, TextKey])[], tag: 'code' | 'kbd'): HTMLElement =>
    el(
      'dl',
      { class: 'facts' },
      ...entries.map(([term, key]) => el('div', {}, el('dt', {}, el(tag, {}, term)), el('dd', {}, text(key)))),
    );
  const fields = COLUMNS.map(({ name }) =>
    el('li', { title: name }, el('code', {}, fieldNameOf(name)), ` ${columnLabel(name)}`),
  );
  dialog.replaceChildren(
    dialogHead(dialog, 'help-title', 'help.title'),
    list(EXAMPLES, 'code'),
    el('p', {}, text('help.click')),
    el('h3', {}, text('help.keys')),
    list(KEYS, 'kbd'),
    el('h3', {}, text('help.fields')),
    el('ul', { class: 'fields' }, ...fields),
  );
}

/** Fills the head line and the dialogs, and lets their buttons open them. */
export function setUpFrame(manifest: EmbeddedManifest): void {
  byId('page').classList.toggle('has-no-events', manifest.rows === 0);
  const summarize = (): void => void (byId('summary').textContent = summaryLine(manifest));
  summarize();
  onZoneChange(summarize);
  const coverage = byId<HTMLDialogElement>('coverage');
  const help = byId<HTMLDialogElement>('help');
  fillBadge(byId('badge'), manifest.report);
  fillHelp(help);
  byId('badge').addEventListener('click', () => {
    fillCoverage(coverage, manifest);
    coverage.showModal();
  });
  byId('help-button').addEventListener('click', () => help.showModal());
}
