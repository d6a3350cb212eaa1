/** Credentials of profiles, from files in a folder of the test and an STS on 127.0.0.1. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { STSClient } from '@aws-sdk/client-sts';
import { clientOptions, endpointOf, hasCloudTrail } from '#scripts/aws/client-options.js';
import { connectionSentence, failureOf } from '#scripts/aws/failure.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const ROLE = 'arn:aws:iam::111122223333:role/Audit';
const LIMITS = { attempts: 1, connectMs: 1000 };
let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  const empty = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_REGION', 'AWS_ENDPOINT_URL_S3'];
  for (const name of [...empty, 'AWS_DEFAULT_PROFILE', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('HOME', folder);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'credentials'));
  vi.stubEnv('AWS_CONFIG_FILE', path.join(folder, 'config'));
  writeFileSync(path.join(folder, 'credentials'), '[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n');
});
afterEach(() => vi.unstubAllEnvs());

/** Settings in front of any profile are those of [profile p]. */
function configure(text: string): void {
  writeFileSync(path.join(folder, 'config'), `[profile p]\nregion = eu-west-1\n${text}\n`);
}

function clientOf(profile: string | undefined): STSClient {
  return new STSClient(clientOptions({ profile, region: undefined, endpointUrl: undefined }, LIMITS));
}

async function sentenceOf(profile: string | undefined): Promise<string | undefined> {
  const error: unknown = await clientOf(profile)
    .config.credentials()
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  return connectionSentence(failureOf(error), { bucket: 'b', endpoint: undefined, profile, region: undefined });
}

it.each<readonly [name: string, config: string, sentence: RegExp]>([
  [
    'a process that fails: its exit code and last words',
    `credential_process = sh -c "echo first >&2; echo 'vault is locked' >&2; exit 3"`,
    /^The credential_process of profile "p" failed with exit code 3, saying "vault is locked"\. /,
  ],
  [
    'a process that is not there',
    'credential_process = /nowhere/at-all',
    /^The credential_process of profile "p" failed with exit code 127, saying ".*nowhere.*"\. /,
  ],
  [
    'a process that prints no JSON, of which no word is shown',
    'credential_process = echo hunter2',
    /^The credential_process of profile "p" does not print JSON\. (?!.*hunter2)/,
  ],
  [
    'a process that prints no keys',
    `credential_process = echo '{"Version":1}'`,
    /^The credential_process of profile "p" does not print AccessKeyId/,
  ],
  [
    'a process whose keys expired',
    `credential_process = echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}'`,
    /^The credential_process of profile "p" returned expired credentials \(2020-01-01T00:00:00Z\)\. /,
  ],
  [
    'a token file that is missing: which',
    `role_arn = ${ROLE}\nweb_identity_token_file = /nowhere/token`,
    /^The file with the web identity token of profile "p" is not there: \/nowhere\/token\./,
  ],
  [
    'a device for codes, where nobody can be asked: how to do without',
    `role_arn = ${ROLE}\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/dana`,
    /^Profile "p" needs a code from the MFA device arn:aws:iam::111122223333:mfa\/dana, which cannot be entered here\. .*aws configure export-credentials --profile p/,
  ],
  [
    'a sign-in that was never made, of the profile that has it',
    `role_arn = ${ROLE}\nsource_profile = sso\n[profile sso]\nsso_session = my\nsso_account_id = 1\nsso_role_name = r\n[sso-session my]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1`,
    /^The sign-in of profile "sso" has expired or was never done. Run "aws sso login --profile sso"/,
  ],
  [
    'a sign-in of the console that was never made',
    'login_session = arn:aws:iam::111122223333:user/dana',
    /^The sign-in of profile "p" has expired or was never done. Run "aws login --profile p"/,
  ],
  [
    'a source that is not there',
    `role_arn = ${ROLE}\nsource_profile = gone`,
    /^Profile "p" takes its credentials from profile "gone" \(source_profile\), which does not exist/,
  ],
])('says of %s', async (_, config, sentence) => {
  configure(config);
  expect(await sentenceOf('p')).toMatch(sentence);
});

