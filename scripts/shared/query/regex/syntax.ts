/**
 * Parses regular expressions into trees. The syntax is JavaScript's without flags, and without what a linear-time
 * matcher cannot do: look-around and back references. Case is ignored, and `.` matches any character.
 *
 *   alternatives := sequence ( '|' sequence )*
 *   sequence     := ( atom quantifier? )*
 *   atom         := '(' ( '?:' | '?<' name '>' )? alternatives ')' | '[' class ']' | '.' | '^' | '$' | escape | character
 *   quantifier   := ( '*' | '+' | '?' | '{' n ( ',' m? )? '}' ) '?'?
 */

/** UTF-16 units: pairs of first and last, in any order. */
export interface UnitSet {
  readonly ranges: readonly (readonly [first: number, last: number])[];
  readonly negated: boolean;
}

export type RegexTree =
  | { readonly kind: 'set'; readonly set: UnitSet }
  | { readonly kind: 'sequence'; readonly of: readonly RegexTree[] }
  | { readonly kind: 'alternatives'; readonly of: readonly RegexTree[] }
  /** `max` is Infinity if there is no limit. */
  | { readonly kind: 'repeat'; readonly of: RegexTree; readonly min: number; readonly max: number }
  | { readonly kind: 'assertion'; readonly at: Assertion };

/** Conditions that consume no character: the ends of the value, and places that are or are not a word boundary. */
export type Assertion = 'start' | 'end' | 'word-edge' | 'no-word-edge';

/** A text that is not a regular expression, or uses unsupported syntax. */
export class RegexFault extends Error {
  constructor(
    /** The position in the source, in UTF-16 units from 0. */
    readonly at: number,
  ) {
    super(`not understood at ${String(at)}`);
  }
}

/** The deepest nesting of groups, because the parser and the compiler are recursive. */
const MAX_DEPTH = 50;
const MAX_REPEAT = 1000;

const DIGIT: UnitSet['ranges'] = [[0x30, 0x39]];
const WORD: UnitSet['ranges'] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACE: UnitSet['ranges'] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const CLASSES: Readonly<Record<string, UnitSet['ranges']>> = { d: DIGIT, w: WORD, s: SPACE };
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0 };

/** The tree of a source. Throws {@link RegexFault} with the position of the first error. */
export function parseRegex(source: string): RegexTree {
  return new RegexParser(source).whole();
}

class RegexParser {
  private at = 0;
  private depth = 0;

  constructor(private readonly source: string) {}

  whole(): RegexTree {
    const tree = this.alternatives();
    if (this.at < this.source.length) throw new RegexFault(this.at);
    return tree;
  }

  private alternatives(): RegexTree {
    const of = [this.sequence()];
    while (this.take('|')) of.push(this.sequence());
    return of.length === 1 ? (of[0] as RegexTree) : { kind: 'alternatives', of };
  }

  private sequence(): RegexTree {
    const of: RegexTree[] = [];
    while (this.at < this.source.length && this.peek() !== '|' && this.peek() !== ')') of.push(this.quantified());
    return of.length === 1 ? (of[0] as RegexTree) : { kind: 'sequence', of };
  }

  private quantified(): RegexTree {
    const isGroup = this.peek() === '(';
    const atom = this.atom();
    const start = this.at;
    const bounds = this.quantifier();
    if (!bounds) return atom;
    if (atom.kind === 'assertion' && !isGroup) throw new RegexFault(start);
    this.take('?');
    const [min, max] = bounds;
    if (max < min || min > MAX_REPEAT || (max > MAX_REPEAT && max !== Infinity)) throw new RegexFault(start);
    return { kind: 'repeat', of: atom, min, max };
  }

