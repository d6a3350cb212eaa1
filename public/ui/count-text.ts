/** The number of matching events in words; in fewer words on a narrow screen. */
import { number, text } from '#public/text/language.js';

export interface Counted {
  readonly shown: number;
  /** The number of listed events, and of all events. */
  readonly total: number;
  readonly all: number;
  /** The fraction of the details that a running search has covered; undefined if none is running. */
  readonly searched: number | undefined;
}

export function countText({ shown, total, all }: Counted, isNarrow: boolean): string {
  if (shown === total && total === all) return text('query.count.all', { n: total });
  const [listed, some] = total === all ? ([] as const) : (['query.count.listed', 'query.count.someListed'] as const);
  if (listed && !isNarrow && shown === total) return text(listed, { n: number(total), total: number(all) });
  const words = isNarrow ? 'query.count.short' : (some ?? 'query.count.some');
  return text(words, { n: number(shown), total: number(isNarrow && shown === total ? all : total) });
}

/** The progress of a running search; '' if none is running. */
export function searchingText({ searched }: Counted): string {
  return searched === undefined ? '' : text('query.searching', { percent: `${String(Math.floor(searched * 100))}%` });
}
