/**
 * A view as the part of an address after `#`, and back: `#v1&q=who:alice+event:Delete*&sort=-time`.
 *
 * Version 1: `v1`, then fields as in a form, each left out where it is empty. An address of a later version is read as
 * one without a view. Of a text that is too long one character too many stays, so that a link, a bookmark and a reload
 * show the same fault as the box in which it was written. `key` is never a field of the view: it is kept for what opens a report that is encrypted.
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
  zone: 'zone',
  language: 'lang',
};

/** More than any view takes, in which each character may be nine. */
const MOST_READ = 262_144;

/** '' for the view that the page begins with, else `#…`. */
export function printHash(state: ViewState): string {
  const fields = new URLSearchParams();
  for (const key of VIEW_KEYS) if (state[key] !== '') fields.set(NAMES[key], cut(key, state[key]));
  const text = fields.toString();
  // What has no meaning in a fragment stays readable.
  return text === '' ? '' : `#${VERSION}&${text.replace(/%(?:3A|2F|2C|40)/g, decodeURIComponent)}`;
}

/** The view in an address; a text that is none gives the view that the page begins with. Never throws. */
export function parseHash(hash: string): ViewState {
  const fields = new URLSearchParams(hash.slice(0, MOST_READ).replace(/^#/, ''));
  const version = [...fields.keys()].find((name) => /^v\d+$/.test(name));
  if (version !== undefined && version !== VERSION) return START;
  const state: Record<ViewKey, string> = { ...START };
  // A control character or half a surrogate pair is nothing that a box could hold.
  for (const key of VIEW_KEYS) state[key] = cut(key, fields.get(NAMES[key]) ?? '').replace(/[\0-\x1f\x7f]/g, ' ');
  return state;
}

function cut(key: ViewKey, text: string): string {
  return text.slice(0, LONGEST[key] + 1);
}
