/** Takes the README's picture, the report of the bundled sample: `npx tsx test/support/docs/take-picture.ts`. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runReport } from '../../command/run-report.js';
import { launchBrowser } from '../browser.js';
import { LOST_INSTANCE } from '../sample/cast.js';

const PICTURE = fileURLToPath(new URL('report.png', import.meta.url));

const cwd = mkdtempSync(path.join(os.tmpdir(), 'culprit-picture-'));
const browser = await launchBrowser();
try {
  const { code, stderr } = await runReport([], { cwd, env: { XDG_CACHE_HOME: cwd } });
  if (code !== 0) throw new Error(stderr);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en' });
  await page.goto(`${pathToFileURL(path.join(cwd, 'out', 'index.html')).href}#v1&about=${LOST_INSTANCE}`);
  // The last that the page needs before it looks as it stays: the rows of the table.
  await page.getByRole('gridcell').first().waitFor();
  await page.locator('#answer-result').waitFor();
  // It is written in Japanese, for which the machine that takes the picture may have no font.
  await page.locator('#language').evaluate((button) => button.classList.add('hidden-text'));
  await page.screenshot({ path: PICTURE, animations: 'disabled' });
} finally {
  await browser.close();
  rmSync(cwd, { recursive: true, force: true });
}
