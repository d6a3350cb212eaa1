/**
 * Finds the credentials of a profile or of the environment. The AWS SDK does the lookup, but loses the reason for a
 * failure or words it poorly, so each reason becomes one clear sentence here.
 */
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { memoize, parseKnownFiles } from '@smithy/core/config';
import type { S3Config } from '#scripts/run/config.js';
import { failureOf } from './failure.js';

type Provider = ReturnType<typeof fromIni>;
type Credentials = Awaited<ReturnType<Provider>>;
/** The options that the SDK types as `any`. */
type ClientConfig = { readonly requestHandler: object; readonly logger: NonNullable<Init['logger']> };
type Init = NonNullable<Parameters<typeof fromIni>[0]>;
type Profiles = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** No credentials were found; the message is a sentence that says what to do. */
export class CredentialsFault extends Error {
  override readonly name = 'CredentialsFault';
}

/** Credentials that expire within this time are requested again. */
const REFRESH_MS = 5 * 60_000;
/** Characters of a credential process's output that a message quotes. */
const MOST_QUOTED = 300;

/** Credentials by profile for each run, so that a run asks for an MFA code once: a code works only once. */
const withCode = new WeakMap<NonNullable<S3Config['askForCode']>, Map<string, () => Promise<Credentials>>>();

/**
 * The credential provider for the SDK's clients. The provider throws a `CredentialsFault`, or the SDK's error about
 * network and proxy.
 * @param profile as named by an option or the environment; its settings take precedence over keys in the environment
 * @param ask asks for the code of an MFA device
 * @param clientConfig for the clients that ask STS and SSO
 */
export function credentialsOf(
  profile: string | undefined,
  ask: S3Config['askForCode'],
  clientConfig: ClientConfig,
): Provider {
  return async (context) => {
    const profiles: Profiles = await parseKnownFiles({ ignoreCache: true });
    const name = profile ?? 'default';
    const settings = profiles[name];
    if (profile !== undefined && settings === undefined) {
      throw new CredentialsFault(
        `Profile "${profile}" does not exist. List the profiles with "aws configure list-profiles", and choose one with --profile or AWS_PROFILE.`,
      );
    }
    const init: Init = {
      profile: name,
      ignoreCache: true,
      logger: clientConfig.logger,
      clientConfig,
      mfaCodeProvider: (device) => codeOf(name, device, ask),
    };
    const find = async (): Promise<Credentials> => {
      try {
        const isOfProfile = settings !== undefined && (profile !== undefined || !hasKeys(process.env));
        if (!isOfProfile || !SOURCES.some((source) => settings[source] !== undefined)) {
          const { profile: _, ...ofEnvironment } = init;
          return await defaultProvider(profile === undefined ? ofEnvironment : init)(context);
        }
        const { credential_process: command } = settings;
        const isFirst = BEFORE_PROCESS.every((source) => settings[source] === undefined);
        return command !== undefined && isFirst ? await runProcess(name, command) : await fromIni(init)(context);
      } catch (error) {
        throw explained(error, profile, profiles);
      }
    };
    const needsMfaCode = sourceChainOf(name, profiles).some((of) => profiles[of]?.['mfa_serial'] !== undefined);
    if (ask === undefined || !needsMfaCode) return await find();
    const ofRun = withCode.get(ask) ?? new Map<string, () => Promise<Credentials>>();
    withCode.set(ask, ofRun);
    const shared = ofRun.get(name) ?? memoize(find, isNearlyExpired, ({ expiration }) => expiration !== undefined);
    ofRun.set(name, shared);
    return await shared();
  };
}

const BEFORE_PROCESS = ['aws_access_key_id', 'role_arn'];
const SOURCES = [
  ...BEFORE_PROCESS,
  'credential_process',
  'sso_session',
  'sso_start_url',
  'sso_account_id',
  'login_session',
  'web_identity_token_file',
];

function hasKeys(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']);
}

function isNearlyExpired({ expiration }: Credentials): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < REFRESH_MS;
}

/** A profile and its source profiles, in the order in which they are used. */
function sourceChainOf(name: string, profiles: Profiles): readonly string[] {
  const line = new Set<string>();
  for (let at: string | undefined = name; at !== undefined && !line.has(at); at = profiles[at]?.['source_profile']) {
    line.add(at);
  }
  return [...line];
}

async function codeOf(profile: string, device: string, ask: S3Config['askForCode']): Promise<string> {
  const why = `Profile "${profile}" needs a code from the MFA device ${device}`;
  if (ask === undefined) {
    throw new CredentialsFault(
      `${why}, which cannot be entered here. Run the command in a terminal, or export credentials first ("aws configure export-credentials --profile ${profile} --format env") and leave out the profile.`,
    );
  }
  const code = await ask(`MFA code from ${device} for profile "${profile}":`);
  if (code === undefined) throw new CredentialsFault(`${why}, but none was entered.`);
  return code;
}

