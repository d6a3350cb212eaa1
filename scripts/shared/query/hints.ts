/** Why a query may have found nothing: what looks like another search language's way to say it. */
import { COLUMNS, isText } from '../model/columns.js';
import { parseBlock } from './address.js';
import type { FieldNode, Query, QueryNode, WordNode } from './ast.js';
import { ADDRESS_COLUMN, columnOf } from './fields.js';
import { isPlainValue, printNode } from './print.js';

export type Hint =
  /** A column's whole value was asked for; `better` asks for its beginning. */
  | { readonly kind: 'whole'; readonly node: FieldNode; readonly better: FieldNode; readonly query: Query }
  /** What looks like a column is none, and was searched as text. */
  | { readonly kind: 'no-column'; readonly name: string; readonly text: string }
  /** A block of addresses was searched as text. */
  | { readonly kind: 'block'; readonly node: WordNode; readonly better: FieldNode; readonly query: Query }
  /** AND or OR was searched as a word. */
  | { readonly kind: 'operator'; readonly word: string };

/** Whether a term of a coded column finds any event by itself. */
type Finds = (node: FieldNode) => boolean;

/** Terms that are looked at: more hints than these are no help, and each term is looked for by itself. */
const LOOKED_AT = 24;

/** Text that has a colon and means no column: an ARN, an address of a page. */
const NOT_MEANT = /^(?:arn:aws|[a-z]+:\/\/)/i;

/** Free text and JSON are searched for parts of it anyway; the other columns here have a few fixed values. */
const NOT_BY_BEGINNING: ReadonlySet<string> = new Set([
  'outcome',
  ...COLUMNS.filter((column) => isText(column) || column.kind === 'flag').map(({ name }) => name),
]);

/**
 * What to say about the query's first terms, in its order; each thing once. A term that `finds` anything by itself is not to blame.
 */
export function hintsFor(query: Query, finds: Finds): readonly Hint[] {
  const hints = new Map<string, Hint>();
  let left = LOOKED_AT;
  const visit = (node: QueryNode): void => {
    if (node.kind === 'and' || node.kind === 'or') node.of.forEach(visit);
    else if (--left < 0) return;
    const hint =
      node.kind === 'field'
        ? wholeHint(query, node, finds)
        : node.kind === 'word'
          ? wordHint(query, node, finds)
          : undefined;
    if (hint) hints.set(`${hint.kind} ${'node' in hint ? printNode(hint.node) : ''}`, hint);
  };
  query.forEach(visit);
  return [...hints.values()];
}

function wholeHint(query: Query, node: FieldNode, finds: Finds): Hint | undefined {
  if (NOT_BY_BEGINNING.has(node.field) || !isPlainValue(node.text) || parseBlock(node.text)) return undefined;
  const better: FieldNode = { ...node, text: `${node.text}*`, quoted: false };
  if (finds(node) || !finds(better)) return undefined;
  return { kind: 'whole', node, better, query: query.map((clause) => replaced(clause, node, better)) };
}

function wordHint(query: Query, node: WordNode, finds: Finds): Hint | undefined {
  const { text, quoted } = node;
  if (quoted || NOT_MEANT.test(text)) return undefined;
  if (text.includes('/') && parseBlock(text)) {
    const better: FieldNode = { kind: 'field', field: ADDRESS_COLUMN, text, quoted: false };
    if (!finds(better)) return undefined;
    return { kind: 'block', node, better, query: query.map((clause) => replaced(clause, node, better)) };
  }
  if (/^(?:and|or)$/i.test(text)) return { kind: 'operator', word: text };
  const name = /^([A-Za-z]+):./.exec(text)?.[1];
  return name !== undefined && columnOf(name) === undefined ? { kind: 'no-column', name, text } : undefined;
}

function replaced(node: QueryNode, old: QueryNode, by: FieldNode): QueryNode {
  if (node === old) return by;
  return node.kind === 'and' || node.kind === 'or'
    ? { ...node, of: node.of.map((side) => replaced(side, old, by)) }
    : node;
}
