/** Query text → tree. Never throws; a fault says what and where. */
import type { Query, QueryNode, TimeOperator } from './ast.js';
import { columnOf } from './fields.js';
import { parseTime } from './time-text.js';

export type FaultCode =
  'quote-open' | 'group-open' | 'group-close' | 'value-missing' | 'or-side' | 'time-invalid' | 'too-deep';

export interface QueryFault {
  readonly code: FaultCode;
  /** Where in the text, in UTF-16 units from 0. */
  readonly at: number;
}

export type ParseResult = { readonly query: Query } | { readonly fault: QueryFault };

/** Groups and negations that may lie in one another. Nobody writes as many; the parser and its users recurse. */
const MAX_DEPTH = 50;

class Fault extends Error {
  constructor(
    readonly code: FaultCode,
    readonly at: number,
  ) {
    super(code);
  }
}

export function parseQuery(text: string): ParseResult {
  try {
    return { query: new Parser(text).query() };
  } catch (error) {
    if (error instanceof Fault) return { fault: { code: error.code, at: error.at } };
    throw error;
  }
}

const SPACE = /\s/;
const TIME_OPERATOR = /^(?:>=|<=|>|<)/;
/** `arn:aws:…` is a name to look for, though `arn` is also a column. */
const ARN = /^arn:aws[a-z-]*:/i;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  query(): Query {
    const clauses = this.clauses();
    if (this.at < this.text.length) throw new Fault('group-close', this.at);
    return clauses;
  }

  private clauses(): QueryNode[] {
    const clauses: QueryNode[] = [];
    for (;;) {
      this.skipSpace();
      if (this.at >= this.text.length || this.peek() === ')') return clauses;
      clauses.push(this.clause());
    }
  }

  private clause(): QueryNode {
    const sides: QueryNode[] = [];
    for (;;) {
      this.skipSpace();
      const next = this.peek();
      if (next === '' || next === '|' || next === ')') throw new Fault('or-side', Math.min(this.at, this.text.length));
      const side = this.unary();
      if (side.kind === 'or') sides.push(...side.of);
      else sides.push(side);
      this.skipSpace();
      if (this.peek() !== '|') return sides.length === 1 ? (sides[0] as QueryNode) : { kind: 'or', of: sides };
      this.at++;
    }
  }

  private unary(): QueryNode {
    const next = this.text[this.at + 1];
    if (this.peek() === '-' && next !== undefined && !SPACE.test(next) && next !== ')' && next !== '|') {
      const start = this.at++;
      return this.deeper(start, () => ({ kind: 'not', of: this.unary() }));
    }
    return this.primary();
  }

  private primary(): QueryNode {
    if (this.peek() === '(') {
      const start = this.at++;
      return this.deeper(start, () => {
        const clauses = this.clauses();
        if (this.peek() !== ')') throw new Fault('group-open', start);
        this.at++;
        return clauses.length === 1 ? (clauses[0] as QueryNode) : { kind: 'and', of: clauses };
      });
    }
    const start = this.at;
    const field = ARN.test(this.text.slice(start, start + 16)) ? undefined : this.field();
    if (field === 'eventTime') return this.time();
    const quoted = this.peek() === '"';
    const text = quoted ? this.quoted() : this.word();
    if (field === undefined) return { kind: 'word', text, quoted };
    if (text === '' && !quoted) throw new Fault('value-missing', this.at);
    return { kind: 'field', field, text, quoted };
  }

  private time(): QueryNode {
    const operator = (TIME_OPERATOR.exec(this.text.slice(this.at))?.[0] ?? 'in') as TimeOperator;
    if (operator !== 'in') this.at += operator.length;
    const start = this.at;
    const text = this.peek() === '"' ? this.quoted() : this.word();
    if (text === '') throw new Fault('value-missing', start);
    if (!parseTime(text)) throw new Fault('time-invalid', start);
    return { kind: 'time', operator, text };
  }

  /** Moves past `name:` where it names a column, and gives the column. */
  private field(): string | undefined {
    const match = /^([A-Za-z]+):/.exec(this.text.slice(this.at, this.at + 40));
    const column = match?.[1] === undefined ? undefined : columnOf(match[1]);
    if (column !== undefined && match) this.at += match[0].length;
    return column;
  }

  private word(): string {
    const start = this.at;
    while (this.at < this.text.length && !/[\s()|]/.test(this.peek())) this.at++;
    return this.text.slice(start, this.at);
  }

  private quoted(): string {
    const start = this.at++;
    let text = '';
    for (;;) {
      const character = this.peek();
      if (character === '') throw new Fault('quote-open', start);
      this.at++;
      if (character === '"') return text;
      const next = this.peek();
      if (character === '\\' && (next === '"' || next === '\\')) {
        text += next;
        this.at++;
      } else {
        text += character;
      }
    }
  }

  private deeper(start: number, parse: () => QueryNode): QueryNode {
    if (++this.depth > MAX_DEPTH) throw new Fault('too-deep', start);
    const node = parse();
    this.depth--;
    return node;
  }

  private skipSpace(): void {
    while (this.at < this.text.length && SPACE.test(this.peek())) this.at++;
  }

  /** The character here, or '' at the end. */
  private peek(): string {
    return this.text[this.at] ?? '';
  }
}
