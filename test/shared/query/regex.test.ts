import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literalOfTree } from '#shared/query/regex/literal.js';
import { RegexMatcher, SlowPattern, WorkAccount } from '#shared/query/regex/matcher.js';
import { compileRegex } from '#shared/query/regex/program.js';
import { parseRegex, RegexFault } from '#shared/query/regex/syntax.js';

/** Sources of the syntax that is understood here. */
const source = fc.letrec<{ alternatives: string; sequence: string; atom: string }>((tie) => ({
  alternatives: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((sides) => sides.join('|')),
  sequence: fc.array(tie('atom'), { maxLength: 3 }).map((atoms) => atoms.join('')),
  atom: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom(
      'a',
      'B',
      'é',
      '.',
      '^',
      '$',
      '\\b',
      '\\B',
      '\\d',
      '\\W',
      '\\s',
      '[^A-B]',
      '[a-c1]',
      '[\\d-]',
      '\\.',
      '{',
      ']',
      '\\u0062',
      '[^]',
      '[]',
    ),
    fc
      .tuple(
        fc.oneof(
          fc.constantFrom('a', '.', '[bc]'),
          tie('alternatives').map((inner) => `(${inner})`),
        ),
        fc.constantFrom('*', '+', '?', '*?', '{2}', '{1,2}', '{0,}'),
      )
      .map((parts) => parts.join('')),
    tie('alternatives').map((inner) => `(?:${inner})`),
    tie('alternatives').map((inner) => `(?<name>${inner})`.replace('name', `n${String(inner.length)}`)),
  ),
})).alternatives;

const value = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'é', '1', '_', ' ', '-', '{', ']', '.', '\n'),
  maxLength: 7,
});

/** What the engine of JavaScript makes of it; names of groups may not be given twice there. */
function expected(of: string): RegExp {
  return new RegExp(of.replace(/\(\?<\w+>/g, '('), 'is');
}

test('a value matches where it matches in JavaScript', () => {
  fc.assert(
    fc.property(source, fc.array(value, { maxLength: 4 }), (of, values) => {
      const matcher = new RegexMatcher(of);
      for (const one of values)
        expect(`${one} ${String(matcher.test(one))}`).toBe(`${one} ${String(expected(of).test(one))}`);
    }),
    { numRuns: 1500 },
  );
});

test('any text is parsed, or has a fault at a position in it', () => {
  const edgy = fc.string({ unit: fc.constantFrom(...'ab(|)[]^$*+?{},\\-.:<>=!d1'.split('')), maxLength: 15 });
  fc.assert(
    fc.property(edgy, value, (of, one) => {
      let tree;
      try {
        tree = parseRegex(of);
      } catch (error) {
        expect(error).toBeInstanceOf(RegexFault);
        expect((error as RegexFault).at).toBeLessThanOrEqual(of.length);
        return;
      }
      expect(tree).toBeDefined();
      expect(new RegexMatcher(of).test(one)).toBe(expected(of).test(one));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['a(b', 1],
  ['a)', 1],
  ['a[b', 1],
  ['*a', 0],
  ['a**', 2],
  ['a{3,2}', 1],
  ['a{2000}', 1],
  ['(?=a)', 1],
  ['(?!a)', 1],
  [String.raw`(a)\1`, 3],
  [String.raw`a\p{L}`, 1],
  ['[z-a]', 2],
  ['\\', 0],
  ['('.repeat(60), 50],
  ['((a{99}){99}){99}', 0],
])('%s is not understood', (of, at) => {
  expect(() => new RegexMatcher(of)).toThrow(new RegexFault(at));
});

test('a value without the literal never matches, so it need not be tested', () => {
  fc.assert(
    fc.property(source, value, (of, one) => {
      if (new RegexMatcher(of).test(one)) expect(one).toContain(literalOfTree(parseRegex(of)));
    }),
    { numRuns: 1500 },
  );
});

test.each([
  ['Delete(Vpc|Subnet)', 'delete'],
  ['^i-0[a-f]+', 'i-0'],
  ['(?:admin)+', 'admin'],
  ['a|b', ''],
  ['x*yz?', 'y'],
])('every match of %s holds “%s”', (of, literal) => {
  expect(literalOfTree(parseRegex(of))).toBe(literal);
});

describe('an expression that takes other engines for ever', () => {
  const long = 'a'.repeat(50_000);

  test.each(['(a+)+b', '(a|a)*b', '(a*)*b', '(.*)(.*)(.*)b', 'a*a*a*a*a*b'])('%s is answered', (of) => {
    expect(new RegexMatcher(of).test(long)).toBe(false);
    expect(new RegexMatcher(of).test(`${long}b`)).toBe(true);
  });

  test('is given up where it makes new states without end', () => {
    const matcher = new RegexMatcher('(a|b)*a(a|b){400}c');
    let seed = 1;
    const noise = Array.from({ length: 200_000 }, () =>
      (seed = (seed * 48_271) % 2_147_483_647) & 64 ? 'a' : 'b',
    ).join('');
    expect(() => matcher.test(noise)).toThrow(SlowPattern);
  });

  test('takes its time from those of the same query', () => {
    const work = new WorkAccount();
    const first = new RegexMatcher('a(a|b){8}c', work);
    expect(first.test('abab'.repeat(20))).toBe(false);
    expect(work.steps).toBeGreaterThan(100);
    work.steps = 1e9;
    expect(() => new RegexMatcher('b', work).test('b')).toThrow(SlowPattern);
    expect(new RegexMatcher('b').test('b')).toBe(true);
  });
});

test('characters of many kinds make the tables grow, not the answers wrong', () => {
  const of = Array.from({ length: 60 }, (_, i) => `[${String.fromCharCode(0x3041 + i)}-\u30ff]x`).join('|');
  const matcher = new RegexMatcher(of);
  for (let i = 0; i < 90; i++) {
    const one = `${String.fromCharCode(0x3000 + i)}x`;
    expect(matcher.test(one)).toBe(expected(of).test(one));
  }
});

test('repeats of nothing in one another end, and match everything', () => {
  const deep = `${'('.repeat(49)}${'){1000}'.repeat(49)}`;
  for (const of of [deep, `(${deep}|${deep}){1000}`, '((){1000}){1000}', '(?:(?:){5,1000}){0,1}'])
    expect(new RegexMatcher(of).test('x')).toBe(true);
  expect(new RegexMatcher(`^a${deep}b$`).test('ab')).toBe(true);
  expect(new RegexMatcher(`^a${deep}b$`).test('aab')).toBe(false);
});

test('a large class that is repeated is one class, whose ranges are compared once', () => {
  let read = 0;
  const ranges = Array.from({ length: 2000 }, (_, i) => [2 * i, 2 * i] as const);
  const set = {
    negated: false,
    get ranges() {
      read++;
      return ranges;
    },
  };
  const program = compileRegex({ kind: 'repeat', of: { kind: 'set', set }, min: 1000, max: 1000 });
  expect(program.sets).toEqual([set]);
  expect(read).toBeLessThan(10);
});
