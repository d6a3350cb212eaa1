/** Merges flags, config file and environment into a frozen RunConfig, with error messages that say what to do. */
import type {
  EncryptionConfig,
  EventFilter,
  NotifyTarget,
  PublishConfig,
  RunConfig,
  S3Config,
  VerifyConfig,
} from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import { SAMPLE } from '#scripts/run/installation.js';
import { asS3Address, parseS3 } from '#scripts/source/s3-address.js';
import { parseAccess } from './access.js';
import { LEVELS } from '#shared/model/level.js';
import { REDACTABLE, type Redactable } from '#shared/model/redaction.js';
import type { ConfigFile } from './config-file.js';
import { OPTIONS, type Settings, type SettingName } from './options.js';
import { parseTime, TIME_FORMS } from './times.js';

const MIB = 1024 * 1024;
const DEFAULT_CACHE_GB = 10;
/** The unit in which sizes are printed. */
const MB = 1_000_000;
/** The size of the page without events, plus room for some. */
const LEAST_HTML_MB = 1;
/** The largest buffer in Node 20 is 4 GiB. */
const MOST_INFLATED_MB = 4096;

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  /** The system's cache folder. */
  readonly cacheFolder: string;
  readonly askForCode?: S3Config['askForCode'];
}

/** Throws a `CulpritError` of kind `usage` for the first invalid value. */
export function resolveConfig(
  flags: Settings,
  file: ConfigFile | undefined,
  { env, now, cacheFolder, askForCode }: Surroundings,
): RunConfig {
  const settings = merge(flags, file?.settings ?? {});
  /** Where a setting's value was given. */
  const place = (key: SettingName): string => {
    const flag = OPTIONS.find((option) => option.key === key)?.flag ?? key;
    return flags[key] === undefined && file !== undefined ? `"${key}" in ${file.name}` : `--${flag}`;
  };
  const wrong = (key: SettingName, value: string, should: string): CulpritError =>
    new CulpritError('usage', `Invalid ${place(key)} "${value}". ${should}.`);

  const time = (key: 'since' | 'until'): number | undefined => {
    const text = settings[key];
    if (text === undefined) return undefined;
    const value = parseTime(text.trim(), now);
    if (value === undefined) throw wrong(key, text, `Use ${TIME_FORMS}`);
    return value;
  };
  const names = (key: 'account' | 'region', pattern: RegExp, like: string): readonly string[] => {
    const list = settings[key] ?? [];
    const odd = list.find((name) => !pattern.test(name));
    if (odd !== undefined) throw wrong(key, odd, `Use ${like}`);
    return [...new Set(list)];
  };

  const filter: EventFilter = {
    since: time('since'),
    until: time('until'),
    accounts: names('account', /^\d{12}$/, 'twelve digits, such as 123456789012'),
    regions: names('region', /^[a-z]+(?:-[a-z]+)+-\d+$/, 'a region such as eu-west-1'),
    writesOnly: settings.writesOnly ?? false,
  };
  if (filter.since !== undefined && filter.until !== undefined && filter.since >= filter.until) {
    const [since, until] = [filter.since, filter.until].map((value) => new Date(value).toISOString());
    throw wrong('since', String(since), `It must be before ${place('until')} "${String(until)}"`);
  }

  const inflated = settings.maxInflatedMb ?? 1024;
  if (inflated > MOST_INFLATED_MB) {
    throw wrong('maxInflatedMb', String(inflated), `The maximum is ${String(MOST_INFLATED_MB)}`);
  }
  const page = { rows: settings.maxRows ?? 1_000_000, bytes: Math.floor((settings.maxHtmlMb ?? 100) * MB) };
  if (!Number.isInteger(page.rows)) throw wrong('maxRows', String(page.rows), 'Use a whole number');
  if (page.bytes < LEAST_HTML_MB * MB) {
    throw wrong('maxHtmlMb', String(settings.maxHtmlMb), `The minimum is ${String(LEAST_HTML_MB)}`);
  }
  const endpointUrl = settings.endpointUrl;
  if (endpointUrl !== undefined && !/^https?:$/.test(protocolOf(endpointUrl))) {
    throw wrong('endpointUrl', endpointUrl, 'Use a URL such as http://127.0.0.1:7480');
  }
  for (const key of ['out', 'profile', 's3Region', 'cache', 'keyFile', 'passphraseFile', 'suppress'] as const) {
    const value = settings[key];
    if (value !== false && value?.trim() === '') throw wrong(key, '', 'Give it a value or leave it out');
  }

  if (settings.requestPayer !== undefined && settings.requestPayer !== 'requester') {
    throw wrong('requestPayer', settings.requestPayer, 'The only value is requester');
  }
  const inputs = (settings.inputs ?? []).map(asS3Address);
  return deepFreeze({
    inputs: inputs.length > 0 ? [...inputs] : [SAMPLE],
    isSample: inputs.length === 0,
    filter,
    outDir: settings.out ?? 'out',
    rawTsv: settings.rawTsv ?? false,
    redact: redactOf(settings, wrong),
    showSecrets: settings.showSecrets ?? false,
    maxInflatedBytes: Math.floor(inflated * MIB),
    page,
    publish: publishOf(settings, now, wrong),
    s3: {
      profile: settings.profile,
      region: settings.s3Region,
      endpointUrl,
      ...(settings.requestPayer === undefined ? {} : { paysForRequests: true }),
      ...(askForCode && { askForCode }),
    },
    cache:
      settings.cache === false
        ? undefined
        : {
            folder: settings.cache ?? cacheFolder,
            maxBytes: Math.floor((settings.cacheMax ?? DEFAULT_CACHE_GB) * 1e9),
          },
    verify: verifyOf(settings, flags, flags.publicKeys === undefined ? file?.name : undefined),
    rules: [...(settings.rules ?? [])],
    suppress: settings.suppress,
    failOn: failOnOf(settings, wrong),
    notify: (settings.notify ?? []).map((target) => notifyTarget(target, wrong)),
    allowPartial: settings.allowPartial ?? false,
    verbosity: verbosityOf(settings),
    // https://no-color.org: any value except the empty one turns colours off; a flag turns them on again.
    color: flags.color ?? (env['NO_COLOR'] ? false : (settings.color ?? true)),
    json: settings.json ?? false,
  });
}

