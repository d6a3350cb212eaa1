/** What the page shows, read from its document at one moment, and a record of what a press of the mouse has hit. */

export interface ShownRow {
  /** Its place in the table, from 0. */
  readonly index: number;
  readonly top: number;
  readonly bottom: number;
  /** By column, as shown. */
  readonly cells: Readonly<Record<string, string>>;
}

export interface ShownChart {
  readonly column: string;
  readonly values: readonly { readonly value: string; readonly count: number; readonly isChosen: boolean }[];
  readonly distinct: number;
  readonly others: number;
  readonly othersCount: number;
}

export interface PageState {
  readonly failure: string;
  readonly isReading: boolean;
  readonly searching: string;
  readonly query: string;
  readonly count: string;
  readonly rowCount: number;
  readonly heads: readonly { readonly name: string; readonly sort: string }[];
  readonly rows: readonly ShownRow[];
  /** Of the rows' part of the table, in CSS pixels; the share that is scrolled out, from 0 to 1. */
  readonly view: { readonly top: number; readonly bottom: number; readonly scrolled: number };
  readonly outcomes: readonly number[];
  readonly charts: readonly ShownChart[];
  readonly timeline: string;
  readonly detail:
    | {
        readonly title: string;
        readonly subtitle: string;
        readonly position: string;
        readonly eventID: string;
        readonly isReading: boolean;
      }
    | undefined;
  readonly answer: { readonly isBusy: boolean; readonly text: string } | undefined;
  readonly dialog: boolean;
  readonly hash: string;
  readonly language: 'en' | 'ja';
  readonly zone: string;
}

/** What was hit by the last press, as it was shown at that moment. */
export type Hit =
  | { readonly kind: 'bar'; readonly column: string; readonly value: string; readonly isAdded: boolean }
  | { readonly kind: 'outcome'; readonly outcome: string; readonly isAdded: boolean }
  | { readonly kind: 'head'; readonly column: string; readonly isAdded: boolean }
  | { readonly kind: 'tick'; readonly value: string; readonly isChosen: boolean }
  | { readonly kind: 'row'; readonly index: number; readonly cells: Readonly<Record<string, string>> }
  | { readonly kind: 'other' };

declare global {
  interface Window {
    hit: Hit | undefined;
  }
}

/** Runs in the page before its own scripts: keeps what each press hits. */
export function watchHits(): void {
  const cellsOf = (row: Element): Record<string, string> =>
    Object.fromEntries(
      [...row.querySelectorAll<HTMLElement>('[role=gridcell]')].map((cell) => [
        cell.dataset['column'] ?? '',
        cell.textContent,
      ]),
    );
  const hitOf = (target: Element, isAdded: boolean, isShifted: boolean): Hit => {
    const bar = target.closest<HTMLElement>('.facet-button');
    const chart = target.closest<HTMLElement>('.facet');
    if (bar && chart) {
      const label = chart.querySelector('.facet-name')?.textContent ?? '';
      const value = bar.classList.contains('is-missing') ? '' : bar.title.slice(label.length + 2).split('\n')[0];
      return { kind: 'bar', column: chart.dataset['column'] ?? '', value: value ?? '', isAdded };
    }
    const outcome = target.closest<HTMLElement>('.outcome')?.dataset['outcome'];
    if (outcome !== undefined) return { kind: 'outcome', outcome, isAdded };
    const head = target.closest('.sort')?.closest<HTMLElement>('[data-column]');
    if (head) return { kind: 'head', column: head.dataset['column'] ?? '', isAdded: isShifted };
    const row = target.closest('#grid [role=row][aria-rowindex]:not(.grid-head-row)');
    if (row && target.closest('[role=gridcell]'))
      return { kind: 'row', index: Number(row.getAttribute('aria-rowindex')) - 2, cells: cellsOf(row) };
    return { kind: 'other' };
  };
  addEventListener(
    'click',
    ({ target, ctrlKey, metaKey, shiftKey, isTrusted }) => {
      if (isTrusted && target instanceof Element) window.hit = hitOf(target, ctrlKey || metaKey, shiftKey);
    },
    true,
  );
  addEventListener(
    'change',
    ({ target }) => {
      if (target instanceof HTMLInputElement && target.closest('.values .value'))
        window.hit = { kind: 'tick', value: target.closest('label')?.title ?? '', isChosen: target.checked };
    },
    true,
  );
}

