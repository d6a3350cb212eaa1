/** All texts in all languages, for building a page. The page itself reads them from `page-texts.ts`. */
import { en, type TextKey, type Texts } from './en.js';
import { ja } from './ja.js';

export type Language = 'en' | 'ja';

const TABLES: Readonly<Record<Language, Texts>> = { en, ja };

export type AllTexts = Readonly<Record<TextKey, Readonly<Record<Language, string>>>>;

/** By key and language, so that each key is stored once. */
export function allTexts(): AllTexts {
  const languages = Object.keys(TABLES) as Language[];
  const inAll = (key: TextKey): [Language, string][] => languages.map((language) => [language, TABLES[language][key]]);
  return Object.fromEntries(
    Object.keys(en).map((key) => [key, Object.fromEntries(inAll(key as TextKey))]),
  ) as unknown as AllTexts;
}
