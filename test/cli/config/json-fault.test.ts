import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault } from '#scripts/cli/config/json-fault.js';

test.each([
  ['{"a": x}', 1, 7, 'a value'],
  ['{"a": 1,}', 1, 9, 'a key in double quotes'],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, "',' or '}'"],
  ['[1, 2', 1, 6, "',' or ']'"],
  ['{"a" 1}', 1, 6, "':'"],
  ['{"a": "one\ntwo"}', 1, 7, 'a value'],
  ['{"a": 01}', 1, 8, "',' or '}'"],
  ["{'a': 1}", 1, 2, 'a key in double quotes'],
  ['// why\n{}', 1, 1, 'a value'],
  ['{} {}', 1, 4, 'the end of the file'],
  ['', 1, 1, 'a value'],
])('in %j the fault is at %i:%i', (text, line, column, expected) => {
  expect(jsonFault(text)).toEqual({ line, column, expected });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('finds a fault exactly where JSON.parse does', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', ',', '"', '}', '[', '\\', '1', ' '),
      (json, at, cut, put) => {
        const start = at % (json.length + 1);
        const text = json.slice(0, start) + put + json.slice(start + cut);
        expect(jsonFault(text) === undefined).toBe(parses(text));
      },
    ),
    { numRuns: 1000 },
  );
});
