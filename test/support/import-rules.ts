/**
 * Which way imports may point (scripts/README.md, "the map"). `check-imports.ts` holds every file against the first
 * rule that names it; type-only imports count like any other, because a type is knowledge too.
 */

export interface ImportRule {
  /** The files it is about: a file, or a path's beginning. */
  readonly files: readonly string[];
  /** What of ours they may import, written alike. Their own beginnings are always allowed. */
  readonly ours: readonly string[];
  /** Packages they may import, scopes as `@scope/`. */
  readonly packages?: readonly string[];
  /** Whether they may import Node's modules. */
  readonly node: boolean;
  readonly because: string;
}

const WORDS = ['scripts/shared/', 'scripts/config.ts', 'scripts/errors.ts', 'scripts/progress.ts'];

/** What of publishing talks to nobody. */
const PLANNING = [
  'scripts/publish/access-plan.ts',
  'scripts/publish/bucket-facts.ts',
  'scripts/publish/cloudfront.ts',
  'scripts/publish/diagnosis.ts',
  'scripts/publish/link-notes.ts',
  'scripts/publish/history.ts',
  'scripts/publish/plan.ts',
  'scripts/publish/plan-screen.ts',
  'scripts/publish/policy-text.ts',
  'scripts/publish/published-record.ts',
  'scripts/publish/readers.ts',
  'scripts/publish/rest-link.ts',
  'scripts/publish/unpublish-plan.ts',
  'scripts/publish/website-link.ts',
];

