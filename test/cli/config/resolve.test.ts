import { expect, test } from 'vitest';
import type { RunConfig } from '#scripts/run/config.js';
import { parseCommandLine } from '#scripts/cli/config/command-line.js';
import { readConfigFile } from '#scripts/cli/config/config-file.js';
import { resolveConfig } from '#scripts/cli/config/resolve.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const NOW = new Date('2025-03-10T00:00:00Z');

interface Given {
  readonly file?: string | object;
  readonly env?: Record<string, string>;
  readonly now?: Date;
}

/** The configuration of `npm run report -- …args` with a default config file of this content. */
function configOf(args: string, { file, env = {}, now = NOW }: Given = {}): RunConfig {
  const content = typeof file === 'string' ? file : JSON.stringify(file);
  const cwd = temporaryFolder(file === undefined ? {} : { 'culprit.config.json': content });
  const { settings } = parseCommandLine(args.split(' ').filter(Boolean), '1.2.3');
  return resolveConfig(settings, readConfigFile(settings.config, cwd), { env, now, cacheFolder: '/caches/culprit' });
}

test('without anything it is the sample, everything in it, to out', () => {
  const config = configOf('');
  expect(config).toMatchObject({
    isSample: true,
    filter: { since: undefined, until: undefined, accounts: [], regions: [], writesOnly: false },
    outDir: 'out',
    rawTsv: false,
    redact: undefined,
    showSecrets: false,
    maxInflatedBytes: 1024 ** 3,
    page: { rows: 1_000_000, bytes: 100_000_000 },
    publish: undefined,
    s3: { profile: undefined, region: undefined, endpointUrl: undefined },
    cache: { folder: '/caches/culprit', maxBytes: 10e9 },
    rules: [],
    suppress: undefined,
    failOn: undefined,
    notify: [],
    allowPartial: false,
    verbosity: 'normal',
    color: true,
    json: false,
  });
  expect(config.inputs).toHaveLength(1);
  expect(config.inputs[0]).toMatch(/scripts[\\/]sample$/);
});

test('every flag arrives', () => {
  const args =
    's3://logs/a folder --since 2025-03-01 --until 24h --account 111111111111 --account 222222222222,333333333333 ' +
    '--region eu-west-1 --region us-gov-east-1 --writes-only --out there --publish s3://site/team/x/ --force --raw-tsv ' +
    '--access cidr:203.0.113.9/24,2001:db8::1/32 --yes --dry-run --delete-old-versions ' +
    '--profile audit --s3-region eu-central-1 --endpoint-url http://127.0.0.1:7480 --max-inflated-mb 0.5 --max-rows 5000 --max-html-mb 2.5 --debug ' +
    '--no-color --json --cache kept --cache-max 0.5 --allow-partial --redact names,agents ' +
    '--rules more --rules one.yml --suppress known.yml --fail-on High ' +
    '--notify https://hooks.slack.com/x --notify arn:aws:sns:eu-west-1:111111111111:alarms --notify told.jsonl';
  expect(configOf(args)).toEqual({
    inputs: ['s3://logs/a', 'folder'],
    isSample: false,
    filter: {
      since: Date.UTC(2025, 2, 1),
      until: Date.UTC(2025, 2, 9),
      accounts: ['111111111111', '222222222222', '333333333333'],
      regions: ['eu-west-1', 'us-gov-east-1'],
      writesOnly: true,
    },
    outDir: 'there',
    rawTsv: true,
    redact: ['names', 'agents'],
    showSecrets: false,
    maxInflatedBytes: 512 * 1024,
    page: { rows: 5000, bytes: 2_500_000 },
    publish: {
      ...{ bucket: 'site', prefix: 'team/x/', force: true, yes: true, dryRun: true, deleteOldVersions: true },
      access: { kind: 'cidr', ranges: ['203.0.113.0/24', '2001:db8::/32'] },
    },
    s3: { profile: 'audit', region: 'eu-central-1', endpointUrl: 'http://127.0.0.1:7480' },
    cache: { folder: 'kept', maxBytes: 500_000_000 },
    rules: ['more', 'one.yml'],
    suppress: 'known.yml',
    failOn: 'high',
    notify: [
      { kind: 'webhook', url: 'https://hooks.slack.com/x' },
      { kind: 'topic', arn: 'arn:aws:sns:eu-west-1:111111111111:alarms', region: 'eu-west-1' },
      { kind: 'file', path: 'told.jsonl' },
    ],
    allowPartial: true,
    verbosity: 'debug',
    color: false,
    json: true,
  });
});

