/** The header's buttons: copy the link to this view, language, light or dark. */
import { copyText } from '#public/ui/copy.js';
import { byId } from '#public/ui/dom.js';
import { LANGUAGE, text, type Language } from '#public/text/language.js';
import { remember } from '#public/state/settings.js';
import { followSystem, onThemeChange, themeName, toggleTheme } from '#public/ui/theme.js';

interface ControlsListener {
  /** The address of the current view; undefined if the user cancels. */
  link(): Promise<string | undefined>;
  /** Reload the page in another language. `isKept` is false if the language could not be stored. */
  onLanguage(language: Language, isKept: boolean): void;
}

/** How long a button shows its confirmation, in milliseconds. */
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
