import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuery } from '#shared/query/parse.js';
import { printQuery } from '#shared/query/print.js';
import { inWorkAt, namesFor, withName, withValue } from '#public/search/completion.js';

/** What is in work at the bar, in short. */
function inWork(marked: string): string | undefined {
  const caret = marked.indexOf('▮');
  const found = inWorkAt(marked.replace('▮', ''), caret);
  if (!found || found.kind === 'name') return found && `name ${found.typed}`;
  return `${found.field}${found.operator} “${found.typed}” in “${printQuery(found.rest)}”`;
}

describe('what is being written', () => {
  test.each<[string, string | undefined]>([
    ['ev▮', 'name ev'],
    ['who:alice ev▮', 'name ev'],
    ['-(ev▮)', 'name ev'],
    ['event:▮', 'eventName “” in “”'],
    ['EVENT:Term▮', 'eventName “Term” in “”'],
    ['who:alice -event:Term▮ x', 'eventName “Term” in “who:alice x”'],
    ['event:"Access de▮', 'eventName “Access de” in “”'],
    ['event:A|event:B▮ who:x', 'eventName “B” in “who:x”'],
    ['event:B▮|event:A who:x', 'eventName “B” in “who:x”'],
    ['time:>=2025▮', 'eventTime>= “2025” in “”'],
    // Nothing can follow a whole quoted text, a pattern, an ARN, or stand within a term.
    ['event:"x"▮', undefined],
    ['event:Te*▮', undefined],
    ['event:/x▮', undefined],
    ['arn:aws:iam▮', undefined],
    ['e▮vent', undefined],
    ['nothing:x▮', undefined],
    ['▮', undefined],
    ['"who:al▮', undefined],
  ])('%s', (marked, expected) => {
    expect(inWork(marked)).toBe(expected);
  });

  test('can be asked of any text, at any place', () => {
    const edgy = fc.string({
      unit: fc.constantFrom('who:', 'a', '"', '\\', '-', '|', '(', ')', ' ', 'time:>', '*', '/'),
    });
    fc.assert(
      fc.property(edgy, fc.nat(30), (text, caret) => {
        const found = inWorkAt(text, Math.min(caret, text.length));
        if (found) expect(text.slice(found.from, found.to)).toContain(found.typed);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('it is completed', () => {
  const complete = (text: string, value: string, caret = text.length): string => {
    const found = inWorkAt(text, caret);
    if (found?.kind !== 'value') throw new Error('no value is being written');
    const edited = withValue(text, found, value);
    return `${edited.text.slice(0, edited.caret)}▮${edited.text.slice(edited.caret)}`;
  };

  test('by a value, in quotes where it needs them', () => {
    expect(complete('x event:Term', 'TerminateInstances')).toBe('x event:TerminateInstances ▮');
    expect(complete('Event:a who:x', 'A b', 7)).toBe('Event:"A b"▮ who:x');
    expect(complete('error:', '')).toBe('error:"" ▮');
    expect(complete('time:>=2025', '2025-03-06')).toBe('time:>=2025-03-06 ▮');
  });

  test('so that the query asks for exactly that value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        // It marks the caret here.
        fc.pre(!value.includes('▮'));
        const text = complete('alice who:', value).replace('▮', '');
        const result = parseQuery(text);
        expect('query' in result && result.query[1]).toMatchObject({ kind: 'field', field: 'actor', text: value });
      }),
    );
  });

  test('by a name: short ones first, and by what columns are called on the page', () => {
    const names = (typed: string): string[] =>
      namesFor(typed, (column) => (column === 'role' ? '役割' : column)).map(({ insert }) => insert);
    expect(names('re').slice(0, 3)).toEqual(['resource:', 'region:', 'request:']);
    expect(names('役')).toEqual(['role:']);
    expect(names('readonl')).toEqual(['readOnly:', 'readonly ']);
    expect(names('xyz')).toEqual([]);
    const found = inWorkAt('-ev', 3);
    const [name] = namesFor('ev', () => '');
    expect(found?.kind === 'name' && name && withName('-ev', found, name)).toEqual({ text: '-event:', caret: 7 });
  });
});
