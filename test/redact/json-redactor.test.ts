/** Texts with pseudonyms are JSON of the same structure, whatever they were. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonRedactor } from '#scripts/redact/json-redactor.js';
import { Pseudonyms } from '#scripts/redact/pseudonyms.js';
import { Redactor } from '#scripts/redact/redactor.js';
import { REDACTABLE, type Redactable } from '#shared/model/redaction.js';

const ALL = Object.keys(REDACTABLE) as Redactable[];

function redactorOf(what: readonly Redactable[] = ALL): JsonRedactor {
  return new JsonRedactor(new Redactor(what, new Pseudonyms()));
}

/** Names and texts as people choose them, none of them a word of AWS's. */
const NAME = fc.stringMatching(/^[a-z]{4,8}zzq[a-z0-9_.@-]{0,12}$/);
const ORIGINAL = fc.oneof(
  NAME,
  NAME.map((name) => `arn:aws:iam::123456789012:user/${name}`),
  NAME.map((name) => `${name}/${name}:2024`),
  NAME.map((name) => JSON.stringify({ Resource: [name, { [name]: name }] })),
  NAME.map((name) => `a "text" by\n${name} – 日本`),
  NAME.map((name) => `https://${name}.example.com/${name}?x=${name}`),
);

/**
 * Without z: a key that held a name's sign by chance would look like one that was left. Without the words that say of a
 * number that it names somebody or a place: such numbers become texts (test/redact/identifying-forms.test.ts).
 */
const KEY = fc
  .stringMatching(/^[a-y][A-Ya-y]{1,10}$/)
  .filter((key) => !/ip|mac|tel|fax|sms|cell|lat|lon|lng|pan|cc|ssn|aws|addr|host|cidr|user|phone|card/i.test(key));

test('every key, list and number stays where it was, and no name does', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      ORIGINAL,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(KEY, tie('value')),
    ),
  })).value;
  fc.assert(
    fc.property(value, (before) => {
      const left = redactorOf().redact(JSON.stringify(before));
      expect(skeleton(JSON.parse(left))).toEqual(skeleton(before));
      // The text inside of text has a name as a key, which nobody knew before.
      expect(left.replaceAll(/\\"[^"\\]*\\":/g, '')).not.toMatch(/[a-z]zzq/);
    }),
  );
});

test('equal texts get equal pseudonyms, different ones different', () => {
  fc.assert(
    fc.property(fc.uniqueArray(NAME, { minLength: 2, maxLength: 30 }), (names) => {
      const redactor = redactorOf();
      const once = redactor.redact(JSON.stringify(names));
      expect(redactor.redact(JSON.stringify(names))).toBe(once);
      expect(new Set(JSON.parse(once) as string[]).size).toBe(names.length);
    }),
  );
});

test.each([
  '{"instanceType":"t3.micro","availabilityZone":"eu-west-1a","maxResults":1000,"big":12345678901234567890,"x":2922.0}',
  '{"currentState":{"code":48,"name":"terminated"},"state":"available","runtime":"nodejs20.x"}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":["s3:Get*","iam:PassRole"],"Resource":"*"}]}',
  '{"policyArn":"arn:aws:iam::aws:policy/AdministratorAccess","roleName":"AWSServiceRoleForAutoScaling"}',
  '{"ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}}',
  '{"password":"MASKED_BY_CULPRIT","other":"HIDDEN_DUE_TO_SECURITY_REASONS","Service":"lambda.amazonaws.com"}',
  '{"startTime":"2025-03-03T00:00:00Z","endTime":"Mar 3, 2025, 1:00:00 AM","date":"2025-03-03"}',
])('what is nobody’s stays: %s', (json) => {
  expect(redactorOf().redact(json)).toBe(json);
});

test('a random request ID stays, but a chosen one is replaced', () => {
  const random = '"requestId":"9b2f0c1d-1111-4222-8333-abcdefabcdef","clientToken":"4442587FB7D0A2F9"';
  expect(redactorOf().redact(`{${random},"eventId":"ledger-dev","clientRequestToken":"rosebud-2025"}`)).toBe(
    `{${random},"eventId":"name-1","clientRequestToken":"value-1"}`,
  );
});

test('addresses of one network have one number, and what comes behind a slash stays', () => {
  const json = '["192.0.2.1","192.0.2.9","198.51.100.0/24","2001:db8::1","2001:db8:0:0:1::2","2001:db8:9::1","1.2.3"]';
  expect(redactorOf().redact(json)).toBe('["ip-1","ip-1-2","ip-2/24","ip-3","ip-3-2","ip-4","1.2.3"]');
});

test('a secret of the maximum length gets no entry in the table', () => {
  const pseudonyms = new Pseudonyms();
  const redactor = new JsonRedactor(new Redactor(ALL, pseudonyms));
  expect(redactor.redact(`{"body":"${'x'.repeat(100_000)}"}`)).toBe('{"body":"REDACTED"}');
  expect(pseudonyms.size).toBe(0);
});

/** The value without its texts. */
function skeleton(value: unknown): unknown {
  if (typeof value === 'string') return 'text';
  if (Array.isArray(value)) return value.map(skeleton);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, skeleton(of)]));
}
