/** Why a query may have found nothing: what looks like another search language's way to say it. */
import { COLUMNS, isText } from '../columns.js';
import type { FieldNode, Query, QueryNode, WordNode } from './ast.js';
import { columnOf } from './fields.js';
import { isPlainValue } from './print.js';

export type Hint =
  /** A column's whole value was asked for; `better` asks for its beginning. */
  | { readonly kind: 'whole'; readonly node: FieldNode; readonly better: FieldNode; readonly query: Query }
  /** What looks like a column is none, and was searched as text. */
  | { readonly kind: 'no-column'; readonly name: string; readonly text: string }
  /** AND or OR was searched as a word. */
  | { readonly kind: 'operator'; readonly word: string };

/** Text that has a colon and means no column: an ARN, an address of a page. */
const NOT_MEANT = /^(?:arn:aws|[a-z]+:\/\/)/i;

/** Free text and JSON are searched for parts of it anyway; the other columns here have a few fixed values. */
const NOT_BY_BEGINNING: ReadonlySet<string> = new Set([
  'outcome',
  ...COLUMNS.filter((column) => isText(column) || column.kind === 'flag').map(({ name }) => name),
]);

/** What to say about the query, in its order; each thing once. */
export function hintsFor(query: Query): readonly Hint[] {
  const hints = new Map<string, Hint>();
  const visit = (node: QueryNode): void => {
    if (node.kind === 'and' || node.kind === 'or') node.of.forEach(visit);
    const hint = node.kind === 'field' ? wholeHint(query, node) : node.kind === 'word' ? wordHint(node) : undefined;
    if (hint) hints.set(`${hint.kind} ${'node' in hint ? `${hint.node.field} ${hint.node.text}` : ''}`, hint);
  };
  query.forEach(visit);
  return [...hints.values()];
}

function wholeHint(query: Query, node: FieldNode): Hint | undefined {
  if (NOT_BY_BEGINNING.has(node.field) || !isPlainValue(node.text)) return undefined;
  const better: FieldNode = { ...node, text: `${node.text}*`, quoted: false };
  return { kind: 'whole', node, better, query: query.map((clause) => replaced(clause, node, better)) };
}

function wordHint({ text, quoted }: WordNode): Hint | undefined {
  if (quoted || NOT_MEANT.test(text)) return undefined;
  if (/^(?:and|or)$/i.test(text)) return { kind: 'operator', word: text };
  const name = /^([A-Za-z]+):./.exec(text)?.[1];
  return name !== undefined && columnOf(name) === undefined ? { kind: 'no-column', name, text } : undefined;
}

function replaced(node: QueryNode, old: FieldNode, by: FieldNode): QueryNode {
  if (node === old) return by;
  return node.kind === 'and' || node.kind === 'or'
    ? { ...node, of: node.of.map((side) => replaced(side, old, by)) }
    : node;
}
