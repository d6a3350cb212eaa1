/**
 * Converts a view to the part of an address after `#` and back: `#v1&q=who:alice+event:Delete*&sort=-time`.
 *
 * Version 1: `v1`, then fields as in a form, each omitted if it is empty. An address of a later version is read as no
 * view. A text that is too long keeps one character beyond the limit, so that a link, a bookmark and a reload show the
 * same fault as the box in which it was written. `key` is never a field of the view: it is reserved for the key of an
 * encrypted report.
 */
import { LONGEST, START, VIEW_KEYS, type ViewKey, type ViewState } from './view-state.js';

const VERSION = 'v1';

const NAMES: Readonly<Record<ViewKey, string>> = {
  query: 'q',
  question: 'about',
  sort: 'sort',
  columns: 'columns',
  charts: 'charts',
  event: 'event',
  sessions: 'sessions',
  zone: 'zone',
  language: 'lang',
};

/** More than any view needs, in which each character may take nine. */
const MOST_READ = 262_144;

/** '' for the initial view, else `#…`. */
export function printHash(state: ViewState): string {
  const fields = new URLSearchParams();
  for (const key of VIEW_KEYS) if (state[key] !== '') fields.set(NAMES[key], cut(key, state[key]));
  const text = fields.toString();
  // Characters without a meaning in a fragment stay readable.
  return text === '' ? '' : `#${VERSION}&${text.replace(/%(?:3A|2F|2C|40)/g, decodeURIComponent)}`;
}

/** The view in an address; any other text gives the initial view. Never throws. */
export function parseHash(hash: string): ViewState {
  const fields = new URLSearchParams(hash.slice(0, MOST_READ).replace(/^#/, ''));
  const version = [...fields.keys()].find((name) => /^v\d+$/.test(name));
  if (version !== undefined && version !== VERSION) return START;
  const state: Record<ViewKey, string> = { ...START };
  // A box cannot contain a control character or an unpaired surrogate.
  for (const key of VIEW_KEYS) state[key] = cut(key, fields.get(NAMES[key]) ?? '').replace(/[\0-\x1f\x7f]/g, ' ');
  return state;
}

function cut(key: ViewKey, text: string): string {
  return text.slice(0, LONGEST[key] + 1);
}
