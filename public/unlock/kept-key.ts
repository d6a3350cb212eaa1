/** The key while the page is used: taken out of the address, and kept for as long as the tab is there. */
import { fromBase64Url, KEY_FIELD, base64Url } from '#shared/seal/lock.js';

/** Takes the key out of the address bar. Gives its text, '' where the field is empty; undefined where there is none. */
export function takeKey(): string | undefined {
  const fields = location.hash.replace(/^#/, '').split('&');
  const isKey = (field: string): boolean => field.startsWith(`${KEY_FIELD}=`);
  const found = fields.find(isKey);
  if (found === undefined) return undefined;
  const rest = fields.filter((field) => !isKey(field)).join('&');
  try {
    // Replaced, so that neither the address bar nor the way back shows it.
    history.replaceState(history.state, '', `${location.pathname}${location.search}${rest === '' ? '' : `#${rest}`}`);
  } catch {
    // A page without an address of its own: nobody can read it there either.
  }
  return found.slice(KEY_FIELD.length + 1);
}

/** By the key's mark, so that all reports of one key open in a tab that has it. */
const nameOf = (mark: string): string => `culprit.key.${mark}`;

/** Keeps the key for a reload in this tab. */
export function keepKey(mark: string, key: Uint8Array): void {
  try {
    sessionStorage.setItem(nameOf(mark), base64Url(key));
  } catch {
    // No storage: a reload asks again.
  }
}

/** The key that this tab has had for a report; undefined where there is none. */
export function keptKey(mark: string): Uint8Array | undefined {
  try {
    return fromBase64Url(sessionStorage.getItem(nameOf(mark)) ?? '');
  } catch {
    return undefined;
  }
}