/** Flags override the file, key by key. Verbosity comes from one place only, so that --verbose overrides "quiet". */
function merge(flags: Settings, file: Settings): Settings {
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as Settings;
  const loudness = ['quiet', 'verbose', 'debug'] as const;
  const decided = loudness.some((key) => given[key] === true);
  return { ...file, ...(decided && { quiet: false, verbose: false, debug: false }), ...given };
}

function verbosityOf({ quiet, verbose, debug }: Settings): RunConfig['verbosity'] {
  if (quiet && (verbose || debug)) {
    throw new CulpritError('usage', `Give --quiet or --${debug ? 'debug' : 'verbose'}, not both.`);
  }
  if (debug) return 'debug';
  if (verbose) return 'verbose';
  return quiet ? 'quiet' : 'normal';
}

/** Giving public keys implies --verify. */
function verifyOf(
  { verify, publicKeys = [] }: Settings,
  flags: Settings,
  configFile: string | undefined,
): VerifyConfig | undefined {
  // Keys on the command line imply it whatever the config file says.
  const isAsked = flags.verify === undefined && (flags.publicKeys ?? []).length > 0;
  const isWanted = verify || isAsked || (verify === undefined && publicKeys.length > 0);
  if (!isWanted) return undefined;
  return { publicKeys: [...publicKeys], configFile: publicKeys.length > 0 ? configFile : undefined };
}

function publishOf(
  settings: Settings,
  now: Date,
  wrong: (key: 'publish' | 'access' | 'keep', value: string, should: string) => CulpritError,
): PublishConfig | undefined {
  const { publish, access = 'encrypted', force = false, yes = false, dryRun = false } = settings;
  const { iUnderstandThisIsPublic = false, deleteOldVersions = false, keep } = settings;
  const who = parseAccess(access);
  if (typeof who === 'string') throw wrong('access', access, who);
  if (publish === undefined || publish === false) return undefined;
  const target = parseS3(publish);
  if (target === undefined || target.bucket.startsWith('arn:'))
    throw wrong('publish', publish, 'Use s3://BUCKET or s3://BUCKET/PREFIX');
  const key = target.key.replace(/\/$/, '');
  const fault = prefixFault(target.key, key);
  if (fault !== undefined) throw wrong('publish', publish, fault);
  if (who.kind === 'public' && !iUnderstandThisIsPublic) {
    throw wrong('access', access, 'Anyone could read the logs. If you want that, add --i-understand-this-is-public');
  }
  if (keep !== undefined && !Number.isInteger(keep)) throw wrong('keep', String(keep), 'Use a whole number');
  const encryption = encryptionOf(settings);
  if (encryption !== undefined && who.kind !== 'encrypted') {
    const flag = encryption.keyFile === undefined ? '--passphrase-file' : '--key-file';
    throw wrong('access', access, `Only an encrypted report has a key: leave out ${flag} or --access`);
  }
  return {
    bucket: target.bucket,
    prefix: key === '' ? '' : `${key}/`,
    ...{ force, access: who, yes, dryRun, deleteOldVersions },
    ...(keep !== undefined && { keep: { copies: keep, at: now.getTime() } }),
    ...(who.kind === 'encrypted' && { encryption: encryption ?? { keyFile: undefined, passphraseFile: undefined } }),
  };
}

