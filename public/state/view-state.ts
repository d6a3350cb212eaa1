/**
 * What the page shows, as plain texts: parts write their choices here and are notified of others' choices. A link
 * contains exactly this (`address.ts`), so everything here can be shared, and back and forward work. The query is
 * parsed here, once per change.
 */
import { EVERYTHING, MAX_LENGTH, type Query } from '#shared/query/ast.js';
import { parseQuery, type QueryFault } from '#shared/query/parse.js';
import { printQuery } from '#shared/query/print.js';

/** Each text is written and parsed by the part that it belongs to; '' is the initial state. */
export interface ViewState {
  /** The query box, as written. */
  readonly query: string;
  /** The question in the answer box. */
  readonly question: string;
  /** The order of the table (`state/sorting.ts`). */
  readonly sort: string;
  /** The table's columns, if they are not the default ones (`state/table-columns.ts`). */
  readonly columns: string;
  /** How the charts are drawn (`charts/chart-settings.ts`). */
  readonly charts: string;
  /** The open event (`detail/event-link.ts`). */
  readonly event: string;
  /** The order of the sessions if they are listed in place of the events: `-last`; '' otherwise. */
  readonly sessions: string;
  /** The time zone, by its IANA name. */
  readonly zone: string;
  /** The language, if the browser cannot store the user's choice. */
  readonly language: string;
}

export type ViewKey = keyof ViewState;

/**
 * The longest texts that are read, in UTF-16 units. The page itself writes longer ones only for text that the user
 * typed into the query or question box, which then shows an error.
 */
export const LONGEST: Readonly<Record<ViewKey, number>> = {
  query: MAX_LENGTH,
  // The length limit of ARNs.
  question: 2_048,
  sort: 4_096,
  columns: 4_096,
  charts: 256,
  event: 256,
  sessions: 256,
  zone: 256,
  language: 256,
};

export const START: ViewState = {
  query: '',
  question: '',
  sort: '',
  columns: '',
  charts: '',
  event: '',
  sessions: '',
  zone: '',
  language: '',
};

export const VIEW_KEYS = Object.keys(START) as readonly ViewKey[];

/** `step`: back returns to the previous view. `typing`: replaces the previous view. */
export type ChangeKind = 'step' | 'typing';

/** @param changed never empty */
type ViewListener = (changed: ReadonlySet<ViewKey>, kind: ChangeKind) => void;

export class ViewStore {
  private state = START;
  private parsed: Query = EVERYTHING;
  private fault: QueryFault | undefined;
  private readonly listeners: ViewListener[] = [];

  get(): ViewState {
    return this.state;
  }

  /** The query as parsed when it was written; if the text has a fault, the last query without one. */
  get query(): Query {
    return this.parsed;
  }

  /** Why the query's text could not be parsed; undefined if it could. */
  get queryFault(): QueryFault | undefined {
    return this.fault;
  }

  /** Sets the query, as a step. */
  ask(query: Query): void {
    this.set({ query: printQuery(query) }, 'step');
  }

  /** Changes the view and notifies the listeners in order of registration; if nothing changes, nobody is notified. */
  set(change: Partial<ViewState>, kind: ChangeKind): void {
    const next = { ...this.state, ...change };
    const changed = new Set(VIEW_KEYS.filter((key) => next[key] !== this.state[key]));
    if (changed.size === 0) return;
    this.state = next;
    if (changed.has('query')) this.parse(next.query);
    for (const listener of this.listeners) listener(changed, kind);
  }

  subscribe(listener: ViewListener): void {
    this.listeners.push(listener);
  }

  private parse(text: string): void {
    const result = parseQuery(text);
    if ('query' in result) this.parsed = result.query;
    this.fault = 'fault' in result ? result.fault : undefined;
  }
}
