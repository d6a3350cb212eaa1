import { expect, test } from 'vitest';
import type { EventFilter } from '#scripts/run/config.js';
import type { ReportManifest } from '#shared/model/manifest.js';
import { quietLines, summaryLines, type WrittenFile } from '#scripts/cli/terminal/summary.js';

const PLAIN: ReportManifest = {
  formatVersion: 1,
  tool: { name: 'culprit', version: '1.2.3' },
  events: 2900,
  duplicates: 0,
  filtered: 0,
  findings: { informational: 0, low: 0, medium: 0, high: 0, critical: 0, notEvaluable: 0, suppressed: 0 },
  sessions: { total: 0, people: 0, workloads: 0, services: 0, unknown: [], elsewhere: 0 },
  files: { listed: 42, read: 42, ignored: 0, failed: 0 },
  timeRange: { from: '2025-03-03T04:05:06.000Z', to: '2025-03-04T00:00:00.000Z' },
  accounts: ['111111111111', '222222222222'],
  regions: ['eu-west-1'],
  coverage: { daysPerCell: 1, places: [], morePlaces: 0, unplacedFiles: 0, gapDays: 0 },
  ignored: [],
  warnings: [],
  outputs: [],
  run: { startedAt: '2025-03-10T00:00:00.000Z', seconds: 3.21, command: 'npm run report' },
};

const UNFILTERED: EventFilter = { since: undefined, until: undefined, accounts: [], regions: [], writesOnly: false };

const WRITTEN: readonly WrittenFile[] = [
  { path: 'out/events.tsv', bytes: 12_345_678 },
  { path: 'out/index.html', bytes: 1_000_000 },
  { path: 'out/manifest.json', bytes: 987 },
];

test('says what was written, with sizes, how many events there are and from when to when', () => {
  expect(summaryLines(PLAIN, UNFILTERED, WRITTEN, undefined, false)).toEqual([
    '',
    '2,900 events · 2025-03-03 04:05:06 to 2025-03-04 00:00:00 UTC · 2 accounts · 1 region · in 3.2 s',
    '  out/events.tsv      12.3 MB',
    '  out/index.html       1.0 MB',
    '  out/manifest.json     987 B',
    'Complete: nothing was skipped.',
  ]);
});

test('says what is not in the report, and why', () => {
  const manifest: ReportManifest = {
    ...PLAIN,
    duplicates: 1,
    filtered: 1234,
    files: { listed: 50, read: 40, ignored: 8, failed: 2 },
    ignored: [
      { kind: 'digest', count: 7, records: 0, example: 'a/digest.json.gz' },
      { kind: 'insight', count: 2, records: 1, example: 'a/insight.json.gz' },
      { kind: 'network-activity', count: 0, records: 3, example: 'a/b.json.gz' },
      { kind: 'from-the-future', count: 1, records: 0, example: 'b' },
    ],
    warnings: [
      { code: 'gzip-truncated', count: 1, example: 'c.json.gz' },
      { code: 'unreadable', count: 2, example: 'd.json.gz' },
    ],
  };
  const filter = { ...UNFILTERED, since: 0, until: 1, accounts: ['111111111111'], regions: ['r'], writesOnly: true };
  expect(summaryLines(manifest, filter, WRITTEN, undefined, false).slice(5)).toEqual([
    'Not in the report:',
    '  1,234 events by --since, --until, --account, --region or --writes-only',
    '  1 duplicate event removed',
    '  7 files: CloudTrail digests (a/digest.json.gz)',
    '  2 files and 1 record: CloudTrail Insights (a/insight.json.gz)',
    '  3 records: CloudTrail network activity (a/b.json.gz)',
    '  1 file: from-the-future (b)',
    'Problems in the input: 2 files of 50 could not be used.',
    '  1 × gzip data ends early; the events before the end were kept (c.json.gz)',
    '  2 × file or folder could not be read (d.json.gz)',
  ]);
});

