/** What the page must show, worked out from the model, beside what it shows. */
import type { EventsModel, Key, Terms } from './events-model.js';
import { CHARTED, columnNamed, parseTerms, shownTime, type Term } from './events-model.js';
import type { PageState, ShownChart } from './page-state.js';

export interface Expected {
  /** What the query finds; undefined where the page's own text is taken, as after a step back. */
  terms: Terms | undefined;
  /** The last query that could be read: what is shown while the text has a fault. */
  lastTerms: Terms;
  /** As in a link: `who,-time`; undefined where the page's own is taken. */
  sort: string | undefined;
  language: 'en' | 'ja' | undefined;
  zone: string | undefined;
  /** The event that is open, by its row: -1 for none, undefined for any. */
  open: number | undefined;
  /** What the row said that was pressed. */
  pressed: Readonly<Record<string, string>> | undefined;
}

/** The field of a link that holds a part of the view. */
export function linked(hash: string, name: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get(name) ?? '';
}

export function keysOf(sort: string): readonly Key[] {
  const keys = sort.split(',').flatMap((word): Key[] => {
    const column = columnNamed(word.replace(/^-/, ''));
    return column === undefined ? [] : [{ column, isDescending: word.startsWith('-') }];
  });
  return keys.length > 0 ? keys : [{ column: 'eventTime', isDescending: true }];
}

/** Finds what differs; keeps what it worked out for the same query and order. */
export class Comparison {
  private found: { readonly key: string; readonly mask: Uint8Array; readonly count: number } | undefined;
  private order: { readonly key: string; readonly rows: Uint32Array } | undefined;

  constructor(private readonly model: EventsModel) {}

  /** The rows that the table shows for this expectation. */
  rowsOf(terms: Terms, sort: string): Uint32Array {
    const { mask, key } = this.find(terms);
    const orderKey = `${sort} ${key}`;
    if (this.order?.key !== orderKey) this.order = { key: orderKey, rows: this.model.sorted(mask, keysOf(sort)) };
    return this.order.rows;
  }

  /** What is wrong with the page, in a sentence; undefined where all is right. */
  fault(state: PageState, expected: Expected): string | undefined {
    if (state.failure !== '') return `the page says “${state.failure}”`;
    if (state.isReading || state.searching !== '') return 'the page is still reading or searching';
    const written = parseTerms(state.query);
    const terms = expected.terms ?? written ?? this.beforeFault(state, expected);
    if (expected.terms && written && !this.isSame(expected.terms, written))
      return `the query is ${JSON.stringify(state.query)}, which finds other events than ${JSON.stringify(expected.terms)}`;
    if (linked(state.hash, 'q') !== state.query) return `the address has the query ${linked(state.hash, 'q')}`;
    const sort = linked(state.hash, 'sort');
    if (expected.sort !== undefined && sort !== expected.sort) return `the order is ${sort}, not ${expected.sort}`;
    if (expected.language && state.language !== expected.language) return `the language is ${state.language}`;
    if (expected.zone !== undefined && state.zone !== expected.zone)
      return `the zone is ${state.zone}, not ${expected.zone}`;
    return (
      this.countFault(state, terms) ??
      this.rowFault(state, terms, sort) ??
      this.chartFault(state, terms) ??
      this.openFault(state, expected, terms, sort)
    );
  }

  /** A text with a fault leaves what was found before; where the page was read anew with it, that is everything. */
  private beforeFault({ rowCount }: PageState, { lastTerms }: Expected): Terms {
    return rowCount === this.find(lastTerms).count ? lastTerms : [];
  }

  private countFault(state: PageState, terms: Terms): string | undefined {
    const { count } = this.find(terms);
    const said = (state.count.replaceAll(',', '').match(/\d+/g) ?? []).map(Number);
    const right = count === this.model.size ? [count] : [count, this.model.size];
    if (new Set([...said, ...right]).size !== new Set(right).size)
      return `it counts “${state.count}”, not ${right.join(' of ')}, for ${JSON.stringify(state.query)}`;
    if (state.rowCount !== count) return `the table says that it has ${state.rowCount} rows, not ${count}`;
    return undefined;
  }

