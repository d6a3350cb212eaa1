/** Secrets in parameters are masked in everything that a run writes, and are counted. */
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonTexts } from '#scripts/ingest/flatten/json-texts.js';
import { TextPool } from '#scripts/ingest/flatten/text-pool.js';
import { MASK } from '#scripts/redact/secret-finder.js';
import { embeddedReport } from '../support/embedded-report.js';
import { report } from '../support/pipeline-run.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Made up for these tests; the forms are those of the services' own documentation. */
const SESSION = `IQoJb3JpZ2luX2Vj${'EXAMPLEtoken0'.repeat(20)}==`;
const ACCESS_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJleGFtcGxlIn0.c2lnbmF0dXJlLWV4YW1wbGU';

/** What is kept of a JSON value, with how many secrets were masked. */
function masked(value: unknown, showSecrets = false): { value: unknown; count: number } {
  const pool = new TextPool();
  const texts = new JsonTexts(pool, showSecrets);
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const id = texts.idOf(bytes, new DataView(bytes.buffer), 0, bytes.length);
  return { value: JSON.parse(Buffer.from(pool.bytesOf(id)).toString()) as unknown, count: texts.masked };
}

describe('a text is a secret', () => {
  test.each([
    ['masterUserPassword'],
    ['NewPassword'],
    ['sessionToken'],
    ['secretAccessKey'],
    ['secretString'],
    ['userData'],
    ['UserData'],
    ['webIdentityToken'],
    ['sAMLAssertion'],
    ['tokenCode'],
    ['DB_PASSWORD'],
    ['client-secret'],
    ['api.key'],
    ['x-amz-security-token'],
    ['authorization'],
  ])('under the key %s', (key) => {
    expect(masked({ a: { [key]: 'hunter-12345678' }, b: 'kept' })).toEqual({
      value: { a: { [key]: MASK }, b: 'kept' },
      count: 1,
    });
  });

  test.each([
    ['a session token', SESSION],
    ['a secret access key', ACCESS_KEY],
    ['a JSON Web Token', JWT],
    ['a token of GitHub', `ghp_${'a1B2'.repeat(9)}`],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEexample\n-----END RSA PRIVATE KEY-----'],
  ])('when it is %s, under any key', (_, secret) => {
    expect(masked({ comment: secret, other: [secret] })).toEqual({ value: { comment: MASK, other: [MASK] }, count: 2 });
  });

  test.each<[string, (label: string, value: unknown) => unknown]>([
    ['behind its name', (name, value) => ({ name, value })],
    ['before its name', (name, value) => ({ value, name })],
    ['before its name, with more between', (name, value) => ({ value, type: 'PLAINTEXT', x: [{ y: 1 }], name })],
    ['behind its name, with another name between', (Key, Value) => ({ Key, Meta: { Key: 'a', Value: 'b' }, Value })],
    ['before its name, in a tag', (Key, Value) => ({ Value, Key })],
    ['of a parameter', (parameterName, parameterValue) => ({ parameterValue, parameterName })],
    ['of a stack', (ParameterKey, ParameterValue) => ({ ParameterKey, ParameterValue })],
    ['of an environment', (optionName, value) => ({ namespace: 'x', optionName, value })],
    ['in an object of its own', (name, value) => ({ name, value: { stringValue: value } })],
    ['in a list, behind', (name, value) => ({ name, values: [value] })],
    ['in a list, before', (name, value) => ({ values: [value], name })],
  ])('as a value, %s', (_, pair) => {
    const list = (secret: unknown, other: unknown): unknown => ({
      name: 'web',
      environment: [pair('STAGE', 'prod'), pair('DB_PASSWORD', secret), pair('LEVEL', other), pair('MODE', 'a')],
      value: 'b',
    });
    expect(masked(list('hunter2', 'debug'))).toEqual({ value: list(MASK, 'debug'), count: 1 });
  });

  test.each([
    [`https://example.com/x?X-Amz-Signature=0123abcd&a=b`, `https://example.com/x?X-Amz-Signature=${MASK}&a=b`],
    ['postgres://app:hunter2@db.example.com/x', `postgres://app:${MASK}@db.example.com/x`],
    ['Server=db;Password=hunter2;Port=1', `Server=db;Password=${MASK};Port=1`],
    ['password=abc', `password=${MASK}`],
    ['mysql -u root --password hunter2 db', `mysql -u root --password ${MASK} db`],
    ['Authorization: Bearer abc123def456', `Authorization: Bearer ${MASK}`],
    [`got ${JWT} from it`, `got ${MASK} from it`],
    ['{"user":"alice","password":"a\\"b\\\\c"}', `{"user":"alice","password":"${MASK}"}`],
    ['{ "db_password" : "hunter2", "port": 1 }', `{ "db_password" : "${MASK}", "port": 1 }`],
    ['[{"Name":"DB_PASSWORD","Value":"hunter2"}]', `[{"Name":"DB_PASSWORD","Value":"${MASK}"}]`],
    ['[{"value": "hunter2", "name": "DB_PASSWORD"}]', `[{"value": "${MASK}", "name": "DB_PASSWORD"}]`],
    ['export AWS_SECRET_ACCESS_KEY=abc/def+1 && run', `export AWS_SECRET_ACCESS_KEY=${MASK} && run`],
    ['DB_PASS=p&ss;w0rd\nLEVEL=1', `DB_PASS=${MASK}\nLEVEL=1`],
    ['password\\u003dhunter2\\u0026user\\u003da', `password\\u003d${MASK}\\u0026user\\u003da`],
    ['use postgres://app:p/w@rd@db:5432/x now', `use postgres://app:${MASK}@db:5432/x now`],
    ['<password>a&amp;b</password>', `<password>${MASK}</password>`],
    ['db:\n  password: hunter2 # of CI\n  port: 1', `db:\n  password: ${MASK} # of CI\n  port: 1`],
    ['{"a":"{\\"password\\":\\"hunter2\\"}"}', `{"a":"{\\"password\\":\\"${MASK}\\"}"}`],
    ['{"password": 12345678, "port": 1}', `{"password": "${MASK}", "port": 1}`],
    ['curl -u alice:hunter2 https://example.com', `curl -u alice:${MASK} https://example.com`],
  ])('as a part of another: %s', (text, left) => {
    expect(masked({ text })).toEqual({ value: { text: left }, count: 1 });
  });
});