test('every key of the config file arrives', () => {
  const file = {
    inputs: ['s3://logs', 'folder'],
    since: '2025-03-01',
    until: '1d',
    account: ['111111111111'],
    region: ['eu-west-1'],
    writesOnly: true,
    out: 'there',
    publish: 's3://site',
    access: 'encrypted',
    keyFile: 'key',
    profile: 'audit',
    s3Region: 'eu-central-1',
    endpointUrl: 'https://s3.example',
    verbose: true,
    color: false,
    json: true,
    rawTsv: true,
    showSecrets: true,
    maxInflatedMb: 2,
    cache: 'kept',
    cacheMax: 1,
    allowPartial: true,
    maxRows: 10,
    maxHtmlMb: 20,
    rules: ['more'],
    suppress: 'known.yml',
    failOn: 'critical',
    notify: ['told.jsonl'],
  };
  const config = configOf('', { file });
  const inFolder = (name: string): unknown => expect.stringMatching(new RegExp(`(^|[\\\\/])${name}$`));
  expect(config).toEqual({
    inputs: ['s3://logs', inFolder('folder')],
    isSample: false,
    filter: {
      since: Date.UTC(2025, 2, 1),
      until: Date.UTC(2025, 2, 9),
      accounts: ['111111111111'],
      regions: ['eu-west-1'],
      writesOnly: true,
    },
    outDir: inFolder('there'),
    rawTsv: true,
    redact: undefined,
    showSecrets: true,
    maxInflatedBytes: 2 * 1024 * 1024,
    page: { rows: 10, bytes: 20_000_000 },
    publish: {
      ...{ bucket: 'site', prefix: '', force: false, yes: false, dryRun: false, deleteOldVersions: false },
      access: { kind: 'encrypted' },
      encryption: { keyFile: inFolder('key'), passphraseFile: undefined },
    },
    s3: { profile: 'audit', region: 'eu-central-1', endpointUrl: 'https://s3.example' },
    cache: { folder: inFolder('kept'), maxBytes: 1e9 },
    rules: [inFolder('more')],
    suppress: inFolder('known.yml'),
    failOn: 'critical',
    notify: [{ kind: 'file', path: inFolder('told.jsonl') }],
    allowPartial: true,
    verbosity: 'verbose',
    color: false,
    json: true,
  });
});

test.each([
  ['--redact', 7, ['the-sample']],
  ['--redact logs', 7, ['logs']],
  ['--redact all logs', 7, ['logs']],
  ['--redact accounts,keys logs', 2, ['logs']],
  ['--redact accounts --redact keys logs', 2, ['logs']],
  ['--redact=arns logs', 1, ['logs']],
  ['--redact none logs', undefined, ['logs']],
])('%s takes what it knows, and no INPUT', (args, kinds, inputs) => {
  const config = configOf(args);
  expect(config.redact?.length).toBe(kinds);
  expect(config.isSample ? ['the-sample'] : config.inputs).toEqual(inputs);
});

test('flags win over the config file, lists as a whole', () => {
  const file = { inputs: ['old'], since: '2025-01-01', region: ['eu-west-1', 'eu-west-2'], out: 'old', quiet: true };
  const config = configOf('new --since 2025-02-02 --region us-east-1 --out new --verbose', { file });
  expect(config).toMatchObject({ inputs: ['new'], outDir: 'new', verbosity: 'verbose' });
  expect(config.filter).toMatchObject({ since: Date.UTC(2025, 1, 2), regions: ['us-east-1'] });
});

test('what the config file turns on, a flag turns off', () => {
  const file = { writesOnly: true, publish: 's3://site', json: true, rawTsv: true, quiet: true, color: false };
  const config = configOf('--no-writes-only --no-publish --no-json --no-raw-tsv --no-quiet --color', { file });
  expect(config.filter.writesOnly).toBe(false);
  expect(config).toMatchObject({ publish: undefined, json: false, rawTsv: false, verbosity: 'normal', color: true });
});

test('NO_COLOR turns colours off unless it is empty or a flag says otherwise', () => {
  expect(configOf('', { env: { NO_COLOR: '1' } }).color).toBe(false);
  expect(configOf('', { env: { NO_COLOR: '' } }).color).toBe(true);
  expect(configOf('--color', { env: { NO_COLOR: '1' } }).color).toBe(true);
  expect(configOf('', { env: { NO_COLOR: '1' }, file: { color: true } }).color).toBe(false);
});

test('the clock is the one it is given', () => {
  expect(configOf('--since 1h', { now: new Date(7_200_000) }).filter.since).toBe(3_600_000);
});

