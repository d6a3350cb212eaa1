/** `npm run bench:page`: how fast the page of a million events is in a real browser, beside the limits it is held to. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { bundlePage } from '#scripts/output/html/bundle.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { launchBrowser } from '../support/browser.js';
import { grouped } from './figures.js';
import { makeLogs } from './make-logs.js';
import { everyFigure, tableOf, type Sizes } from './page/table.js';
import { visit, type Visit } from './page/visit.js';
import { runCulprit } from './run-culprit.js';

const HELP = `npm run bench:page -- [options]
  --report FILE  measure this index.html instead of making one
  --input DIR    make the report of these logs (.json.gz) instead of making any
  --events N     make this many events (default: 1000000)
  --runs N       open the page this often, and take the medians (default: 5)
  --all          print every single figure too
  --help         show this`;

const { values } = parseArgs({
  options: {
    report: { type: 'string' },
    input: { type: 'string' },
    events: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '5' },
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** A whole number above 0. */
function count(name: 'events' | 'runs'): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`);
  return value;
}

/** The report to measure: given, or made in `work`. */
async function reportIn(work: string): Promise<string> {
  if (values.report !== undefined) return path.resolve(values.report);
  let logs = values.input;
  if (logs === undefined) {
    logs = path.join(work, 'logs');
    process.stderr.write(`making ${grouped(count('events'))} events\n`);
    makeLogs(logs, count('events'));
  }
  process.stderr.write('making the report\n');
  await runCulprit([logs], work);
  return path.join(work, 'index.html');
}

async function sizesOf(report: string): Promise<Sizes> {
  const html = readFileSync(report);
  const start = html.indexOf('>', html.indexOf('<script type="application/json"')) + 1;
  const manifest = JSON.parse(html.toString('utf8', start, html.indexOf('</script>', start))) as EmbeddedManifest;
  const bundleBytes = Object.values(await bundlePage()).reduce(
    (sum: number, text: string) => sum + gzipSync(text).length,
    0,
  );
  return { events: manifest.rows, htmlBytes: statSync(report).size, bundleBytes };
}

async function bench(): Promise<void> {
  const runs = count('runs');
  const work = mkdtempSync(path.join(os.tmpdir(), 'culprit-bench-'));
  try {
    const report = await reportIn(work);
    const sizes = await sizesOf(report);
    const visits: Visit[] = [];
    let version = '';
    for (let run = 0; run < runs; run++) {
      // A browser of its own each time: nothing is warm, and no memory is left from before.
      const browser = await launchBrowser();
      version = browser.version();
      try {
        // A small page needs little time for anything.
        visits.push(await visit(browser, report, sizes.events > 50_000 ? 200 : 30));
      } finally {
        await browser.close();
      }
      process.stderr.write(`visit ${run + 1} of ${runs} done\n`);
    }
    const processor = `${os.cpus()[0]?.model ?? 'unknown processor'} × ${os.availableParallelism()}`;
    const medians = runs === 1 ? 'one visit' : `medians of ${runs} visits`;
    const lines = [
      `${grouped(sizes.events)} events, ${grouped(sizes.htmlBytes / 1e6)} MB; ${processor}, Chromium ${version}; ${medians}`,
      ...tableOf(sizes, visits),
      ...(values.all ? everyFigure(visits) : []),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await bench();
