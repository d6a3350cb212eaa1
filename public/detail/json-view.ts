/** JSON text, spread over lines and coloured by token. */
import { el } from '../dom.js';
import { text } from '../text/language.js';
import { jsonLines } from './json-tokens.js';

/** Characters that are shown at first; CloudTrail cuts parameters at 100 KB, and nobody reads that far here. */
const SHOWN = 60_000;
/** Steps of indentation after which deeper lines are not indented further. */
const MAX_INDENT = 24;

export function jsonView(json: string): HTMLElement {
  const shown = json.slice(0, SHOWN);
  const code = el('code');
  for (const { depth, tokens } of jsonLines(shown)) {
    const line = el('span', { class: 'json-line' }, '  '.repeat(Math.min(depth, MAX_INDENT)));
    for (const token of tokens) {
      if (token.kind === 'punctuation') line.append(token.text);
      else line.append(el('span', { class: `json-${token.kind}` }, token.text));
    }
    code.append(line, '\n');
  }
  const view = el('pre', { class: 'json', tabindex: '0' }, code);
  if (shown.length < json.length)
    return el('div', {}, view, el('p', { class: 'json-cut' }, text('detail.cut', { n: SHOWN })));
  return view;
}
