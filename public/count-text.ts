/** How many events match, in words; in few of them where the screen is narrow. */
import { number, text } from './text/language.js';

export interface Counted {
  readonly shown: number;
  readonly total: number;
  /** The share of the details that a running search has looked at; undefined where none runs. */
  readonly searched: number | undefined;
}

export function countText({ shown, total }: Counted, isNarrow: boolean): string {
  if (shown === total) return text('query.count.all', { n: total });
  return text(isNarrow ? 'query.count.short' : 'query.count.some', { n: number(shown), total: number(total) });
}

/** How far a running search is; '' where none runs. */
export function searchingText({ searched }: Counted): string {
  return searched === undefined ? '' : text('query.searching', { percent: `${String(Math.floor(searched * 100))}%` });
}
