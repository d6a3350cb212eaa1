/** Numbers and addresses that say who or where, in every place of an event and in every form: none is left. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { JsonRedactor } from '#scripts/redact/json-redactor.js';
import { Pseudonyms } from '#scripts/redact/pseudonyms.js';
import { Redactor } from '#scripts/redact/redactor.js';
import { REDACTABLE, type Redactable } from '#shared/model/redaction.js';
import { everythingIn } from '../support/everything-in.js';
import { report } from '../support/pipeline-run.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const ALL = Object.keys(REDACTABLE) as Redactable[];

function redacted(value: unknown, what: readonly Redactable[] = ALL): unknown {
  return JSON.parse(new JsonRedactor(new Redactor(what, new Pseudonyms())).redact(JSON.stringify(value)));
}

/** Texts that are originals by their form. */
const TEXTS = [
  ...['+12125550123', '+1 212 555 0124', '+49 (0)30 901820', '(212) 555-0125', '212-555-0126', '212.555.0127'],
  ...[
    '1-212-555-0128',
    '0049 30 9018201',
    '030/9018202',
    '03-1234-5678',
    '090-1234-5679',
    '020 7946 0958',
    '12125550129',
  ],
  ...['02:42:ac:11:00:02', '00:16:36:11:22:33', '02-42-AC-11-00-03', '0242.ac11.0004', '02:42:ac:ff:fe:11:00:05'],
  ...['3405803880', '2886729729', '203.0.113.9', '198.51.100.0/24', '203.0.113.10:8443'],
  ...['2001:db8:11:22:33:44:55:66', '2001:db8::17', '2001:DB8:0:12::/64', '::ffff:203.0.113.11', 'fe80::17%eth0'],
  ...['64:ff9b::203.0.113.12', '[2001:db8::18]:8443', 'rosebud+aws@xanadu.example', 'ledger-7.xanadu.example'],
  ...['4111111111111111', '4111 1111 1111 1111', '5500-0000-0000-0004', '378282246310005'],
  ...['52.520008,13.404954', '-33.868820, 151.209290', '52°31′12″N'],
  ...['777788889999', '12345678901'],
];
/** What must not be left of a text: it all, without a size or a port behind it. */
const rest = (text: string): string => text.replace(/(?<=[.:].*)\/\d+$|(?<=\.\d+|\]):\d+$/, '').toLowerCase();

const PLACES = 'name value key description type host source phone ip comment id arn clientToken detail'.split(' ');
const COLUMNS =
  'sourceIPAddress userAgent vpcEndpointId serviceEventDetails requestParameters responseElements additionalEventData'.split(
    ' ',
  );
const IDENTITY = 'principalId arn accountId accessKeyId userName invokedBy identityProvider'.split(' ');
const MESSAGES: readonly ((text: string) => string)[] = [
  (text) => `The value ${text} is not valid.`,
  (text) => `User ${text}: denied (${text}), "${text}" from ${text}.`,
];

/** Numbers of JSON that say who or where under their keys. */
const NUMBERS: readonly (readonly [key: string, number: number])[] = [
  ['accountId', 123456789017],
  ['ownerId', 98765432107],
  ['account', 1234567907],
  ['registryId', 444455556667],
  ['anything', 444455557777],
  ['AWS', 44445555666],
  ['userId', 777700001111],
  ['phoneNumber', 12125550177],
  ['sourceIp', 3405803887],
  ['ipAddress', 167772167],
  ['macAddress', 2485377892357],
  ['cardNumber', 4000056655665556],
  ['anything', 5555555555554444],
  ['latitude', 52.520117],
  ['lng', -122.332117],
  ['Position', 13.404917],
];

