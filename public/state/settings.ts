/** Settings that the browser stores for the page, if it can: a local or sandboxed page may have no storage. */

export type Setting = 'language' | 'theme' | 'zone';

const key = (setting: Setting): string => `culprit.${setting}`;

/** '' if nothing is stored. */
export function remembered(setting: Setting): string {
  try {
    return localStorage.getItem(key(setting)) ?? '';
  } catch {
    return '';
  }
}

/** @param value '' removes the setting @returns whether it is stored */
export function remember(setting: Setting, value: string): boolean {
  try {
    if (value === '') localStorage.removeItem(key(setting));
    else localStorage.setItem(key(setting), value);
    return true;
  } catch {
    return false;
  }
}

/** Until the next load of the page in this tab; see {@link takeHandedOver}. */
const HANDED_OVER = 'culprit.view';

/** Hands a text to the next load of this page in this tab, for use after a reload. */
export function handOver(text: string): void {
  try {
    sessionStorage.setItem(HANDED_OVER, `${location.pathname}\n${text}`);
  } catch {
    // Without storage, the text is lost.
  }
}

/** The text handed over to this page, once; undefined if there was none, or if this is not a reload. */
export function takeHandedOver(): string | undefined {
  try {
    const [place, text] = (sessionStorage.getItem(HANDED_OVER) ?? '').split('\n');
    sessionStorage.removeItem(HANDED_OVER);
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return navigation?.type === 'reload' && place === location.pathname ? text : undefined;
  } catch {
    return undefined;
  }
}
