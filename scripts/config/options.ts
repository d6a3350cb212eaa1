/**
 * The one table of options. The command line, its help and the config file's keys all come from it: an option is one
 * entry here and one line in `resolve.ts`.
 */

/**
 * What an option's value is.
 * - `text`: one text; given twice, the last one counts
 * - `target`: a text, or `false` to say "not this time" where the config file has one
 * - `list`: texts; repeatable, and several in one when separated by commas
 * - `number`: a number above 0
 * - `switch`: on or off
 */
export type OptionKind = 'text' | 'target' | 'list' | 'number' | 'switch';

export interface Option {
  /** The key in the config file. */
  readonly key: string;
  /** The long flag without its dashes; of a switch that is on by default, the flag that turns it off. */
  readonly flag: string;
  readonly kind: OptionKind;
  /** What the value is called in the help; of switches, ''. */
  readonly argument: string;
  /** What the flag means without a value. */
  readonly alone?: string;
  /** A value as an example for error messages, as JSON. */
  readonly example: string;
  readonly group: 'Which events' | 'Where to' | 'Publishing' | 'S3 access' | 'Proof' | 'What is shown' | 'Other';
  readonly help: string;
  /** Only makes sense for one run, so the config file must not have it. */
  readonly onlyFlag?: true;
}

