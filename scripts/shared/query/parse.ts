/**
 * Parses a query's text. Never throws; a fault says what is wrong and where. A text that is too long is not parsed, and
 * parsing stops at the first term beyond the limit, so that the time is bounded for any text.
 */
import { COLUMNS, isText } from '../model/columns.js';
import { looksLikeRange, parseRange } from './address.js';
import {
  MAX_LENGTH,
  MAX_TERMS,
  MAX_WORDS,
  type Query,
  type QueryNode,
  type RegexNode,
  type TimeOperator,
} from './ast.js';
import { ADDRESS_COLUMN, columnOf, NAMES_COLUMN } from './fields.js';
import { flagOf } from './meaning.js';
import { RegexMatcher } from './regex/matcher.js';
import { RegexFault } from './regex/syntax.js';
import { slashedAt } from './slashes.js';
import { parseTime } from './time-text.js';

export type FaultCode =
  | 'quote-open'
  | 'group-open'
  | 'group-close'
  | 'value-missing'
  | 'or-side'
  | 'time-invalid'
  | 'time-order'
  | 'address-invalid'
  | 'regex-open'
  | 'regex-invalid'
  | 'too-deep'
  | 'too-long'
  | 'too-many-terms'
  | 'too-many-words';

export interface QueryFault {
  readonly code: FaultCode;
  /** The position in the text, in UTF-16 units from 0. */
  readonly at: number;
}

type ParseResult = { readonly query: Query } | { readonly fault: QueryFault };

/** The deepest nesting of groups and negations, because the parser and its users are recursive. */
const MAX_DEPTH = 50;

/** Columns with arbitrary values: each term on them searches text. */
const TEXT_COLUMNS: ReadonlySet<string> = new Set([
  NAMES_COLUMN,
  ...COLUMNS.filter((column) => isText(column)).map(({ name }) => name),
]);

class Fault extends Error {
  constructor(
    readonly code: FaultCode,
    readonly at: number,
  ) {
    super(code);
  }
}

export function parseQuery(text: string): ParseResult {
  if (text.length > MAX_LENGTH) return { fault: { code: 'too-long', at: MAX_LENGTH } };
  try {
    return { query: new Parser(text).query() };
  } catch (error) {
    if (error instanceof Fault) return { fault: { code: error.code, at: error.at } };
    throw error;
  }
}

const SPACE = /\s/;
const TIME_OPERATOR = /^(?:>=|<=|>|<)/;
/** `arn:aws:…` is a name to search for, although `arn` is a column. */
const ARN = /^arn:aws[a-z-]*:/i;

class Parser {
  private at = 0;
  private depth = 0;
  private terms = 0;
  private words = 0;

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
    if (++this.terms > MAX_TERMS) throw new Fault('too-many-terms', start);
    const field = ARN.test(this.text.slice(start, start + 16)) ? undefined : this.field();
    if (field === 'eventTime') return this.time();
    if (this.peek() === '/') {
      const regex = this.regex(field);
      if (regex) return this.counted(start, regex);
    }
    const quoted = this.peek() === '"';
    const at = this.at;
    const text = quoted ? this.quoted() : this.word();
    if (field === undefined) {
      const flag = quoted ? undefined : flagOf(text);
      return flag === undefined ? this.counted(start, { kind: 'word', text, quoted }) : { kind: 'flag', flag };
    }
    if (text === '' && !quoted) throw new Fault('value-missing', at);
    if (field === ADDRESS_COLUMN && !quoted && looksLikeRange(text) && !parseRange(text))
      throw new Fault('address-invalid', at);
    const node: QueryNode = { kind: 'field', field, text, quoted };
    return TEXT_COLUMNS.has(field) ? this.counted(start, node) : node;
  }

  /** Counts a term that searches text. */
  private counted(start: number, node: QueryNode): QueryNode {
    if (++this.words > MAX_WORDS) throw new Fault('too-many-words', start);
    return node;
  }

  /** Consumes a regular expression; returns undefined and consumes nothing if the slash begins a path. */
  private regex(field: string | undefined): RegexNode | undefined {
    const start = this.at;
    const slashed = slashedAt(this.text.slice(start));
    if (slashed === 'path') return undefined;
    if (slashed === 'open') throw new Fault('regex-open', start);
    try {
      new RegexMatcher(slashed.source);
    } catch (error) {
      if (error instanceof RegexFault) throw new Fault('regex-invalid', start + 1 + error.at);
      throw error;
    }
    this.at += slashed.length;
    return { kind: 'regex', field, source: slashed.source };
  }

  private time(): QueryNode {
    const operator = (TIME_OPERATOR.exec(this.text.slice(this.at, this.at + 2))?.[0] ?? 'in') as TimeOperator;
    if (operator !== 'in') this.at += operator.length;
    const start = this.at;
    const isQuoted = this.peek() === '"';
    const text = isQuoted ? this.quoted() : this.word();
    if (text === '') throw new Fault('value-missing', start);
    const dots = operator === 'in' ? text.indexOf('..') : -1;
    // Offsets in a quoted text differ from those in the query, so its fault is at its start.
    const placeOf = (offset: number): number => start + (isQuoted ? 0 : offset);
    const checked = (part: string, offset: number): string => {
      if (!parseTime(part)) throw new Fault('time-invalid', placeOf(offset));
      return part;
    };
    if (dots < 0) return { kind: 'time', operator, text: checked(text, 0) };
    const [from, until] = [text.slice(0, dots), text.slice(dots + 2)];
    if (from === '') return { kind: 'time', operator: '<=', text: checked(until, dots + 2) };
    if (until === '') return { kind: 'time', operator: '>=', text: checked(from, 0) };
    const first = parseTime(checked(from, 0));
    const last = parseTime(checked(until, dots + 2));
    if (!first || !last || last.to <= first.from) throw new Fault('time-order', placeOf(dots + 2));
    return { kind: 'time', operator: '..', text: from, until };
  }

  /** Consumes `name:` if it names a column, and returns the column. */
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

  /** The current character, or '' at the end. */
  private peek(): string {
    return this.text[this.at] ?? '';
  }
}
