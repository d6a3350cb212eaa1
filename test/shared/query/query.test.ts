import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLUMNS } from '#shared/model/columns.js';
import { MAX_LENGTH, MAX_TERMS, MAX_WORDS, type Query, type QueryNode } from '#shared/query/ast.js';
import {
  hasClauses,
  timeSpanOf,
  toggleClauses,
  toggleExcluded,
  toggleValue,
  withTimeSpan,
  withValues,
} from '#shared/query/edit.js';
import { columnOf, fieldNameOf } from '#shared/query/fields.js';
import { parseQuery } from '#shared/query/parse.js';
import { printQuery } from '#shared/query/print.js';

function parsed(text: string): Query {
  const result = parseQuery(text);
  if ('fault' in result) throw new Error(`${text}: ${result.fault.code} at ${String(result.fault.at)}`);
  return result.query;
}

const word = (text: string, quoted = false): QueryNode => ({ kind: 'word', text, quoted });
const field = (name: string, text: string, quoted = false): QueryNode => ({ kind: 'field', field: name, text, quoted });

const regex = (source: string, name?: string): QueryNode => ({ kind: 'regex', field: name, source });

test('the example of every kind of term is read', () => {
  const example =
    'deploy-bot -readonly service:ec2 event:Terminate* ip:203.0.113.0/24 time:>=2025-03-03 error:* "i-0abc" /Delete(Vpc|Subnet)/';
  expect(
    parsed(example)
      .map(({ kind }) => kind)
      .join(' '),
  ).toBe('word not field field field time field word regex');
});

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
    // A regular expression ends at its slash; a path goes on behind one.
    ['/Delete(Vpc|Subnet)/ x', [regex('Delete(Vpc|Subnet)'), word('x')]],
    ['/access denied/', [regex('access denied')]],
    ['event:/^Delete/|event:/x/i', [{ kind: 'or', of: [regex('^Delete', 'eventName'), regex('x', 'eventName')] }]],
    [String.raw`-(/a\/b/ /c/)`, [{ kind: 'not', of: { kind: 'and', of: [regex(String.raw`a\/b`), regex('c')] } }]],
    ['/aws/lambda/fn resource:/dev/sda1', [word('/aws/lambda/fn'), field('resources', '/dev/sda1')]],
    ['/aws/lambda/ //', [word('/aws/lambda/'), word('//')]],
    ['"/x/"', [word('/x/', true)]],
    // Flags are words by themselves.
    ['-readonly', [{ kind: 'not', of: { kind: 'flag', flag: 'readonly' } }]],
    [
      'ReadOnly "readonly" readonlyaccess',
      [{ kind: 'flag', flag: 'readonly' }, word('readonly', true), word('readonlyaccess')],
    ],
    ['-error:*', [{ kind: 'not', of: field('errorCode', '*') }]],
    [
      'ip:203.0.113.0/24 from:2001:db8::/32',
      [field('sourceIPAddress', '203.0.113.0/24'), field('sourceIPAddress', '2001:db8::/32')],
    ],
    ['ip:"1.2.3.4/99"', [field('sourceIPAddress', '1.2.3.4/99', true)]],
    ['time:2025-03-03..2025-03-04', [{ kind: 'time', operator: '..', text: '2025-03-03', until: '2025-03-04' }]],
    [
      'time:"2025-03-03 14:00..2025-03-04 02"',
      [{ kind: 'time', operator: '..', text: '2025-03-03 14:00', until: '2025-03-04 02' }],
    ],
    [
      'time:2025-03.. time:..2025-04',
      [
        { kind: 'time', operator: '>=', text: '2025-03' },
        { kind: 'time', operator: '<=', text: '2025-04' },
      ],
    ],
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
    ['time:2025-03-03..x', 'time-invalid', 17],
    ['time:2025-03-04..2025-03-03', 'time-order', 17],
    ['time:>=2025..2026', 'time-invalid', 7],
    ['ip:10.0.0.0/33', 'address-invalid', 3],
    ['ip:2001:db8::/', 'address-invalid', 3],
    ['a /Delete', 'regex-open', 2],
    ['event:/Delete(Vpc', 'regex-open', 6],
    ['/a(b/', 'regex-invalid', 2],
    [String.raw`/(a)\1/`, 'regex-invalid', 4],
  ])('%s is a fault, with its place', (text, code, at) => {
    expect(parseQuery(text)).toEqual({ fault: { code, at } });
  });
});

/** Text that is likely to meet the grammar's edges. */
const edgy = fc.string({
  unit: fc.constantFrom(
    ...'a b : * ? | ( ) " - \\ > = < . / [ ] + ^ { 1'.split(' '),
    ' ',
    'who:',
    'ip:',
    'outcome:',
    'time:',
    'arn:aws:',
    '2025-03',
    '..',
    '10.0.0.0/8',
    'readonly',
    'é',
  ),
});

test('no text makes the parser throw, and what it prints of a query is read back as the same query', () => {
  fc.assert(
    fc.property(edgy, (text) => {
      const result = parseQuery(text);
      if ('fault' in result) expect(result.fault.at).toBeLessThanOrEqual(text.length);
      else expect(parsed(printQuery(result.query))).toEqual(result.query);
    }),
    { numRuns: 100_000 },
  );
});

