/** What the same files cost with the programs that everybody has. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** Command lines have a limit; so many paths fit on every system. */
const FILES_AT_ONCE = 200;

/** The eight columns of the script that people used before (aws s3 sync; gunzip; jq). */
const FILTER =
  '.Records[]|[.eventTime,.awsRegion,.eventSource,.eventName,.userIdentity.userName,.sourceIPAddress,.userAgent,(.requestParameters|tostring)]|@tsv';

export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Inflates every file to nowhere, two processes at once; returns the seconds. What a reader of gzip cannot be faster than. */
export async function runGunzip(files: readonly string[]): Promise<number> {
  const started = performance.now();
  const batches = batchesOf(files, FILES_AT_ONCE);
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      await ended(spawn('gunzip', ['-c', ...batch], { stdio: ['ignore', 'ignore', 'inherit'] }));
    }
  };
  await Promise.all([work(), work()]);
  return (performance.now() - started) / 1000;
}

/**
 * gunzip | jq, every file, to `output`; returns the seconds.
 * @param filesAtOnce 1 as a shell's loop over the files does, or many as xargs does, which starts jq less often
 */
export async function runJq(files: readonly string[], output: string, filesAtOnce = FILES_AT_ONCE): Promise<number> {
  const started = performance.now();
  const file = openSync(output, 'w');
  for (const batch of batchesOf(files, filesAtOnce)) {
    const gunzip = spawn('gunzip', ['-c', ...batch], { stdio: ['ignore', 'pipe', 'inherit'] });
    const jq = spawn('jq', ['-r', FILTER], { stdio: [gunzip.stdout, file, 'inherit'] });
    await Promise.all([ended(gunzip), ended(jq)]);
  }
  closeSync(file);
  return (performance.now() - started) / 1000;
}

function batchesOf(files: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(files.length / size) }, (_, i) => files.slice(i * size, (i + 1) * size));
}

async function ended(child: ChildProcess): Promise<void> {
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve));
  if (code !== 0) throw new Error(`${child.spawnfile} ended with ${String(code)}`);
}