  private rowFault(state: PageState, terms: Terms, sort: string): string | undefined {
    const order = this.rowsOf(terms, sort);
    const rows = [...state.rows].sort((a, b) => a.index - b.index);
    for (const { index, cells } of rows) {
      const row = order[index];
      if (row === undefined) return `it shows a row at ${index}, of ${order.length}`;
      for (const [name, text] of Object.entries(cells)) {
        const right = this.model.shown(row, name, state.language, state.zone);
        if (!isShown(text, right, this.model.isWhole)) return `row ${index} has ${name} “${text}”, not “${right}”`;
      }
    }
    const { top, bottom, scrolled } = state.view;
    const [first, last] = [rows[0], rows[rows.length - 1]];
    if (bottom - top < 1 || order.length === 0)
      return rows.length > 0 && order.length === 0 ? 'it shows rows' : undefined;
    if (!first || !last) return 'it shows no row';
    if (last.index - first.index !== rows.length - 1) return `rows ${first.index} to ${last.index} have gaps`;
    if (first.top > top + 1) return `nothing is above row ${first.index}, ${first.top - top} pixels below the head`;
    if (last.bottom < bottom - 1 && last.index < order.length - 1) return `nothing is below row ${last.index}`;
    if (scrolled === 0 && first.index !== 0) return `at its top the table begins with row ${first.index}`;
    if (scrolled === 1 && last.index !== order.length - 1) return `at its end the table ends with row ${last.index}`;
    return undefined;
  }

  private chartFault(state: PageState, terms: Terms): string | undefined {
    const byOutcome = this.sums(terms, 'outcome');
    if (state.outcomes.join() !== byOutcome.join())
      return `the outcomes are ${state.outcomes.join()}, not ${byOutcome.join()}`;
    const { mask } = this.find(terms);
    const right = sumOf(this.model.counts(mask, 'outcome'));
    const bars = (
      state.timeline
        .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '')
        .replaceAll(',', '')
        .match(/\d+/g) ?? []
    ).map(Number);
    if (bars.join() !== right.join())
      return `the timeline has ${bars.join()}, not ${right.join()}: “${state.timeline}”`;
    for (const chart of state.charts) {
      const fault = this.listFault(chart, terms);
      if (fault !== undefined) return `the chart of ${chart.column} ${fault}`;
    }
    return undefined;
  }

  private listFault(chart: ShownChart, terms: Terms): string | undefined {
    const { column, values, distinct, others, othersCount } = chart;
    const own = ownTerms(terms, column);
    const counts = this.model.counts(this.find(terms.filter((term) => !own.includes(term))).mask, column);
    const total = new Map([...counts].map(([value, of]) => [value, of[0] + of[1] + of[2]]));
    const isNoneChosen = own.some((term) => fieldsOf(term).some(({ text }) => text === ''));
    if (column === 'errorCode' && !isNoneChosen) total.delete('');
    for (const { value, count } of values)
      if (count !== (total.get(value) ?? 0)) return `has ${count} of “${value}”, not ${total.get(value) ?? 0}`;
    if (distinct !== total.size) return `has ${distinct} values, not ${total.size}`;
    const sum = [...total.values()].reduce((a, b) => a + b, 0);
    const listed = values.reduce((a, { count }) => a + count, 0);
    if (listed + othersCount !== sum) return `counts ${listed} + ${othersCount} events, not ${sum}`;
    if (values.filter(({ count }) => count > 0).length + others !== total.size) return `leaves out ${others} values`;
    const most = [...total.values()].sort((a, b) => b - a).slice(0, values.length);
    if (own.length === 0 && most.join() !== values.map(({ count }) => count).join())
      return `does not list the most frequent`;
    return undefined;
  }

  private openFault(
    { detail, hash, zone }: PageState,
    expected: Expected,
    terms: Terms,
    sort: string,
  ): string | undefined {
    const { model } = this;
    if (expected.open === -1) return detail ? 'an event is open' : undefined;
    if (!detail) {
      const isOpen = expected.open !== undefined || expected.pressed !== undefined || linked(hash, 'event') !== '';
      return isOpen ? 'no event is open' : undefined;
    }
    if (detail.isReading) return 'the event is still read';
    const [second = '', id = ''] = linked(hash, 'event').split('/');
    const row = model.rowOf(Date.parse(second), id);
    if (row < 0) return `the address has no event that is open: ${linked(hash, 'event')}`;
    const { open, pressed } = expected;
    if (open !== undefined && model.value(row, 'eventID') !== model.value(open, 'eventID'))
      return `the event ${second}/${id} is open, not ${model.value(open, 'eventID')}`;
    if (!detail.eventID.startsWith(id)) return `the details have the eventID ${detail.eventID}, the address ${id}`;
    if (detail.title !== model.value(row, 'eventName')) return `the open event is called ${detail.title}`;
    if (!detail.subtitle.startsWith(shownTime(model.times[row] as number, zone)))
      return `the open event is of ${detail.subtitle}`;
    for (const [name, text] of Object.entries(pressed ?? {})) {
      const [en, ja] = (['en', 'ja'] as const).map((language) => model.shown(row, name, language, zone));
      if (name !== 'eventTime' && text !== '' && text !== en && text !== ja && model.isWhole)
        return `the row that was pressed said ${name} “${text}”, the open event says “${en ?? ''}”`;
    }
    const order = this.rowsOf(terms, sort);
    const place = order.indexOf(row);
    const said = (detail.position.replaceAll(',', '').match(/\d+/g) ?? []).map(Number);
    if (place < 0 ? said.length > 0 : said.join() !== `${place + 1},${order.length}`)
      return `the open event is said to be ${detail.position}, not ${place + 1} of ${order.length}`;
    return undefined;
  }

  private sums(terms: Terms, column: string): number[] {
    const own = ownTerms(terms, column);
    return sumOf(this.model.counts(this.find(terms.filter((term) => !own.includes(term))).mask, column));
  }

  private isSame(a: Terms, b: Terms): boolean {
    return JSON.stringify(a) === JSON.stringify(b) || Buffer.from(this.model.find(a)).equals(this.model.find(b));
  }

  private find(terms: Terms): { readonly key: string; readonly mask: Uint8Array; readonly count: number } {
    const key = JSON.stringify(terms);
    if (this.found?.key === key) return this.found;
    const mask = this.model.find(terms);
    const found = { key, mask, count: mask.reduce((sum, is) => sum + is, 0) };
    this.found = found;
    return found;
  }
}