test('what stands in an object, a list or a number under the key of a secret is one', () => {
  const parameters = {
    password: { value: 'hunter2', version: 2, description: 'of the database' },
    tokens: [['abc'], 12345678, true, null],
    environment: [
      { name: 'DB_PASSWORD', value: 12345678 },
      { name: 'PORT', value: 5432 },
    ],
    command: ['run', '--password', 'hunter2', '--port', '1'],
    key: ['-----BEGIN PRIVATE KEY-----', 'MIIabc', '-----END PRIVATE KEY-----', 'after'],
  };
  expect(masked(parameters).value).toEqual({
    password: { value: MASK, version: 2, description: 'of the database' },
    tokens: [[MASK], MASK, true, null],
    environment: [
      { name: 'DB_PASSWORD', value: MASK },
      { name: 'PORT', value: 5432 },
    ],
    command: ['run', '--password', MASK, '--port', '1'],
    key: [MASK, MASK, MASK, 'after'],
  });
});

test('a key is read as what its escapes stand for', () => {
  const pool = new TextPool();
  const bytes = new TextEncoder().encode(String.raw`{"pass\u0077ord":"hunter2","\u0073ecret":1}`);
  const id = new JsonTexts(pool, false).idOf(bytes, new DataView(bytes.buffer), 0, bytes.length);
  expect(Buffer.from(pool.bytesOf(id)).toString()).toBe(`{"password":"${MASK}","secret":"${MASK}"}`);
});

