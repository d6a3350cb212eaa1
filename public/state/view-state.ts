/**
 * What the page shows, as plain texts: the one place that parts write their choices into and hear of others' from. A
 * link holds exactly this (`address.ts`), so whatever is here can be sent to a colleague, and back and forward work. The
 * query is parsed here, once each time that it changes.
 */
import { EVERYTHING, MAX_LENGTH, type Query } from '#shared/query/ast.js';
import { parseQuery, type QueryFault } from '#shared/query/parse.js';
import { printQuery } from '#shared/query/print.js';

/** Each text is written and read by the part it belongs to; '' is how the page begins. */
export interface ViewState {
  /** The query box, as written. */
  readonly query: string;
  /** What the answer box was asked. */
  readonly question: string;
  /** The order of the table (`state/sorting.ts`). */
  readonly sort: string;
  /** The table's columns, where they are not the usual ones (`state/table-columns.ts`). */
  readonly columns: string;
  /** How the charts are drawn (`charts/chart-settings.ts`). */
  readonly charts: string;
  /** The open event (`detail/event-link.ts`). */
  readonly event: string;
  /** The time zone, by its IANA name. */
  readonly zone: string;
  /** The language, where the browser cannot remember the reader's choice of it. */
  readonly language: string;
}

export type ViewKey = keyof ViewState;

/**
 * The longest texts that are read, in UTF-16 units. The page itself writes longer ones only where its reader does, into
 * the boxes of the query and of the question, which then say so.
 */
export const LONGEST: Readonly<Record<ViewKey, number>> = {
  query: MAX_LENGTH,
  // As long as an ARN may be.
  question: 2_048,
  sort: 4_096,
  columns: 4_096,
  charts: 256,
  event: 256,
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
  zone: '',
  language: '',
};

export const VIEW_KEYS = Object.keys(START) as readonly ViewKey[];

/** `step`: back returns to what was before it. `typing`: it replaces what was there. */
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

  /** The query as it was parsed when it was written; where that text has a fault, the last one without. */
  get query(): Query {
    return this.parsed;
  }

  /** Why the query's text could not be parsed; undefined where it could. */
  get queryFault(): QueryFault | undefined {
    return this.fault;
  }

  /** Asks for these events, as a step. */
  ask(query: Query): void {
    this.set({ query: printQuery(query) }, 'step');
  }

  /** Changes the view and tells every listener, in the order they came; where nothing changes, nobody hears of it. */
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
