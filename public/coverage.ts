/** What the report does not hold, in words: by fault, by options, or because it is no event. */
import type { EmbeddedManifest } from '../scripts/shared/report-format.js';
import { en, type TextKey } from './text/en.js';
import { text } from './text/language.js';

type ReportFacts = EmbeddedManifest['report'];

/** `incomplete`: something could not be read. `filtered`: options left something out. `complete`: every event is here. */
export type CoverageState = 'incomplete' | 'filtered' | 'complete';

/** Files that --since left unread, by when they were delivered; they may well hold events. */
const BEFORE_SINCE = 'before-since';

export function coverageState({ warnings, files, filtered, ignored }: ReportFacts): CoverageState {
  if (warnings.length > 0 || files.failed > 0) return 'incomplete';
  return filtered > 0 || ignored.some(({ kind }) => kind === BEFORE_SINCE) ? 'filtered' : 'complete';
}

/** The badge's words. */
export function coverageBadge(report: ReportFacts): string {
  const state = coverageState(report);
  if (state === 'incomplete') return text('badge.warnings', { n: Math.max(1, report.warnings.length) });
  return text(state === 'filtered' ? 'badge.filtered' : 'badge.complete');
}

/** One sentence about what is missing; that every event is here only where that is so. */
export function coverageSentence(report: ReportFacts): string {
  const { files, filtered, ignored } = report;
  const state = coverageState(report);
  if (state === 'incomplete') return text('coverage.incomplete');
  if (state === 'filtered') {
    const unread = ignored.find(({ kind }) => kind === BEFORE_SINCE)?.count ?? 0;
    return text('coverage.byOptions', {
      what: joined(
        filtered > 0 && text('coverage.filtered.value', { n: filtered }),
        unread > 0 && text('coverage.count.files', { n: unread }),
      ),
    });
  }
  if (files.ignored > 0) return text('coverage.noEvents.files', { n: files.ignored });
  const records = ignored.reduce((sum, of) => sum + of.records, 0);
  return records > 0 ? text('coverage.noEvents.records', { n: records }) : text('coverage.complete');
}

/** What things of a kind that is no event are; a kind that this page does not know by its own name. */
export function ignoredName(kind: string): string {
  const key = `ignored.${kind}`;
  return key in en ? text(key as TextKey) : kind;
}

/** How many files, records, or both. */
export function ignoredCount({ count, records }: ReportFacts['ignored'][number]): string {
  return joined(
    count > 0 && text('coverage.count.files', { n: count }),
    records > 0 && text('coverage.count.records', { n: records }),
  );
}

function joined(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join(text('coverage.and'));
}
