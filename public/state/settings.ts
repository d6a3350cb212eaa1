/** What a reader chose before, where the browser keeps such things: a page in a file or in a sandbox may have no storage. */

export type Setting = 'language' | 'theme' | 'zone';

const key = (setting: Setting): string => `culprit.${setting}`;

/** '' where nothing is known. */
export function remembered(setting: Setting): string {
  try {
    return localStorage.getItem(key(setting)) ?? '';
  } catch {
    return '';
  }
}

/** @param value '' forgets @returns whether it is kept */
export function remember(setting: Setting, value: string): boolean {
  try {
    if (value === '') localStorage.removeItem(key(setting));
    else localStorage.setItem(key(setting), value);
    return true;
  } catch {
    return false;
  }
}
