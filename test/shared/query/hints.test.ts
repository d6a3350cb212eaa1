import { describe, expect, test } from 'vitest';
import { hintsFor } from '#shared/query/hints.js';
import { parseQuery } from '#shared/query/parse.js';
import { printNode, printQuery } from '#shared/query/print.js';

/** The hints for a query where these terms, and no others, find events. */
function hints(text: string, found: (term: string) => boolean): string[] {
  const result = parseQuery(text);
  if ('fault' in result) throw new Error(result.fault.code);
  return hintsFor(result.query, (node) => found(printNode(node))).map((hint) => {
    if ('query' in hint) return `try ${printQuery(hint.query)}`;
    return `${hint.kind} ${hint.kind === 'operator' ? hint.word : hint.name}`;
  });
}

const beginningsOnly = (term: string): boolean => term.endsWith('*');

describe('a query that found nothing', () => {
  test.each<[string, string[]]>([
    ['who:ali', ['try who:ali*']],
    ['x (who:ali region:eu)|y', ['try x (who:ali* region:eu)|y', 'try x (who:ali region:eu*)|y']],
    ['actor:alice foo:bar', ['try who:alice* foo:bar', 'no-column foo']],
    ['alice AND bob', ['operator AND']],
    ['alice or bob or carol', ['operator or']],
  ])('%s is explained', (text, expected) => {
    expect(hints(text, beginningsOnly)).toEqual(expected);
  });

  test.each([
    'alice',
    'who:ali*',
    'who:"a b"',
    'message:denied',
    '-who:ali',
    'mfa:yes',
    'time:2025',
    '"foo:bar" "AND"',
  ])('%s is as it should be written', (text) => {
    expect(hints(text, beginningsOnly)).toEqual([]);
  });

  test.each(['arn:aws:iam::111111111111:user/x', 'https://example.com/', '10:30', '2001:db8::1'])(
    '%s names no column and means none',
    (text) => {
      expect(hints(text, beginningsOnly)).toEqual([]);
    },
  );

  test('is not blamed on a term that finds events, nor on one whose beginning finds none either', () => {
    expect(hints('who:alice event:Nothing', (term) => term !== 'event:Nothing')).toEqual([
      'try who:alice event:Nothing*',
    ]);
    expect(hints('who:alice event:Nothing', (term) => term.startsWith('who:'))).toEqual([]);
  });

  test('may suggest a range of addresses', () => {
    const finds = (term: string): boolean => term === 'from:10.0.0.0/8';
    expect(hints('10.0.0.0/8 x', finds)).toEqual(['try from:10.0.0.0/8 x']);
    expect(hints('10.0.0.0/16', finds)).toEqual([]);
    expect(hints('"10.0.0.0/8"', finds)).toEqual([]);
  });
});

test('of a long query only the first terms are looked for', () => {
  let looked = 0;
  const text = Array.from({ length: 500 }, (_, i) => `who:a${String(i)}`).join('|');
  const found = hints(text, (term) => {
    looked++;
    return beginningsOnly(term);
  });
  expect(found.length).toBeGreaterThan(3);
  expect(looked).toBeLessThan(100);
});
