/** The language of the page. */
import { remembered } from '#public/state/settings.js';
import { parseHash } from '#public/state/hash.js';
import type { Language } from './all-texts.js';

export type { Language } from './all-texts.js';

/** The first of the browser's languages that the page has, else English. */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'en' || language === 'ja') return language;
  }
  return 'en';
}

/** Chosen once: the page reloads to change its language. */
export const LANGUAGE: Language = chooseLanguage(
  typeof document === 'undefined'
    ? []
    : [parseHash(location.hash).language, remembered('language'), ...navigator.languages],
);
