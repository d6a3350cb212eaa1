/**
 * Which way imports may point (scripts/README.md, "The map"). A rule is about a folder and every folder below it that
 * has no rule of its own. `check-imports.ts` holds each file against the rule of its folder; type-only imports count
 * like any other, because a type is knowledge too.
 */

export interface ImportRule {
  /** The folder, with a slash at its end. */
  readonly folder: string;
  /** The folders, each with a rule of its own, that its files may import besides their own. */
  readonly ours: readonly string[];
  /** Packages they may import, scopes as `@scope/`. */
  readonly packages?: readonly string[];
  /** Whether they may import Node's modules: all of them, none, or those that are named. */
  readonly node: boolean | readonly string[];
  /** Whether others import it only with `await import()`, so that a run without S3 does not load the AWS SDK. */
  readonly lazy?: boolean;
  readonly because: string;
}

const SHARED = ['scripts/shared/', 'scripts/shared/seal/'];

/** What every part of the command may use: the shared formats, and the words for what a run is asked and how it fails. */
const WORDS = [...SHARED, 'scripts/run/'];

export const IMPORT_RULES: readonly ImportRule[] = [
  {
    folder: 'scripts/shared/seal/',
    ours: [],
    packages: ['@noble/'],
    node: false,
    because: 'sealing runs in Node and in the page, and owns the cryptography',
  },
  {
    folder: 'scripts/shared/',
    ours: ['scripts/shared/seal/'],
    node: false,
    because: 'shared runs in Node and in the page, and imports nothing else of ours',
  },
  {
    folder: 'scripts/investigate/',
    ours: SHARED,
    node: false,
    because: 'what events say is known without knowing where they are shown; it runs in Node and in the page',
  },
  {
    folder: 'scripts/run/',
    ours: SHARED,
    node: ['node:fs', 'node:url'],
    because: 'these are the words that every other folder uses',
  },
  {
    folder: 'scripts/bytes/',
    ours: SHARED,
    node: false,
    because: 'structures for bytes know nothing of what the bytes mean',
  },
  {
    folder: 'scripts/cloudtrail/',
    ours: [...SHARED, 'scripts/bytes/'],
    node: false,
    because: 'what a record means is pure',
  },
  {
    folder: 'scripts/store/',
    ours: SHARED,
    node: false,
    because: 'the store is what everything after ingest reads, and knows only shared',
  },
  {
    folder: 'scripts/redact/',
    ours: [...SHARED, 'scripts/cloudtrail/', 'scripts/store/'],
    node: false,
    because: 'texts alone decide what is masked and redacted, wherever they come from or go',
  },
  {
    folder: 'scripts/aws/',
    ours: [...WORDS, 'scripts/source/'],
    packages: ['@aws-sdk/', '@smithy/', 'http-proxy-agent', 'https-proxy-agent'],
    node: true,
    because: 'the clients are what the AWS adapters share, and own the AWS SDK with them',
  },
  {
    folder: 'scripts/source/',
    ours: SHARED,
    node: false,
    because: 'a port says what is needed, not how it is done',
  },
  {
    folder: 'scripts/source/folder/',
    ours: [...WORDS, 'scripts/source/'],
    node: true,
    because: 'adapters know their port and never each other',
  },
  {
    folder: 'scripts/source/s3/',
    ours: [...WORDS, 'scripts/source/', 'scripts/aws/'],
    packages: ['@aws-sdk/client-s3', '@smithy/'],
    node: true,
    lazy: true,
    because: 'adapters know their port and never each other',
  },
  {
    folder: 'scripts/verify/',
    ours: [...WORDS, 'scripts/source/'],
    node: true,
    because: 'what proves a log is known without knowing where it is read from',
  },
  {
    folder: 'scripts/verify/keys/',
    ours: [...WORDS, 'scripts/verify/', 'scripts/aws/'],
    packages: ['@aws-sdk/client-cloudtrail'],
    node: true,
    lazy: true,
    because: 'CloudTrail is asked for its keys in one place',
  },
  {
    folder: 'scripts/ingest/cache/',
    ours: [...WORDS, 'scripts/ingest/'],
    node: true,
    because: 'the cache keeps files and rows, and knows nothing of what is in them',
  },
  {
    folder: 'scripts/ingest/',
    ours: [
      ...WORDS,
      'scripts/bytes/',
      'scripts/cloudtrail/',
      'scripts/ingest/cache/',
      'scripts/investigate/',
      'scripts/redact/',
      'scripts/source/',
      'scripts/store/',
      'scripts/verify/',
      'scripts/workers/',
    ],
    node: true,
    because: 'ingest reads through the source port and knows neither adapters nor outputs',
  },
  {
    folder: 'scripts/findings/',
    ours: [...WORDS, 'scripts/investigate/', 'scripts/output/', 'scripts/store/', 'scripts/workers/'],
    packages: ['valibot', 'yaml'],
    node: true,
    because: 'rules are read from files here, which owns YAML, and evaluated in the workers',
  },
  {
    folder: 'scripts/notify/',
    ours: [...WORDS, 'scripts/aws/', 'scripts/investigate/'],
    packages: ['@aws-sdk/client-sns', 'valibot'],
    node: true,
    lazy: true,
    because: 'notifications say what rules found, and own SNS',
  },
  {
    folder: 'scripts/workers/',
    ours: [
      ...WORDS,
      'scripts/bytes/',
      'scripts/findings/',
      'scripts/ingest/',
      'scripts/ingest/cache/',
      'scripts/investigate/',
      'scripts/output/html/',
      'scripts/output/tsv/',
      'scripts/source/',
      'scripts/source/folder/',
      'scripts/store/',
      'scripts/verify/',
    ],
    packages: ['esbuild'],
    node: true,
    because: 'workers run what is spread over threads, and bundle the program that they start with',
  },
  {
    folder: 'scripts/output/',
    ours: [...WORDS, 'scripts/ingest/', 'scripts/investigate/', 'scripts/publish/', 'scripts/store/'],
    node: false,
    because: 'what a run says about itself comes from the store and the tally, and is pure',
  },
  {
    folder: 'scripts/output/files/',
    ours: WORDS,
    node: true,
    because: 'an output file knows nothing of what is in it',
  },
  {
    folder: 'scripts/output/tsv/',
    ours: [...SHARED, 'scripts/store/'],
    node: false,
    because: 'formatting the TSV is pure and knows only shared and the store',
  },
  {
    folder: 'scripts/output/html/',
    ours: [...WORDS, 'scripts/bytes/', 'scripts/store/', 'public/text/'],
    packages: ['eta', 'esbuild'],
    node: true,
    because: 'html makes the page of the store, with its texts as data, and owns eta',
  },
  {
    folder: 'scripts/who/',
    ours: [...SHARED, 'scripts/investigate/', 'scripts/output/html/', 'scripts/store/', 'public/text/'],
    node: false,
    because: 'an answer in the terminal comes from the store, with the words of the page',
  },
  {
    folder: 'scripts/publish/',
    ours: [...SHARED, 'scripts/publish/plan/'],
    node: true,
    because: 'a port says what is needed, not how it is done',
  },
  {
    folder: 'scripts/publish/plan/',
    ours: [...WORDS, 'scripts/publish/'],
    node: ['node:crypto'],
    because: 'planning what is published is pure; Node makes the hash that tells statements apart',
  },
  {
    folder: 'scripts/publish/encryption/',
    ours: [...WORDS, 'scripts/publish/'],
    node: true,
    because: 'keys are made and kept without knowing where the report goes',
  },
  {
    folder: 'scripts/publish/link/',
    ours: [...WORDS, 'scripts/aws/', 'scripts/publish/', 'scripts/publish/plan/', 'scripts/publish/s3/'],
    packages: ['@aws-sdk/client-s3', '@aws-sdk/s3-request-presigner', '@smithy/'],
    node: true,
    lazy: true,
    because: 'links are made for what is published, and take no part in publishing it',
  },
  {
    folder: 'scripts/publish/s3/',
    ours: [...WORDS, 'scripts/aws/', 'scripts/publish/', 'scripts/publish/link/', 'scripts/publish/plan/'],
    packages: [
      '@aws-sdk/client-s3',
      '@aws-sdk/client-s3-control',
      '@aws-sdk/client-sts',
      '@aws-sdk/lib-storage',
      '@smithy/',
    ],
    node: true,
    lazy: true,
    because: 'adapters know their port and never each other',
  },
  {
    folder: 'scripts/build/',
    ours: ['scripts/run/', 'scripts/output/html/', 'scripts/workers/'],
    packages: ['esbuild'],
    node: true,
    because: 'the package is made of what a run bundles, and of nothing that it reads',
  },
  {
    folder: 'scripts/cli/config/',
    ours: [...WORDS, 'scripts/source/'],
    packages: ['commander', 'valibot'],
    node: true,
    because: 'the configuration knows nothing of what is done with it, and owns commander and valibot',
  },
  {
    folder: 'scripts/cli/terminal/',
    ours: [...WORDS, 'scripts/publish/', 'scripts/source/'],
    packages: ['picocolors', '@clack/prompts'],
    node: true,
    because: 'the terminal shows a run and takes no part in it',
  },
  {
    folder: 'scripts/cli/doctor/',
    ours: [...WORDS, 'scripts/aws/', 'scripts/cli/config/', 'scripts/publish/', 'scripts/source/'],
    packages: ['@aws-sdk/client-cloudtrail', '@aws-sdk/client-sts', '@clack/prompts'],
    node: true,
    lazy: true,
    because: 'the doctor asks through ports, and owns what is asked of the account',
  },
  {
    folder: 'scripts/cli/',
    ours: [
      ...WORDS,
      'scripts/',
      'scripts/cli/config/',
      'scripts/cli/doctor/',
      'scripts/cli/terminal/',
      'scripts/investigate/',
      'scripts/notify/',
      'scripts/output/files/',
      'scripts/publish/',
      'scripts/publish/encryption/',
      'scripts/publish/s3/',
      'scripts/source/',
      'scripts/source/folder/',
      'scripts/source/s3/',
      'scripts/verify/',
      'scripts/verify/keys/',
      'scripts/who/',
      'scripts/workers/',
    ],
    packages: ['picocolors', 'env-paths'],
    node: true,
    because: 'the command builds adapters and hands them to the pipeline',
  },
  {
    folder: 'scripts/',
    ours: [
      ...WORDS,
      'scripts/cli/',
      'scripts/findings/',
      'scripts/ingest/',
      'scripts/ingest/cache/',
      'scripts/investigate/',
      'scripts/output/',
      'scripts/output/files/',
      'scripts/output/html/',
      'scripts/output/tsv/',
      'scripts/publish/',
      'scripts/redact/',
      'scripts/source/',
      'scripts/store/',
      'scripts/verify/',
      'scripts/workers/',
    ],
    node: true,
    because: 'report.ts is the process around the command, and the pipeline knows ports, not adapters',
  },
  {
    folder: 'public/state/',
    ours: SHARED,
    node: false,
    because: 'what a reader chose is plain data',
  },
  {
    folder: 'public/text/',
    ours: [...SHARED, 'public/state/', 'public/ui/'],
    node: false,
    because: 'texts know the chosen language and nothing of what they are about',
  },
  {
    folder: 'public/ui/',
    ours: [...SHARED, 'public/state/', 'public/text/'],
    node: false,
    because: 'parts that every view uses know none of the views',
  },
  {
    folder: 'public/unlock/',
    ours: [...SHARED, 'public/engine/', 'public/text/', 'public/ui/'],
    node: false,
    because: 'an encrypted page is opened before anything of it is known',
  },
  {
    folder: 'public/engine/',
    ours: [...SHARED, 'public/state/', 'public/unlock/'],
    node: false,
    because: 'the engine finds and counts events, and knows nothing of how they are shown',
  },
  {
    folder: 'public/charts/',
    ours: [...SHARED, 'public/engine/', 'public/state/', 'public/text/', 'public/ui/'],
    packages: ['chart.js'],
    node: false,
    because: 'charts show what the engine counts, know no other view, and own chart.js',
  },
  {
    folder: 'public/',
    ours: [
      ...SHARED,
      'scripts/investigate/',
      'public/charts/',
      'public/engine/',
      'public/state/',
      'public/text/',
      'public/ui/',
      'public/unlock/',
    ],
    packages: ['valibot'],
    node: false,
    because:
      'the page knows what is shared and what events say, nothing of how a report is made, and checks it with valibot',
  },
];
