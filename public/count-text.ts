/** How many events match, in words; in few of them where the screen is narrow. */
import { number, text } from './text/language.js';

export interface Counted {
  readonly shown: number;
  readonly total: number;
  /** The share of the details that a running search has looked at; undefined where none runs. */
  readonly searched: number | undefined;
}

export function countText({ shown, total, searched }: Counted, isNarrow: boolean): string {
  const blanks = { n: number(shown), total: number(total) };
  const count =
    shown === total
      ? text('query.count.all', { n: total })
      : text(isNarrow ? 'query.count.short' : 'query.count.some', blanks);
  if (searched === undefined) return count;
  const percent = `${String(Math.floor(searched * 100))}%`;
  return `${count} · ${isNarrow ? percent : text('query.searching', { percent })}`;
}
