/**
 * A rule's condition, from its text to a tree of its searches. `not` binds most, then `and`, then `or`.
 *
 *   or   := and ( 'or' and )*
 *   and  := not ( 'and' not )*
 *   not  := 'not' not | '(' or ')' | ( '1' | 'any' | 'all' ) 'of' ( 'them' | NAME* ) | NAME
 */
import { allOf, anyOf, type Expression, RuleFault } from './expression.js';
import { patternMatcher } from './pattern.js';

/** Conditions may lie in one another; the parser recurses. */
const MAX_DEPTH = 50;

/** @param searches the detection's searches by name */
export function parseCondition(text: string, searches: ReadonlyMap<string, Expression>): Expression {
  return new ConditionParser(text, searches).whole();
}

class ConditionParser {
  private readonly tokens: readonly string[];
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly searches: ReadonlyMap<string, Expression>,
  ) {
    if (text.includes('|'))
      throw new RuleFault(`the condition "${text}" counts, which is now written as a correlation`);
    this.tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  }

  whole(): Expression {
    const expression = this.or();
    if (this.at < this.tokens.length) throw this.fault();
    return expression;
  }

  private or(): Expression {
    if (++this.depth > MAX_DEPTH) throw this.fault();
    const of = [this.and()];
    while (this.take('or')) of.push(this.and());
    this.depth--;
    return anyOf(of);
  }

  private and(): Expression {
    const of = [this.not()];
    while (this.take('and')) of.push(this.not());
    return allOf(of);
  }

  private not(): Expression {
    let isNegated = false;
    while (this.take('not')) isNegated = !isNegated;
    const of = this.operand();
    return isNegated ? { kind: 'not', of } : of;
  }

  private operand(): Expression {
    if (this.take('(')) {
      const inner = this.or();
      if (!this.take(')')) throw this.fault();
      return inner;
    }
    const word = this.tokens[this.at++];
    if (word === undefined || word === ')') throw this.fault();
    if (/^(?:1|any|all)$/i.test(word) && this.take('of')) {
      const pattern = this.tokens[this.at++] ?? '';
      const chosen = this.searchesLike(pattern);
      if (chosen.length === 0)
        throw new RuleFault(`the condition names "${pattern}", and the detection has no such search`);
      return word.toLowerCase() === 'all' ? allOf(chosen) : anyOf(chosen);
    }
    const search = this.searches.get(word);
    if (!search) throw new RuleFault(`the condition names "${word}", and the detection has no such search`);
    return search;
  }

  /** Searches whose name begins with an underscore are none of `them`. */
  private searchesLike(pattern: string): readonly Expression[] {
    if (pattern.toLowerCase() === 'them') pattern = '*';
    const isLike = patternMatcher(pattern, true);
    return [...this.searches]
      .filter(([name]) => (pattern !== '*' || !name.startsWith('_')) && isLike(name))
      .map(([, search]) => search);
  }

  private take(word: string): boolean {
    if (this.tokens[this.at]?.toLowerCase() !== word) return false;
    this.at++;
    return true;
  }

  private fault(): RuleFault {
    return new RuleFault(`the condition "${this.text}" is not understood`);
  }
}
