import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIELD_NAMES } from '#scripts/cloudtrail/record-fields.js';
import { RecordScanner } from '#scripts/cloudtrail/record-scanner.js';
import { spacedJson } from '../support/json-values.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

interface Told {
  /** Each record's known fields, parsed. */
  readonly records: Record<string, unknown>[];
  notObjects: number;
  damages: number;
}

function scan(log: string | Uint8Array): Told {
  const told: Told = { records: [], notObjects: 0, damages: 0 };
  const scanner: RecordScanner = new RecordScanner({
    record(bytes) {
      const fields = FIELD_NAMES.flatMap((name, i) => {
        const start = scanner.starts[i] as number;
        if (start === 0) return [];
        return [[name, JSON.parse(decoder.decode(bytes.slice(start, scanner.ends[i]))) as unknown] as const];
      });
      told.records.push(Object.fromEntries(fields));
    },
    text: () => undefined,
    notObject: () => told.notObjects++,
    unclear: () => undefined,
    damaged: () => told.damages++,
  });
  scanner.scan(typeof log === 'string' ? encoder.encode(log) : log);
  return told;
}

const FIELDS = [
  'userIdentity',
  'eventName',
  'requestParameters',
  'responseElements',
  'eventID',
  'resources',
  'readOnly',
  'tlsDetails',
];
const UNREAD = ['edgeDeviceDetails', 'insightDetails', 'eventNam', 'EventName', '', '__proto__', 'constructor'];
const space = fc.constantFrom('', '', ' ', '\n', '\r\n\t');

/** A record's text, with white space and unread fields, and what its read fields are. */
const record = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...FIELDS, ...UNREAD), spacedJson, space), { maxLength: 6 }),
    fc.nat(6),
    space,
  )
  .map(([members, place, between]) => {
    const texts = members.map(([name, { spaced }, gap]) => `${gap}"${name}"${gap}:${gap}${spaced}${gap}`);
    // Without it nothing is an event.
    texts.splice(place, 0, '"eventTime":"2024-05-01T10:00:00Z"');
    const text = `{${texts.join(`,${between}`)}${between}}`;
    const known = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return { text, fields: Object.fromEntries(known.filter(([name]) => ['eventTime', ...FIELDS].includes(name))) };
  });
const records = fc.array(record, { maxLength: 5 });

/** What records come in. */
const SHAPES: Readonly<Record<string, (texts: readonly string[], gap: string) => string>> = {
  records: (texts, gap) => `{${gap}"Records"${gap}:${gap}[${gap}${texts.join(`${gap},${gap}`)}${gap}]${gap}}${gap}`,
  array: (texts, gap) => `${gap}[${gap}${texts.join(`,${gap}`)}${gap}]`,
  'one after another': (texts, gap) => texts.join(`\n${gap}`),
  'with a byte order mark': (texts) => `\ufeff${texts.join('')}`,
  'a list without brackets': (texts, gap) => texts.join(`,${gap}\n`),
  'a Records object a line': (texts) => texts.map((text) => `{"Records":[${text}]}`).join('\r\n'),
  'lookup-events': (texts) =>
    JSON.stringify({ Events: texts.map((text) => ({ EventId: 'x', CloudTrailEvent: text })) }),
  'filter-log-events': (texts) => JSON.stringify({ events: texts.map((message) => ({ message, timestamp: 1 })) }),
  'a subscription of log files': (texts) =>
    texts
      .map((text) => JSON.stringify({ owner: 'x', logEvents: [{ id: '1', message: `{"Records":[${text}]}` }] }))
      .join(''),
};

test.each(Object.keys(SHAPES))('every record and its fields are found, whatever the white space: %s', (shape) => {
  fc.assert(
    fc.property(records, space, (list, gap) => {
      const log = (SHAPES[shape] as (typeof SHAPES)[string])(
        list.map(({ text }) => text),
        gap,
      );
      expect(scan(log)).toEqual({ records: list.map(({ fields }) => fields), notObjects: 0, damages: 0 });
    }),
    { numRuns: 60 },
  );
});

