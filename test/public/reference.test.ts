import { expect, test } from 'vitest';
import { parseQuery } from '#shared/query/parse.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { referenceFor } from '#public/search/reference.js';

const report = {
  timeRange: { from: '2025-03-03T01:00:00Z', to: '2025-03-09T23:00:00Z' },
} as EmbeddedManifest['report'];

function examples(manifest: Parameters<typeof referenceFor>[0]): string[] {
  return referenceFor(manifest).map(({ example }) => example);
}

test('every example of the reference is a query, whatever the report holds', () => {
  const top = {
    actor: { top: [['"x" (y) | */', 3] as const], distinct: 1 },
    sourceIPAddress: { top: [['AWS Internal', 9] as const, ['198.51.100.23', 2] as const], distinct: 2 },
  };
  const of = examples({ top, report });
  for (const example of of) expect(parseQuery(example)).toHaveProperty('query');
  expect(of).toContain('ip:198.51.100.0/24');
  expect(of).toContain('time:2025-03-03..2025-03-09');
});

test('a report without events has examples too', () => {
  for (const example of examples({ top: {}, report: { ...report, timeRange: null } }))
    expect(parseQuery(example)).toHaveProperty('query');
});
