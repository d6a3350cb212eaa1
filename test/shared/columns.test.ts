import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { COLUMNS, type ColumnName, type ColumnSpec, columnNamed, isText } from '#shared/model/columns.js';
import { embeddedReport } from '../support/embedded-report.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** A column that is complete; the tests below leave parts of it out. */
const COMPLETE = {
  name: 'reason',
  kind: 'category',
  from: 'addendum.reason',
  label: { en: 'Reason', ja: '理由' },
  meaning: { en: 'Why.', ja: '理由。' },
  redact: 'patterns',
  table: { width: 100 },
  drawer: { group: 'rest' },
} as const satisfies ColumnSpec;

test('a column that lacks its redaction, a label, its meaning, its source or a place does not compile', () => {
  const { redact, label, from, table, drawer, ...rest } = COMPLETE;
  const specs: readonly unknown[] = [
    // @ts-expect-error redaction has no default
    { ...rest, label, from, table, drawer } satisfies ColumnSpec,
    // @ts-expect-error every language has a label
    { ...rest, label: { en: 'Reason' }, from, redact, table, drawer } satisfies ColumnSpec,
    // @ts-expect-error every language has a meaning
    { ...COMPLETE, meaning: { en: 'Why.' } } satisfies ColumnSpec,
    // @ts-expect-error a value comes from somewhere
    { ...rest, label, redact, table, drawer } satisfies ColumnSpec,
    // @ts-expect-error the table has a width for it
    { ...rest, label, from, redact, drawer } satisfies ColumnSpec,
    // @ts-expect-error the drawer has a group for it
    { ...rest, label, from, redact, table } satisfies ColumnSpec,
    // @ts-expect-error text is not redacted by the rules of cells
    { ...COMPLETE, kind: 'json', texts: 'repeating' } satisfies ColumnSpec,
    // @ts-expect-error there is no such rule
    { ...COMPLETE, redact: 'none' } satisfies ColumnSpec,
    // @ts-expect-error there is no such function
    { ...COMPLETE, from: { identity: 'guess' } } satisfies ColumnSpec,
  ];
  // @ts-expect-error there is no such column
  const misspelt: ColumnName = 'eventname';
  expect([specs.length, columnNamed(misspelt)]).toEqual([9, undefined]);
});

test('text is a whole field of the record, and a column is predicted by one that is coded', () => {
  for (const column of COLUMNS) {
    if (isText(column)) expect(column.from, column.name).not.toContain('.');
    if (!('predictedBy' in column)) continue;
    const by = columnNamed(column.predictedBy ?? '');
    expect(column.predictedBy === 'identity' || (by !== undefined && !isText(by)), column.name).toBe(true);
  }
});

/** Entries of a scratch table: a nested field, one of the identity, and one that is computed from another column. */
const SCRATCH = [
  { ...COMPLETE, name: 'scratchNested', from: ['scratch.none', 'scratch.deep.er'], redact: 'name' },
  { ...COMPLETE, name: 'scratchKey', from: 'userIdentity.scratch.id', redact: 'person' },
  {
    ...COMPLETE,
    name: 'scratchComputed',
    from: { merged: 'scratch', per: 'event' },
    redact: 'name',
    meaning: { en: 'Computed.', ja: '計算。' },
  },
];

test('an entry alone makes a column in TSV, page, redaction and docs', { timeout: 120_000 }, () => {
  const { userIdentity } = record(1) as { readonly userIdentity: object };
  const event = record(1, {
    scratch: { deep: { er: 'zanzibar-7' } },
    userIdentity: { ...userIdentity, scratch: { id: 'quagga-9' } },
  });
  const folder = temporaryFolder({ 'logs/a.json': logFile(event, record(2)) });
  for (const part of ['scripts', 'public', 'templates', 'docs', 'package.json', 'tsconfig.base.json', 'test/support']) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  const node = (...args: string[]): void => {
    execFileSync(process.execPath, ['--import', 'tsx', ...args], { cwd: folder, stdio: 'pipe' });
  };
  const cells = (out: string, row: number): Record<string, string> => {
    const lines = readFileSync(path.join(folder, out, 'events.tsv'), 'utf8').split('\n');
    const values = (lines[row] ?? '').split('\t');
    return Object.fromEntries((lines[0] ?? '').split('\t').map((name, i) => [name, values[i] ?? '']));
  };
  const edit = (file: string, before: string, added: string): void => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    expect(text).toContain(before);
    writeFileSync(
      path.join(folder, file),
      text.replace(before, () => added + before),
    );
  };
  edit(
    'scripts/shared/model/columns.ts',
    '] as const satisfies',
    SCRATCH.map((of) => `${JSON.stringify(of)},`).join('\n'),
  );
  edit(
    'scripts/ingest/merge/computed-columns.ts',
    'conflictingCopy: (',
    'scratch: ({ store }) => store.coded.awsRegion,\n  ',
  );

  node('scripts/report.ts', 'logs', '--out', 'out');
  expect(cells('out', 1)).toMatchObject({
    scratchNested: 'zanzibar-7',
    scratchKey: 'quagga-9',
    scratchComputed: 'eu-west-1',
  });
  expect(cells('out', 2)).toMatchObject({ scratchNested: '', scratchKey: '', scratchComputed: 'eu-west-1' });
  const page = readFileSync(path.join(folder, 'out', 'index.html'));
  const { rows } = embeddedReport(page);
  expect(rows[0]).toMatchObject({ scratchNested: 'zanzibar-7', scratchKey: 'quagga-9', scratchComputed: 'eu-west-1' });
  expect(page.toString()).toContain('scratchNested');

  node('scripts/report.ts', 'logs', '--out', 'redacted', '--redact');
  const { scratchNested, scratchKey } = cells('redacted', 1);
  expect(scratchNested).toMatch(/^name-\d+$/);
  expect(scratchKey).toMatch(/^user-\d+$/);
  expect(readFileSync(path.join(folder, 'redacted', 'events.tsv'), 'utf8')).not.toMatch(/zanzibar|quagga/);

  node('test/support/docs/write-tables.ts');
  expect(readFileSync(path.join(folder, 'docs', 'events-tsv.md'), 'utf8')).toMatch(
    /`scratchComputed` +\| Computed\. +\| category/,
  );
});
