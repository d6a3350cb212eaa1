/** One run of the command as a process of its own, watched from outside. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ReportManifest } from '#shared/model/manifest.js';

export const STAGES = ['Reading', 'Sorting', 'Writing'] as const;
export type Stage = (typeof STAGES)[number];

export interface CulpritRun {
  /** Of the whole process, from its start to its end, in seconds. */
  readonly seconds: number;
  /** Of each stage, in seconds, by when its lines arrived. */
  readonly stages: Readonly<Record<Stage, number>>;
  /** The process's greatest resident memory, in bytes. */
  readonly peakBytes: number;
  readonly manifest: ReportManifest;
}

const REPORT = fileURLToPath(new URL('../../scripts/report.ts', import.meta.url));
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const MEMORY = new URL('report-memory.ts', import.meta.url).href;

/**
 * Runs `npm run report -- ARGUMENTS --out OUT --json` without npm. Throws where it does not end with 0.
 * @param env what the command finds in its environment beside ours
 */
export async function runCulprit(
  args: readonly string[],
  out: string,
  env: Readonly<Record<string, string>> = {},
): Promise<CulpritRun> {
  const imports = ['--import', LOADER, '--import', MEMORY];
  const started = performance.now();
  const child = spawn(process.execPath, [...imports, REPORT, ...args, '--out', out, '--json'], {
    env: { ...process.env, ...env },
    // A folder without a config file.
    cwd: out,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const begun = new Map<string, number>();
  const stages: Record<Stage, number> = { Reading: 0, Sorting: 0, Writing: 0 };
  let running: Stage | undefined;
  const stderr = textOf(child.stderr, (line) => {
    const now = performance.now();
    if (running !== undefined) stages[running] = (now - (begun.get(running) ?? now)) / 1000;
    running = STAGES.find((stage) => line === `${stage} …`);
    if (running !== undefined) begun.set(running, now);
  });
  const stdout = textOf(child.stdout);
  const memory = textOf(child.stdio[3] as Readable | null);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`the report ended with ${String(code)}:\n${stderr()}`);
  const manifest = JSON.parse(stdout()) as ReportManifest;
  return { seconds, stages, peakBytes: Number(memory()) * 1024, manifest };
}

/** Collects a stream's text, and shows each line as it arrives. */
function textOf(stream: Readable | null, onLine?: (line: string) => void): () => string {
  let text = '';
  let shown = 0;
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n', shown); end >= 0; end = text.indexOf('\n', shown)) {
      onLine?.(text.slice(shown, end));
      shown = end + 1;
    }
  });
  return () => text;
}
