/** The key while the page is open: removed from the address, and stored for this tab only. */
import { fromBase64Url, KEY_FIELD, base64Url } from '#shared/seal/lock.js';

/** Removes the key from the address bar. Returns its text, '' if the field is empty; undefined if there is none. */
export function takeKey(): string | undefined {
  const fields = location.hash.replace(/^#/, '').split('&');
  const isKey = (field: string): boolean => field.startsWith(`${KEY_FIELD}=`);
  const found = fields.find(isKey);
  if (found === undefined) return undefined;
  const rest = fields.filter((field) => !isKey(field)).join('&');
  try {
    // Replaced, so that neither the address bar nor the history shows it.
    history.replaceState(history.state, '', `${location.pathname}${location.search}${rest === '' ? '' : `#${rest}`}`);
  } catch {
    // A page without an address of its own: the key is not visible there either.
  }
  return found.slice(KEY_FIELD.length + 1);
}

/** By the key's mark, so that a tab that has a key opens all its reports. */
const nameOf = (mark: string): string => `culprit.key.${mark}`;

/** Stores the key for a reload in this tab. */
export function keepKey(mark: string, key: Uint8Array): void {
  try {
    sessionStorage.setItem(nameOf(mark), base64Url(key));
  } catch {
    // No storage: a reload asks again.
  }
}

/** The key that this tab has stored for a report; undefined if there is none. */
export function keptKey(mark: string): Uint8Array | undefined {
  try {
    return fromBase64Url(sessionStorage.getItem(nameOf(mark)) ?? '');
  } catch {
    return undefined;
  }
}
