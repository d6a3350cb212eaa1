/** All findings: grouped, filtered, exported. */
import type { ListedFinding } from '#shared/model/briefing.js';
import { shownResource } from '#shared/model/names.js';
import { withMore } from '#public/answer/more.js';
import { download } from '#public/export/download.js';
import { LANGUAGE, text } from '#public/text/language.js';
import type { TextKey } from '#public/text/en.js';
import { shownTime } from '#public/text/shown-time.js';
import { dialogHead } from '#public/ui/dialog-head.js';
import { el } from '#public/ui/dom.js';
import { exportFindings, FINDING_FORMATS } from './export-findings.js';
import { levelMark } from './level-mark.js';

/** Findings of a group that are shown at first. */
const FIRST = 50;

/** What findings can be grouped by, with the groups that a finding is in; by rule each is alone. */
const GROUPS = {
  rule: () => [''],
  person: ({ people }: ListedFinding) => (people.length > 0 ? people : ['']),
  resource: ({ targets }: ListedFinding) => (targets.length > 0 ? targets : ['']),
} satisfies Readonly<Record<string, (finding: ListedFinding) => readonly string[]>>;

type Grouping = keyof typeof GROUPS;

/** @param onShow asked to search for a query's text; the dialog is closed then */
export function openFindings(findings: readonly ListedFinding[], onShow: (query: string) => void): void {
  const dialog = el('dialog', { class: 'dialog findings', 'aria-labelledby': 'findings-title' });
  const grouping = el('select', { 'aria-label': text('findings.group') });
  for (const name of Object.keys(GROUPS) as Grouping[])
    grouping.append(el('option', { value: name }, text(`findings.group.${name}` satisfies TextKey)));
  const filter = el('input', {
    type: 'search',
    'aria-label': text('findings.filter'),
    placeholder: text('findings.filter'),
    autocomplete: 'off',
  });
  const list = el('div', {
    class: 'findings-list',
    tabindex: '0',
    role: 'region',
    'aria-label': text('findings.title'),
  });
  const found = (): readonly ListedFinding[] => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    return findings.filter((finding) => {
      const whole = JSON.stringify(finding).toLowerCase();
      return words.every((word) => whole.includes(word));
    });
  };
  const draw = (): void => {
    const groups = new Map<string, ListedFinding[]>();
    const shown = found();
    for (const finding of shown) {
      for (const name of GROUPS[grouping.value as Grouping](finding)) {
        const group = groups.get(name);
        if (group) group.push(finding);
        else groups.set(name, [finding]);
      }
    }
    const show = (query: string): void => {
      dialog.close();
      onShow(query);
    };
    list.replaceChildren(
      ...[...groups].flatMap(([name, of]) => [
        ...(grouping.value === 'rule'
          ? []
          : [el('h3', { class: 'is-mono' }, shownResource(name) || text('findings.none'))]),
        el(
          'ul',
          {},
          ...withMore(
            of.map((finding) => () => entry(finding, show)),
            FIRST,
          ),
        ),
      ]),
    );
    if (shown.length === 0) list.append(el('p', { class: 'small' }, text('findings.nothing')));
  };
  const saves = FINDING_FORMATS.map((format) => {
    const save = el('button', { type: 'button', class: 'text-button' }, text(`findings.${format}` satisfies TextKey));
    save.addEventListener('click', () => {
      const { name, content } = exportFindings(found(), format, LANGUAGE);
      download(new Blob([content]), name);
    });
    return save;
  });
  grouping.addEventListener('change', draw);
  filter.addEventListener('input', draw);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.append(
    dialogHead(dialog, 'findings-title', 'findings.title'),
    el('div', { class: 'findings-tools' }, filter, grouping, el('span', {}, text('findings.export'), ' ', ...saves)),
    list,
  );
  draw();
  document.body.append(dialog);
  dialog.showModal();
}

function entry(finding: ListedFinding, onShow: (query: string) => void): HTMLElement {
  const { level, title, techniques, people, targets, first, count, query, kind } = finding;
  const show = el('button', { type: 'button', class: 'text-button' }, text('briefing.show'));
  show.addEventListener('click', () => onShow(query));
  const names = [...people, ...targets.map(shownResource)];
  const shown = names.slice(0, 4).join(', ');
  return el(
    'li',
    {},
    levelMark(level),
    el(
      'div',
      {},
      el('strong', {}, title[LANGUAGE] || title.en),
      el('p', { class: 'small' }, [text(`briefing.kind.${kind}`), ...techniques].join(' · ')),
      el('p', { class: 'is-mono', title: names.join('\n') }, names.length > 4 ? `${shown} …` : shown),
    ),
    el('p', { class: 'small' }, shownTime(first), ' · ', text('app.summary.events', { n: count }), ' ', show),
  );
}
