/** How serious a finding is: as a word, and darker the more serious. */
import type { FindingLevel } from '#shared/model/briefing.js';
import { el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';

export function levelMark(level: FindingLevel): HTMLElement {
  return el('span', { class: `level is-${level}` }, text(`briefing.level.${level}`));
}
