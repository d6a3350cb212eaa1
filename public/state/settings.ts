/** What the browser keeps for the page, where it keeps such things: a page in a file or in a sandbox may have no storage. */

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

/** Until the page is read again in this tab; see {@link takeHandedOver}. */
const HANDED_OVER = 'culprit.view';

/** Hands a text over to the same page, as it is read next in this tab: to what comes after a reload. */
export function handOver(text: string): void {
  try {
    sessionStorage.setItem(HANDED_OVER, `${location.pathname}\n${text}`);
  } catch {
    // Without storage the text is lost.
  }
}

/** What was handed over to this page, once; undefined where it was nothing, or where this is no reload. */
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