test('no phone number, address, card, place or account is left anywhere', async () => {
  const events = TEXTS.flatMap((text) => [
    ...COLUMNS.map((column) => ({ [column]: text })),
    { requestParameters: Object.fromEntries(PLACES.map((key) => [key, [text, { Value: text }]])) },
    { requestParameters: { tags: { [text]: text }, text: JSON.stringify({ [text]: [text] }) } },
    {
      requestParameters: {
        items: encodeURIComponent(JSON.stringify([text])),
        url: `https://${text}/${text}?x=${text}`,
      },
    },
    { userIdentity: { type: 'IAMUser', ...Object.fromEntries(IDENTITY.map((key) => [key, text])) } },
    { requestParameters: { arn: `arn:aws:iot:eu-west-1:111122223333:thing/${text}`, path: `s3://x/${text}` } },
    { resources: [{ ARN: text, accountId: text }], tlsDetails: { clientProvidedHostHeader: text } },
    ...MESSAGES.map((message) => ({ errorCode: 'AccessDenied', errorMessage: message(text) })),
  ]);
  const numbered = NUMBERS.flatMap(([key, number]) => [
    { requestParameters: { [key]: number, list: { [key]: [number] }, text: JSON.stringify({ [key]: number }) } },
    { responseElements: { [key]: String(number), items: [{ [key]: number }] } },
    { serviceEventDetails: { [key]: number }, additionalEventData: { [key]: number } },
  ]);
  const log = logFile(...[...events, ...numbered].map((fields, index) => record(index, fields)));
  const folder = temporaryFolder({ 'logs/x.json': log });
  const finished = await report([path.join(folder, 'logs'), '--redact'], path.join(folder, 'out'));
  const whole = (await everythingIn(finished)).join('\n');
  const originals = [...TEXTS.map(rest), ...NUMBERS.map(([, number]) => String(number))];
  const left = originals.filter((original) => whole.includes(original));
  // With what stands around, to see where.
  expect(left.map((original) => whole.slice(whole.indexOf(original) - 60).slice(0, 120))).toEqual([]);
});

test('an account has one pseudonym as a text, as a number, and as a number without its first zeros', () => {
  expect(
    redacted({
      accountId: '001234567890',
      ownerId: 1234567890,
      account: '1234567890',
      other: [1234567890, 111122223333],
    }),
  ).toEqual({ accountId: 'account-1', ownerId: 'account-1', account: 'account-1', other: ['account-1', 'account-2'] });
  expect(new JsonRedactor(new Redactor(ALL, new Pseudonyms())).redact('{"accountId":1.11122223333E11,"x":1.5e3}')).toBe(
    '{"accountId":"account-1","x":1.5e3}',
  );
});

test.each([
  {
    startTime: 1_741_000_000,
    endTime: 1_741_000_000_000,
    notAfter: '2051222400',
    createdAt: '1741000000000',
    ttl: 86_400,
  },
  {
    bytesTransferredIn: 123_456_789_012,
    size: 5_368_709_120,
    maxSize: '5368709120',
    memory: 4096,
    count: 3_405_803_880,
  },
  { fromPort: 22, toPort: 65_535, port: '8443', code: 16, cidrIp: '0.0.0.0/0', maxAccounts: 5000, accounts: 12 },
  { requestId: '9b2f0c1d-1111-4222-8333-0123456789ab', date: '20250303', version: '2012-10-17', runtime: '3.11.4' },
  { weight: 0.25, position: 3, threshold: 99.95, timestamp: '1741000000', since: '2025-03-03T10:20:30.123+01:00' },
])('what counts, measures or dates stays: %j', (value) => {
  expect(redacted(value)).toEqual(value);
});

test('only what is asked for is replaced', () => {
  const value = { accountId: 11_122_223_333, from: '02:42:ac:11:00:02', ip: 3_405_803_880, phone: '+12125550123' };
  expect(redacted(value, ['addresses'])).toEqual({ ...value, from: 'mac-1', ip: 'ip-1' });
  expect(redacted(value, ['accounts'])).toEqual({ ...value, accountId: 'account-1' });
  expect(redacted('reached ::ffff:203.0.113.9, 203.0.113.9.', ['addresses'])).toBe('reached ip-1, ip-2.');
});
