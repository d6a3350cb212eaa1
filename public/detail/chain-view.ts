/**
 * Who is behind a call, drawn small: the person, the roles on the way, the call, one below the other. Between two of them
 * stands what joins them, how sure that is, and the event that shows it.
 */
import { parseEvidence, type Proof, type Use } from '#scripts/investigate/people/evidence.js';
import { parseHow } from '#shared/model/how-known.js';
import { el, icon } from '#public/ui/dom.js';
import { isTextKey, text } from '#public/text/language.js';
import { shownCell, whyText } from '#public/text/shown-cell.js';
import { showTime } from '#public/text/shown-time.js';
import type { OpenEvent } from './open-event.js';

interface ChainListener {
  onFilter(column: string, value: string, add: boolean): void;
  /** The event of a link is wanted; resolves to false where the page does not hold it. */
  onEvent(link: string): Promise<boolean>;
}

/** A step of the drawing: what joins a name to the one before it. */
interface Step {
  /** As in `via`; '' for the call itself. */
  readonly name: string;
  readonly proofs: readonly (Proof | undefined)[];
}

/** Undefined where a call has nobody behind it but its own caller, whose credentials are where they belong. */
export function chainView(event: OpenEvent, listener: ChainListener): HTMLElement | undefined {
  const [behind, via, how] = [event.value('behind'), event.value('via'), event.value('behindHow')];
  const evidence = parseEvidence(event.value('evidence'));
  const unknown = parseHow(how)?.unknown;
  if (via === '' && evidence.items.length === 0 && evidence.uses.length === 0 && !unknown) return undefined;
  const missing = el('p', { class: 'chain-missing', role: 'status' });
  const show = (link: string): void => {
    missing.textContent = '';
    void listener.onEvent(link).then((isHere) => {
      if (!isHere) missing.textContent = text('chain.missing');
    });
  };
  const start =
    behind === ''
      ? el('span', { class: 'chain-unknown' }, unknown ? whyText(unknown) : text('chain.unknown'))
      : filterButton(behind, listener);
  const list = el('ol', { class: 'chain', 'aria-label': text('chain.label') }, node('is-origin', start));
  for (const { name, proofs } of stepsOf(via, evidence.items)) {
    const label =
      name === ''
        ? el('span', {}, `${event.value('eventName')} (${text('chain.call')})`)
        : el('span', {}, shownCell('via', name));
    list.append(node(name === '' ? 'is-call' : 'is-role', joins(proofs, name !== '', show), label));
  }
  return el('div', { class: 'chain-box' }, list, ...elsewhere(evidence.uses, show), missing);
}

/** The names of `via`, each with what proves it, and the call. */
function stepsOf(
  via: string,
  items: readonly { readonly proof: Proof | undefined; readonly isNamed: boolean }[],
): readonly Step[] {
  const names = via === '' ? [] : via.split(' → ').filter((name) => name !== '?');
  const steps: Step[] = [];
  let proofs: (Proof | undefined)[] = [];
  let at = 0;
  for (const { proof, isNamed } of items) {
    proofs.push(proof);
    if (!isNamed) continue;
    const name = names[at++];
    if (name === undefined) break;
    steps.push({ name, proofs });
    proofs = [];
  }
  for (const name of names.slice(at)) steps.push({ name, proofs: [undefined] });
  return [...steps, { name: '', proofs }];
}

function node(kind: string, ...parts: readonly HTMLElement[]): HTMLElement {
  return el('li', { class: `chain-node ${kind}` }, ...parts);
}

function joins(proofs: readonly (Proof | undefined)[], isNamed: boolean, show: (link: string) => void): HTMLElement {
  const known = proofs.filter((proof) => proof !== undefined);
  const gap = isNamed && known.length === 0 ? [el('span', { class: 'chain-join' }, text('chain.gap'))] : [];
  return el('span', { class: 'chain-joins' }, ...gap, ...known.map((proof) => joinOf(proof, show)));
}

function joinOf({ join, confidence, event }: Proof, show: (link: string) => void): HTMLElement {
  const key = `join.${join}`;
  const reason = isTextKey(key) ? text(key) : join;
  const words = `${reason} · ${text(`chain.${confidence}`)}`;
  const parts = [el('span', { class: confidence === 'likely' ? 'is-likely' : '' }, words)];
  return el(
    'span',
    { class: 'chain-join' },
    ...parts,
    ...(event === '' ? [] : [' · ', eventButton(event, reason, show)]),
  );
}

function eventButton(link: string, about: string, show: (link: string) => void): HTMLElement {
  const button = el('button', { type: 'button', class: 'evidence', title: text('chain.show', { event: about }) });
  const time = el('time');
  showTime(time, secondOf(link));
  button.append(time);
  button.addEventListener('click', () => show(link));
  return button;
}

function filterButton(behind: string, listener: ChainListener): HTMLElement {
  const shown = shownCell('behind', behind);
  const title = text('detail.filter', { value: shown });
  const button = el('button', { type: 'button', class: 'detail-value', title }, el('span', {}, shown), icon('filter'));
  button.addEventListener('click', (event) => listener.onFilter('behind', behind, event.ctrlKey || event.metaKey));
  return button;
}

/** Both places of credentials that were used elsewhere. */
function elsewhere(uses: readonly Use[], show: (link: string) => void): HTMLElement[] {
  if (uses.length === 0) return [];
  return [
    el('p', { class: 'chain-warning' }, icon('warning'), ' ', text('chain.elsewhere')),
    el(
      'ul',
      { class: 'chain-uses' },
      ...uses.map((use, i) =>
        el(
          'li',
          {},
          el('b', {}, text(i === 0 ? 'chain.home' : 'chain.foreign')),
          ': ',
          el('span', { class: 'is-mono' }, use.address),
          `, ${use.program}, `,
          eventButton(use.event, use.address, show),
          ...(secondOf(use.event) === use.last ? [] : [' – ', timeOf(use.last)]),
        ),
      ),
    ),
  ];
}

function secondOf(link: string): number {
  return Date.parse(link.slice(0, link.indexOf('/')));
}

function timeOf(time: number): HTMLElement {
  const element = el('time');
  showTime(element, time);
  return element;
}