  private quantifier(): readonly [min: number, max: number] | undefined {
    if (this.take('*')) return [0, Infinity];
    if (this.take('+')) return [1, Infinity];
    if (this.take('?')) return [0, 1];
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.source.slice(this.at, this.at + 20));
    if (!counted) return undefined;
    this.at += counted[0].length;
    const min = Number(counted[1]);
    if (counted[2] === undefined) return [min, min];
    return [min, counted[3] === '' ? Infinity : Number(counted[3])];
  }

  private atom(): RegexTree {
    const start = this.at;
    const character = this.next();
    switch (character) {
      case '(':
        return this.group(start);
      case '[':
        return { kind: 'set', set: this.set(start) };
      case '.':
        return { kind: 'set', set: { ranges: [], negated: true } };
      case '^':
        return { kind: 'assertion', at: 'start' };
      case '$':
        return { kind: 'assertion', at: 'end' };
      case '*':
      case '+':
      case '?':
        throw new RegexFault(start);
      case '{':
        if (/^\d+(?:,\d*)?\}/.test(this.source.slice(this.at, this.at + 20))) throw new RegexFault(start);
        return unit(0x7b);
      case '\\':
        if (this.take('b')) return { kind: 'assertion', at: 'word-edge' };
        if (this.take('B')) return { kind: 'assertion', at: 'no-word-edge' };
        return { kind: 'set', set: this.escape(start) };
      default:
        return unit(character.charCodeAt(0));
    }
  }

  private group(start: number): RegexTree {
    if (++this.depth > MAX_DEPTH) throw new RegexFault(start);
    if (this.peek() === '?') {
      const kind = /^\?(?::|<[A-Za-z_$][\w$]*>)/.exec(this.source.slice(this.at))?.[0];
      if (kind === undefined) throw new RegexFault(this.at);
      this.at += kind.length;
    }
    const tree = this.alternatives();
    if (!this.take(')')) throw new RegexFault(start);
    this.depth--;
    return tree;
  }

  /** A character class, after its opening bracket. */
  private set(start: number): UnitSet {
    const negated = this.take('^');
    const ranges: (readonly [number, number])[] = [];
    while (!this.take(']')) {
      if (this.at >= this.source.length) throw new RegexFault(start);
      const from = this.member();
      if (this.peek() === '-' && this.source[this.at + 1] !== ']' && this.at + 1 < this.source.length) {
        const dash = this.at++;
        const to = this.member();
        const [first, last] = [from.length === 1 ? from[0] : undefined, to.length === 1 ? to[0] : undefined];
        if (first?.[0] !== first?.[1] || last?.[0] !== last?.[1]) throw new RegexFault(dash);
        if (!first || !last || first[0] > last[0]) throw new RegexFault(dash);
        ranges.push([first[0], last[0]]);
      } else {
        ranges.push(...from);
      }
    }
    return { ranges, negated };
  }

  /** One character or escape in a class. */
  private member(): UnitSet['ranges'] {
    const start = this.at;
    const character = this.next();
    if (character !== '\\') return unit(character.charCodeAt(0)).set.ranges;
    if (this.take('b')) return [[8, 8]];
    const { ranges, negated } = this.escape(start);
    return negated ? complementOf(ranges) : ranges;
  }

  /** The character after a backslash. */
  private escape(start: number): UnitSet {
    if (this.at >= this.source.length) throw new RegexFault(start);
    const character = this.next();
    const ranges = CLASSES[character.toLowerCase()];
    if (ranges) return { ranges, negated: character !== character.toLowerCase() };
    const control = CONTROLS[character];
    if (control !== undefined && !(character === '0' && /\d/.test(this.peek()))) return unit(control).set;
    if (character === 'x' || character === 'u') {
      const digits = character === 'x' ? 2 : 4;
      const hex = this.source.slice(this.at, this.at + digits);
      if (hex.length < digits || !/^[\da-f]+$/i.test(hex)) throw new RegexFault(start);
      this.at += digits;
      return unit(parseInt(hex, 16)).set;
    }
    // Other letters and digits have a meaning in JavaScript that is not supported: \1, \p, \k.
    if (/[A-Za-z\d]/.test(character)) throw new RegexFault(start);
    return unit(character.charCodeAt(0)).set;
  }

  private take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  private next(): string {
    return this.source[this.at++] ?? '';
  }

  private peek(): string {
    return this.source[this.at] ?? '';
  }
}

function unit(code: number): { readonly kind: 'set'; readonly set: UnitSet } {
  return { kind: 'set', set: { ranges: [[code, code]], negated: false } };
}

function complementOf(ranges: UnitSet['ranges']): UnitSet['ranges'] {
  const out: (readonly [number, number])[] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (first > next) out.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= 0xffff) out.push([next, 0xffff]);
  return out;
}
