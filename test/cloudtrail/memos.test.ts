/** What the scanner remembers of earlier records must never change what it tells of a later one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIELD_NAMES } from '#scripts/cloudtrail/record-fields.js';
import { RecordScanner } from '#scripts/cloudtrail/record-scanner.js';

const decoder = new TextDecoder();

/** Every record as [field, JSON text] pairs, and the text of each identity by the number it was given. */
function told(log: string): {
  records: Record<string, string>[];
  identities: Map<number, Set<string>>;
  unclear: number;
} {
  const records: Record<string, string>[] = [];
  const identities = new Map<number, Set<string>>();
  let unclear = 0;
  const scanner: RecordScanner = new RecordScanner({
    record(bytes) {
      const record: Record<string, string> = {};
      FIELD_NAMES.forEach((name, field) => {
        const start = scanner.starts[field] as number;
        if (start > 0) record[name] = decoder.decode(bytes.subarray(start, scanner.ends[field]));
      });
      records.push(record);
      const { identityNumber } = scanner;
      if (identityNumber === 0) return;
      const texts = identities.get(identityNumber) ?? new Set();
      identities.set(identityNumber, texts.add(record['userIdentity'] as string));
    },
    text: () => undefined,
    notObject() {
      throw new Error('all records are objects');
    },
    unclear() {
      unclear++;
    },
    damaged() {
      throw new Error('nothing is damaged');
    },
  });
  scanner.scan(new TextEncoder().encode(log));
  return { records, identities, unclear };
}

const ENDINGS = ['', '"sharedEventID":"s"', `"serviceEventDetails":{"long":"${'x'.repeat(600)}"}`].map((more) =>
  ['"eventType":"AwsApiCall"', '"recipientAccountId":"111122223333"', ...(more === '' ? [] : [more])].join(','),
);
const ENDING_FIELDS = ['eventType', 'recipientAccountId', 'sharedEventID', 'serviceEventDetails'];
const identity = (key: string): string =>
  `{"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/r/s","accessKeyId":"${key}"}`;

const field = fc.constantFrom('eventName', 'awsRegion', 'eventSource', 'userIdentity', 'errorCode', 'requestID');
const value = (name: string): fc.Arbitrary<string> =>
  name === 'userIdentity'
    ? fc.constantFrom('A', 'B', 'C').map(identity)
    : fc.constantFrom('"us-east-1"', '"ec2.amazonaws.com"', '"say \\"hi\\""', 'null', '12.0', '{"a":[1,"}"]}');
const space = fc.constantFrom('', '', '', ' ', '\n');
const member = fc
  .tuple(
    field.chain((name) => fc.tuple(fc.constant(name), value(name))),
    space,
    space,
  )
  .map(([[name, json], before, after]) => ({ name, json, text: `${before}"${name}"${after}:${json}` }));
const record = fc.tuple(fc.array(member, { maxLength: 8 }), fc.option(fc.constantFrom(...ENDINGS), { nil: undefined }));

test('records in any order of keys, with any endings and identities, are told as JSON.parse reads them', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 30 }), (all) => {
      const texts = all.map(([members, ending]) =>
        [
          '"eventTime":"2025-01-01T00:00:00Z"',
          ...members.map(({ text }) => text),
          ...(ending === undefined ? [] : [ending]),
        ].join(','),
      );
      const { records, identities } = told(`{"Records":[${texts.map((text) => `{${text}}`).join(',')}]}`);
      expect(records.length).toBe(all.length);
      records.forEach((found, i) => {
        const [members, ending] = all[i] as (typeof all)[number];
        const expected = Object.fromEntries(members.map(({ name, json }) => [name, json]));
        const inEnding = ending === undefined ? [] : ENDING_FIELDS.filter((name) => ending.includes(`"${name}"`));
        expect(Object.keys(found).sort()).toEqual([...Object.keys(expected), 'eventTime', ...inEnding].sort());
        for (const [name, json] of Object.entries(expected)) expect(found[name]).toBe(json);
      });
      for (const same of identities.values()) expect(same.size).toBe(1);
    }),
    { numRuns: 300 },
  );
});

test('an ending too long to remember does not empty one that was remembered', () => {
  const [short, , long] = ENDINGS as [string, string, string];
  const head = '"eventTime":"2025-01-01T00:00:00Z","eventSource":"ec2.amazonaws.com","awsRegion":"us-east-1"';
  const { records } = told(`{"Records":[{${head},${short}},{${head},${long}},{${head},${short}}]}`);
  expect(records.map((found) => found['eventType'])).toEqual(Array.from({ length: 3 }, () => '"AwsApiCall"'));
});

test('a list of records that ends as a record does is not told as one', () => {
  const [ending] = ENDINGS as [string];
  const head = '"eventTime":"2025-01-01T00:00:00Z","eventSource":"ec2.amazonaws.com","awsRegion":"us-east-1"';
  const member = `{${head},${ending}}`;
  expect(told(`{"Records":[${member},${member}],"eventID":"ghost",${ending}}`).records.length).toBe(2);
});

test('an object that is a list of records and an event is counted as unclear, after its records', () => {
  const { records, unclear } = told('{"events":[{"eventTime":"a"}],"eventTime":"b","eventName":"c"}');
  expect([records.length, unclear]).toEqual([1, 1]);
});
