/** A report that a later run replaces, or must leave as it is. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runReport } from './run-report.js';

export const OUTPUTS = ['events.tsv', 'findings.json', 'index.html', 'manifest.json'];

/** A working directory with two folders of logs, and the report of the first. */
export async function afterAGoodRun(): Promise<{ cwd: string; out: string; before: string[] }> {
  const cwd = temporaryFolder({ 'good/a.json': logFile(record(1)), 'next/a.json': logFile(record(1), record(2)) });
  await runReport(['good'], { cwd });
  const out = path.join(cwd, 'out');
  return { cwd, out, before: contents(out) };
}

export function contents(out: string): string[] {
  return OUTPUTS.map((name) => readFileSync(path.join(out, name), 'utf8'));
}
