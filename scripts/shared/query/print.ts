/** Tree → query text. `parseQuery` gives the same tree back. */
import type { Query, QueryNode } from './ast.js';
import { columnOf, fieldNameOf } from './fields.js';

export function printQuery(query: Query): string {
  return query.map(printNode).join(' ');
}

export function printNode(node: QueryNode): string {
  switch (node.kind) {
    case 'word':
      return node.quoted || !isPlainWord(node.text) ? quote(node.text) : node.text;
    case 'field':
      return `${fieldNameOf(node.field)}:${node.quoted ? quote(node.text) : node.text}`;
    case 'time':
      return `time:${node.operator === 'in' ? '' : node.operator}${/^[^\s()|"]+$/.test(node.text) ? node.text : quote(node.text)}`;
    case 'not':
      return `-${printSide(node.of)}`;
    case 'or':
      return node.of.map(printSide).join('|');
    case 'and':
      return `(${printQuery(node.of)})`;
  }
}

/** A node where only one operand may stand. */
function printSide(node: QueryNode): string {
  return node.kind === 'or' ? `(${printNode(node)})` : printNode(node);
}

/** Whether a value can stand without quotes and means itself there. */
export function isPlainValue(text: string): boolean {
  return /^[^\s()|"*?<>][^\s()|*?]*$/.test(text);
}

/** Whether the text, written without quotes, is read back as one free word. */
function isPlainWord(text: string): boolean {
  if (!/^[^\s()|"-][^\s()|]*$/.test(text)) return text === '-';
  const field = /^([A-Za-z]+):/.exec(text)?.[1];
  return field === undefined || columnOf(field) === undefined || /^arn:aws[a-z-]*:/i.test(text);
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