/** Runs in the page. */
export function readState(): PageState {
  const one = (selector: string): HTMLElement | null => document.querySelector(selector);
  const textOf = (selector: string): string => one(selector)?.textContent ?? '';
  const numberIn = (text: string | null | undefined): number => Number((text ?? '').replace(/[^\d]/g, ''));
  const grid = one('#grid');
  const box = grid?.getBoundingClientRect() ?? new DOMRect();
  const gridHead = one('.grid-head')?.getBoundingClientRect() ?? new DOMRect();
  const left = (grid?.scrollHeight ?? 0) - (grid?.clientHeight ?? 0);
  const detail = one('#detail');
  const answer = one('#answer-result');
  const failure = one('#failure');
  return {
    failure: failure && !failure.hidden ? failure.textContent : '',
    isReading: one('.progress.is-done') === null,
    searching: textOf('#searching'),
    query: (one('#query') as HTMLInputElement | null)?.value ?? '',
    count: textOf('#count'),
    rowCount: Number(grid?.getAttribute('aria-rowcount')) - 1,
    heads: [...document.querySelectorAll<HTMLElement>('[role=columnheader]')].map((cell) => ({
      name: cell.dataset['column'] ?? '',
      sort: cell.getAttribute('aria-sort') ?? '',
    })),
    rows: [...document.querySelectorAll<HTMLElement>('.grid-rows > .grid-row')].map((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return {
        index: Number(row.getAttribute('aria-rowindex')) - 2,
        top,
        bottom,
        cells: Object.fromEntries(
          [...row.querySelectorAll<HTMLElement>('[role=gridcell]')].map((cell) => [
            cell.dataset['column'] ?? '',
            cell.textContent,
          ]),
        ),
      };
    }),
    view: {
      top: gridHead.bottom,
      bottom: box.top + (grid?.clientHeight ?? 0),
      scrolled: left > 0 ? (grid?.scrollTop ?? 0) / left : 0,
    },
    outcomes: [...document.querySelectorAll('.outcome-count')].map((count) => numberIn(count.textContent)),
    charts: [...document.querySelectorAll<HTMLElement>('.facet')]
      .filter((chart) => !chart.hidden)
      .map((chart) => {
        const label = chart.querySelector('.facet-name')?.textContent ?? '';
        const others = chart.querySelector<HTMLElement>('.facet-others');
        const hasOthers = others?.closest('li')?.hidden === false;
        return {
          column: chart.dataset['column'] ?? '',
          values: [...chart.querySelectorAll<HTMLElement>('.facet-button')]
            .filter((bar) => bar.closest('li')?.hidden === false)
            .map((bar) => ({
              value: bar.classList.contains('is-missing')
                ? ''
                : (bar.title.slice(label.length + 2).split('\n')[0] ?? ''),
              count: numberIn(bar.querySelector('.facet-count')?.textContent),
              isChosen: bar.getAttribute('aria-pressed') === 'true',
            })),
          distinct: numberIn(chart.querySelector('.facet-distinct')?.textContent),
          others: hasOthers ? numberIn(others.querySelector('.facet-value')?.textContent) : 0,
          othersCount: hasOthers ? numberIn(others.querySelector('.facet-count')?.textContent) : 0,
        };
      }),
    timeline: one('#timeline [aria-label]')?.getAttribute('aria-label') ?? '',
    detail:
      detail && !detail.hidden
        ? {
            title: textOf('.detail-title'),
            subtitle: textOf('.detail-subtitle time'),
            position: textOf('.detail-position'),
            eventID: textOf('.detail-item:has(dt[title=eventID]) dd'),
            isReading: one('.detail-loading') !== null && one('.raw-fields') === null,
          }
        : undefined,
    answer:
      answer && !answer.hidden
        ? { isBusy: answer.getAttribute('aria-busy') === 'true', text: answer.textContent }
        : undefined,
    dialog: one('dialog[open]') !== null,
    hash: location.hash,
    language: one('#language')?.lang === 'ja' ? 'en' : 'ja',
    zone: (one('#zone') as HTMLSelectElement | null)?.value ?? '',
  };
}
