/** What tells Culprit's own files in an output folder, which a run may replace, from files of others, which it may not. */
import { closeSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import path from 'node:path';
import { CulpritError } from '#scripts/run/errors.js';
import { COLUMNS } from '#shared/model/columns.js';

/** By name, what stands near the beginning of each file. */
const MARKS: Readonly<Record<string, RegExp>> = {
  'index.html': /<meta name="generator" content="Culprit">/,
  'manifest.json': /^\s*\{\s*"formatVersion":\s*\d+,\s*"tool":\s*\{\s*"name":\s*"culprit"/,
  'findings.json': /^\s*\{\s*"formatVersion":\s*\d+,\s*"findings":/,
  // Eight columns have the names that older scripts give them too.
  'events.tsv': new RegExp(
    `^${COLUMNS.slice(0, 9)
      .map(({ name }) => name)
      .join('\\t')}\\t`,
  ),
  'redaction-key.tsv': /^pseudonym\toriginal\n/,
};
/** Before the page's mark are its policy and a notice for browsers that run nothing. */
const BEGINNING = 1 << 16;

/** The files of a report by name, for {@link refuseForeign}. */
export const REPORT_FILES: readonly string[] = Object.keys(MARKS);

/**
 * Throws a `CulpritError` of kind `usage` where something stands at `file` that Culprit did not write; nothing, and a file
 * without any content, may be replaced.
 */
export function refuseForeign(file: string): void {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined || isOwn(file, stats)) return;
  const sentence = `${file} cannot be replaced, because Culprit did not write it. Move it away, or choose another folder with --out.`;
  throw new CulpritError('usage', sentence);
}

function isOwn(file: string, stats: Stats): boolean {
  if (!stats.isFile()) return false;
  if (stats.size === 0) return true;
  const mark = MARKS[path.basename(file)];
  return mark?.test(beginningOf(file)) ?? false;
}

function beginningOf(file: string): string {
  const opened = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(BEGINNING);
    return bytes.toString('utf8', 0, readSync(opened, bytes, 0, BEGINNING, 0));
  } finally {
    closeSync(opened);
  }
}
