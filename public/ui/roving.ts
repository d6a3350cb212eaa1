/** Groups of buttons that are one stop of the Tab key each; arrows move within a group and from group to group. */
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
 * Lets the arrow keys move among the buttons of `root`.
 *
 * @param groupsOf the groups that can be seen, in order: each an element whose buttons are one stop of the Tab key
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
    // Also where there is no next: the page must not scroll at the end of a list.
    event.preventDefault();
    next?.focus();
  });
}

/** Makes sure that the Tab key stops at the group, and moves a focus that its button has lost. To be called when the buttons changed. */
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

/** The buttons that can be seen. */
function buttonsOf(group: HTMLElement): HTMLButtonElement[] {
  return [...group.querySelectorAll('button')].filter((button) => button.closest('[hidden]') === null);
}
