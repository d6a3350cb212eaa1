/** The style sheet's colours, for what is drawn on a canvas. */
import type { Outcome } from '#shared/model/columns.js';
import { onThemeChange } from '#public/ui/theme.js';

interface Theme {
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly page: string;
  /** Of what is read first, and of what stands beside it. */
  readonly ink: string;
  readonly text: string;
  readonly line: string;
  readonly font: string;
}

let known: Theme | undefined;

/** The colours of the current scheme, light or dark. */
export function currentTheme(): Theme {
  return (known ??= readTheme());
}

function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    outcome: { change: color('--change'), read: color('--read'), error: color('--error') },
    page: color('--page'),
    ink: color('--text'),
    text: color('--text-soft'),
    line: color('--line'),
    font: color('--sans'),
  };
}

onThemeChange(() => (known = undefined));
