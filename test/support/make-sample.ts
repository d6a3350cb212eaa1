/**
 * Makes the bundled sample, scripts/sample: `npx tsx test/support/make-sample.ts`. The same every time, whenever and
 * wherever it runs (but for gzip, whose bytes differ between versions of zlib).
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { autoScaling, monitoring, people, services } from './sample/background.js';
import { tellStory } from './sample/story.js';
import { Trail, type TrailFile } from './sample/trail.js';
import { deployments, orders, webServers } from './sample/workloads.js';

/** The folder that `npm run report` reads when it is given no input. */
export const SAMPLE_FOLDER = fileURLToPath(new URL('../../scripts/sample', import.meta.url));

const DAYS = 3;
/** In an order that stays, because each takes the next of the random numbers. */
const EVERY_DAY = [orders, deployments, monitoring, webServers, autoScaling, services, people];

/** The sample's log files, sorted by key. */
export function sampleFiles(): TrailFile[] {
  const trail = new Trail(20250303);
  tellStory(trail);
  for (let day = 0; day < DAYS; day++) {
    for (const happen of EVERY_DAY) happen(trail, day);
  }
  return trail.files();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(SAMPLE_FOLDER, { recursive: true, force: true });
  for (const { key, text } of sampleFiles()) {
    const file = path.join(SAMPLE_FOLDER, ...key.split('/'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, gzipSync(text, { level: 9 }));
  }
}
