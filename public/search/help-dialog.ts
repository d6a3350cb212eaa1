/** How to search: the query language as a table with examples to try, the columns' names, and the keys. */
import { COLUMNS } from '#shared/model/columns.js';
import type { Query } from '#shared/query/ast.js';
import { fieldNameOf } from '#shared/query/fields.js';
import { parseQuery } from '#shared/query/parse.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { byId, el } from '#public/ui/dom.js';
import { dialogHead } from '#public/ui/dialog-head.js';
import { KEYS } from '#public/ui/keys.js';
import { columnLabel, text } from '#public/text/language.js';
import { referenceFor, type ReferenceEntry } from './reference.js';

interface HelpListener {
  /** The user tries an example. */
  onTry(query: Query): void;
  /** The user begins a term on a column. */
  onColumn(name: string): void;
}

/** Fills the dialog and connects its button. */
export function setUpHelp(manifest: EmbeddedManifest, listener: HelpListener): void {
  const dialog = byId<HTMLDialogElement>('help');
  const button = (label: string, onClick: () => void): HTMLElement => {
    const element = el('button', { type: 'button', class: 'example' }, el('code', {}, label));
    element.addEventListener('click', () => {
      dialog.close();
      onClick();
    });
    return element;
  };
  const tryIt = (example: string): void => {
    const result = parseQuery(example);
    if ('query' in result) listener.onTry(result.query);
  };
  const row = ({ syntax, meaning, example }: ReferenceEntry): HTMLElement =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, el('code', {}, syntax)),
      el('td', {}, text(meaning)),
      el(
        'td',
        {},
        button(example, () => tryIt(example)),
      ),
    );
  const columns = COLUMNS.map(({ name }) => {
    const field = fieldNameOf(name);
    return el(
      'li',
      { title: name },
      button(field, () => listener.onColumn(field)),
      ` ${columnLabel(name)}`,
    );
  });
  const heads = (['help.syntax', 'help.meaning', 'help.example'] as const).map((key) =>
    el('th', { scope: 'col' }, text(key)),
  );
  dialog.replaceChildren(
    dialogHead(dialog, 'help-title', 'help.title'),
    el(
      'table',
      { class: 'reference' },
      el('thead', {}, el('tr', {}, ...heads)),
      el('tbody', {}, ...referenceFor(manifest).map(row)),
    ),
    el('p', {}, text('help.click')),
    el('h3', {}, text('help.fields')),
    el('ul', { class: 'fields' }, ...columns),
    el('h3', {}, text('help.keys')),
    el(
      'dl',
      { class: 'facts' },
      ...KEYS.map(([keys, meaning]) => el('div', {}, el('dt', {}, el('kbd', {}, keys)), el('dd', {}, text(meaning)))),
    ),
  );
  byId('help-button').addEventListener('click', () => dialog.showModal());
}