test('nothing in it can be changed', () => {
  const config = configOf('a --region eu-west-1 --publish s3://site');
  for (const part of [config, config.inputs, config.filter, config.filter.regions, config.publish, config.s3]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

test.each([
  ['--since 2025-02-30', 'Invalid --since "2025-02-30". Use a date (2025-03-03)'],
  ['--until tomorrow', 'Invalid --until "tomorrow". Use a date'],
  ['--since 1d --until 2d', 'It must be before --until'],
  ['--since 2025-03-03 --until 2025-03-03', 'It must be before --until'],
  ['--account 1234', 'Invalid --account "1234". Use twelve digits'],
  ['--region us-east1', 'Invalid --region "us-east1". Use a region such as eu-west-1'],
  ['--region eu-west-1,', 'Leave out empty names'],
  ['--max-inflated-mb 0', 'Use a number greater than 0'],
  ['--max-inflated-mb many', 'Use a number greater than 0'],
  ['--max-rows 1.5', 'Invalid --max-rows "1.5". Use a whole number'],
  ['--max-html-mb 0.2', 'Invalid --max-html-mb "0.2". The minimum is 1'],
  ['--max-inflated-mb 5000', 'Invalid --max-inflated-mb "5000". The maximum is 4096'],
  ['--redact=alice', 'Invalid --redact "alice". Use all, none, or some of accounts, names'],
  ['--redact --show-secrets', 'Give --redact or --show-secrets, not both.'],
  ['--publish my-site', 'Invalid --publish "my-site". Use s3://BUCKET'],
  ['--publish s3://site/a*', 'they match other keys in policies'],
  ['--publish s3:///x', 'Use s3://BUCKET'],
  ...['a/../b', '..', './a', 'a/.', '%2e%2E/a', 'a/.%2e', 'a/%252e%252e'].map((prefix) => [
    `--publish s3://site/${prefix}`,
    'Leave out "." and "..", because browsers resolve them',
  ]),
  ...['/', '/a', 'a//b', 'a//', 'a/%2F/b'].map((prefix) => [
    `--publish s3://site/${prefix}`,
    'Leave out empty names between slashes',
  ]),
  ...['a\\b', '..\\a', 'a%5cb'].map((prefix) => [`--publish s3://site/${prefix}`, 'Leave out the backslash']),
  ...['a\u0007b', '%00', 'a%0a', '\ud800', '\u2028'].map((prefix) => [
    `--publish s3://site/${prefix}`,
    'Leave out control characters',
  ]),
  [`--publish s3://site/${'a'.repeat(1000)}`, 'The prefix may have at most 983 bytes'],
  ['--publish s3://site --access everybody', 'Invalid --access "everybody". Use encrypted, cidr:ADDRESSES,'],
  ['--publish s3://site --access private:yes', 'private takes no value'],
  ['--publish s3://site --access public', 'add --i-understand-this-is-public'],
  ['--publish s3://site --access cidr:', '"" is not an address or range such as 203.0.113.0/24'],
  ['--publish s3://site --access cidr:203.0.113.0/33', '"203.0.113.0/33" is not an address or range'],
  [
    '--publish s3://site --access cidr:203.0.113.0/24,0.0.0.0/0',
    'S3 treats 0.0.0.0/0 as public, because the range is so wide',
  ],
  ['--publish s3://site --access cidr:2001::/16', 'S3 treats 2001::/16 as public'],
  ['--publish s3://site --access vpce:vpc-0a1b2c3d', '"vpc-0a1b2c3d" is not an ID such as vpce-0a1b2c3d4e5f67890'],
  ['--publish s3://site --access presigned:30m', 'Use 1h to 7d, such as presigned:12h'],
  ['--publish s3://site --access presigned:8d', 'Use 1h to 7d, such as presigned:12h'],
  ['--publish s3://site --access private --key-file k', 'Only an encrypted report has a key: leave out --key-file'],
  ['--publish s3://site --key-file k --passphrase-file p', 'Give --key-file or --passphrase-file, not both'],
  ['--publish s3://site --keep 1.5', 'Invalid --keep "1.5". Use a whole number'],
  ['--endpoint-url localhost:9000', 'Invalid --endpoint-url "localhost:9000". Use a URL'],
  ['--fail-on terrible', 'Invalid --fail-on "terrible". Use one of informational, low, medium, high, critical'],
  ['--notify http://hooks.example.com/secret', 'Invalid --notify "http://…". Use https'],
  ['--notify arn:aws:s3:::bucket', 'Invalid --notify "arn:aws:s3:::bucket". Use the ARN of an SNS topic'],
  ['--quiet --verbose', 'Give --quiet or --verbose, not both'],
  ['--sinec 7d', "Unknown option '--sinec'. Did you mean --since?"],
  ['--frobnicate', "Unknown option '--frobnicate'. npm run report -- --help"],
  ['--since', "Option '--since <TIME>' argument missing."],
  ['--config nowhere.json', 'The config file nowhere.json does not exist'],
])('%s is refused: %s', (args, said) => {
  expect(() => configOf(args)).toThrow(
    expect.objectContaining({ kind: 'usage', message: expect.stringContaining(said) }),
  );
});

test.each([
  [{ sicne: '7d' }, 'culprit.config.json has an unknown key "sicne": did you mean "since"?'],
  [{ writes_only: true }, 'did you mean "writesOnly"?'],
  [{ 's3-region': 'x' }, 'did you mean "s3Region"?'],
  [{ colour: false }, 'did you mean "color"?'],
  [{ frobnicate: 1 }, 'unknown key "frobnicate": its keys are inputs, since, until'],
  [{ force: true }, '"force" is not allowed in culprit.config.json. Use --force on the command line'],
  [{ since: 7 }, '"since" in culprit.config.json must be a string, such as "7d", not this number'],
  [{ since: '' }, '"since" in culprit.config.json must be a string, such as "7d", not an empty string'],
  [
    { region: 'eu-west-1' },
    '"region" in culprit.config.json must be a list of strings, such as ["eu-west-1"], not a string',
  ],
  [{ account: [123456789012] }, '"account" in culprit.config.json must be a list of strings'],
  [{ writesOnly: 'yes' }, '"writesOnly" in culprit.config.json must be true or false, such as true, not a string'],
  [{ maxInflatedMb: -1 }, '"maxInflatedMb" in culprit.config.json must be a number greater than 0'],
  [{ publish: 's3://site', access: 'public' }, 'Invalid "access" in culprit.config.json "public". Anyone could read'],
  [{ iUnderstandThisIsPublic: true }, 'Use --i-understand-this-is-public on the command line'],
  [{ yes: true }, 'Use --yes on the command line'],
  [{ publish: true }, '"publish" in culprit.config.json must be a string or false'],
  [{ out: null }, '"out" in culprit.config.json must be a string, such as "out", not null'],
  [{ since: '2025-02-30' }, 'Invalid "since" in culprit.config.json "2025-02-30"'],
  [{ region: ['us-east1'] }, 'Invalid "region" in culprit.config.json "us-east1"'],
  ['[]', 'culprit.config.json must contain one object, such as {"since": "7d"}, not this list'],
  ['{\n  "since": "7d",\n}', 'culprit.config.json:3:1: invalid JSON; expected a key in double quotes here'],
])('a config file of %j is refused: %s', (file, said) => {
  expect(() => configOf('', { file })).toThrow(
    expect.objectContaining({ kind: 'usage', message: expect.stringContaining(said) }),
  );
});

test('a config file may begin with a byte order mark', () => {
  expect(configOf('', { file: '\uFEFF{"out": "there"}' }).outDir).toMatch(/there$/);
});

test('paths in a config file start from its folder', () => {
  const cwd = temporaryFolder({ 'trail/culprit.json': '{"inputs": ["logs", "s3://b/x", "/abs"], "out": "report"}' });
  const file = readConfigFile('trail/culprit.json', cwd);
  expect(file?.settings.inputs?.map((input) => input.replaceAll('\\', '/'))).toEqual([
    'trail/logs',
    's3://b/x',
    '/abs',
  ]);
  expect(file?.settings.out?.replaceAll('\\', '/')).toBe('trail/report');
});

test.each([
  ['encrypted', { kind: 'encrypted' }],
  ['cidr:203.0.113.7', { kind: 'cidr', ranges: ['203.0.113.7/32'] }],
  [
    'cidr:203.0.113.77/28, 2001:DB8::8:800:200c:417a',
    { kind: 'cidr', ranges: ['203.0.113.64/28', '2001:db8::8:800:200c:417a/128'] },
  ],
  ['cidr:2001:db8:0:1:0:0:0:1/64', { kind: 'cidr', ranges: ['2001:db8:0:1::/64'] }],
  ['vpce:vpce-0a1b2c3d,vpce-0a1b2c3d', { kind: 'vpce', ids: ['vpce-0a1b2c3d'] }],
  ['vpc:vpc-0a1b2c3d4e5f67890', { kind: 'vpc', ids: ['vpc-0a1b2c3d4e5f67890'] }],
  ['presigned', { kind: 'presigned', seconds: 86_400 }],
  ['presigned:7d', { kind: 'presigned', seconds: 604_800 }],
  ['presigned:1h', { kind: 'presigned', seconds: 3600 }],
  ['private', { kind: 'private' }],
])('--access %s means %j', (access, meant) => {
  expect(configOf('--publish s3://site', { file: { access } }).publish?.access).toEqual(meant);
});
