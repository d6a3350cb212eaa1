/** A short random walk through the sample's page; `npm run test:interaction` takes long ones. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runReport } from '../command/run-report.js';
import { EventsModel } from './events-model.js';
import { watchHits } from './page-state.js';
import { chromiumPilot } from './pilot.js';
import type { Step } from './steps.js';
import { shrunk, stepsOf, walk, WalkFault } from './walk.js';

const STEPS = 150;
/** Other walks are taken by `npm run test:interaction`. */
const SEED = 1;
/** So many steps in one window, from its first millisecond on. */
const VISIT = 50;
const PATIENCE = 30_000;

let folder: string;
let model: EventsModel;

beforeAll(async () => {
  const cwd = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'culprit-walk-')));
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));
  const env = { XDG_CACHE_HOME: path.join(cwd, 'cache') };
  const { code, stderr } = await runReport(['--raw-tsv'], { cwd, env });
  if (code !== 0) throw new Error(stderr);
  folder = path.join(cwd, 'out');
  model = EventsModel.of(folder);
});

async function visit(page: string, steps: readonly Step[], patience = PATIENCE): Promise<void> {
  const pilot = await chromiumPilot(watchHits);
  try {
    await walk({ pilot, model, url: pathToFileURL(path.join(folder, page)).href, patience }, steps);
  } finally {
    await pilot.close();
  }
}

/** Writes the page anew with a fault in it. Throws where the code that it changes is not there. */
function plant(name: string, code: RegExp, fault: string): void {
  const page = readFileSync(path.join(folder, 'index.html'), 'latin1');
  const planted = page.replace(code, fault);
  if (planted === page) throw new Error('the code that the fault is planted in was not found');
  // The policy knows the code by its hash.
  writeFileSync(
    path.join(folder, name),
    planted.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''),
    'latin1',
  );
}

describe('random interaction', () => {
  test('shows, counts and opens what a model of events.tsv says after every step, and throws nothing', async () => {
    const seed = SEED;
    console.info(`random interaction: seed ${String(seed)}, ${String(STEPS)} steps`);
    const steps = stepsOf(seed, STEPS, VISIT, model);
    for (let at = 0; at < STEPS; at += VISIT) {
      try {
        await visit('index.html', steps.slice(at, at + VISIT));
      } catch (error) {
        if (error instanceof WalkFault)
          throw new Error(`seed ${String(seed)}, from step ${String(at)}: ${JSON.stringify(error.steps)}`, {
            cause: error,
          });
        throw error;
      }
    }
  }, 600_000);

  test('knows what a text with a fault leaves in place, right after a press whose effect only the page knows', async () => {
    const steps: readonly Step[] = [
      { do: 'query', text: 'who:', isTyped: true },
      { do: 'time', share: 0.77, isBurst: true },
      { do: 'query', text: '(', isTyped: false },
      { do: 'row', share: 0.5 },
    ];
    await visit('index.html', steps);
  });

  test('finds rows that are those beside the right ones', async () => {
    plant('shifted.html', /rowAt:(\w+)=>(\w+)\.rowAt\((\w+)-1-\1\)/, 'rowAt:$1=>$2.rowAt(Math.max(0,$3-2-$1))');
    const steps: readonly Step[] = [{ do: 'wheel', by: 300, times: 1 }];
    await expect(visit('shifted.html', steps, 8000)).rejects.toThrow(/row \d+ has/);
  });

  test('finds an error that the page throws and nobody sees', async () => {
    plant(
      'throwing.html',
      /<\/body>/,
      '<script>addEventListener("wheel",()=>Promise.reject(Error("planted")))</script></body>',
    );
    const steps: readonly Step[] = [
      // After it the page is read, and listens to the wheel.
      { do: 'pause', ms: 0 },
      { do: 'wheel', by: 300, times: 1 },
    ];
    await expect(visit('throwing.html', steps, 8000)).rejects.toThrow('planted');
  });
});

describe('a walk with a fault', () => {
  test('is shrunk to the steps that it takes', async () => {
    const steps = stepsOf(1, 40, VISIT, model);
    const needed = [steps[7], steps[23]];
    const fails = (fewer: readonly Step[]): Promise<boolean> =>
      Promise.resolve(needed.every((step) => step !== undefined && fewer.includes(step)));
    expect(await shrunk(steps, fails)).toEqual(needed);
  });

  test('has the same steps for the same seed', () => {
    expect(stepsOf(5, 30, VISIT, model)).toEqual(stepsOf(5, 30, VISIT, model));
    expect(stepsOf(5, 30, VISIT, model)).not.toEqual(stepsOf(6, 30, VISIT, model));
  });
});
