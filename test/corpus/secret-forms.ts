/**
 * Secrets as people leave them in the parameters of calls, form by form. All are made here of parts, by a seed: no file
 * holds anything that looks like a credential.
 */
import type { Random } from '../support/random.js';

/** An event's parameters, and what must not be left of them. */
export interface Leak {
  readonly parameters: unknown;
  readonly secrets: readonly string[];
}

/** What a value is told to be by the name or text around it. */
type Around = (secret: string) => unknown;

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const WORD = LOWER + UPPER + DIGITS;
const BASE64 = `${WORD}+/`;

/** A password as people choose it: words, digits, a mark or two. */
export function password(random: Random): string {
  return `${random.text(LOWER, 4)}${random.text('-_.!', 1)}${random.text(UPPER, 3)}${random.text(DIGITS, 3)}`;
}

/** One with marks that URLs and files give a meaning to. */
function oddPassword(random: Random): string {
  return `${random.text(WORD, 4)}/${random.text(WORD, 3)}@${random.text(WORD, 4)}`;
}

function accessKey(random: Random): string {
  // With all kinds of letters, as 99.99 % of random ones.
  return `${random.text(UPPER, 3)}${random.text(DIGITS, 2)}${random.text(LOWER, 3)}${random.text(BASE64, 31)}7`;
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function jwt(random: Random): string {
  const part = (text: string): string => Buffer.from(text).toString('base64url');
  return [part('{"alg":"HS256","typ":"JWT"}'), part(`{"sub":"${random.hex(12)}"}`), random.text(`${WORD}_-`, 43)].join(
    '.',
  );
}

function pem(random: Random, kind = 'RSA PRIVATE KEY', newline = '\n'): { pem: string; body: string } {
  const body = random.text(BASE64, 64);
  return {
    pem: [`-----BEGIN ${kind}-----`, body, random.text(BASE64, 40), `-----END ${kind}-----`].join(newline),
    body,
  };
}

export function json(value: unknown): string {
  return JSON.stringify(value);
}

/** Tokens by their looks: each is put under a key that says nothing, into a sentence, and into a list. */
const TOKENS: Readonly<Record<string, (random: Random) => string>> = {
  'session token of AWS': (r) => `IQoJb3JpZ2lu${r.text(BASE64, 200)}`,
  'secret access key': accessKey,
  'Bedrock API key': (r) => `ABSK${r.text(BASE64, 120)}`,
  'AppSync API key': (r) => `da2-${r.text(LOWER + DIGITS, 26)}`,
  'JSON Web Token': jwt,
  'GitHub, classic': (r) => `${r.pick(['ghp', 'gho', 'ghu', 'ghs', 'ghr'])}_${r.text(WORD, 36)}`,
  'GitHub, fine-grained': (r) => `github_pat_${r.text(WORD, 22)}_${r.text(WORD, 59)}`,
  'GitLab, personal': (r) => `glpat-${r.text(WORD, 20)}`,
  'GitLab, others': (r) =>
    `${r.pick(['glrt', 'gldt', 'glptt', 'glsoat', 'glft', 'glagent', 'gloas'])}-${r.text(WORD, 40)}`,
  'Slack, bot and user': (r) =>
    `${r.pick(['xoxb', 'xoxp', 'xoxa', 'xoxs'])}-${r.text(DIGITS, 12)}-${r.text(DIGITS, 12)}-${r.text(WORD, 24)}`,
  'Slack, app': (r) => `xapp-1-A${r.text(UPPER, 9)}-${r.text(DIGITS, 13)}-${r.hex(64)}`,
  'Slack, configuration': (r) => `xoxe.xoxp-1-${r.text(WORD, 160)}`,
  'Slack webhook': (r) =>
    `https://hooks.slack.com/services/T${r.text(UPPER, 8)}/B${r.text(UPPER, 8)}/${r.text(WORD, 24)}`,
  'Stripe key': (r) => `${r.pick(['sk', 'rk'])}_${r.pick(['live', 'test'])}_${r.text(WORD, 24)}`,
  'Stripe webhook secret': (r) => `whsec_${r.text(WORD, 32)}`,
  'Google API key': (r) => `AIza${r.text(`${WORD}_-`, 35)}`,
  'npm token': (r) => `npm_${r.text(WORD, 36)}`,
  'PyPI token': (r) => `pypi-AgEIcHlwaS5vcmc${r.text(`${WORD}_-`, 80)}`,
  'OpenAI key': (r) => `sk-${r.pick(['proj-', 'svcacct-', ''])}${r.text(WORD, 48)}`,
  'Anthropic key': (r) => `sk-ant-api03-${r.text(`${WORD}_-`, 93)}AA`,
  'Hugging Face token': (r) => `hf_${r.text(LOWER + UPPER, 34)}`,
  'Azure AD client secret': (r) => `${r.text(WORD, 3)}8Q~${r.text(WORD, 34)}`,
  'Databricks token': (r) => `dapi${r.hex(32)}`,
  'Twilio key': (r) => `SK${r.hex(32)}`,
  'SendGrid key': (r) => `SG.${r.text(WORD, 22)}.${r.text(WORD, 43)}`,
  'Shopify token': (r) => `${r.pick(['shpat', 'shpss', 'shpca', 'shppa'])}_${r.hex(32)}`,
  'Terraform Cloud token': (r) => `${r.text(WORD, 14)}.atlasv1.${r.text(WORD, 67)}`,
  'Vault token': (r) => `hvs.${r.text(WORD, 90)}`,
  'Docker Hub token': (r) => `dckr_pat_${r.text(`${WORD}_-`, 27)}`,
  'Atlassian token': (r) => `ATATT3xFfGF0${r.text(`${WORD}_-`, 180)}`,
  'Discord token': (r) => `MT${r.text(WORD, 24)}.${r.text(WORD, 6)}.${r.text(WORD, 38)}`,
  'Discord webhook': (r) => `https://discord.com/api/webhooks/${r.text(DIGITS, 18)}/${r.text(WORD, 68)}`,
  'Telegram token': (r) => `${r.text('123456789', 10)}:AA${r.text(WORD, 33)}`,
  'DigitalOcean token': (r) => `dop_v1_${r.hex(64)}`,
  'Grafana token': (r) => `glsa_${r.text(WORD, 32)}_${r.hex(8)}`,
  'New Relic key': (r) => `NRAK-${r.text(UPPER + DIGITS, 27)}`,
  'Postman key': (r) => `PMAK-${r.hex(24)}-${r.hex(34)}`,
  'age key': (r) => `AGE-SECRET-KEY-1${r.text(UPPER + DIGITS, 58)}`,
};

const TOKEN_PLACES: readonly Around[] = [
  (secret) => ({ comment: secret }),
  (secret) => ({ items: ['a', secret, 'b'] }),
  (secret) => ({ message: `the call with ${secret} was refused` }),
  (secret) => ({ content: json({ deep: [{ note: secret }] }) }),
  (secret) => ({ script: `#!/bin/sh\nrun '${secret}' --quiet\n` }),
];

/** Forty random characters are known for a key only where they stand alone. */
const ALONE: readonly Around[] = TOKEN_PLACES.slice(0, 2);

/** What says that any text is a secret: a password is put into each. */
const NAMED: Readonly<Record<string, readonly Around[]>> = {
  'key of JSON': ['masterUserPassword', 'clientSecret', 'DB_PASS', 'api-key', 'refreshToken'].map(
    (key) => (s: string) => ({ a: { [key]: s } }),
  ),
  'key with escapes': ['pass\\u0077ord', 'passwor\\u0064', '\\u0073ecret', 'api\\u005fkey', 'to\\u006ben'].map(
    (key) => (s: string) => new Verbatim(`{"${key}":${json(s)}}`),
  ),
  'object under a key': [
    (s) => ({ password: { value: s } }),
    (s) => ({ secret: { current: { text: s } } }),
    (s) => ({ token: { S: s } }),
    (s) => ({ dbPassword: { old: s, version: 3 } }),
    (s) => ({ passwords: { alice: s } }),
  ],
  'list under a key': [
    (s) => ({ passwords: [s] }),
    (s) => ({ tokens: ['', s] }),
    (s) => ({ secret: [[s]] }),
    (s) => ({ recoveryCodes: [s, s] }),
    (s) => ({ password: [{ value: s }] }),
  ],
  'value beside its name': [
    (s) => ({ environment: [{ name: 'DB_PASSWORD', value: s }] }),
    (s) => ({ parameters: [{ parameterValue: s, parameterKey: 'MasterPassword' }] }),
    (s) => ({ headers: [{ key: 'X-Api-Key', value: s }] }),
    (s) => ({ tags: [{ Value: s, Key: 'GITHUB_TOKEN' }] }),
    (s) => ({ optionSettings: [{ optionName: 'DB_PASS', value: s }] }),
  ],
  'JSON in a string': [
    (s) => ({ secretless: json({ user: 'alice', password: s }) }),
    (s) => ({ input: JSON.stringify({ list: [{ token: s }] }, null, 2) }),
    (s) => ({ body: json({ password: { value: s } }) }),
    (s) => ({ definition: json([{ name: 'DB_PASSWORD', value: s }]) }),
    (s) => ({ definition: json([{ value: s, name: 'DB_PASSWORD' }]) }),
  ],
  'JSON in a string in a string': [
    (s) => ({ input: json({ body: json({ password: s }) }) }),
    (s) => ({ input: json({ body: json({ token: [s] }) }) }),
    (s) => ({ input: json({ body: json([{ name: 'API_KEY', value: s }]) }) }),
    (s) => ({ input: json({ body: json({ detail: json({ secret: s }) }) }) }),
    (s) => ({ log: `event ${json({ body: json({ password: s }) })} done` }),
  ],
  variables: [
    (s) => ({ script: `export AWS_SECRET_ACCESS_KEY=${s}\naws s3 ls` }),
    (s) => ({ script: `GH_TOKEN=${s} gh api user` }),
    (s) => ({ file: `STAGE=prod\nDB_PASS=${s}\nLEVEL=1\n` }),
    (s) => ({ file: `[default]\naws_secret_access_key = ${s}\nregion = eu-west-1` }),
    (s) => ({ dockerfile: `FROM x\nENV DB_PASSWORD ${s}\nRUN y` }),
  ],
  'options of commands': [
    (s) => ({ command: `mysql -u root --password=${s} db` }),
    (s) => ({ command: `tool --api-key ${s} --verbose` }),
    (s) => ({ command: ['sh', '--password', s] }),
    (s) => ({ command: `curl -u alice:${s} https://example.com/` }),
    (s) => ({ command: `docker login -u alice -p ${s} registry.example.com` }),
  ],
  YAML: [
    (s) => ({ template: `db:\n  user: alice\n  password: ${s}\n  port: 1` }),
    (s) => ({ template: `env:\n  - name: DB_PASSWORD\n    value: ${s}\n` }),
    (s) => ({ template: `token: "${s}" # of CI` }),
    (s) => ({ template: `secret: |\n  ${s}\nnext: 1` }),
    (s) => ({ template: `Parameters: {Password: '${s}', Size: 3}` }),
  ],
  code: [
    (s) => ({ code: `const password = '${s}';` }),
    (s) => ({ code: `config["api_key"] = "${s}"` }),
    (s) => ({ code: `client = Client(user="a", password="${s}", port=1)` }),
    (s) => ({ code: `{'password': '${s}', 'user': 'alice'}` }),
    (s) => ({ code: `secret := "${s}"\nfmt.Println(1)` }),
  ],
  'XML and SQL': [
    (s) => ({ xml: `<db><user>alice</user><password>${s}</password></db>` }),
    (s) => ({ xml: `<add key="Password" value="${s}" />` }),
    (s) => ({ sql: `CREATE USER 'alice' IDENTIFIED BY '${s}'` }),
    (s) => ({ sql: `ALTER ROLE alice WITH PASSWORD '${s}'` }),
    (s) => ({ xml: `<pre_shared_key>${s}</pre_shared_key>` }),
  ],
  'connection strings': [
    (s) => ({ text: `Server=db;User Id=alice;Password=${s};Port=1` }),
    (s) => ({ text: `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${s};EndpointSuffix=core` }),
    (s) => ({ text: `Endpoint=sb://a.example.com/;SharedAccessKeyName=n;SharedAccessKey=${s}` }),
    (s) => ({ text: `jdbc:mysql://db/x?user=alice&password=${s}&ssl=true` }),
    (s) => ({ text: `host=db user=alice password=${s} sslmode=require` }),
  ],
  headers: [
    (s) => ({ text: `Authorization: Bearer ${s}` }),
    (s) => ({ text: `curl -H 'Authorization: Basic ${base64(`alice:${s}`)}' https://example.com` }),
    (s) => ({ text: `GET / HTTP/1.1\r\nCookie: id=${s}; x=1\r\nHost: a` }),
    (s) => ({ text: `x-api-key: ${s}` }),
    (s) => ({ header: `Bearer ${s}` }),
  ],
  'tokens of URLs': [
    (s) => ({ url: `https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=${s}` }),
    (s) => ({ url: `https://b.s3.amazonaws.com/k?X-Amz-Security-Token=${s}&a=b` }),
    (s) => ({ url: `https://a.blob.core.windows.net/c?sv=2022&sr=b&sig=${s}` }),
    (s) => ({ url: `https://example.com/cb?access_token=${s}&state=1` }),
    (s) => ({ url: `https://d1.cloudfront.net/x?Expires=1&Signature=${s}&Key-Pair-Id=K` }),
  ],
  'escaped text': [
    (s) => new Verbatim(`{"text":"password\\u003d${s}\\u0026user\\u003dalice"}`),
    (s) => ({ text: `q=%7B%22password%22%3A%22${s}%22%7D` }),
    (s) => ({ text: `{&quot;token&quot;:&quot;${s}&quot;}` }),
    (s) => new Verbatim(`{"text":"{\\u0022secret\\u0022:\\u0022${s}\\u0022}"}`),
    (s) => ({ text: json(json({ log: json({ password: s }) })) }),
  ],
  base64: [
    (s) => ({ script: base64(`#!/bin/bash\nexport DB_PASSWORD=${s}\nrun\n`) }),
    (s) => ({ userData: base64(`#!/bin/bash\necho ${s}\n`) }),
    (s) => ({ launchTemplateData: { blob: base64(json({ password: s })) } }),
    (s) => ({ text: `echo ${base64(`password: ${s}\n`)} | base64 -d` }),
    (s) => ({ auths: json({ 'r.example.com': { auth: base64(`alice:${s}`) } }) }),
  ],
};

/** JSON as it is written, where the escapes matter. */
export class Verbatim {
  constructor(readonly text: string) {}
}

/** The forms that Culprit promises to mask, each with five examples. */
export function promisedForms(random: Random): ReadonlyMap<string, readonly Leak[]> {
  const forms = new Map<string, Leak[]>();
  for (const [name, make] of Object.entries(TOKENS)) {
    forms.set(
      name,
      Array.from({ length: 5 }, (_, i) => {
        const secret = make(random);
        const places = name === 'secret access key' ? ALONE : TOKEN_PLACES;
        return {
          parameters: (places[i % places.length] as Around)(secret),
          secrets: [/^https:|^\d+:/.test(secret) ? secretPart(secret) : secret],
        };
      }),
    );
  }
  for (const [name, arounds] of Object.entries(NAMED)) {
    forms.set(
      name,
      arounds.map((around) => {
        const secret = password(random);
        return { parameters: around(secret), secrets: [secret, base64(`alice:${secret}`)] };
      }),
    );
  }
  forms.set(
    'number under a key',
    ['password', 'pinPassword', 'token', 'mfaCode', 'DB_PASS'].map((key, i) => {
      const secret = 10_000_000 + random.below(89_999_999);
      const parameters = [
        { [key]: secret },
        { a: json({ [key]: secret }) },
        { [key]: [secret] },
        { [key]: { value: secret } },
        { name: key, value: secret },
      ][i];
      return { parameters, secrets: [String(secret)] };
    }),
  );
  forms.set(
    'password of a URL',
    ['postgres', 'https', 'redis', 'mongodb+srv', 'amqp'].map((scheme) => {
      const secret = password(random);
      return { parameters: { url: `${scheme}://app:${secret}@db.example.com/x` }, secrets: [secret] };
    }),
  );
  forms.set(
    'password of a URL with / or @',
    ['postgres', 'mysql', 'redis', 'mongodb', 'ftp'].map((scheme) => {
      const secret = oddPassword(random);
      return { parameters: { text: `use ${scheme}://app:${secret}@db.example.com:5432/x now` }, secrets: [secret] };
    }),
  );
  forms.set(
    'token as the user of a URL',
    Array.from({ length: 5 }, (_, i) => {
      const secret = random.text(WORD, 39) + '4';
      const url = [
        `https://${secret}@github.com/a/b.git`,
        `https://${secret}:x-oauth-basic@github.com/a`,
        `https://oauth2:${secret}@gitlab.com/a`,
        `git+https://${secret}@example.com/x`,
        `https://${secret}:@api.example.com/v1`,
      ][i];
      return { parameters: { url }, secrets: [secret] };
    }),
  );
  forms.set(
    'private key',
    Array.from({ length: 5 }, (_, i) => {
      const { pem: key, body } = pem(
        random,
        ['RSA PRIVATE KEY', 'PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'EC PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'][i],
      );
      return { parameters: { file: key }, secrets: [body] };
    }),
  );
  forms.set(
    'private key, nested',
    Array.from({ length: 5 }, (_, i) => {
      const { pem: key, body } = pem(random);
      const parameters = [
        { a: json({ type: 'service_account', private_key: key, client_email: 'a@b.example' }) },
        { a: json({ b: json({ c: key }) }) },
        { lines: key.split('\n') },
        { a: base64(key) },
        { a: `cat > k <<E\n${key.replaceAll('\n', '\\n')}\nE` },
      ][i];
      return { parameters, secrets: [body] };
    }),
  );
  return forms;
}

/** What opens something: of a URL what is behind the last slash, of a bot's token what is behind its number. */
function secretPart(token: string): string {
  return token.split(/[/:](?!\/)/).at(-1) as string;
}
