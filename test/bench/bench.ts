/** `npm run bench`: how fast the whole way from logs to a report is, beside gunzip and jq on the same files. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { grouped, median } from './figures.js';
import { makeLogs } from './make-logs.js';
import { isInstalled, runGunzip, runJq } from './run-classic.js';
import { runCulprit, STAGES, type CulpritRun } from './run-culprit.js';

const HELP = `npm run bench -- [options]
  --events N   make this many events (default: 200000)
  --keep DIR   make the logs there, and leave them
  --input DIR  use these logs (.json.gz) instead of making any
  --runs N     repeat everything this often, in turns, and take the medians (default: 3)
  --help       show this`;

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    keep: { type: 'string' },
    input: { type: 'string' },
    runs: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
});

interface Measured {
  readonly culprit: readonly CulpritRun[];
  /** Seconds; empty where the program is not there. */
  readonly gunzip: readonly number[];
  readonly jq: readonly number[];
  readonly jqPerFile: readonly number[];
}

async function measure(logs: string, files: readonly string[], work: string, runs: number): Promise<Measured> {
  const gunzipThere = isInstalled('gunzip');
  const jqThere = gunzipThere && isInstalled('jq');
  const culprit: CulpritRun[] = [];
  const gunzip: number[] = [];
  const jq: number[] = [];
  const jqPerFile: number[] = [];
  for (let run = 0; run < runs; run++) {
    // In turns, so that whatever else the machine does falls on all of them.
    culprit.push(await runCulprit([path.resolve(logs)], work));
    if (gunzipThere) gunzip.push(await runGunzip(files));
    if (jqThere) {
      jq.push(await runJq(files, path.join(work, 'classic.tsv')));
      jqPerFile.push(await runJq(files, path.join(work, 'classic.tsv'), 1));
    }
    process.stderr.write(`run ${run + 1} of ${runs} done\n`);
  }
  return { culprit, gunzip, jq, jqPerFile };
}

function linesOf({ culprit, gunzip, jq, jqPerFile }: Measured): string[] {
  const [first] = culprit;
  if (first === undefined) throw new Error('--runs must be at least 1');
  const { events, outputs } = first.manifest;
  const total = median(culprit.map(({ seconds }) => seconds));
  const rate = (seconds: number): string => `${grouped(events / seconds)} events/s`;
  const beside = (name: string, seconds: readonly number[]): string => {
    if (seconds.length === 0) return `${name.padEnd(12)} not installed`;
    const time = median(seconds);
    const ratio =
      time > total ? `${(time / total).toFixed(1)} times as long` : `${(total / time).toFixed(1)} times as fast`;
    return `${row(name, time)} ${rate(time)} · ${ratio}`;
  };
  return [
    `${grouped(events)} events, ${culprit.length === 1 ? 'one run' : `medians of ${culprit.length} runs, which took ${spread(culprit)}`}`,
    ...STAGES.map((stage) => {
      const seconds = median(culprit.map(({ stages }) => stages[stage]));
      return `  ${row(stage.toLowerCase(), seconds)} ${rate(seconds)}`;
    }),
    `${row('Culprit', total)} ${rate(total)} · the whole process, its start and end too`,
    `${'peak memory'.padEnd(12)} ${grouped(median(culprit.map(({ peakBytes }) => peakBytes)) / 1e6)} MB`,
    ...outputs.map(({ path: name, bytes }) => `${name.padEnd(12)} ${(bytes / 1e6).toFixed(1)} MB`),
    beside('gunzip × 2', gunzip),
    beside('gunzip | jq', jq),
    beside('… per file', jqPerFile),
  ];
}

function row(name: string, seconds: number): string {
  return `${name.padEnd(12)} ${seconds.toFixed(2).padStart(7)} s`;
}

function spread(runs: readonly CulpritRun[]): string {
  const seconds = runs.map((run) => run.seconds);
  return `${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)} s`;
}

/** A whole number above 0. */
function count(name: 'events' | 'runs'): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`);
  return value;
}

async function bench(): Promise<void> {
  const [events, runs] = [count('events'), count('runs')];
  const work = mkdtempSync(path.join(os.tmpdir(), 'culprit-bench-'));
  try {
    let logs = values.input;
    if (logs === undefined) {
      logs = path.resolve(values.keep ?? path.join(work, 'logs'));
      makeLogs(logs, events);
    }
    const files = readdirSync(logs, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.gz'))
      .map((name) => path.join(logs, name));
    const stored = files.reduce((sum, file) => sum + statSync(file).size, 0);
    process.stdout.write(
      `${grouped(files.length)} files, ${grouped(stored / 1e6)} MB; ${os.cpus()[0]?.model ?? 'unknown processor'} × ${os.availableParallelism()}, Node ${process.version}\n`,
    );
    const out = path.join(work, 'out');
    mkdirSync(out);
    process.stdout.write(`${linesOf(await measure(logs, files, out, runs)).join('\n')}\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await bench();
