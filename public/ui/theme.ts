/** Light or dark: as the system is, until the reader chooses; on paper always light. */
import { remember, remembered } from '#public/state/settings.js';

type ThemeName = 'light' | 'dark';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const listeners: (() => void)[] = [];
/** Chosen here, and where there is storage also remembered. */
let chosen = stored();
let isPrinting = false;

export function themeName(): ThemeName {
  if (isPrinting) return 'light';
  return chosen ?? system();
}

/** Puts the theme on the page; the style sheet does the rest. */
export function applyTheme(): void {
  document.documentElement.dataset['theme'] = themeName();
}

/** The other of the two. What the system says anyway is not remembered, so that the page keeps following it. */
export function toggleTheme(): void {
  const next = themeName() === 'dark' ? 'light' : 'dark';
  chosen = next === system() ? undefined : next;
  remember('theme', chosen ?? '');
  change();
}

/** Keeps the theme in step with the system and the printer. */
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

/** Calls back when what is drawn on a canvas must be drawn in other colours. */
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