it('names a profile that does not exist, and the token file in the environment', async () => {
  configure('');
  expect(await sentenceOf('q')).toMatch(/^Profile "q" does not exist\./);
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_ROLE_ARN', ROLE);
  vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', '/nowhere/token');
  expect(await sentenceOf(undefined)).toMatch(/that AWS_WEB_IDENTITY_TOKEN_FILE names is not there: \/nowhere\/token/);
});

it('takes keys of a process, and of a role by the STS of the section of services', async () => {
  const asked: string[] = [];
  const sts = createServer((request, response) => {
    request.on('data', (data) => asked.push(String(data)));
    request.on('end', () => {
      const keys =
        '<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>';
      const inner = `<Credentials>${keys}<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`;
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(`<AssumeRoleResponse><AssumeRoleResult>${inner}</AssumeRoleResult></AssumeRoleResponse>`);
    });
  }).listen(0, '127.0.0.1');
  await once(sts, 'listening');
  try {
    const { port } = sts.address() as AddressInfo;
    configure(
      `role_arn = ${ROLE}\nsource_profile = keys\nservices = here\n[services here]\nsts =\n  endpoint_url = http://127.0.0.1:${String(port)}\n[profile keys]\ncredential_process = echo '{"Version":1,"AccessKeyId":"AKIDPROCESS","SecretAccessKey":"s"}'`,
    );
    expect(await clientOf('keys').config.credentials()).toMatchObject({ accessKeyId: 'AKIDPROCESS' });
    expect(await clientOf('p').config.credentials()).toMatchObject({ accessKeyId: 'ASIAROLE', sessionToken: 't' });
    expect(asked.join()).toContain('Action=AssumeRole');
  } finally {
    sts.closeAllConnections();
    sts.close();
  }
});

it('knows the variables of the AWS CLI: AWS_REGION before AWS_DEFAULT_REGION before the region of the profile', async () => {
  configure('');
  vi.stubEnv('AWS_DEFAULT_PROFILE', 'p');
  expect(await clientOf(undefined).config.region()).toBe('eu-west-1');
  vi.stubEnv('AWS_DEFAULT_REGION', 'eu-west-2');
  expect(await clientOf(undefined).config.region()).toBe('eu-west-2');
  vi.stubEnv('AWS_REGION', 'eu-west-3');
  expect(await clientOf(undefined).config.region()).toBe('eu-west-3');
  expect(await sentenceOf(undefined)).toMatch(/profile/);
});

it('finds the endpoint of S3 where the AWS CLI does, with --profile as with AWS_PROFILE', async () => {
  configure(
    'endpoint_url = http://all.test\n[profile s]\nservices = x\n[services x]\ns3 =\n  endpoint_url = http://s3.test\ncloudtrail =\n  endpoint_url = http://trail.test',
  );
  const config = (profile?: string, endpointUrl?: string) => ({ profile, region: undefined, endpointUrl });
  const hostOf = async (...given: [profile?: string, endpointUrl?: string]) =>
    (await endpointOf(config(...given)))?.hostname;
  expect(await hostOf('p')).toBe('all.test');
  expect(await hasCloudTrail(config('p'))).toBe(false);
  expect(await hostOf('s')).toBe('s3.test');
  expect(await hasCloudTrail(config('s'))).toBe(true);
  vi.stubEnv('AWS_PROFILE', 'p');
  expect(await hostOf()).toBe('all.test');
  expect(await hostOf('s', 'http://flag.test')).toBe('flag.test');
  vi.stubEnv('AWS_ENDPOINT_URL_S3', 'http://env.test');
  expect(await hostOf()).toBe('env.test');
  vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'true');
  expect(await hostOf()).toBeUndefined();
});