/** Source: AWS SDKs and Tools reference, "Process credential provider". */
async function runProcess(profile: string, command: string): Promise<Credentials> {
  const of = `credential_process of profile "${profile}"`;
  const advice = 'Run that command yourself for details, or choose another profile with --profile';
  let stdout: string;
  try {
    ({ stdout } = await promisify(exec)(command));
  } catch (error) {
    const { code, signal, stderr = '' } = error as { code?: number | string; signal?: string; stderr?: string };
    const how =
      typeof code === 'number' ? `with exit code ${String(code)}` : `(${code ?? signal ?? 'no reason given'})`;
    const words = lastLineOf(stderr);
    throw new CredentialsFault(`The ${of} failed ${how}${words === '' ? '' : `, saying "${words}"`}. ${advice}.`, {
      cause: error,
    });
  }
  let output: Readonly<Record<string, unknown>>;
  try {
    output = JSON.parse(stdout) as typeof output;
  } catch {
    // The message quotes neither the output nor the parser: both may contain keys.
    throw new CredentialsFault(`The ${of} does not print JSON. ${advice}.`);
  }
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration } = output;
  if (Version !== 1) throw new CredentialsFault(`The ${of} does not print "Version": 1. ${advice}.`);
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') {
    throw new CredentialsFault(`The ${of} does not print AccessKeyId and SecretAccessKey. ${advice}.`);
  }
  const expiration = typeof Expiration === 'string' ? new Date(Expiration) : undefined;
  if (expiration !== undefined && !(expiration.getTime() > Date.now())) {
    throw new CredentialsFault(
      `The ${of} returned expired credentials (${String(Expiration)}). Sign in again with the program that it runs.`,
    );
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof SessionToken === 'string' ? { sessionToken: SessionToken } : {}),
    ...(expiration === undefined ? {} : { expiration }),
  };
}

function lastLineOf(text: string): string {
  const line = text.trim().split(/\r?\n/).at(-1)?.trim() ?? '';
  return line.length > MOST_QUOTED ? `${line.slice(0, MOST_QUOTED)}…` : line;
}

/** An SDK error as a sentence; errors about the network and proxies are returned unchanged. */
function explained(error: unknown, profile: string | undefined, profiles: Profiles): unknown {
  if (!(error instanceof Error) || error instanceof CredentialsFault) return error;
  const because = (sentence: string): CredentialsFault => new CredentialsFault(sentence, { cause: error });
  const name = profile ?? 'default';
  const line = sourceChainOf(name, profiles);
  const { code, path, $metadata } = error as NodeJS.ErrnoException & { $metadata?: object };
  if (code !== undefined && path !== undefined) {
    const who = line.find((of) => profiles[of]?.['web_identity_token_file'] === path);
    const named = who === undefined ? 'that AWS_WEB_IDENTITY_TOKEN_FILE names' : `of profile "${who}"`;
    const state = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    return because(
      `The file with the web identity token ${named} ${state}: ${path}. Check that it is mounted or written there.`,
    );
  }
  const { kind, detail } = failureOf(error);
  const gone = line.slice(1).find((of) => profiles[of] === undefined);
  if (gone !== undefined) {
    const of = line[line.indexOf(gone) - 1] ?? name;
    return because(
      `Profile "${of}" takes its credentials from profile "${gone}" (source_profile), which does not exist.`,
    );
  }
  // STS was asked with invalid keys; `connectionSentence` explains that.
  if ($metadata !== undefined && kind === 'denied') {
    return because(
      `AWS refused credentials for profile "${name}" (${detail}). Check role_arn and the role's trust policy.`,
    );
  }
  const signIn = line.find((of) => profiles[of]?.['sso_session'] ?? profiles[of]?.['sso_start_url']);
  if (
    signIn !== undefined &&
    /sso|token|unauthorized/i.test(`${detail} ${error.name}`) &&
    kind !== 'unreachable' &&
    kind !== 'proxy'
  ) {
    const state = /expired|unauthorized|session token/i.test(`${detail} ${error.name}`)
      ? 'has expired or was never done'
      : `returned no credentials (${detail})`;
    return because(
      `The sign-in of profile "${signIn}" ${state}. Run "aws sso login --profile ${signIn}", then repeat the command.`,
    );
  }
  const login = line.find((of) => profiles[of]?.['login_session'] !== undefined);
  if (login !== undefined && kind !== 'unreachable' && kind !== 'proxy') {
    return because(
      `The sign-in of profile "${login}" has expired or was never done. Run "aws login --profile ${login}", then repeat the command.`,
    );
  }
  const isNone = detail === 'Could not load credentials from any providers';
  if (kind !== 'no-credentials' || isNone) return error;
  return because(
    `Profile "${name}" has no usable credentials (${lastLineOf(detail)}). Check it in the AWS CLI's config, or choose another with --profile.`,
  );
}
