/** How many events match, in words; in few of them where the screen is narrow. */
import { number, text } from '#public/text/language.js';

export interface Counted {
  readonly shown: number;
  /** Events listed, and in all. */
  readonly total: number;
  readonly all: number;
  /** The share of the details that a running search has looked at; undefined where none runs. */
  readonly searched: number | undefined;
}

export function countText({ shown, total, all }: Counted, isNarrow: boolean): string {
  if (shown === total && total === all) return text('query.count.all', { n: total });
  const [listed, some] = total === all ? ([] as const) : (['query.count.listed', 'query.count.someListed'] as const);
  if (listed && !isNarrow && shown === total) return text(listed, { n: number(total), total: number(all) });
  const words = isNarrow ? 'query.count.short' : (some ?? 'query.count.some');
  return text(words, { n: number(shown), total: number(isNarrow && shown === total ? all : total) });
}

/** How far a running search is; '' where none runs. */
export function searchingText({ searched }: Counted): string {
  return searched === undefined ? '' : text('query.searching', { percent: `${String(Math.floor(searched * 100))}%` });
}
