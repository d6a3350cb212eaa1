import { describe, expect, test } from 'vitest';
import { hintsFor } from '../../../scripts/shared/query/hints.js';
import { parseQuery } from '../../../scripts/shared/query/parse.js';
import { printQuery } from '../../../scripts/shared/query/print.js';

function hints(text: string): string[] {
  const result = parseQuery(text);
  if ('fault' in result) throw new Error(result.fault.code);
  return hintsFor(result.query).map((hint) => {
    if (hint.kind === 'whole') return `try ${printQuery(hint.query)}`;
    return `${hint.kind} ${hint.kind === 'operator' ? hint.word : hint.name}`;
  });
}

describe('a query that found nothing', () => {
  test.each<[string, string[]]>([
    ['who:ali', ['try who:ali*']],
    ['x (who:ali region:eu)|y', ['try x (who:ali* region:eu)|y', 'try x (who:ali region:eu*)|y']],
    ['actor:alice foo:bar', ['try who:alice* foo:bar', 'no-column foo']],
    ['alice AND bob', ['operator AND']],
    ['alice or bob or carol', ['operator or']],
  ])('%s is explained', (text, expected) => {
    expect(hints(text)).toEqual(expected);
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
    expect(hints(text)).toEqual([]);
  });

  test.each(['arn:aws:iam::111111111111:user/x', 'https://example.com/', '10:30', '2001:db8::1'])(
    '%s names no column and means none',
    (text) => {
      expect(hints(text)).toEqual([]);
    },
  );
});
