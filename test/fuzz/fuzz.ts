/**
 * `npm run fuzz`: mutates logs, has the real reader read them, and compares with a plain one. `-- --count 10000` is how many,
 * `--seed N` which, `--input DIR` takes the logs of a folder too. A log that is read wrongly is kept, with no more mutations
 * than it takes.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Random } from '../support/random.js';
import { faultsOf, fileFaultsOf } from './check.js';
import { mutated, someSteps, type MutatedLog, type Original, type Step } from './mutations.js';

/** Logs in one run of the pipeline. */
const TOGETHER = 250;
/** Failures that are looked into. */
const MOST_FAILURES = 10;
const ROOT = path.join(import.meta.dirname, '..', '..');

interface Attempt {
  readonly original: Original;
  readonly steps: readonly Step[];
  readonly mark: string;
}

/** The originals in a folder: the records of each log, and texts as they are. */
function originalsIn(folder: string): Original[] {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : [];
  return files
    .filter((name) => /\.json(l|\.gz)?$/.test(name))
    .flatMap((name): Original[] => {
      const text = textOf(readFileSync(path.join(folder, name)));
      try {
        const { Records } = JSON.parse(text) as { Records: unknown[] };
        return Records.length === 0 ? [] : [{ records: Records.map((record) => JSON.stringify(record)) }];
      } catch {
        return text === '' ? [] : [{ text }];
      }
    });
}

/** '' where it is damaged. */
function textOf(stored: Buffer): string {
  try {
    return (stored[0] === 0x1f ? gunzipSync(stored) : stored).toString();
  } catch {
    return '';
  }
}

export function originals(input?: string): Original[] {
  const cases = path.join(ROOT, 'test', 'cases');
  const folders = readdirSync(cases).map((name) => path.join(cases, name, 'input'));
  return [path.join(ROOT, 'scripts', 'sample'), ...folders, ...(input === undefined ? [] : [input])].flatMap(
    originalsIn,
  );
}

/** The nth mutated log of a seed. */
export function attempt(seed: number, nth: number, from: readonly Original[]): Attempt {
  const random = new Random(Math.imul(seed, 1_000_003) + nth);
  const chosen = random.pick(from);
  const mark = `${String(seed).padStart(8, '0')}-${String(nth).padStart(8, '0')}`;
  if ('text' in chosen) return { original: chosen, steps: someSteps(random), mark };
  const first = random.below(chosen.records.length);
  const records = chosen.records.slice(first, first + 1 + random.below(8));
  return { original: { records }, steps: someSteps(random), mark };
}

export function logOf({ original, steps, mark }: Attempt): MutatedLog {
  return mutated(original, steps, mark);
}

async function isWrong(attempt: Attempt): Promise<boolean> {
  const logs = [logOf(attempt)];
  return fileFaultsOf(logs).length > 0 || (await faultsOf(logs)).length > 0;
}

/** Those that are read wrongly. */
async function failing(attempts: readonly Attempt[]): Promise<Attempt[]> {
  const faults = await faultsOf(attempts.map(logOf));
  if (faults.length === 0) return [];
  const known = new Set(faults.flatMap(({ log }) => (log === undefined ? [] : [log])));
  if (known.size > 0) return attempts.filter((_, i) => known.has(i));
  if (attempts.length === 1) return [...attempts];
  const middle = attempts.length >> 1;
  return [...(await failing(attempts.slice(0, middle))), ...(await failing(attempts.slice(middle)))];
}

/** The same failure with fewer mutations and records. */
async function shrunk(failed: Attempt): Promise<Attempt> {
  let smallest = failed;
  const tryOne = async (smaller: Attempt): Promise<boolean> => {
    if (!(await isWrong(smaller))) return false;
    smallest = smaller;
    return true;
  };
  for (let i = smallest.steps.length - 1; i >= 0; i--) {
    await tryOne({ ...smallest, steps: smallest.steps.filter((_, step) => step !== i) });
  }
  for (
    let i = 0;
    'records' in smallest.original && smallest.original.records.length > 1 && i < smallest.original.records.length;
  ) {
    const records: readonly string[] = smallest.original.records.filter((_, record) => record !== i);
    if (!(await tryOne({ ...smallest, original: { records } }))) i++;
  }
  return smallest;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, count: { type: 'string' }, input: { type: 'string' } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const count = Number(values.count ?? 10_000);
  const from = originals(values.input);
  console.log(`Seed ${String(seed)}: ${String(count)} mutations of ${String(from.length)} logs.`);
  const began = Date.now();
  let failures = 0;
  for (let first = 0; first < count && failures < MOST_FAILURES; first += TOGETHER) {
    const attempts = Array.from({ length: Math.min(TOGETHER, count - first) }, (_, i) =>
      attempt(seed, first + i, from),
    );
    for (const failed of (await failing(attempts)).slice(0, MOST_FAILURES - failures)) {
      failures++;
      const smallest = await shrunk(failed);
      const kept = mkdtempSync(path.join(tmpdir(), `culprit-fuzz-${String(seed)}-`));
      const log = logOf(smallest);
      for (const [name, bytes] of log.files) {
        mkdirSync(path.dirname(path.join(kept, name)), { recursive: true });
        writeFileSync(path.join(kept, name), bytes);
      }
      console.log(`\n${kept}: ${smallest.steps.map(({ name }) => name).join(', then ') || 'as it was'}`);
      for (const { what } of await faultsOf([log])) console.log(what);
    }
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  console.log(
    failures === 0 ? `All were read as they must be, in ${seconds} s.` : `${String(failures)} were read wrongly.`,
  );
  return failures === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main();
