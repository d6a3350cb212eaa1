/** Light or dark: as in the system, until the user chooses; always light in print. */
import { remember, remembered } from '#public/state/settings.js';

type ThemeName = 'light' | 'dark';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const listeners: (() => void)[] = [];
/** The user's choice, which is also stored if possible. */
let chosen = stored();
let isPrinting = false;

export function themeName(): ThemeName {
  if (isPrinting) return 'light';
  return chosen ?? system();
}

/** Applies the theme to the page; the style sheet does the rest. */
export function applyTheme(): void {
  document.documentElement.dataset['theme'] = themeName();
}

/**
 * Switches to the other theme. A choice equal to the system's is not stored, so that the page keeps following the
 * system.
 */
export function toggleTheme(): void {
  const next = themeName() === 'dark' ? 'light' : 'dark';
  chosen = next === system() ? undefined : next;
  remember('theme', chosen ?? '');
  change();
}

/** Follows the system's theme and switches for printing. */
export function followSystem(): void {
  systemDark.addEventListener('change', change);
  for (const [event, printing] of [
    ['beforeprint', true],
    ['afterprint', false],
  ] as const) {
    addEventListener(event, () => {
      isPrinting = printing;
      change();
    });
  }
}

/** Calls back when a canvas must be redrawn in other colours. */
export function onThemeChange(listener: () => void): void {
  listeners.push(listener);
}

function change(): void {
  if (document.documentElement.dataset['theme'] === themeName()) return;
  document.documentElement.dataset['theme'] = themeName();
  for (const listener of listeners) listener();
}

function stored(): ThemeName | undefined {
  const name = remembered('theme');
  return name === 'light' || name === 'dark' ? name : undefined;
}

function system(): ThemeName {
  return systemDark.matches ? 'dark' : 'light';
}
