import fc from 'fast-check';
import { expect, test } from 'vitest';
import { literalOf, patternOf, testOf } from '#shared/query/pattern.js';

test.each([
  ['terminate*', 'terminateinstances', true],
  ['terminate*', 'xterminate', false],
  ['*instances', 'terminateinstances', true],
  ['t*e*s', 'terminateinstances', true],
  ['t?', 'to', true],
  ['t?', 'two', false],
  ['*', '', true],
  ['a*a', 'a', false],
  ['?*?', 'ab', true],
])('%s against the whole of %s: %s', (text, value, expected) => {
  expect(testOf(patternOf(text, true, true))(value)).toBe(expected);
});

test('quoted wildcards are characters', () => {
  expect(testOf(patternOf('a*', false, true))('ab')).toBe(false);
  expect(testOf(patternOf('a*', false, true))('a*')).toBe(true);
});

test('wildcards mean what the same regular expression means', () => {
  const small = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  const value = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 });
  fc.assert(
    fc.property(small, value, fc.boolean(), (text, haystack, whole) => {
      const source = text.replaceAll('?', '[^]').replaceAll('*', '[^]*');
      const expected = new RegExp(whole ? `^${source}$` : source).test(haystack);
      expect(testOf(patternOf(text, true, whole))(haystack)).toBe(expected);
    }),
    { numRuns: 5000 },
  );
});

test('a value without the literal never matches, so it need not be tested', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '*', '?') }),
      fc.string({ unit: fc.constantFrom('a', 'b') }),
      (text, value) => {
        const pattern = patternOf(text, true, false);
        if (testOf(pattern)(value)) expect(value).toContain(literalOf(pattern));
      },
    ),
  );
});
