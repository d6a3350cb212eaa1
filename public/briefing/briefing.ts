/** What the report says first: at most five sentences, each with a way to its events. */
import type { BriefingLine, ListedFinding, SentencePart } from '#shared/model/briefing.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { el, setText } from '#public/ui/dom.js';
import { duration, LANGUAGE, text } from '#public/text/language.js';
import { shownTime } from '#public/text/shown-time.js';
import { openFindings } from './findings-dialog.js';
import { levelMark } from './level-mark.js';

/** In a lower window, the table would have no room beside the sentences. In CSS pixels. */
const LEAST_HEIGHT = 560;

/** Shorter is a moment. In milliseconds. */
const MOMENT = 60_000;
const UNITS = [86_400_000, 3_600_000, MOMENT];

/**
 * Fills the host; it stays hidden where there are no events.
 * @param onShow asked to search for a query's text
 */
export function showBriefing(
  host: HTMLElement,
  { briefing, rows }: EmbeddedManifest,
  onShow: (query: string) => void,
): void {
  if (rows === 0) return;
  const { lines, listed, findings, more, rules } = briefing;
  const isQuiet = lines.every(({ level }) => level === '');
  const list = el(
    'ol',
    { class: 'briefing-lines', id: 'briefing-lines' },
    ...lines.map((line) => lineOf(line, onShow)),
  );
  const foot = el('p', { class: 'briefing-foot' });
  if (listed > 0) {
    const n = more > 0 && more < listed ? more : listed;
    const label = text(n === listed ? 'briefing.all' : 'briefing.more', { n });
    const all = el('button', { type: 'button', class: 'text-button', 'aria-haspopup': 'dialog' }, label);
    all.addEventListener('click', () => void unpacked(findings).then((list) => openFindings(list, onShow)));
    foot.append(all);
  }
  const toggle = el('button', { type: 'button', class: 'text-button', 'aria-controls': 'briefing-lines' });
  const show = (isShown: boolean): void => {
    list.hidden = !isShown;
    toggle.setAttribute('aria-expanded', String(isShown));
    setText(toggle, text(isShown ? 'briefing.hide' : 'briefing.show-lines'));
  };
  toggle.addEventListener('click', () => show(list.hidden !== false));
  show(innerHeight >= LEAST_HEIGHT);
  const title = isQuiet ? text('briefing.nothing', { n: rules }) : text('briefing.title');
  host.replaceChildren(el('div', { class: 'briefing-head' }, el('h2', {}, title), foot, toggle), list);
  host.hidden = false;
}

async function unpacked(packed: string): Promise<readonly ListedFinding[]> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(plain).json()) as readonly ListedFinding[];
}

function lineOf(line: BriefingLine, onShow: (query: string) => void): HTMLElement {
  const { kind, level, first, last, count } = line;
  const words = sentence(line[LANGUAGE]);
  const length = last - first;
  const unit = UNITS.find((one) => length >= one);
  const over =
    unit === undefined ? [] : [' ', text('briefing.over', { time: duration(Math.round(length / unit) * unit) })];
  const show = el('button', { type: 'button', class: 'text-button' }, text('briefing.show'));
  show.addEventListener('click', () => onShow(line.query));
  return el(
    'li',
    {},
    el(
      'span',
      { class: 'briefing-kind' },
      ...(level === '' ? [] : [levelMark(level), ' ']),
      text(`briefing.kind.${kind}`),
    ),
    el(
      'p',
      {},
      ...words,
      ' ',
      el('span', { class: 'small' }, shownTime(first), ...over, ' · ', text('app.summary.events', { n: count })),
      ' ',
      show,
    ),
  );
}

function sentence(parts: readonly SentencePart[]): (string | HTMLElement)[] {
  return parts.map((part) => {
    if (typeof part === 'string') return part;
    const [kind, name] = part;
    return kind === 'who' ? el('strong', {}, name) : el('span', { class: 'is-mono', title: name }, shortName(name));
  });
}

/** Of a longer name the beginning and the end; the whole is in its tooltip. */
const LONGEST_NAME = 36;

function shortName(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 17)}\u2026${name.slice(-16)}` : name;
}