export const IMPORT_RULES: readonly ImportRule[] = [
  {
    files: ['scripts/shared/seal/'],
    ours: [],
    packages: ['@noble/'],
    node: false,
    because: 'sealing runs in Node and in the page, and owns the cryptography',
  },
  {
    files: ['scripts/shared/'],
    ours: [],
    node: false,
    because: 'shared runs in Node and in the page, and imports nothing of ours',
  },
  {
    files: ['scripts/cloudtrail/'],
    ours: ['scripts/shared/'],
    node: false,
    because: 'what a record means is pure and knows only shared',
  },
  {
    files: ['scripts/store/'],
    ours: ['scripts/shared/'],
    node: false,
    because: 'the store is what everything after ingest reads, and knows only shared',
  },
  {
    files: ['scripts/redact/'],
    ours: ['scripts/shared/', 'scripts/cloudtrail/', 'scripts/store/'],
    node: false,
    because: 'what is masked and redacted is decided by texts alone, without knowing where they come from or go',
  },
  {
    files: ['scripts/tsv/'],
    ours: ['scripts/shared/', 'scripts/store/'],
    node: false,
    because: 'formatting the TSV is pure and knows only shared and the store',
  },
  {
    files: ['scripts/publish/passphrase.ts'],
    ours: [],
    node: false,
    because: 'judging a passphrase is pure',
  },
  {
    files: ['scripts/publish/history-page.ts'],
    ours: ['scripts/publish/history.ts'],
    node: true,
    because: 'the page of past reports knows their times and nothing else of them',
  },
  {
    files: ['scripts/publish/encrypt.ts'],
    ours: [...WORDS, 'scripts/publish/passphrase.ts', 'scripts/publish/port.ts'],
    node: true,
    because: 'keys are made and kept without knowing where the report goes',
  },
  {
    files: PLANNING,
    ours: [...WORDS, 'scripts/publish/access-policy.ts', 'scripts/publish/port.ts'],
    node: false,
    because: 'planning what is published is pure',
  },
  {
    files: ['scripts/publish/access-policy.ts'],
    ours: [...WORDS, 'scripts/publish/policy-text.ts'],
    node: true,
    because: 'what a policy says is pure; Node makes the hash that tells statements apart',
  },
  {
    files: ['scripts/source/port.ts', 'scripts/source/layout.ts', 'scripts/publish/port.ts'],
    ours: ['scripts/shared/', 'scripts/source/layout.ts'],
    node: false,
    because: 'a port says what is needed, not how it is done',
  },
  {
    files: ['scripts/source/local-file.ts'],
    ours: [],
    node: true,
    because: 'reading one file of this machine is what the folder adapter and the workers share',
  },
  {
    files: ['scripts/source/folder'],
    ours: [...WORDS, 'scripts/source/port.ts', 'scripts/source/layout.ts', 'scripts/source/local-file.ts'],
    node: true,
    because: 'adapters know their port and never each other',
  },
  {
    files: ['scripts/source/s3'],
    ours: [...WORDS, 'scripts/source/port.ts', 'scripts/source/layout.ts', 'scripts/s3/'],
    packages: ['@aws-sdk/client-s3', '@smithy/'],
    node: true,
    because: 'adapters know their port and never each other',
  },
  {
    files: ['scripts/publish/s3', 'scripts/publish/refusals.ts'],
    ours: [...WORDS, 'scripts/publish/', 'scripts/s3/'],
    packages: [
      '@aws-sdk/client-s3',
      '@aws-sdk/client-s3-control',
      '@aws-sdk/client-sts',
      '@aws-sdk/lib-storage',
      '@aws-sdk/s3-request-presigner',
      '@smithy/',
    ],
    node: true,
    because: 'adapters know their port and never each other',
  },
  {
    files: ['scripts/s3/address.ts'],
    ours: [],
    node: false,
    because: 'an address is read before anybody knows whether the AWS SDK is needed',
  },
  {
    files: ['scripts/s3/'],
    ours: WORDS,
    packages: ['@aws-sdk/', '@smithy/'],
    node: true,
    because: 'the S3 client is what the S3 adapters share, and owns the AWS SDK with them',
  },
  {
    files: ['scripts/verify/cloudtrail-keys.ts'],
    ours: [...WORDS, 'scripts/verify/', 'scripts/s3/'],
    packages: ['@aws-sdk/client-cloudtrail'],
    node: true,
    because: 'CloudTrail is asked for its keys in one place',
  },
  {
    files: ['scripts/verify/'],
    ours: [...WORDS, 'scripts/source/port.ts', 'scripts/source/layout.ts'],
    node: true,
    because: 'what proves a log is known without where it is read from',
  },
  {
    files: ['scripts/cache/'],
    ours: ['scripts/config.ts', 'scripts/ingest/file-report.ts'],
    node: true,
    because: 'the cache keeps files and rows, and knows nothing of what is in them',
  },
  {
    files: ['scripts/ingest/'],
    ours: [
      ...WORDS,
      'scripts/cache/',
      'scripts/cloudtrail/',
      'scripts/redact/',
      'scripts/store/',
      'scripts/verify/',
      'scripts/workers/pool.ts',
      'scripts/workers/tasks.ts',
      'scripts/source/port.ts',
      'scripts/source/layout.ts',
    ],
    node: true,
    because: 'ingest reads through the source port and knows neither adapters nor outputs',
  },
  {
    files: ['scripts/workers/'],
    ours: [
      ...WORDS,
      'scripts/cache/',
      'scripts/ingest/',
      'scripts/store/',
      'scripts/tsv/',
      'scripts/verify/file-proof.ts',
      'scripts/html/embed-blocks.ts',
      'scripts/source/port.ts',
      'scripts/source/local-file.ts',
    ],
    packages: ['esbuild'],
    node: true,
    because: 'workers run what is spread over threads, and bundle the program that they start with',
  },
  {
    files: ['scripts/html/'],
    ours: [...WORDS, 'scripts/store/'],
    packages: ['eta', 'esbuild'],
    node: true,
    because: 'html makes the page of the store, and owns eta',
  },
  {
    files: ['scripts/doctor/'],
    ours: [
      ...WORDS,
      'scripts/config/config-file.ts',
      'scripts/publish/port.ts',
      'scripts/s3/client.ts',
      'scripts/s3/failure.ts',
      'scripts/source/port.ts',
    ],
    packages: ['@aws-sdk/client-cloudtrail', '@aws-sdk/client-sts', '@clack/prompts'],
    node: true,
    because: 'the doctor asks through ports, and owns what is asked of the account',
  },
  {
    files: ['scripts/config.ts', 'scripts/errors.ts', 'scripts/progress.ts'],
    ours: ['scripts/shared/'],
    node: false,
    because: 'these are the words that everything else speaks in',
  },
  {
    files: ['scripts/config/'],
    ours: [...WORDS, 'scripts/s3/address.ts'],
    packages: ['commander', 'valibot'],
    node: true,
    because: 'the configuration knows nothing of what is done with it, and owns commander and valibot',
  },
  {
    files: ['scripts/terminal.ts', 'scripts/terminal/'],
    ours: [...WORDS, 'scripts/source/layout.ts', 'scripts/publish/port.ts'],
    packages: ['picocolors', '@clack/prompts'],
    node: true,
    because: 'the terminal shows a run and takes no part in it',
  },
  {
    files: ['scripts/temporary-files.ts'],
    ours: ['scripts/errors.ts'],
    node: true,
    because: 'temporary files know nothing of what is in them',
  },
  {
    files: ['scripts/direct-writer.ts'],
    ours: [],
    node: true,
    because: 'how bytes reach a disk has nothing to do with what they are',
  },
  {
    files: ['scripts/output-file.ts'],
    ours: ['scripts/errors.ts', 'scripts/temporary-files.ts', 'scripts/direct-writer.ts'],
    node: true,
    because: 'an output file knows nothing of what is in it',
  },
  {
    files: ['scripts/report-manifest.ts', 'scripts/report-coverage.ts'],
    ours: [
      'scripts/shared/',
      'scripts/store/',
      'scripts/config.ts',
      'scripts/ingest/tally.ts',
      'scripts/ingest/delivered-files.ts',
      'scripts/publish/port.ts',
    ],
    node: false,
    because: 'what a run says about itself comes from the store and the tally, and is pure',
  },
  {
    files: ['scripts/pipeline.ts'],
    ours: [
      ...WORDS,
      'scripts/source/port.ts',
      'scripts/source/layout.ts',
      'scripts/publish/port.ts',
      'scripts/cache/',
      'scripts/ingest/',
      'scripts/redact/',
      'scripts/store/',
      'scripts/tsv/',
      'scripts/html/',
      'scripts/verify/',
      'scripts/workers/',
      'scripts/output-file.ts',
      'scripts/report-manifest.ts',
    ],
    node: true,
    because: 'the pipeline knows ports, not adapters',
  },
  {
    files: ['scripts/report.ts'],
    ours: [
      ...WORDS,
      'scripts/config/',
      'scripts/terminal.ts',
      'scripts/terminal/',
      'scripts/temporary-files.ts',
      'scripts/pipeline.ts',
      'scripts/source/',
      'scripts/publish/',
      'scripts/s3/address.ts',
      'scripts/cache/',
      'scripts/doctor/',
      'scripts/verify/',
      'scripts/workers/start.ts',
    ],
    packages: ['picocolors', 'env-paths'],
    node: true,
    because: 'report.ts builds adapters and hands them to the pipeline',
  },
  {
    files: ['public/'],
    ours: ['scripts/shared/'],
    packages: ['chart.js'],
    node: false,
    because: 'the page knows only shared, and owns chart.js',
  },
];

/** Imported by others only with `await import()`, so that a run without S3 does not load the AWS SDK. */
export const LAZY = ['scripts/source/s3', 'scripts/publish/s3', 'scripts/doctor/', 'scripts/verify/cloudtrail-keys.ts'];
