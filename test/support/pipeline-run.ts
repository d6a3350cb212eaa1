/** The real pipeline, in this process, on folders. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCommandLine } from '#scripts/cli/config/command-line.js';
import { resolveConfig } from '#scripts/cli/config/resolve.js';
import { CulpritError, exitCodeOf } from '#scripts/run/errors.js';
import { runPipeline } from '#scripts/pipeline.js';
import { SILENT } from '#scripts/run/progress.js';
import type { ReportManifest } from '#shared/model/manifest.js';
import { openFolderSource } from '#scripts/source/folder/folder.js';
import type { KeySource } from '#scripts/verify/verifier.js';
import type { LogSource } from '#scripts/source/port.js';

/** What a run left behind. */
export interface Finished {
  readonly folder: string;
  readonly manifest: ReportManifest;
  readonly tsv: string;
  readonly page: Buffer;
}

export interface Refused {
  readonly exitCode: number;
  readonly message: string;
}

/** When the runs of the tests begin and end. */
const NOW = new Date('2025-01-01T00:00:00Z');

/**
 * Runs what a command line asks for.
 * @param args INPUTs (absolute paths) and options, but --out
 * @param out the output folder
 * @param sources instead of the folders that the INPUTs name
 * @param now when it begins and ends
 * @param keys what logs are verified with; without them they are not
 * @returns what was written, or the sentence that was said instead
 */
export async function run(
  args: readonly string[],
  out: string,
  sources?: readonly LogSource[],
  now = NOW,
  keys?: KeySource,
): Promise<Finished | Refused> {
  const { settings } = parseCommandLine([...args, '--out', out], 'test');
  const config = resolveConfig(settings, undefined, { env: {}, now, cacheFolder: '/nowhere' });
  try {
    const { manifest } = await runPipeline(config, {
      sources: sources ?? (await Promise.all(config.inputs.map(openFolderSource))),
      publisher: undefined,
      encryption: undefined,
      agree: () => Promise.resolve(false),
      showLink: () => undefined,
      progress: SILENT,
      now: () => now,
      command: 'test',
      ...(keys && { keys }),
    });
    const tsv = readFileSync(path.join(out, 'events.tsv'), 'utf8');
    return { folder: out, manifest, tsv, page: readFileSync(path.join(out, 'index.html')) };
  } catch (error) {
    if (!(error instanceof CulpritError)) throw error;
    return { exitCode: exitCodeOf(error), message: error.message };
  }
}

/** As `run`, for input that makes a report; the output folder is made beside the first INPUT. */
export async function report(
  args: readonly string[],
  out: string,
  sources?: readonly LogSource[],
  now = NOW,
  keys?: KeySource,
): Promise<Finished> {
  mkdirSync(path.dirname(out), { recursive: true });
  const finished = await run(args, out, sources, now, keys);
  if ('exitCode' in finished) throw new Error(finished.message);
  return finished;
}
