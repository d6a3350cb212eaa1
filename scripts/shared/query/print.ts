/** Prints a query as text; `parseQuery` turns it back into the same tree. */
import type { Query, QueryNode, TimeNode, TimeRangeNode } from './ast.js';
import { columnOf, fieldNameOf } from './fields.js';
import { flagOf } from './meaning.js';
import { slashedAt } from './slashes.js';

export function printQuery(query: Query): string {
  return query.map(printNode).join(' ');
}

export function printNode(node: QueryNode): string {
  switch (node.kind) {
    case 'word':
      return node.quoted || !isPlainWord(node.text) ? quote(node.text) : node.text;
    case 'field':
      return `${fieldNameOf(node.field)}:${node.quoted ? quote(node.text) : node.text}`;
    case 'regex':
      return `${node.field === undefined ? '' : `${fieldNameOf(node.field)}:`}/${node.source}/`;
    case 'flag':
      return node.flag;
    case 'time':
      return `time:${printTime(node)}`;
    case 'not':
      return `-${printSide(node.of)}`;
    case 'or':
      return node.of.map(printSide).join('|');
    case 'and':
      return `(${printQuery(node.of)})`;
  }
}

function printTime(node: TimeNode | TimeRangeNode): string {
  const text = node.operator === '..' ? `${node.text}..${node.until}` : node.text;
  const operator = node.operator === 'in' || node.operator === '..' ? '' : node.operator;
  return operator + (/\s/.test(text) ? quote(text) : text);
}

/** A node in a place for a single operand. */
function printSide(node: QueryNode): string {
  return node.kind === 'or' ? `(${printNode(node)})` : printNode(node);
}

/** Whether a value can be written without quotes. */
export function isPlainValue(text: string): boolean {
  return /^[^\s()|"*?<>/][^\s()|*?]*$/.test(text);
}

/** Whether the text, written without quotes, is parsed as one free word. */
function isPlainWord(text: string): boolean {
  if (!/^[^\s()|"-][^\s()|]*$/.test(text)) return text === '-';
  if (flagOf(text) !== undefined || (text.startsWith('/') && slashedAt(text) !== 'path')) return false;
  const field = /^([A-Za-z]+):/.exec(text)?.[1];
  return field === undefined || columnOf(field) === undefined || /^arn:aws[a-z-]*:/i.test(text);
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
