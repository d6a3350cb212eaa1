/** The command as a person runs it: a process of its own, in a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '../support/temporary-folder.js';
import { environmentOf } from './environment.js';
import type { Finished, TerminalRun } from './run-report.js';

const ROOT = path.join(import.meta.dirname, '..', '..');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const ENDING = pathToFileURL(path.join(ROOT, 'scripts', 'ending.ts')).href;

interface ProcessOptions {
  /** The working directory; a new, empty one by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Modules that Node loads first. */
  readonly preload?: readonly string[];
  /** Called with the process as soon as it runs. */
  readonly started?: (child: ChildProcess) => void;
}

/** Runs `npm run report -- …args` without npm, to its end. */
export async function runProcess(args: readonly string[], options: ProcessOptions = {}): Promise<Finished> {
  const { cwd = temporaryFolder(), env = {}, preload = [], started } = options;
  const imports = [TSX, ENDING, ...preload].flatMap((module) => ['--import', module]);
  const child = spawn(process.execPath, [...imports, path.join(ROOT, 'scripts', 'report.ts'), ...args], {
    cwd,
    env: environmentOf(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  started?.(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs `npm run report -- …args` at a terminal, which `script` (util-linux) makes. */
export function runAtTerminal(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): TerminalRun {
  const command = [
    process.execPath,
    '--import',
    TSX,
    '--import',
    ENDING,
    path.join(ROOT, 'scripts', 'report.ts'),
    ...args,
  ];
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn(
    'script',
    ['--quiet', '--return', '--command', `stty columns 120 rows 40; exec ${quoted}`, '/dev/null'],
    {
      cwd,
      env: environmentOf({ TERM: 'xterm', ...env }),
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  return {
    shown: () => shown,
    type: (keys) => void child.stdin.write(keys),
    ended: new Promise((resolve, reject) => child.on('error', reject).on('close', resolve)),
  };
}
