/**
 * Kills processes that publish, take back and rotate, by SIGKILL and SIGINT, each at 20 moments, on the in-process server and,
 * where CULPRIT_CEPH_ENDPOINT is set, on Ceph. All the time a reader looks who signs nothing; after each, the next run must
 * complete it. Prints a table: `npm run test:publish-faults`, or with fewer moments `npm run test:publish-faults -- 5`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { buildSync } from 'esbuild';
import { S3Server } from '../s3-server/server.js';
import { Gate } from './gate.js';
import { ACTS, makeBucket, moments, notMeant, type Act, type Place } from './scenarios.js';

/** Between two looks of the reader, milliseconds. */
const LOOKS_EVERY = 25;
const SIGNALS = ['SIGKILL', 'SIGINT'] as const;
const COUNT = Number(process.argv[2] ?? 20);

interface Target {
  readonly name: string;
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Runs an act in a process of its own; `at` is the request at which it is killed. Gives how many requests there were. */
async function runChild(act: Act, place: Place, at: number, signal: NodeJS.Signals): Promise<number> {
  const gate = await Gate.start(place.endpoint);
  const child = spawn(process.execPath, [CHILD, act.name, place.bucket, gate.endpoint], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  // By turns the request is carried out, and nobody hears of it, or not.
  gate.before = async ({ nth }) => {
    if (nth !== at || at % 2 === 0) return nth <= at;
    child.kill(signal);
    await ended;
    return false;
  };
  gate.after = async ({ nth }) => {
    if (nth !== at) return;
    child.kill(signal);
    await ended;
  };
  const [code] = (await ended) as [number | null];
  await gate.close();
  if (at === Infinity && code !== 0) throw new Error(`${act.name} fails by itself`);
  return gate.count;
}

/** The command as one file, which starts in a third of the time. */
function bundledChild(folder: string): string {
  const outfile = path.join(folder, 'scripts', 'publish', 's3', 'child.mjs');
  // It says its version.
  copyFileSync(path.join(import.meta.dirname, '..', '..', '..', 'package.json'), path.join(folder, 'package.json'));
  buildSync({
    entryPoints: [path.join(import.meta.dirname, 'child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}

/** A reader who looks again and again, beside what is done; gives what they saw that was not meant for them. */
async function watched(place: Place, work: () => Promise<unknown>): Promise<string[]> {
  const seen = new Set<string>();
  let isDone = false;
  const done = work().finally(() => (isDone = true));
  do {
    for (const line of await notMeant(place)) seen.add(line);
    looks++;
    await Promise.race([done.catch(() => undefined), sleep(LOOKS_EVERY)]);
  } while (!isDone);
  await done;
  for (const line of await notMeant(place)) seen.add(line);
  return [...seen];
}

async function placeFor(act: Act, { endpoint, accessKeyId, secretAccessKey }: Target): Promise<Place> {
  const bucket = `culprit-${randomBytes(6).toString('hex')}`;
  const place = { endpoint, accessKeyId, secretAccessKey, bucket };
  await makeBucket(place);
  await act.prepare(place);
  return place;
}

const folder = mkdtempSync(path.join(tmpdir(), 'culprit-faults-'));
const CHILD = bundledChild(folder);
let looks = 0;
const server = await S3Server.start({ newBuckets: 'open' });
const targets: Target[] = [{ name: 'in-process', endpoint: server.endpoint, ...server.credentials }];
const { CULPRIT_CEPH_ENDPOINT, CULPRIT_CEPH_ACCESS_KEY = '', CULPRIT_CEPH_SECRET_KEY = '' } = process.env;
if (CULPRIT_CEPH_ENDPOINT === undefined) console.log('Without Ceph: see test/support/ceph.sh.');
else {
  const keys = { accessKeyId: CULPRIT_CEPH_ACCESS_KEY, secretAccessKey: CULPRIT_CEPH_SECRET_KEY };
  targets.push({ name: 'Ceph', endpoint: CULPRIT_CEPH_ENDPOINT, ...keys });
}
const rows: Record<string, string | number>[] = [];
let wrong = 0;
for (const target of targets) {
  process.env['AWS_ACCESS_KEY_ID'] = target.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = target.secretAccessKey;
  for (const act of ACTS) {
    const requests = await runChild(act, await placeFor(act, target), Infinity, 'SIGKILL');
    for (const signal of SIGNALS) {
      const counts = { leaks: 0, 'not completed': 0 };
      const tried = moments(requests, COUNT);
      for (const moment of tried) {
        const place = await placeFor(act, target);
        const leaks = await watched(place, async () => {
          await runChild(act, place, moment, signal);
          await act.run(place, place.endpoint);
        });
        const faults = await act.faults(place);
        for (const line of [...leaks, ...faults])
          console.log(`${target.name}, ${act.name}, request ${moment}: ${line}`);
        if (leaks.length > 0) counts.leaks++;
        if (faults.length > 0) counts['not completed']++;
      }
      wrong += counts.leaks + counts['not completed'];
      rows.push({ S3: target.name, what: act.name, signal, requests, moments: tried.length, ...counts });
    }
  }
}
await server.close();
rmSync(folder, { recursive: true });
console.table(rows);
console.log(`The reader looked ${String(looks)} times.`);
process.exitCode = wrong === 0 ? 0 : 1;