describe('a query is bounded', () => {
  const code = (text: string): string | undefined => {
    const result = parseQuery(text);
    return 'fault' in result ? result.fault.code : undefined;
  };
  const terms = (count: number, term: (i: number) => string, separator = ' '): string =>
    Array.from({ length: count }, (_, i) => term(i)).join(separator);

  test.each([
    ['characters', 'too-long', MAX_LENGTH, (count: number) => 'a'.repeat(count)],
    ['characters in quotes', 'too-long', MAX_LENGTH, (count: number) => `"${'é'.repeat(count - 2)}"`],
    ['terms', 'too-many-terms', MAX_TERMS, (count: number) => terms(count, (i) => `ip:10.0.${String(i)}`)],
    ['alternatives', 'too-many-terms', MAX_TERMS, (count: number) => terms(count, (i) => `who:${String(i)}`, '|')],
    ['times', 'too-many-terms', MAX_TERMS, (count: number) => terms(count, () => '-time:2025')],
    ['words', 'too-many-words', MAX_WORDS, (count: number) => terms(count, (i) => `w${String(i)}`)],
    ['words in groups', 'too-many-words', MAX_WORDS, (count: number) => `(${terms(count, () => '(-a)', '|')})`],
    ['expressions', 'too-many-words', MAX_WORDS, (count: number) => terms(count, (i) => `event:/${String(i)}/`)],
    ['terms about text', 'too-many-words', MAX_WORDS, (count: number) => terms(count, () => 'request:x')],
    ['resources', 'too-many-words', MAX_WORDS, (count: number) => terms(count, () => 'resource:"i-1"', '|')],
  ])('in its %s', (_, fault, most, text) => {
    expect(code(text(most))).toBeUndefined();
    expect(code(text(most + 1))).toBe(fault);
    expect(code(text(20_000))).toBe('too-long');
  });

  test('a fault names the first term that is too much', () => {
    const text = terms(MAX_WORDS, () => 'a');
    expect(parseQuery(`who:x ${text} b c`)).toEqual({
      fault: { code: 'too-many-words', at: `who:x ${text} `.length },
    });
  });

  test('no text makes its reader read any place of it more than a few times for each of its terms', () => {
    /** Text that counts how many characters are looked at one by one or cut out of it. */
    const reads = (text: string): number => {
      let count = 0;
      const counting = new Proxy(Object(text) as object, {
        get: (of, key) => {
          if (key === 'length') return text.length;
          if (key === 'slice')
            return (from: number, to: number = text.length) => {
              count += Math.max(0, Math.min(to, text.length) - from);
              return text.slice(from, to);
            };
          if (typeof key === 'string' && /^\d+$/.test(key)) count++;
          return Reflect.get(of, key) as unknown;
        },
      });
      parseQuery(counting as unknown as string);
      return count;
    };
    fc.assert(
      fc.property(
        fc.constantFrom('a ', '(', ')', '-', '|', '"', '/', 'a/', 'ip:1 ', '\\', ' ', '/a/ ', '/a/b ', 'time:2025 '),
        edgy,
        (unit, rest) => {
          const text = (unit.repeat(MAX_LENGTH) + rest).slice(0, MAX_LENGTH);
          expect(reads(text)).toBeLessThan(MAX_LENGTH * (MAX_WORDS + 60));
          expect(reads(text + text.slice(0, 1))).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('clauses mean the same in any order, and without one another', () => {
  fc.assert(
    fc.property(edgy, (text) => {
      const result = parseQuery(text);
      if ('fault' in result) return;
      const reversed = [...result.query].reverse();
      expect(parsed(printQuery(reversed))).toEqual(reversed);
      for (const clause of result.query) expect(parsed(printQuery([clause]))).toEqual([clause]);
    }),
    { numRuns: 10_000 },
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

  test('several values are chosen at once, and none means any', () => {
    expect(printQuery(withValues(parsed('x who:alice y'), 'actor', ['bob', 'carol d']))).toBe(
      'x who:bob|who:"carol d" y',
    );
    expect(printQuery(withValues(parsed('x who:alice y'), 'actor', []))).toBe('x y');
  });

  test('a value is left out, and let in again', () => {
    expect(printQuery(toggleExcluded(parsed('x'), 'actor', 'bob'))).toBe('x -who:bob');
    expect(printQuery(toggleExcluded(parsed('-who:BOB x'), 'actor', 'bob'))).toBe('x');
  });

  test('several clauses come and go together', () => {
    const question = parsed('event:/^Delete/ -outcome:error');
    const with_ = toggleClauses(parsed('alice -outcome:error'), question);
    expect(printQuery(with_)).toBe('alice event:/^Delete/ -outcome:error');
    expect(hasClauses(with_, question)).toBe(true);
    expect(printQuery(toggleClauses(with_, question))).toBe('alice');
  });

  test('of spans of time the last one stays', () => {
    expect(printQuery(toggleClauses(parsed('time:<2025 a'), parsed('time:>=2025-03-09')))).toBe('a time:>=2025-03-09');
  });

  test('the span of a query is what all its times leave', () => {
    expect(timeSpanOf(parsed('time:2025-03-03..2025-03-04 time:>=2025-03-04T12'))).toEqual({
      from: Date.UTC(2025, 2, 4, 12),
      to: Date.UTC(2025, 2, 5),
    });
    expect(timeSpanOf(parsed('a'))).toBeUndefined();
    expect(printQuery(withTimeSpan(parsed('a'), { from: Date.UTC(2025, 0), to: Infinity }))).toBe(
      'a time:>=2025-01-01',
    );
  });
});
