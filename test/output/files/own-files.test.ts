/** Whose files a run may replace. */
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { REPORT_FILES, refuseForeign } from '#scripts/output/files/own-files.js';
import { report } from '../../support/pipeline-run.js';
import { logFile, record } from '../../support/records.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

test('a report is replaced by the next one, redacted or not', async () => {
  const folder = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  const [logs, out] = [path.join(folder, 'logs'), path.join(folder, 'out')];
  await report([logs, '--redact'], out);
  for (const name of REPORT_FILES) expect(() => refuseForeign(path.join(out, name))).not.toThrow();
  const { manifest } = await report([logs, '--redact'], out);
  expect(manifest.events).toBe(1);
});

test('an empty file may be replaced, and where nothing is nothing is in the way', () => {
  const folder = temporaryFolder({ 'index.html': '' });
  for (const name of REPORT_FILES) expect(() => refuseForeign(path.join(folder, name))).not.toThrow();
});

test.each([
  ['index.html', '<!doctype html><title>My home page</title>'],
  ['index.html', '<!doctype html><meta name="generator" content="Hugo"><p>about Culprit</p>'],
  ['manifest.json', '{"name": "My app", "icons": []}'],
  ['manifest.json', '{"formatVersion": 1, "tool": {"name": "other"}}'],
  ['events.tsv', 'name\tdate\nparty\tMay 1\n'],
  // What the older script writes.
  [
    'events.tsv',
    'eventTime\tawsRegion\teventSource\teventName\tuserName\tsourceIPAddress\tuserAgent\trequestParameters\n',
  ],
  ['redaction-key.tsv', 'my own notes'],
])('%s of somebody else is refused, with how to go on (%#)', (name, content) => {
  const folder = temporaryFolder({ [name]: content });
  const file = path.join(folder, name);
  expect(() => refuseForeign(file)).toThrow(
    `${file} cannot be replaced, because Culprit did not write it. Move it away, or choose another folder with --out.`,
  );
  expect(readFileSync(file, 'utf8')).toBe(content);
});

test('a folder or a link of such a name is not replaced', () => {
  const folder = temporaryFolder({ 'page.html': '<meta name="generator" content="Culprit">' });
  mkdirSync(path.join(folder, 'events.tsv'));
  symlinkSync(path.join(folder, 'page.html'), path.join(folder, 'index.html'));
  for (const name of ['events.tsv', 'index.html']) {
    expect(() => refuseForeign(path.join(folder, name))).toThrow('because Culprit did not write it');
  }
});