export const OPTIONS = [
  {
    key: 'since',
    flag: 'since',
    kind: 'text',
    argument: 'TIME',
    example: '"7d"',
    group: 'Which events',
    help: 'only events at TIME or later (by eventTime)',
  },
  {
    key: 'until',
    flag: 'until',
    kind: 'text',
    argument: 'TIME',
    example: '"2025-03-10"',
    group: 'Which events',
    help: 'only events before TIME',
  },
  {
    key: 'account',
    flag: 'account',
    kind: 'list',
    argument: 'ID',
    example: '["123456789012"]',
    group: 'Which events',
    help: 'only this account; repeatable',
  },
  {
    key: 'region',
    flag: 'region',
    kind: 'list',
    argument: 'REGION',
    example: '["eu-west-1"]',
    group: 'Which events',
    help: 'only this region; repeatable',
  },
  {
    key: 'writesOnly',
    flag: 'writes-only',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'Which events',
    help: 'leave out events that only read',
  },
  {
    key: 'maxInflatedMb',
    flag: 'max-inflated-mb',
    kind: 'number',
    argument: 'MB',
    example: '1024',
    group: 'Which events',
    help: 'do not read files that inflate to more than this (default: 1024)',
  },
  {
    key: 'out',
    flag: 'out',
    kind: 'text',
    argument: 'DIR',
    example: '"out"',
    group: 'Where to',
    help: 'folder for index.html, events.tsv and manifest.json (default: out)',
  },
  {
    key: 'rawTsv',
    flag: 'raw-tsv',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'Where to',
    help: "do not put a ' before cells that a spreadsheet would take for a formula",
  },
  {
    key: 'redact',
    flag: 'redact',
    kind: 'list',
    argument: 'WHAT',
    alone: 'all',
    example: '["all"]',
    group: 'Where to',
    help: 'replace accounts, names, addresses, arns, keys, emails and agents by pseudonyms, or only those in WHAT; "none": nothing',
  },
  {
    key: 'showSecrets',
    flag: 'show-secrets',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'Where to',
    help: 'keep session tokens, passwords and other secrets in parameters, which are masked otherwise',
  },
  {
    key: 'maxRows',
    flag: 'max-rows',
    kind: 'number',
    argument: 'N',
    example: '1000000',
    group: 'Where to',
    help: 'list at most N events in the page: changes and errors first, then the newest reads (default: 1000000)',
  },
  {
    key: 'maxHtmlMb',
    flag: 'max-html-mb',
    kind: 'number',
    argument: 'MB',
    example: '100',
    group: 'Where to',
    help: 'list fewer events where index.html would be larger than this (default: 100)',
  },
  {
    key: 'publish',
    flag: 'publish',
    kind: 'target',
    argument: 's3://BUCKET[/PREFIX]',
    example: '"s3://my-reports/trail"',
    group: 'Publishing',
    help: 'upload the report to this bucket and print its link; says first who will be able to read it, and asks',
  },
  {
    key: 'access',
    flag: 'access',
    kind: 'text',
    argument: 'WHO',
    example: '"cidr:203.0.113.0/24"',
    group: 'Publishing',
    help: 'encrypted (default), cidr:203.0.113.0/24,…, vpce:ID,…, vpc:ID,…, presigned[:1h…7d], private or public',
  },
  {
    key: 'keep',
    flag: 'keep',
    kind: 'number',
    argument: 'N',
    example: '30',
    group: 'Where to',
    help: 'publish to latest/ and to a dated copy, keep the N newest copies, and list them at the prefix',
  },
  {
    key: 'keyFile',
    flag: 'key-file',
    kind: 'text',
    argument: 'FILE',
    example: '"culprit.key"',
    group: 'Publishing',
    help: 'the key for an encrypted report, so that its link stays the same; made if it is not there',
  },
  {
    key: 'passphraseFile',
    flag: 'passphrase-file',
    kind: 'text',
    argument: 'FILE',
    example: '"culprit.passphrase"',
    group: 'Publishing',
    help: 'an encrypted report asks for the passphrase in this file, and its link has no key',
  },
  {
    key: 'yes',
    flag: 'yes',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'Publishing',
    help: 'publish, or unpublish, without being asked: for scripts',
    onlyFlag: true,
  },
  {
    key: 'dryRun',
    flag: 'dry-run',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'Publishing',
    help: 'make the report, say what publishing it would do, and stop',
    onlyFlag: true,
  },
  {
    key: 'iUnderstandThisIsPublic',
    flag: 'i-understand-this-is-public',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'Publishing',
    help: 'needed for --access public, each time',
    onlyFlag: true,
  },
  {
    key: 'deleteOldVersions',
    flag: 'delete-old-versions',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'Publishing',
    help: 'where the bucket keeps versions, delete those of earlier reports at the same place',
  },
  {
    key: 'force',
    flag: 'force',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'Publishing',
    help: 'publish over an index.html that Culprit did not write',
    onlyFlag: true,
  },
  {
    key: 'profile',
    flag: 'profile',
    kind: 'text',
    argument: 'NAME',
    example: '"security-audit"',
    group: 'S3 access',
    help: "profile of the AWS CLI's config (default: the SDK's credential chain)",
  },
  {
    key: 's3Region',
    flag: 's3-region',
    kind: 'text',
    argument: 'REGION',
    example: '"eu-west-1"',
    group: 'S3 access',
    help: "region to ask S3 in first (default: the SDK's chain)",
  },
  {
    key: 'endpointUrl',
    flag: 'endpoint-url',
    kind: 'text',
    argument: 'URL',
    example: '"http://127.0.0.1:7480"',
    group: 'S3 access',
    help: 'another S3 than that of AWS',
  },
  {
    key: 'cache',
    flag: 'cache',
    kind: 'target',
    argument: 'DIR',
    example: '"/var/cache/culprit"',
    group: 'S3 access',
    help: "keep what was read from S3 here (default: the system's cache folder; --no-cache: nowhere)",
  },
  {
    key: 'cacheMax',
    flag: 'cache-max',
    kind: 'number',
    argument: 'GB',
    example: '10',
    group: 'S3 access',
    help: 'remove what was not used for longest when the cache is larger (default: 10)',
  },
  {
    key: 'allowPartial',
    flag: 'allow-partial',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'S3 access',
    help: 'exit with 0 though some files could not be read',
  },
  {
    key: 'verify',
    flag: 'verify',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'Proof',
    help: "check all logs against CloudTrail's signed digests; exit with 3 if anything was tampered with",
  },
  {
    key: 'publicKeys',
    flag: 'public-keys',
    kind: 'list',
    argument: 'FILE',
    example: '["keys.json"]',
    group: 'Proof',
    help: 'verify with the keys in FILE, as "aws cloudtrail list-public-keys" prints them, not with those that CloudTrail tells; repeatable',
  },
  {
    key: 'quiet',
    flag: 'quiet',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'What is shown',
    help: 'say only what went wrong, and the link of a published report',
  },
  {
    key: 'verbose',
    flag: 'verbose',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'What is shown',
    help: 'say more about what is done',
  },
  {
    key: 'debug',
    flag: 'debug',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'What is shown',
    help: 'like --verbose, and show the stack of an error',
  },
  {
    key: 'color',
    flag: 'no-color',
    kind: 'switch',
    argument: '',
    example: 'false',
    group: 'What is shown',
    help: 'no colours (they are off in a pipe, and where NO_COLOR is set)',
  },
  {
    key: 'json',
    flag: 'json',
    kind: 'switch',
    argument: '',
    example: 'true',
    group: 'What is shown',
    help: 'print manifest.json on stdout, and everything for people on stderr',
  },
  {
    key: 'config',
    flag: 'config',
    kind: 'text',
    argument: 'FILE',
    example: '"culprit.config.json"',
    group: 'Other',
    help: 'config file (default: culprit.config.json, if it is there)',
    onlyFlag: true,
  },
] as const satisfies readonly Option[];

type Entry = (typeof OPTIONS)[number];
interface Values {
  text: string;
  target: string | false;
  list: readonly string[];
  number: number;
  switch: boolean;
}

/** Values of options as one place gives them, before they are checked: the command line or the config file. */
export type Settings = { readonly [E in Entry as E['key']]?: Values[E['kind']] | undefined } & {
  readonly inputs?: readonly string[] | undefined;
};

export type SettingName = keyof Settings;
