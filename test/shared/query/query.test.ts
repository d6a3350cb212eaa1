import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLUMNS } from '../../../scripts/shared/columns.js';
import type { Query, QueryNode } from '../../../scripts/shared/query/ast.js';
import { toggleValue, withTimeSpan } from '../../../scripts/shared/query/edit.js';
import { columnOf, fieldNameOf } from '../../../scripts/shared/query/fields.js';
import { parseQuery } from '../../../scripts/shared/query/parse.js';
import { printQuery } from '../../../scripts/shared/query/print.js';

function parsed(text: string): Query {
  const result = parseQuery(text);
  if ('fault' in result) throw new Error(`${text}: ${result.fault.code} at ${String(result.fault.at)}`);
  return result.query;
}

const word = (text: string, quoted = false): QueryNode => ({ kind: 'word', text, quoted });
const field = (name: string, text: string, quoted = false): QueryNode => ({ kind: 'field', field: name, text, quoted });

describe('a query is read', () => {
  test.each<[string, Query]>([
    ['', []],
    ['  alice   bob ', [word('alice'), word('bob')]],
    ['"access denied"', [word('access denied', true)]],
    [String.raw`"say \"hi\" \\ \n"`, [word(String.raw`say "hi" \ \n`, true)]],
    ['who:alice', [field('actor', 'alice')]],
    ['WHO:alice', [field('actor', 'alice')]],
    ['eventname:Run*', [field('eventName', 'Run*')]],
    ['error:""', [field('errorCode', '', true)]],
    ['-who:alice', [{ kind: 'not', of: field('actor', 'alice') }]],
    ['a|b c', [{ kind: 'or', of: [word('a'), word('b')] }, word('c')]],
    ['a | b', [{ kind: 'or', of: [word('a'), word('b')] }]],
    ['-(a b)', [{ kind: 'not', of: { kind: 'and', of: [word('a'), word('b')] } }]],
    ['time:>=2025-03', [{ kind: 'time', operator: '>=', text: '2025-03' }]],
    ['time:2025-03-06T02:14', [{ kind: 'time', operator: 'in', text: '2025-03-06T02:14' }]],
    // What looks like a field but is none is text to look for.
    ['arn:aws:iam::123456789012:user/alice', [word('arn:aws:iam::123456789012:user/alice')]],
    ['arn:*alice', [field('arn', '*alice')]],
    ['s3:GetObject 2001:db8::1 10:30', [word('s3:GetObject'), word('2001:db8::1'), word('10:30')]],
    ['- a-b', [word('-'), word('a-b')]],
  ])('%s', (text, query) => {
    expect(parsed(text)).toEqual(query);
  });

  test.each([
    ['who:alice "run', 'quote-open', 10],
    ['a (b', 'group-open', 2],
    ['a b)', 'group-close', 3],
    ['event:', 'value-missing', 6],
    ['a |', 'or-side', 3],
    ['| a', 'or-side', 0],
    ['a | | b', 'or-side', 4],
    ['time:>=yesterday', 'time-invalid', 7],
    ['time:2025-02-31', 'time-invalid', 5],
    ['('.repeat(60), 'too-deep', 50],
  ])('%s is a fault, with its place', (text, code, at) => {
    expect(parseQuery(text)).toEqual({ fault: { code, at } });
  });
});

/** Text that is likely to meet the grammar's edges. */
const edgy = fc.string({
  unit: fc.constantFrom(
    ...'a b : * ? | ( ) " - \\ > = < .'.split(' '),
    ' ',
    'who:',
    'time:',
    'arn:aws:',
    '2025-03',
    'é',
  ),
});

test('no text makes the parser throw, and what it prints of a query is read back as the same query', () => {
  fc.assert(
    fc.property(edgy, (text) => {
      const result = parseQuery(text);
      if ('query' in result) expect(parsed(printQuery(result.query))).toEqual(result.query);
    }),
    { numRuns: 20_000 },
  );
});

test('every column can be named in a query, by the name that clicks write', () => {
  for (const { name } of COLUMNS) expect(columnOf(fieldNameOf(name))).toBe(name);
});

describe('clicks edit the query', () => {
  const click = (text: string, value: string, add = false): string =>
    printQuery(toggleValue(parsed(text), 'actor', value, add));

  test('a click chooses one value, and takes it back', () => {
    expect(click('', 'alice')).toBe('who:alice');
    expect(click('who:alice', 'bob')).toBe('who:bob');
    expect(click('who:alice', 'alice')).toBe('');
    expect(click('x who:alice y', 'bob')).toBe('x who:bob y');
  });

  test('with Ctrl it adds one, or takes one away', () => {
    expect(click('who:alice', 'bob', true)).toBe('who:alice|who:bob');
    expect(click('who:alice|who:bob', 'alice', true)).toBe('who:bob');
    expect(click('who:alice|who:bob', 'alice')).toBe('who:alice');
  });

  test('what is not a choice of this column stays', () => {
    expect(click('-who:carol who:alice|event:x', 'bob')).toBe('-who:carol who:alice|event:x who:bob');
  });

  test('any value that is clicked is chosen exactly, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), edgy, (a, b) => {
        for (const value of [a, b]) {
          const [node] = parsed(click('', value));
          expect(node).toMatchObject({ kind: 'field', field: 'actor', text: value });
          expect(click(click('', value), value)).toBe('');
        }
      }),
    );
  });

  test('a range of time replaces the one before', () => {
    const span = { from: Date.UTC(2025, 2, 6, 2), to: Date.UTC(2025, 2, 7) };
    const once = withTimeSpan(parsed('time:2025 alice'), span);
    expect(printQuery(once)).toBe('time:>=2025-03-06T02:00 time:<2025-03-07 alice');
    expect(printQuery(withTimeSpan(once, undefined))).toBe('alice');
  });
});
