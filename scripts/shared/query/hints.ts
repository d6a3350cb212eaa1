/** Explains why a query may have found nothing: for example, because it uses the syntax of another search language. */
import { COLUMNS, isText } from '../model/columns.js';
import { parseRange } from './address.js';
import type { FieldNode, Query, QueryNode, WordNode } from './ast.js';
import { ADDRESS_COLUMN, columnOf } from './fields.js';
import { isPlainValue, printNode } from './print.js';

export type Hint =
  /** The query asked for a column's whole value; `better` asks for a value that begins with it. */
  | { readonly kind: 'whole'; readonly node: FieldNode; readonly better: FieldNode; readonly query: Query }
  /** A name that is not a column, so the term was searched as text. */
  | { readonly kind: 'no-column'; readonly name: string; readonly text: string }
  /** An address range was searched as text. */
  | { readonly kind: 'range'; readonly node: WordNode; readonly better: FieldNode; readonly query: Query }
  /** AND or OR was searched as a word. */
  | { readonly kind: 'operator'; readonly word: string };

/** Whether a term on a coded column matches any event by itself. */
type Finds = (node: FieldNode) => boolean;

/** The most terms to examine: more hints do not help, and each term is searched by itself. */
const LOOKED_AT = 24;

/** Text with a colon that is not meant as a column: an ARN or a URL. */
const NOT_MEANT = /^(?:arn:aws|[a-z]+:\/\/)/i;

/** Free text and JSON are matched partially anyway; the other columns here have a few fixed values. */
const NOT_BY_BEGINNING: ReadonlySet<string> = new Set([
  'outcome',
  ...COLUMNS.filter((column) => isText(column) || column.kind === 'flag').map(({ name }) => name),
]);

/**
 * The hints for the query's first terms, in order and without repetition. A term that matches events by itself gets no
 * hint.
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
  if (NOT_BY_BEGINNING.has(node.field) || !isPlainValue(node.text) || parseRange(node.text)) return undefined;
  const better: FieldNode = { ...node, text: `${node.text}*`, quoted: false };
  if (finds(node) || !finds(better)) return undefined;
  return { kind: 'whole', node, better, query: query.map((clause) => replaced(clause, node, better)) };
}

function wordHint(query: Query, node: WordNode, finds: Finds): Hint | undefined {
  const { text, quoted } = node;
  if (quoted || NOT_MEANT.test(text)) return undefined;
  if (text.includes('/') && parseRange(text)) {
    const better: FieldNode = { kind: 'field', field: ADDRESS_COLUMN, text, quoted: false };
    if (!finds(better)) return undefined;
    return { kind: 'range', node, better, query: query.map((clause) => replaced(clause, node, better)) };
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
