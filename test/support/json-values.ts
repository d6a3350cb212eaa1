/** JSON as text, for properties: with escapes, odd numbers and keys that objects have by themselves. */
import fc from 'fast-check';

const letter = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).map((c) => JSON.stringify(c).slice(1, -1)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\\u0041', '\\ud83d\\ude00', '\\ud800', '\\u0000', '\\/', '\\b', '\\t', '\\"', '\\\\'),
  },
);
const string = fc.array(letter, { maxLength: 12 }).map((letters) => `"${letters.join('')}"`);
const key = fc.oneof(
  string,
  fc.constantFrom('"__proto__"', '"constructor"', '""', '"bucketName"', '"Records"', '"arn"'),
);
const number = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('-0', '0', '2922.0', '12345678901234567890', '1e5', '1.10E-7', '-0.0e+00', '9007199254740993'),
);
const scalar = fc.oneof(string, number, fc.constantFrom('true', 'false', 'null'));

/** The pieces of a JSON value: white space may stand between any two. */
const { tokens } = fc.letrec<{ tokens: string[] }>((tie) => ({
  tokens: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar.map((text) => [text]),
    fc.array(tie('tokens'), { maxLength: 4 }).map((items) => ['[', ...separated(items), ']']),
    fc
      .array(fc.tuple(key, tie('tokens')), { maxLength: 4 })
      .map((members) => ['{', ...separated(members.map(([name, value]) => [name, ':', ...value])), '}']),
  ),
}));

function separated(items: readonly string[][]): string[] {
  return items.flatMap((item, i) => (i === 0 ? item : [',', ...item]));
}

/** Compact JSON, as the text of any value. */
export const compactJson: fc.Arbitrary<string> = tokens.map((parts) => parts.join(''));

const space = fc
  .array(fc.constantFrom(' ', '\n', '\r', '\t', '\r\n  '), { maxLength: 2 })
  .map((parts) => parts.join(''));

/** The same value twice: compact, and with white space wherever it may stand. */
export const spacedJson: fc.Arbitrary<{ compact: string; spaced: string }> = tokens.chain((parts) =>
  fc.array(space, { minLength: parts.length, maxLength: parts.length }).map((spaces) => ({
    compact: parts.join(''),
    spaced: parts.map((part, i) => part + (spaces[i] as string)).join(''),
  })),
);
