/**
 * Kills processes that publish, take back and rotate, by SIGKILL and SIGINT, each at 20 moments, on the in-process server and,
 * where CULPRIT_CEPH_ENDPOINT is set, on Ceph. After each: what a reader sees who signs nothing, and whether the next run
 * completes it. Prints a table: `npm run test:publish-faults`, or with fewer moments `npm run test:publish-faults -- 5`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { randomBytes } from 'node:crypto';
import { S3Server } from '../s3-server/server.js';
import { Gate } from './gate.js';
import { ACTS, makeBucket, moments, notMeant, type Act, type Place } from './scenarios.js';

const CHILD = path.join(import.meta.dirname, 'child.ts');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
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
  const child = spawn(process.execPath, ['--import', TSX, CHILD, act.name, place.bucket, gate.endpoint], {
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
  await ended;
  await gate.close();
  return gate.count;
}

async function placeFor(act: Act, { endpoint, accessKeyId, secretAccessKey }: Target): Promise<Place> {
  const bucket = `culprit-${randomBytes(6).toString('hex')}`;
  const place = { endpoint, accessKeyId, secretAccessKey, bucket };
  await makeBucket(place);
  await act.prepare(place);
  return place;
}

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
        await runChild(act, place, moment, signal);
        const leaks = await notMeant(place);
        await act.run(place, place.endpoint);
        leaks.push(...(await notMeant(place)));
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
console.table(rows);
process.exitCode = wrong === 0 ? 0 : 1;
