/** `npm run test:interaction`: a long random walk through a report's page, beside a model of its `events.tsv`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { EventsModel } from './events-model.js';
import { watchHits } from './page-state.js';
import { chromiumPilot, firefoxPilot } from './pilot.js';
import type { Step } from './steps.js';
import { shrunk, stepsOf, walk, WalkFault } from './walk.js';

const HELP = `npm run test:interaction -- --report DIR [options]
  --report DIR     a folder with index.html and events.tsv, of a report that lists every event
  --steps N        so many steps (default: 200)
  --from N         begins at this step, which must begin a window (default: 0)
  --seed N         the seed of the steps (default: another one each time; it is printed)
  --browser NAME   chromium (default) or firefox, as installed
  --visit N        so many steps in one window, then the next begins at the first millisecond again (default: 40)
  --replay FILE    does the steps in this file instead
  --shrink FILE    where a fault is found, looks for fewer steps that show it too, and writes them here
  --patience MS    how long a step may take to show what it leads to (default: 30000)
  --verbose        prints each step
  --help           shows this`;

const { values } = parseArgs({
  options: {
    report: { type: 'string' },
    steps: { type: 'string', default: '200' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string' },
    browser: { type: 'string', default: 'chromium' },
    visit: { type: 'string', default: '40' },
    replay: { type: 'string' },
    shrink: { type: 'string' },
    patience: { type: 'string', default: '30000' },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function run(folder: string): Promise<number> {
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const model = EventsModel.of(folder);
  const all =
    values.replay === undefined
      ? stepsOf(seed, Number(values.steps), Number(values.visit), model)
      : (JSON.parse(readFileSync(values.replay, 'utf8')) as Step[]);
  process.stdout.write(`${model.size} events, ${all.length} steps, seed ${seed}, ${values.browser}\n`);
  const url = pathToFileURL(path.resolve(folder, 'index.html')).href;
  const visitOf = async (steps: readonly Step[], isVerbose: boolean): Promise<void> => {
    const pilot = await (values.browser === 'firefox' ? firefoxPilot : chromiumPilot)(watchHits);
    try {
      await walk(
        {
          pilot,
          model,
          url,
          patience: Number(values.patience),
          onStep: (step, i) => isVerbose && process.stdout.write(`${i} ${JSON.stringify(step)}\n`),
        },
        steps,
      );
    } finally {
      await pilot.close();
    }
  };
  const visit = values.replay === undefined ? Number(values.visit) : all.length;
  for (let done = Number(values.from); done < all.length; done += visit) {
    try {
      await visitOf(all.slice(done, done + visit), values.verbose);
    } catch (error) {
      if (!(error instanceof WalkFault)) throw error;
      process.stdout.write(`seed ${seed}, steps ${done} to ${done + error.steps.length}: ${error.message}\n`);
      const steps =
        values.shrink === undefined
          ? error.steps
          : await shrunk(error.steps, (fewer) =>
              visitOf(fewer, false).then(
                () => false,
                () => true,
              ),
            );
      const file = values.shrink ?? 'interaction-fault.json';
      writeFileSync(file, `${JSON.stringify(steps, undefined, 1)}\n`);
      process.stdout.write(`${steps.length} steps are in ${file}; do them again with --replay ${file}\n`);
      return 1;
    }
    process.stdout.write(`${Math.min(done + visit, all.length)} steps are right\n`);
  }
  return 0;
}

if (values.help || values.report === undefined) process.stdout.write(`${HELP}\n`);
else process.exitCode = await run(values.report);
