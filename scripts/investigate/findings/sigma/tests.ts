/** Tests on single values. */
import { isInRange, parseAddress, parseRange } from '#shared/query/address.js';
import { RegexMatcher, SlowPattern, WorkAccount } from '#shared/query/regex/matcher.js';
import { RuleFault, type Test } from './expression.js';
import { patternMatcher, type TextMatcher } from './pattern.js';

/** What one value is tested for; the tests on presence and on another field are not among them. */
type ValueTest = Exclude<Test, { op: 'null' | 'exists' | 'field' }>;

export function isValueTest(test: Test): test is ValueTest {
  return test.op !== 'null' && test.op !== 'exists' && test.op !== 'field';
}

/** Whether a text passes one of the tests. The matcher throws a `RuleFault` where a regular expression takes too long. */
export function valueMatcher(tests: readonly ValueTest[]): TextMatcher {
  const matchers = tests.map(matcherOf);
  const [only] = matchers;
  if (only && matchers.length === 1) return only;
  return (text) => matchers.some((matches) => matches(text));
}

function matcherOf(test: ValueTest): TextMatcher {
  switch (test.op) {
    case 'text':
      return patternMatcher(test.pattern, test.isCased);
    case 'regex': {
      const matcher = new RegexMatcher(test.source, new WorkAccount(), test.isCased);
      return (text) => {
        try {
          return matcher.test(test.isCased ? text : text.toLowerCase());
        } catch (error) {
          if (!(error instanceof SlowPattern)) throw error;
          throw new RuleFault(`the regular expression "${test.source}" takes too long`);
        }
      };
    }
    case 'cidr': {
      const block = parseRange(test.block);
      return (text) => {
        const address = parseAddress(text);
        return block !== undefined && address !== undefined && isInRange(address, block);
      };
    }
    case 'compare':
      return (text) => {
        const value = text.trim() === '' ? NaN : Number(text);
        switch (test.by) {
          case 'lt':
            return value < test.number;
          case 'lte':
            return value <= test.number;
          case 'gt':
            return value > test.number;
          case 'gte':
            return value >= test.number;
        }
      };
  }
}
