/** Reports for browser tests: built by the command, from logs that the test writes. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { runReport } from '../command/run-report.js';

/** The path of a new report's `index.html`. It is gone when the file's tests have run. */
export async function buildReport(
  logs: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): Promise<string> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'culprit-page-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(logs)) {
    const file = path.join(folder, 'logs', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const env = { XDG_CACHE_HOME: path.join(folder, 'cache') };
  const { code, stderr } = await runReport(['logs', ...options], { cwd: folder, env });
  if (code !== 0) throw new Error(`the report was not built: ${stderr}`);
  return path.join(folder, 'out', 'index.html');
}