test.each([
  [{ secretId: 'prod/db', secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf' }],
  [{ passwordLength: 12, passwordLastUsed: '2025-03-03', tokenType: 'urn:x', httpTokens: 'required' }],
  [{ clientToken: '6f2b9ac0-1111-4222-8333-444455556666', nextToken: 'eyJhYmNkZWZnaGlq.eyJhYmNkZWZnaGlq.' }],
  [{ password: 'HIDDEN_DUE_TO_SECURITY_REASONS', masterUserPassword: '****', userData: '<sensitiveDataRemoved>' }],
  [{ secrets: [{ name: 'DB_PASSWORD', valueFrom: 'arn:aws:ssm:eu-west-1:111122223333:parameter/db' }] }],
  [{ secret: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db', resetPassword: 'true', token: '' }],
  [{ key: 'data/Reports/Monthly/Summary/Final/Output', sha1: '0123456789abcdef0123456789abcdef01234567' }],
  [{ a: { name: 'DB_PASSWORD' }, b: { value: 'prod', name: 'STAGE' }, c: [{ value: 'prod' }, { key: 'PASSWORD' }] }],
  [{ note: 'Basic authentication is required: the password must be longer', mail: 'alice@example.com' }],
  [{ policy: '{"Statement":[{"Action":"secretsmanager:GetSecretValue","Resource":"*"}]}' }],
])('what only sounds like a secret, or is hidden already, stays: %j', (value) => {
  expect(masked(value)).toEqual({ value, count: 0 });
});

test.each(['password=', 'pass', 'password=a\\\\b', 'QUFB', 'eyJaaaaaaaaa.', 'A', 'ABSKaaaa', '{"password":'])(
  'however long a text of %s is, it is looked through',
  (piece) => {
    const text = `${piece.repeat(3e6 / piece.length)} API_KEY=hunter2`;
    expect(JSON.stringify(masked({ text }).value)).not.toContain('hunter2');
  },
);

test('nothing is masked where secrets are to be shown', () => {
  expect(masked({ password: 'hunter2', comment: JWT }, true)).toEqual({
    value: { password: 'hunter2', comment: JWT },
    count: 0,
  });
});

test('whatever a secret is, what is left is JSON of the same keys without it', () => {
  const secret = fc.string({ minLength: 3, maxLength: 60, unit: 'binary' }).map((text) => `§${text}§`);
  fc.assert(
    fc.property(fc.jsonValue(), secret, fc.jsonValue(), (before, password, after) => {
      const { value } = masked({ before, deep: [{ password }], after: [after] });
      expect(value).toMatchObject({ deep: [{ password: MASK }] });
      expect(JSON.stringify(value)).not.toContain(JSON.stringify(password).slice(1, -1));
    }),
  );
});

describe('a report', () => {
  const log = logFile(
    record(1, {
      eventName: 'AssumeRole',
      responseElements: { credentials: { accessKeyId: 'ASIAEXAMPLE', sessionToken: SESSION } },
      additionalEventData: { note: JWT },
    }),
    record(2, { requestParameters: { userName: 'bob', password: 'hunter2-rosebud' }, errorMessage: `no ${JWT}.` }),
    record(3),
  );

  test('has none of them, and says how many there were', async () => {
    const folder = temporaryFolder({ 'input/a.json': log });
    const { tsv, page, manifest } = await report([path.join(folder, 'input')], path.join(folder, 'out'));
    for (const secret of [SESSION, JWT, 'rosebud']) expect(tsv).not.toContain(secret);
    expect(tsv.split(MASK)).toHaveLength(5);
    expect(manifest.masked).toEqual({ values: 4, events: 2 });
    const embedded = embeddedReport(page);
    expect(embedded.manifest.report.masked).toEqual(manifest.masked);
    for (const secret of [SESSION, JWT, 'rosebud']) expect(JSON.stringify(embedded.rows)).not.toContain(secret);
  });

  test('has them with --show-secrets', async () => {
    const folder = temporaryFolder({ 'input/a.json': log });
    const args = [path.join(folder, 'input'), '--show-secrets'];
    const { tsv, manifest } = await report(args, path.join(folder, 'out'));
    for (const secret of [SESSION, JWT, 'rosebud']) expect(tsv).toContain(secret);
    expect(manifest.masked).toBeUndefined();
  });
});
