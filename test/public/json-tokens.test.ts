import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonLines, stringContent } from '#public/detail/json-tokens.js';
import { eventJson } from '#public/detail/event-json.js';

const shown = (json: string): string =>
  jsonLines(json)
    .map(({ depth, tokens }) => '  '.repeat(depth) + tokens.map(({ text }) => text).join(''))
    .join('\n');

describe('JSON is spread over lines', () => {
  test('as JSON.stringify would', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(shown(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2));
      }),
    );
  });

  test('with numbers as the log wrote them', () => {
    expect(shown('{"big":12345678901234567890,"f":2922.0,"e":1E+5}')).toBe(
      '{\n  "big": 12345678901234567890,\n  "f": 2922.0,\n  "e": 1E+5\n}',
    );
  });

  test('however deep it is nested', () => {
    const deep = 100_000;
    const lines = jsonLines('['.repeat(deep) + ']'.repeat(deep));
    expect(lines).toHaveLength(2 * deep - 1);
    expect(Math.max(...lines.slice(deep - 5, deep + 5).map(({ depth }) => depth))).toBe(deep - 1);
  });

  test('keys, strings, numbers and words are told apart', () => {
    const kinds = jsonLines('{"a":"b","c":1,"d":null}').flatMap(({ tokens }) =>
      tokens.filter(({ kind }) => kind !== 'punctuation').map(({ kind }) => kind),
    );
    expect(kinds).toEqual(['key', 'string', 'key', 'number', 'key', 'literal']);
  });

  test('even where it is cut or no JSON at all', () => {
    expect(shown('{"a":[1,"b')).toBe('{\n  "a": [\n    1,\n    "b');
    expect(shown('not json')).toBe('notjson');
    expect(shown(']]}')).toContain(']');
  });
});

test('a JSON string is read; anything else stays as it is', () => {
  expect(stringContent('"a\\"b\\u00e9"')).toBe('a"bé');
  expect(stringContent('2922.0')).toBe('2922.0');
});

test('an event copied as JSON keeps the parts of the log as they were written', () => {
  const json = eventJson([
    { column: 'eventName', value: 'a"b', isJson: false },
    { column: 'role', value: '', isJson: false },
    { column: 'requestParameters', value: '{"n":2922.0,"big":12345678901234567890}', isJson: true },
  ]);
  expect(json).toBe('{\n  "eventName": "a\\"b",\n  "requestParameters": {"n":2922.0,"big":12345678901234567890}\n}');
});
