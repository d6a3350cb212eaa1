/** The header line, and the dialog about what the report covers. */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { coverageBadge, coverageState } from '#public/coverage/coverage.js';
import { fillCoverage } from '#public/coverage/dialog.js';
import { fillProofBadge } from '#public/coverage/proof.js';
import { byId, el, icon } from '#public/ui/dom.js';
import { dayRange, text } from '#public/text/language.js';
import { onZoneChange } from '#public/text/zone.js';

type ReportFacts = EmbeddedManifest['report'];

const BADGE_ICONS = { incomplete: 'warning', filtered: 'filter', complete: 'check' } as const;

/** The header line: what this report is. */
function summaryLine({ report, rows }: EmbeddedManifest): string {
  const range = report.timeRange;
  if (!range || rows === 0) return text('app.summary.none');
  return [
    text('app.summary.accounts', { n: report.accounts.length }),
    text('app.summary.regions', { n: report.regions.length }),
    dayRange(Date.parse(range.from), Date.parse(range.to)),
    text('app.summary.events', { n: report.events }),
  ].join(' · ');
}

function fillBadge(badge: HTMLElement, report: ReportFacts): void {
  const state = coverageState(report);
  badge.classList.add(`is-${state}`);
  badge.title = text('badge.title');
  badge.replaceChildren(icon(BADGE_ICONS[state]), el('span', {}, coverageBadge(report)));
}

/** Fills the header line and the coverage dialog, and connects the dialog's button. */
export function setUpFrame(manifest: EmbeddedManifest): void {
  byId('page').classList.toggle('has-no-events', manifest.rows === 0);
  const summarize = (): void => void (byId('summary').textContent = summaryLine(manifest));
  summarize();
  onZoneChange(summarize);
  const coverage = byId<HTMLDialogElement>('coverage');
  fillBadge(byId('badge'), manifest.report);
  fillProofBadge(byId('proof-badge'), manifest.report);
  const open = (): void => {
    fillCoverage(coverage, manifest);
    coverage.showModal();
  };
  byId('badge').addEventListener('click', open);
  byId('proof-badge').addEventListener('click', () => {
    open();
    byId('proof').focus();
  });
}
