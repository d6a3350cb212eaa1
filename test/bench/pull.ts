/** `npm run bench:pull`: what logs in a bucket cost, beside `aws s3 sync`: at first, again, a day later, and with many more. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { grouped, median } from './figures.js';
import { makeOrganizationLogs, ORGANIZATION } from './make-logs.js';
import { startDelayProxy } from './pull/delay-proxy.js';
import { cephOf, createBucket, environmentOf, startServer, upload, type BenchS3 } from './pull/s3.js';
import { isInstalled } from './run-classic.js';
import { runCulprit, type CulpritRun } from './run-culprit.js';

const HELP = `npm run bench:pull -- [options]
  --objects N  log files of an organization's trail: 5 accounts, 4 regions, 30 days (default: 20000)
  --delay MS   what is added to each request in the second half (default: 30)
  --many N     objects of the bucket that memory is compared with (default: ten times --objects)
  --runs N     repeat pulling and aws s3 sync this often, in turns, and take the medians (default: 1)
  --help       show this
Against the S3 that CULPRIT_CEPH_ENDPOINT names (test/support/ceph.sh), otherwise against the tests' own.`;

const { values } = parseArgs({
  options: {
    objects: { type: 'string', default: '20000' },
    delay: { type: 'string', default: '30' },
    many: { type: 'string' },
    runs: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

/** A trail in a bucket, and where its reports and their cache go. */
class Bench {
  private readonly bucket = `bench-${Date.now().toString(36)}`;

  constructor(
    private readonly s3: BenchS3,
    private readonly work: string,
    private readonly objects: number,
  ) {}

  async fill(): Promise<void> {
    await createBucket(this.s3, this.bucket);
    await upload(this.s3, this.bucket, makeOrganizationLogs(this.objects));
  }

  /** One day after the last one. */
  async addDay(): Promise<void> {
    const ofDay = Math.round(this.objects / ORGANIZATION.days);
    await upload(this.s3, this.bucket, makeOrganizationLogs(ofDay, ORGANIZATION.days, 1));
  }

  /** A report of the bucket. */
  async pull(endpoint: string, ...args: string[]): Promise<CulpritRun> {
    const out = path.join(this.work, 'out');
    mkdirSync(out, { recursive: true });
    const cache = path.join(this.work, 'cache');
    return await runCulprit([`s3://${this.bucket}`, '--cache', cache, ...args], out, environmentOf(this.s3, endpoint));
  }

  forget(): void {
    rmSync(path.join(this.work, 'cache'), { recursive: true, force: true });
  }

  /** `aws s3 sync` into an empty folder; returns the seconds. */
  async sync(endpoint: string): Promise<number> {
    const to = path.join(this.work, 'sync');
    rmSync(to, { recursive: true, force: true });
    const started = performance.now();
    const child = spawn('aws', ['s3', 'sync', `s3://${this.bucket}`, to, '--quiet'], {
      env: { ...process.env, ...environmentOf(this.s3, endpoint) },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve));
    if (code !== 0) throw new Error(`aws s3 sync ended with ${String(code)}`);
    return (performance.now() - started) / 1000;
  }
}

/** At first, again, and beside `aws s3 sync`. */
async function measurePull(bench: Bench, endpoint: string, runs: number): Promise<void> {
  const first: CulpritRun[] = [];
  const second: CulpritRun[] = [];
  const sync: number[] = [];
  for (let run = 0; run < runs; run++) {
    bench.forget();
    first.push(await bench.pull(endpoint));
    second.push(await bench.pull(endpoint));
    if (isInstalled('aws')) sync.push(await bench.sync(endpoint));
  }
  const [one, two] = [first, second].map((of) => median(of.map(({ seconds }) => seconds))) as [number, number];
  print('first report', one, `s, ${requests(first[0])}`);
  print('second report', two, `s, ${requests(second[0])}; ${(two / one).toFixed(2)} of the first`);
  if (sync.length === 0) process.stdout.write('  aws s3 sync      not installed\n');
  else print('aws s3 sync', median(sync), `s; ${(median(sync) / one).toFixed(1)} times as long as the first report`);
}

/** A day more, and one day alone. */
async function measureDays(bench: Bench, endpoint: string): Promise<void> {
  await bench.addDay();
  const more = await bench.pull(endpoint);
  print('one day more', more.seconds, `s, ${requests(more)}`);
  bench.forget();
  const alone = await bench.pull(endpoint, '--since', '2025-03-10', '--until', '2025-03-11');
  print('that day alone', alone.seconds, `s, ${requests(alone)}`);
}

/** What more files cost in memory. */
async function measureMemory(counts: readonly number[]): Promise<void> {
  const peaks: number[] = [];
  for (const objects of counts) {
    const work = mkdtempSync(path.join(os.tmpdir(), 'culprit-bench-'));
    const s3 = await startServer(objects);
    try {
      const args = ['s3://trail', '--cache', path.join(work, 'cache')];
      const { peakBytes, seconds } = await runCulprit(args, work, environmentOf(s3));
      peaks.push(peakBytes / 1e6);
      print('memory', peakBytes / 1e6, `MB for ${grouped(objects)} objects without events, in ${seconds.toFixed(1)} s`);
    } finally {
      s3.close();
      rmSync(work, { recursive: true, force: true });
    }
  }
  const [few = 0, many = 0] = peaks;
  process.stdout.write(
    `  ${((many / few - 1) * 100).toFixed(0)} % more memory for ${String(counts[1])} than for ${String(counts[0])}\n`,
  );
}

function requests(run: CulpritRun | undefined): string {
  const { lists = 0, gets = 0 } = run?.manifest.run.requests ?? {};
  return `${grouped(lists)} list calls, ${grouped(gets)} objects got`;
}

function print(name: string, value: number, rest: string): void {
  process.stdout.write(`  ${name.padEnd(16)} ${value.toFixed(2).padStart(7)} ${rest}\n`);
}

/** A whole number above 0. */
function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`);
  return value;
}

async function bench(): Promise<void> {
  const objects = count('objects', values.objects);
  const many = values.many === undefined ? objects * 10 : count('many', values.many);
  const [delay, runs] = [count('delay', values.delay), count('runs', values.runs)];
  const ceph = cephOf(process.env);
  const s3 = ceph ?? (await startServer(0));
  const work = mkdtempSync(path.join(os.tmpdir(), 'culprit-bench-'));
  try {
    const bench = new Bench(s3, work, objects);
    await bench.fill();
    const name = ceph === undefined ? "the tests' S3" : "Ceph's gateway";
    process.stdout.write(`${grouped(objects)} objects, ${name}, Node ${process.version}\n`);
    await measurePull(bench, s3.endpoint, runs);
    const proxy = await startDelayProxy(s3.endpoint, delay);
    process.stdout.write(`behind a proxy that adds ${String(delay)} ms to each request\n`);
    await measurePull(bench, proxy.endpoint, runs);
    proxy.close();
    process.stdout.write('a month that is known, and a day\n');
    bench.forget();
    await bench.pull(s3.endpoint);
    await measureDays(bench, s3.endpoint);
  } finally {
    s3.close();
    rmSync(work, { recursive: true, force: true });
  }
  process.stdout.write("memory, the tests' S3\n");
  await measureMemory([objects, many]);
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await bench();
