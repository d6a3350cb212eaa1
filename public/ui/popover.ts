/**
 * A small panel beside its button; on a narrow screen, a sheet at the lower edge. It is a modal dialog: the browser
 * keeps the focus in it and returns it afterwards, and Escape or a click outside closes it.
 */
import { el } from './dom.js';

/** The box that a panel belongs below, in CSS pixels of the window. */
interface Anchor {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

const MARGIN = 8;

/**
 * Opens a panel and returns a function that closes it. `label` is its name for a screen reader; `onClose` runs after it
 * is closed.
 */
export function openPopover(
  anchor: Anchor,
  label: string,
  content: readonly HTMLElement[],
  onClose: () => void = () => undefined,
): () => void {
  const panel = el('dialog', { class: 'popover', 'aria-label': label }, ...content);
  panel.addEventListener('click', (event) => {
    if (event.target === panel) panel.close();
  });
  panel.addEventListener('close', () => {
    panel.remove();
    onClose();
  });
  document.body.append(panel);
  panel.showModal();
  place(panel, anchor);
  return () => panel.close();
}

/** Below the anchor if there is room, else above it, and always within the window. */
function place(panel: HTMLElement, { left, top, bottom }: Anchor): void {
  const { offsetWidth: width, offsetHeight: height } = panel;
  const x = Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN));
  const below = innerHeight - bottom - MARGIN;
  const y = height <= below || below > top ? bottom : Math.max(MARGIN, top - height);
  panel.style.setProperty('--x', `${String(x)}px`);
  panel.style.setProperty('--y', `${String(y)}px`);
  panel.style.setProperty('--room', `${String(innerHeight - y - MARGIN)}px`);
}

/** One entry of a menu: a button that runs its action and closes the panel. */
export interface MenuEntry {
  readonly label: string;
  /** The keyboard shortcut for it. */
  readonly keys?: string;
  readonly isDisabled?: boolean;
  readonly run: () => void;
}

/** A menu whose entries are navigated with the arrow keys. `close` is called before an entry runs. */
export function menuOf(entries: readonly MenuEntry[], close: () => void): HTMLElement {
  const buttons = entries.map(({ label, keys, isDisabled, run }) => {
    const button = el(
      'button',
      { type: 'button', class: 'menu-entry', role: 'menuitem', tabindex: '-1', disabled: isDisabled },
      el('span', {}, label),
      ...(keys === undefined ? [] : [el('kbd', {}, keys)]),
    );
    button.addEventListener('click', () => {
      close();
      run();
    });
    return button;
  });
  const menu = el('div', { class: 'menu', role: 'menu' }, ...buttons);
  walkByArrows(menu, 'button:not(:disabled)');
  const first = buttons.find(({ disabled }) => !disabled);
  if (first) {
    first.tabIndex = 0;
    first.autofocus = true;
  }
  return menu;
}

/** Navigates the matching elements with the arrow keys, Home and End; the focused one is the Tab stop. */
export function walkByArrows(host: HTMLElement, selector: string): void {
  host.addEventListener('keydown', (event) => {
    const all = [...host.querySelectorAll<HTMLElement>(selector)];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    const next = to === undefined ? undefined : all[to];
    if (at < 0 || !next) return;
    event.preventDefault();
    event.stopPropagation();
    for (const other of all) other.tabIndex = other === next ? 0 : -1;
    next.focus();
  });
}
