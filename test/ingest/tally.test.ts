import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addFault, addIgnored, newFileReport, type FileReport } from '#scripts/ingest/read/file-report.js';
import { UnreadableError } from '#scripts/source/port.js';
import { Tally } from '#scripts/ingest/read/tally.js';

function file(name: string, events: number, change?: (report: FileReport) => void): FileReport {
  const report = newFileReport(name);
  report.events = events;
  change?.(report);
  return report;
}

function tallyOf(files: readonly FileReport[]): Pick<Tally, 'files' | 'warnings' | 'ignored' | 'events'> {
  const tally = new Tally();
  for (const report of files) tally.add(report);
  tally.addUnreadable('gone', new UnreadableError('unreadable', 'you may not read it'));
  tally.addIgnored('digest', 'a digest');
  return { files: tally.files, warnings: tally.warnings, ignored: tally.ignored, events: tally.events };
}

const FILES = [
  file('b', 2, (report) => addFault(report, 'json-invalid')),
  file('a', 0, (report) => addFault(report, 'json-invalid')),
  file('c', 0, (report) => {
    addIgnored(report, 'insight');
    addIgnored(report, 'insight');
  }),
  file('d', 3, (report) => addIgnored(report, 'insight')),
  file('e', 0),
  file('f', 0, (report) => {
    addFault(report, 'event-without-time');
    addIgnored(report, 'insight');
  }),
];

test('a file without events failed if it had a fault, was ignored if it holds other things, and else was read', () => {
  const { files, events } = tallyOf(FILES);
  expect(files).toEqual({ listed: 8, read: 3, ignored: 2, failed: 3 });
  expect(events).toBe(5);
});

test('what is counted depends on no order, and the examples are the first by name', () => {
  const expected = tallyOf(FILES);
  expect(expected.warnings).toEqual([
    { code: 'event-without-time', count: 1, example: 'f' },
    { code: 'json-invalid', count: 2, example: 'a' },
    { code: 'unreadable', count: 1, example: 'gone' },
  ]);
  expect(expected.ignored).toEqual([
    { kind: 'digest', count: 1, records: 0, example: 'a digest' },
    { kind: 'insight', count: 1, records: 2, example: 'c' },
  ]);
  fc.assert(
    fc.property(fc.shuffledSubarray(FILES, { minLength: FILES.length }), (shuffled) => {
      expect(tallyOf(shuffled)).toEqual(expected);
    }),
  );
});
