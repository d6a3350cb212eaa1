/** The head's buttons: the link to what is shown, the language, light or dark. */
import { copyText } from '#public/ui/copy.js';
import { byId } from '#public/ui/dom.js';
import { LANGUAGE, text, type Language } from '#public/text/language.js';
import { remember } from '#public/state/settings.js';
import { followSystem, onThemeChange, themeName, toggleTheme } from '#public/ui/theme.js';

interface ControlsListener {
  /** The address of what is shown now; undefined where the reader does not want it after all. */
  link(): Promise<string | undefined>;
  /** The page is to be read again in another language, which could not be remembered where `isKept` is false. */
  onLanguage(language: Language, isKept: boolean): void;
}

/** How long a button says that it has done its work, in milliseconds. */
const SAID = 2000;

export function setUpControls(listener: ControlsListener): void {
  const link = byId('copy-link');
  const said = byId('copy-link-said');
  let timer: ReturnType<typeof setTimeout> | undefined;
  link.addEventListener('click', () => {
    void copy();
  });
  async function copy(): Promise<void> {
    const address = await listener.link();
    if (address === undefined) return;
    said.textContent = text((await copyText(address)) ? 'link.copied' : 'link.failed');
    clearTimeout(timer);
    timer = setTimeout(() => (said.textContent = ''), SAID);
  }

  const other: Language = LANGUAGE === 'en' ? 'ja' : 'en';
  const language = byId('language');
  language.lang = other;
  language.textContent = other === 'ja' ? '日本語' : 'English';
  language.addEventListener('click', () => listener.onLanguage(other, remember('language', other)));

  const theme = byId('theme');
  const label = (): void => {
    const words = text(themeName() === 'dark' ? 'theme.light' : 'theme.dark');
    theme.setAttribute('aria-label', words);
    theme.title = words;
  };
  label();
  onThemeChange(label);
  followSystem();
  theme.addEventListener('click', toggleTheme);
}
