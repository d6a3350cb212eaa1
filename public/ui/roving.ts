/** Groups of buttons with one Tab stop each; arrow keys move within a group and between groups. */
import { setAttribute } from './dom.js';

const KEYS: Readonly<Record<string, 'up' | 'down' | 'first' | 'last' | 'left' | 'right'>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/**
 * Moves among the buttons of `root` with the arrow keys.
 *
 * @param groupsOf the visible groups, in order: elements whose buttons share one Tab stop
 */
export function rove(root: HTMLElement, groupsOf: () => readonly HTMLElement[]): void {
  root.addEventListener('focusin', ({ target }) => {
    const group = groupsOf().find((one) => one.contains(target as Node));
    if (group) setStop(group, target as HTMLElement);
  });
  root.addEventListener('keydown', (event) => {
    const move = KEYS[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    const groups = groupsOf();
    const at = groups.findIndex((one) => one.contains(event.target as Node));
    const group = groups[at];
    if (!group) return;
    const buttons = buttonsOf(group);
    const index = buttons.indexOf(event.target as HTMLButtonElement);
    const beside = move === 'left' ? groups[at - 1] : move === 'right' ? groups[at + 1] : undefined;
    const besides = beside ? buttonsOf(beside) : [];
    const next = {
      up: buttons[index - 1],
      down: buttons[index + 1],
      first: buttons[0],
      last: buttons.at(-1),
      left: besides[Math.min(index, besides.length - 1)],
      right: besides[Math.min(index, besides.length - 1)],
    }[move];
    // Also if there is no next button: the page must not scroll at the end of a list.
    event.preventDefault();
    next?.focus();
  });
}

/**
 * Ensures that the group has a Tab stop, and restores a focus that its button has lost. Call it after the buttons have
 * changed.
 */
export function keepStop(group: HTMLElement, first: number): void {
  const buttons = buttonsOf(group);
  const hasFocus = document.activeElement !== null && group.contains(document.activeElement);
  const kept = buttons.find((button) => button.tabIndex === 0) ?? buttons[first] ?? buttons[0];
  if (!kept) return;
  setStop(group, kept);
  if (hasFocus && !buttons.includes(document.activeElement as HTMLButtonElement)) (buttons.at(-1) ?? kept).focus();
}

function setStop(group: HTMLElement, stop: HTMLElement): void {
  for (const button of group.querySelectorAll('button')) setAttribute(button, 'tabindex', button === stop ? '0' : '-1');
}

/** The visible buttons. */
function buttonsOf(group: HTMLElement): HTMLButtonElement[] {
  return [...group.querySelectorAll('button')].filter((button) => button.closest('[hidden]') === null);
}
