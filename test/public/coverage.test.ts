import { describe, expect, test } from 'vitest';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { coverageBadge, coverageSentence, ignoredCount, ignoredName } from '#public/coverage/coverage.js';

type ReportFacts = EmbeddedManifest['report'];

const ALL_READ: ReportFacts = {
  formatVersion: 1,
  tool: { name: 'culprit', version: '1.0.0' },
  events: 10,
  duplicates: 0,
  filtered: 0,
  findings: { informational: 0, low: 0, medium: 0, high: 0, critical: 0, notEvaluable: 0, suppressed: 0 },
  sessions: { total: 0, people: 0, workloads: 0, services: 0, unknown: [], elsewhere: 0 },
  files: { listed: 4, read: 4, ignored: 0, failed: 0 },
  timeRange: null,
  accounts: [],
  regions: [],
  coverage: { daysPerCell: 1, places: [], morePlaces: 0, unplacedFiles: 0, gapDays: 0 },
  ignored: [],
  warnings: [],
};
const ignored = (kind: string, count: number, records: number) => ({ kind, count, records, example: 'x' });

describe('what a report covers', () => {
  test.each<[string, Partial<ReportFacts>, string, string]>([
    ['everything', {}, 'Complete', 'Every event in them is in this report'],
    ['what options left', { filtered: 60 }, 'Filtered by options', 'left out 60 events.'],
    [
      'what was delivered since',
      { filtered: 1, ignored: [ignored('before-since', 3, 0)], files: { listed: 7, read: 4, ignored: 3, failed: 0 } },
      'Filtered by options',
      'left out 1 event and 3 files.',
    ],
    [
      'files without events',
      { ignored: [ignored('digest', 2, 0)], files: { listed: 6, read: 4, ignored: 2, failed: 0 } },
      'Complete',
      'Nothing failed; 2 files hold no events.',
    ],
    ['records that are no events', { ignored: [ignored('insight', 0, 1)] }, 'Complete', '1 record is not an event.'],
    [
      'less than there was',
      { filtered: 60, warnings: [{ code: 'unreadable', count: 1, example: 'x' }] },
      '1 warning',
      'could not read part of the input',
    ],
  ])('is said as it is: %s', (_, facts, badge, sentence) => {
    const report = { ...ALL_READ, ...facts };
    expect(coverageBadge(report)).toBe(badge);
    expect(coverageSentence(report)).toContain(sentence);
    if (Object.keys(facts).length > 0) expect(coverageSentence(report)).not.toMatch(/every event/i);
  });

  test('names input that is not an event, and counts its files and records', () => {
    expect(ignoredName('insight')).toBe('CloudTrail Insights');
    expect(ignoredName('of-tomorrow')).toBe('of-tomorrow');
    expect(ignoredCount(ignored('insight', 0, 2))).toBe('2 records');
    expect(ignoredCount(ignored('insight', 1, 2))).toBe('1 file and 2 records');
  });
});