/**
 * S3's limit for keys, minus the longest name that is added to a prefix. Source: Amazon S3 user guide, "Naming
 * objects".
 */
const MOST_PREFIX_BYTES = 1024 - '/2026-11-23T02-00Z/culprit-published.json'.length;

/**
 * Why no report can be published below a prefix, with what to do; undefined for a valid prefix. Browsers resolve `.`
 * and `..` and treat a backslash as a slash, so a link to such a key leads elsewhere.
 * @param path the part after the bucket, as typed
 * @param prefix the same without a trailing slash
 */
function prefixFault(path: string, prefix: string): string | undefined {
  if (/[*?]/.test(prefix)) return 'Leave out * and ?, because they match other keys in policies';
  if (new TextEncoder().encode(prefix).length > MOST_PREFIX_BYTES) {
    return `The prefix may have at most ${String(MOST_PREFIX_BYTES)} bytes`;
  }
  const decoded = decodedAscii(prefix);
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(decoded)) return 'Leave out control characters';
  if (decoded.includes('\\')) return 'Leave out the backslash, because browsers read it as a slash';
  if (path === '/' || (prefix !== '' && decoded.split('/').includes(''))) {
    return 'Leave out empty names between slashes';
  }
  if (decoded.split('/').some((name) => name === '.' || name === '..')) {
    return 'Leave out "." and "..", because browsers resolve them';
  }
  return undefined;
}

/** Decodes %-escapes of ASCII characters, including those that are escaped several times. */
function decodedAscii(text: string): string {
  const once = text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return once === text ? text : decodedAscii(once);
}

function encryptionOf({ keyFile, passphraseFile }: Settings): EncryptionConfig | undefined {
  if (keyFile === undefined && passphraseFile === undefined) return undefined;
  if (keyFile !== undefined && passphraseFile !== undefined) {
    throw new CulpritError('usage', 'Give --key-file or --passphrase-file, not both.');
  }
  return { keyFile, passphraseFile };
}

function redactOf(
  { redact, showSecrets }: Settings,
  wrong: (key: 'redact', value: string, should: string) => CulpritError,
): RunConfig['redact'] {
  if (redact === undefined || redact.includes('none')) return undefined;
  const all = Object.keys(REDACTABLE) as Redactable[];
  const odd = redact.find((name) => name !== 'all' && !all.includes(name as Redactable));
  if (odd !== undefined) throw wrong('redact', odd, `Use all, none, or some of ${all.join(', ')}`);
  if (showSecrets) throw new CulpritError('usage', 'Give --redact or --show-secrets, not both.');
  return redact.includes('all') ? all : all.filter((name) => redact.includes(name));
}

const TOPIC = /^arn:[\w-]+:sns:([\w-]+):\d{12}:[\w-]+$/;

function notifyTarget(
  target: string,
  wrong: (key: 'notify', value: string, should: string) => CulpritError,
): NotifyTarget {
  const region = TOPIC.exec(target)?.[1];
  if (region !== undefined) return { kind: 'topic', arn: target, region };
  if (target.startsWith('arn:')) throw wrong('notify', target, 'Use the ARN of an SNS topic');
  const protocol = /^https?:/.test(target) ? protocolOf(target) : '';
  if (protocol === '') return { kind: 'file', path: target };
  const isLocal = ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(target).hostname);
  // The address itself is a secret, and is not repeated.
  if (protocol === 'http:' && !isLocal) throw wrong('notify', 'http://…', 'Use https');
  return { kind: 'webhook', url: target };
}

function failOnOf(
  { failOn }: Settings,
  wrong: (key: 'failOn', value: string, should: string) => CulpritError,
): RunConfig['failOn'] {
  const level = LEVELS.find((name) => name === failOn?.toLowerCase());
  if (failOn !== undefined && level === undefined) throw wrong('failOn', failOn, `Use one of ${LEVELS.join(', ')}`);
  return level;
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