test.each<[given: Partial<EventFilter>, said: string]>([
  [{ since: 0 }, '--since'],
  [{ until: 0, accounts: ['111111111111'] }, '--until or --account'],
  [{ regions: ['eu-west-1'], writesOnly: true }, '--region or --writes-only'],
  [{ since: 0, until: 1, writesOnly: true }, '--since, --until or --writes-only'],
])('%j names only the options that were given: %s', (given, said) => {
  const lines = summaryLines({ ...PLAIN, filtered: 2 }, { ...UNFILTERED, ...given }, WRITTEN, undefined, false);
  expect(lines).toContain(`  2 events by ${said}`);
});

test('says what was masked and redacted, and where the pseudonyms are', () => {
  const redaction = { what: ['accounts', 'names'], pseudonyms: 1234 } as const;
  const lines = summaryLines(
    { ...PLAIN, redaction, masked: { values: 3, events: 2 } },
    UNFILTERED,
    WRITTEN,
    undefined,
    false,
  );
  expect(lines).toContain(
    'Redacted: accounts, names. Who is who: out/redaction-key.tsv (1,234 pseudonyms); keep it to yourself, it is never published.',
  );
  expect(lines).toContain('Masked: 3 secrets in 2 events, as MASKED_BY_CULPRIT (--show-secrets keeps them).');
});

test('says how many rules found something, the most serious first, and what was left out of that', () => {
  const findings = { ...PLAIN.findings, high: 2, critical: 1, low: 1234, notEvaluable: 1, suppressed: 3 };
  expect(summaryLines({ ...PLAIN, findings }, UNFILTERED, WRITTEN, undefined, false)).toContain(
    'Findings: 1 critical, 2 high, 1,234 low; 3 suppressed; 1 rule not evaluated (findings.json).',
  );
});

test('is not "complete" where there were faults', () => {
  const manifest = { ...PLAIN, warnings: [{ code: 'json-invalid', count: 1, example: 'x' }] } as const;
  expect(summaryLines(manifest, UNFILTERED, WRITTEN, undefined, false).join('\n')).not.toContain('Complete');
});

test('an empty report has no range', () => {
  const empty = { ...PLAIN, events: 0, timeRange: null, accounts: [], regions: [] };
  expect(summaryLines(empty, UNFILTERED, WRITTEN, undefined, false)[1]).toBe(
    '0 events · 0 accounts · 0 regions · in 3.2 s',
  );
});

test('ends with the link of a published report, on a line of its own', () => {
  const published = { url: 'http://site.example/', notes: ['Anybody can read it.'] };
  expect(summaryLines(PLAIN, UNFILTERED, WRITTEN, published, false).slice(-3)).toEqual([
    'Published:',
    '  Anybody can read it.',
    'http://site.example/',
  ]);
});

test('names of files cannot send commands to the terminal or hide what they are', () => {
  const name = 'x\u001b[31m\r\n\u009b2J\u2028\u200f\ud800.json';
  const manifest: ReportManifest = {
    ...PLAIN,
    ignored: [{ kind: 'other', count: 1, records: 0, example: name }],
    warnings: [{ code: 'unreadable', count: 1, example: name }],
  };
  const text = summaryLines(manifest, UNFILTERED, [{ path: name, bytes: 1 }], { url: 'u', notes: [name] }, false).join(
    '',
  );
  expect(text).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\u200f]/u);
  expect(text).toContain('x\\u{1b}[31m\\u{d}\\u{a}\\u{9b}2J\\u{2028}\\u{200f}\\u{d800}.json');
});

test('--quiet leaves faults and the link', () => {
  expect(quietLines(PLAIN, undefined)).toEqual({ faults: [], link: [] });
  const manifest = { ...PLAIN, duplicates: 3, warnings: [{ code: 'unreadable', count: 1, example: 'x.gz' }] } as const;
  const { faults, link } = quietLines(manifest, { url: 'http://site.example/', notes: ['Anybody can read it.'] });
  expect(faults).toEqual(['Problems in the input:', '  1 × file or folder could not be read (x.gz)']);
  expect(link).toEqual(['http://site.example/']);
});
