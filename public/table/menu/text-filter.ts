/** The filter for free text and JSON: a text that the column must contain, and whether it must have a value. */
import type { FieldNode, Query, QueryNode } from '#shared/query/ast.js';
import { chosenValues, valueNode, withChoice } from '#shared/query/edit.js';
import { el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import type { ChoiceListener } from './value-list.js';

/** How long typing must pause before the query changes, in milliseconds. */
const REST = 150;

export function textFilter(column: string, listener: ChoiceListener): HTMLElement {
  const nodes = chosenValues(listener.query(), column);
  const input = el('input', {
    type: 'search',
    class: 'text-input',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: text('filter.contains'),
    'aria-label': text('filter.contains'),
    autofocus: matchMedia('(pointer: fine)').matches,
  });
  input.value = nodes.length === 1 && !isPresence(nodes[0]) ? (nodes[0]?.text ?? '') : '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const wanted = input.value.trim();
      const rest = withoutPresence(listener.query(), column);
      listener.onQuery(withChoice(rest, column, wanted === '' ? [] : [valueNode(column, wanted)]));
      for (const box of boxes) box.checked = false;
    }, REST);
  });
  const present: FieldNode = { kind: 'field', field: column, text: '*', quoted: false };
  const boxes = [
    presenceBox(nodes.some(isPresence), (query) => withChoice(query, column, [present])),
    presenceBox(
      listener.query().some((clause) => isAbsence(clause, column)),
      (query) => [...withChoice(query, column, []), { kind: 'not', of: present }],
    ),
  ] as const;

  function presenceBox(isChecked: boolean, change: (query: Query) => Query): HTMLInputElement {
    const box = el('input', { type: 'checkbox' });
    box.checked = isChecked;
    box.addEventListener('change', () => {
      clearTimeout(timer);
      input.value = '';
      for (const other of boxes) if (other !== box) other.checked = false;
      const rest = withChoice(withoutPresence(listener.query(), column), column, []);
      listener.onQuery(box.checked ? change(rest) : rest);
    });
    return box;
  }

  return el(
    'div',
    { class: 'value-filter' },
    input,
    el('label', { class: 'value' }, boxes[0], el('span', { class: 'value-name' }, text('filter.present'))),
    el('label', { class: 'value' }, boxes[1], el('span', { class: 'value-name' }, text('filter.absent'))),
  );
}

function isPresence(node: FieldNode | undefined): boolean {
  return node !== undefined && node.text === '*' && !node.quoted;
}

function isAbsence(clause: QueryNode, column: string): boolean {
  return clause.kind === 'not' && clause.of.kind === 'field' && clause.of.field === column && isPresence(clause.of);
}

/** The query without the clause for events without a value. */
function withoutPresence(query: Query, column: string): Query {
  return query.filter((clause) => !isAbsence(clause, column));
}