/** Whether a cell says what it must; a large page has the beginning of long texts only, or nothing of them. */
function isShown(text: string, right: string, isWhole: boolean): boolean {
  if (text === right) return true;
  return !isWhole && (text === '' || right.startsWith(text.split('…')[0] ?? ''));
}

function fieldsOf(term: Term): readonly Extract<Term, { kind: 'field' }>[] {
  return (term.kind === 'or' ? term.of : [term]).flatMap((one) => (one.kind === 'field' ? [one] : []));
}

/** The terms that choose values of a column and nothing else: its own chart does not count by them. */
export function ownTerms(terms: Terms, column: string): readonly Term[] {
  return terms.filter((term) => {
    const sides = term.kind === 'or' ? term.of : [term];
    return sides.every((side) => side.kind === 'field' && side.column === column);
  });
}

function sumOf(counts: ReadonlyMap<string, readonly [number, number, number]>): number[] {
  const sums = [0, 0, 0];
  for (const of of counts.values()) of.forEach((count, i) => ((sums[i] as number) += count));
  return sums;
}

/** The terms after a press on a value: it alone, one more, or without it where it was chosen. */
export function toggled(terms: Terms, column: string, value: string, isAdded: boolean): Terms {
  const own = ownTerms(terms, column);
  const chosen = own.flatMap(fieldsOf);
  const is = ({ text }: { text: string }): boolean => text.toLowerCase() === value.toLowerCase();
  const one: Term = { kind: 'field', column, text: value, quoted: true };
  const rest = chosen.filter((term) => !is(term));
  let next: readonly Term[];
  if (chosen.some(is)) next = isAdded ? rest : rest.length === 0 ? [] : [one];
  else next = isAdded ? [...chosen, one] : [one];
  const others = terms.filter((term) => !own.includes(term));
  return next.length === 0 ? others : [...others, next.length === 1 ? (next[0] as Term) : { kind: 'or', of: next }];
}

export { CHARTED };
