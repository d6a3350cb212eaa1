import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compact } from '#shared/format/json-bytes.js';
import { walkJson } from '#scripts/cloudtrail/json-walk.js';
import { compactJson, spacedJson } from '../support/json-values.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function ignore(): void {
  // Numbers, objects and lists: see below.
}

/** The strings of a JSON text with their keys, escapes as written; undefined where it is refused. */
function walked(text: string): [key: string, value: string][] | undefined {
  // Other bytes around it must not matter.
  const bytes = encoder.encode(`"${text}"`);
  const found: [string, string][] = [];
  const visit = (start: number, end: number, keyStart: number, keyEnd: number): void => {
    found.push([decoder.decode(bytes.slice(keyStart, keyEnd)), decoder.decode(bytes.slice(start, end))]);
  };
  return walkJson(bytes, new DataView(bytes.buffer), 1, bytes.length - 1, visit, ignore) ? found : undefined;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('compact JSON is taken', () => {
  fc.assert(
    fc.property(compactJson, (text) => {
      expect(walked(text)).toBeDefined();
    }),
  );
});

test('of texts without white space, exactly those are taken that JSON.parse takes', () => {
  const edited = fc.tuple(
    compactJson,
    fc.nat(),
    fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '.', 'e', '-', 'n', '\u0001'),
    fc.nat(2),
  );
  fc.assert(
    fc.property(edited, ([text, place, inserted, removed]) => {
      const at = place % (text.length + 1);
      const damaged = text.slice(0, at) + inserted + text.slice(at + removed);
      // A cut surrogate pair becomes another character in UTF-8.
      fc.pre(decoder.decode(encoder.encode(damaged)) === damaged && !/\s/.test(damaged));
      expect(walked(damaged) !== undefined).toBe(parses(damaged));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  '',
  '01',
  '1.',
  '.5',
  '+1',
  '-',
  '1e',
  '0x1',
  'nul',
  'nulll',
  'True',
  '{',
  '{"a"}',
  '{"a":}',
  '{"a":1,}',
  '[1,]',
  '[,]',
  '[1}',
  '{"a":1]',
  '""""',
  '"\\x"',
  '"\\u12g4"',
  '{a:1}',
  "'a'",
  ' 1',
  '1 ',
  '[1, 2]',
  '"\u0000"',
])('%j is refused', (text) => {
  expect(walked(text)).toBeUndefined();
});

test('numbers may be of any length', () => {
  const digits = '1'.repeat(399);
  for (const number of [`${digits}.5`, `${digits}e1`, `-${digits}`, `${digits}1`]) expect(walked(number)).toEqual([]);
  expect(walked(`${digits}1.`)).toBeUndefined();
});

test('a string is told with the key it stands under, of an array with the key of the array', () => {
  expect(walked('{"a":["x",{"b":"y","n":1},["z"]],"c":"w"}')).toEqual([
    ['a', 'x'],
    ['b', 'y'],
    ['a', 'z'],
    ['c', 'w'],
  ]);
  expect(walked('["x",{"a":{}},"y"]')).toEqual([
    ['', 'x'],
    ['', 'y'],
  ]);
});

test('a hundred thousand levels are a level', () => {
  const depth = 100_000;
  expect(walked('['.repeat(depth) + ']'.repeat(depth))).toEqual([]);
  expect(walked('{"a":'.repeat(depth) + '"x"' + '}'.repeat(depth))).toEqual([['a', 'x']]);
  expect(walked('['.repeat(depth))).toBeUndefined();
});

test('white space outside strings is removed, and nothing else', () => {
  fc.assert(
    fc.property(spacedJson, (text) => {
      const source = encoder.encode(text.spaced);
      const target = new Uint8Array(source.length);
      const length = compact(source, 0, source.length, target);
      expect(decoder.decode(target.subarray(0, length))).toBe(text.compact);
    }),
  );
});

test('numbers, objects and lists with a key around them are told where they begin', () => {
  const text = '{"a":1,"b":[-2,{"c":true}],"d":"x","e":{"f":null}}';
  const bytes = encoder.encode(text);
  const found: [key: string, at: string][] = [];
  walkJson(bytes, new DataView(bytes.buffer), 0, bytes.length, ignore, (at, keyStart, keyEnd) => {
    found.push([text.slice(keyStart, keyEnd), text.slice(at, at + 2)]);
  });
  expect(found).toEqual([['a', '1,'], ['b', '[-'], ['b', '-2'], ['b', '{"'], ['e', '{"']]); // prettier-ignore
});
