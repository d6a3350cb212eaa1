/** The texts of an encrypted page, in the user's language. */
import { LANGUAGE } from './chosen-language.js';
import { unlockEn, type UnlockKey } from './unlock-en.js';
import { unlockJa } from './unlock-ja.js';

export type { UnlockKey } from './unlock-en.js';

export function unlockText(key: UnlockKey): string {
  return (LANGUAGE === 'ja' ? unlockJa : unlockEn)[key];
}
