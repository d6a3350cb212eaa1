import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

test(
  '`npm run bench:page` opens the page of made-up events and prints a figure beside every limit',
  { timeout: 120_000 },
  () => {
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const bench = path.join(import.meta.dirname, 'page.ts');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', loader, bench, '--events', '2000', '--runs', '1'],
      { encoding: 'utf8' },
    );
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^2,000 events, /);
    for (const [what, unit] of [
      ['HTML, an event', 'bytes'],
      ['scripts and styles, gzip', 'KB'],
      ['first paint', 'ms'],
      ['first charts', 'ms'],
      ['first rows', 'ms'],
      ['query on category fields', 'ms'],
      ['click on a chart', 'ms'],
      ['keystroke, first result', 'ms'],
      ['keystroke, complete', 'ms'],
      ['sort by a column', 'ms'],
      ['what happened to i-…', 'ms'],
      ['memory of the tab', 'MB'],
    ]) {
      expect(stdout).toMatch(new RegExp(`^[ !] ${what ?? ''} +[\\d,.]+ ${unit ?? ''} +at most `, 'm'));
    }
    expect(stdout).toMatch(/^[ !] scrolling, frames a second +\d+ +at least /m);
    expect(stdout).toMatch(/^ {2}scrolling, blank rows +0 +at most 0$/m);
  },
);
