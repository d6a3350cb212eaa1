/**
 * JSON text, spread over lines, coloured by token, and folded at a click. It is never parsed into values: numbers stay as
 * the log wrote them. Whatever is folded is still in the text, so that it is found and copied whole.
 */
import { el } from '#public/ui/dom.js';
import { number, text } from '#public/text/language.js';
import { jsonLines, type JsonLine } from './json-tokens.js';

/** Characters that are shown at first; CloudTrail cuts parameters at 100 KB, and nobody reads that far here. */
const SHOWN = 60_000;
/** Levels that can be folded, and are indented; deeper lines stay as they are, however deep they are. */
const MAX_DEPTH = 20;
/** JSON of more lines than this begins folded below its second level. */
const LONG = 160;

export function jsonView(json: string): HTMLElement {
  const shown = json.slice(0, SHOWN);
  const lines = jsonLines(shown);
  const view = el('div', { class: 'json', tabindex: '0' });
  const open: HTMLElement[] = [view];
  for (const line of lines) {
    const host = open[open.length - 1] as HTMLElement;
    const shownLine = el('span', { class: 'json-line' }, ...tokensOf(line));
    if (isOpening(line) && open.length < MAX_DEPTH) {
      const children = el('div', { class: 'json-children' });
      const fold = el(
        'details',
        { open: lines.length <= LONG || open.length < 3 },
        el('summary', {}, shownLine),
        children,
      );
      host.append(fold);
      open.push(children);
    } else {
      host.append(shownLine);
      if (isClosing(line) && open.length > 1 && line.depth === open.length - 2) open.pop();
    }
  }
  for (const children of view.querySelectorAll<HTMLElement>('.json-children')) {
    const entries = children.childElementCount - 1;
    const summary = children.previousElementSibling as HTMLElement;
    summary.dataset['folded'] = `… ${number(entries)}`;
  }
  walkFolds(view);
  if (shown.length === json.length) return view;
  return el('div', {}, view, el('p', { class: 'json-cut' }, text('detail.cut', { n: SHOWN })));
}

/** Folds everything below the outermost level, or opens it all. */
export function foldAll(view: HTMLElement, isFolded: boolean): void {
  for (const fold of view.querySelectorAll('details')) fold.open = !isFolded || fold.parentElement === view;
}

function tokensOf({ tokens }: JsonLine): (Node | string)[] {
  return tokens.map((token) =>
    token.kind === 'punctuation' ? token.text : el('span', { class: `json-${token.kind}` }, token.text),
  );
}

function isOpening({ tokens }: JsonLine): boolean {
  const last = tokens[tokens.length - 1]?.text;
  return last === '{' || last === '[';
}

function isClosing({ tokens }: JsonLine): boolean {
  const first = tokens[0]?.text;
  return first === '}' || first === ']';
}

/** One fold is reached by Tab, the others by the arrow keys; left and right close and open them. */
function walkFolds(view: HTMLElement): void {
  const all = [...view.querySelectorAll('summary')];
  all.forEach((summary, i) => (summary.tabIndex = i === 0 ? 0 : -1));
  view.addEventListener('keydown', (event) => {
    const at = all.indexOf(document.activeElement as HTMLElement);
    const fold = all[at]?.parentElement as HTMLDetailsElement | undefined;
    if (!fold) return;
    const isVisible = (summary: HTMLElement): boolean =>
      !summary.parentElement?.parentElement?.closest('details:not([open])');
    const next = {
      ArrowDown: all.slice(at + 1).find(isVisible),
      ArrowUp: all.slice(0, at).reverse().find(isVisible),
    }[event.key];
    if (event.key === 'ArrowLeft') fold.open = false;
    else if (event.key === 'ArrowRight') fold.open = true;
    else if (next) {
      for (const summary of all) summary.tabIndex = summary === next ? 0 : -1;
      next.focus();
    } else return;
    event.preventDefault();
  });
}