test('a log that ends early loses no record before its end', () => {
  fc.assert(
    fc.property(records, fc.nat(), (list, place) => {
      // A line that begins with an object is where reading goes on after a damage.
      const texts = list.map(({ text }) => text.replaceAll('\n{', '\n {'));
      const log = encoder.encode(`{"Records":[${texts.join(',\n')}]}`);
      const cut = place % (log.length + 1);
      const told = scan(log.subarray(0, cut));
      const whole = texts.filter(
        (_, i) => encoder.encode(`{"Records":[${texts.slice(0, i + 1).join(',\n')}`).length <= cut,
      );
      expect(told.records).toEqual(list.slice(0, whole.length).map(({ fields }) => fields));
      expect(told.damages).toBe(cut === 0 || cut === log.length ? 0 : 1);
    }),
  );
});

test('a damaged byte never makes it throw, and loses no record before it', () => {
  fc.assert(
    fc.property(records, fc.nat(), fc.nat(255), fc.boolean(), (list, place, byte, lines) => {
      const texts = list.map(({ text }) => (lines ? text.replace(/\s/g, '') : text));
      const log = encoder.encode(lines ? texts.join('\n') : `{"Records":[${texts.join(',')}]}`);
      const at = place % (log.length || 1);
      log[at] = byte;
      const scanner = new RecordScanner({
        record: () => found++,
        text: () => undefined,
        notObject() {
          // Counted elsewhere.
        },
        unclear() {
          // Counted elsewhere.
        },
        damaged() {
          // Counted elsewhere.
        },
      });
      let found = 0;
      scanner.scan(log);
      const opening = lines ? '' : '{"Records":[';
      const separator = lines ? '\n' : ',';
      const before = texts.filter(
        (_, i) => encoder.encode(opening + texts.slice(0, i + 1).join(separator)).length <= at,
      );
      expect(found).toBeGreaterThanOrEqual(before.length);
    }),
    { numRuns: 500 },
  );
});

test('after a bad line of JSON lines the next line is read, whatever is wrong with the bad one', () => {
  const good = '{"eventTime":"a"}';
  const bad = [
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":[1,2}',
    '{"a":"',
    '{"Records":[{"eventTime":"b"},{]}',
    '{"a":1}}',
    '"',
    '[{]',
  ];
  for (const line of bad) {
    const { records: found, damages } = scan(`${good}\n${line}\n${good}\n`);
    expect({ line, good: found.filter(({ eventTime }) => eventTime === 'a').length }).toEqual({ line, good: 2 });
    expect(damages).toBeGreaterThan(0);
  }
});

test('members of a list that are no objects are told, each by itself', () => {
  expect(scan('{"Records":[1,"a",null,[{"eventTime":"x"}],{"eventTime":"y"}]}')).toMatchObject({
    notObjects: 4,
    records: [{ eventTime: 'y' }],
  });
});

test('the last of two fields with one name counts, as for JSON.parse', () => {
  expect(scan('{"eventTime":"a","eventName":"x","eventTime":"b","eventN\\u0061me":"y"}').records).toEqual([
    { eventTime: 'b', eventName: 'y' },
  ]);
});

test('an envelope in an envelope in an envelope is opened, but not without end', () => {
  const event = '{"eventTime":"a"}';
  const wrapped = (times: number): string => {
    let text = event;
    for (let i = 0; i < times; i++) text = JSON.stringify({ message: text });
    return text;
  };
  expect(scan(wrapped(3)).records).toHaveLength(1);
  expect(scan(wrapped(15))).toMatchObject({ records: [], damages: 1 });
});

test('the same identity is recognized, and never confused with another', () => {
  const identity = fc.record({
    type: fc.constantFrom('A', 'B'),
    arn: fc.constantFrom('x', 'y'.repeat(300), 'z'.repeat(1100)),
  });
  fc.assert(
    fc.property(fc.array(identity, { maxLength: 30 }), (identities) => {
      const log = identities.map((userIdentity) => JSON.stringify({ eventTime: 't', userIdentity })).join('\n');
      expect(scan(log).records.map(({ userIdentity }) => userIdentity)).toEqual(identities);
    }),
  );
});
