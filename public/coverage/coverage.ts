/** Describes what the report lacks: because of problems, because of options, or because it is not an event. */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { isTextKey, text } from '#public/text/language.js';

type ReportFacts = EmbeddedManifest['report'];

/**
 * `incomplete`: something could not be read. `filtered`: options left something out. `complete`: every event is here.
 */
type CoverageState = 'incomplete' | 'filtered' | 'complete';

/** Files and folders that options left unread, by their date or account; they may contain events. */
const UNREAD: ReadonlySet<string> = new Set(['before-since', 'after-until', 'other-account', 'other-region']);

export function coverageState({
  warnings,
  files,
  filtered,
  ignored,
  limits,
  unlisted,
  verification,
}: ReportFacts): CoverageState {
  const isLacking = verification !== undefined && verification.logs.missing > 0;
  if (warnings.length > 0 || files.failed > 0 || isLacking) return 'incomplete';
  const isLimited =
    unlisted !== undefined || filtered > 0 || limits !== undefined || ignored.some(({ kind }) => UNREAD.has(kind));
  return isLimited ? 'filtered' : 'complete';
}

/** The text of the badge. */
export function coverageBadge(report: ReportFacts): string {
  const state = coverageState(report);
  if (state === 'incomplete') return text('badge.warnings', { n: Math.max(1, report.warnings.length) });
  if (report.unlisted) return text('badge.unlisted', { n: report.unlisted.events });
  if (state === 'filtered') return text('badge.filtered');
  const { gapDays } = report.coverage;
  return gapDays > 0 ? text('badge.gaps', { n: gapDays }) : text('badge.complete');
}

/** Says in one or two sentences what is missing; that every event is here only if that is so. */
export function coverageSentence({ unlisted, ...report }: ReportFacts): string {
  if (unlisted === undefined) return missingFromReport(report);
  const missing = coverageState(report) === 'complete' ? [] : [missingFromReport(report)];
  return [...missing, text('unlisted.coverage', { n: unlisted.events })].join(' ');
}

/** What is missing from the page and from events.tsv. */
function missingFromReport(report: Omit<ReportFacts, 'unlisted'>): string {
  const { files, filtered, ignored } = report;
  const state = coverageState(report);
  if (state === 'incomplete') return text('coverage.incomplete');
  if (state === 'filtered') {
    const unread = ignored.filter(({ kind }) => UNREAD.has(kind));
    const files = unread.reduce((sum, { count }) => sum + count, 0);
    const folders = unread.reduce((sum, { folders: of = 0 }) => sum + of, 0);
    const what = joined(
      filtered > 0 && text('coverage.filtered.value', { n: filtered }),
      files > 0 && text('coverage.count.files', { n: files }),
      folders > 0 && text('coverage.count.folders', { n: folders }),
    );
    return what === '' ? text('coverage.limited') : text('coverage.byOptions', { what });
  }
  if (files.ignored > 0) return text('coverage.noEvents.files', { n: files.ignored });
  const records = ignored.reduce((sum, of) => sum + of.records, 0);
  return records > 0 ? text('coverage.noEvents.records', { n: records }) : text('coverage.complete');
}

/** The name of a kind of input that is not an event; the kind itself if this page does not know it. */
export function ignoredName(kind: string): string {
  const key = `ignored.${kind}`;
  return isTextKey(key) ? text(key) : kind;
}

/** The numbers of files, folders and records. */
export function ignoredCount({ count, folders = 0, records }: ReportFacts['ignored'][number]): string {
  return joined(
    count > 0 && text('coverage.count.files', { n: count }),
    folders > 0 && text('coverage.count.folders', { n: folders }),
    records > 0 && text('coverage.count.records', { n: records }),
  );
}

function joined(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join(text('coverage.and'));
}
