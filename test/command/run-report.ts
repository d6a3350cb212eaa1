/**
 * The command in this process, which saves its start: `run-process.ts` runs it as a person does. What a run takes from the
 * process, its environment and its working directory, is the run's own until it ends; so runs wait for each other.
 */
import { PassThrough, Writable } from 'node:stream';
import { main } from '#scripts/cli/main.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { environmentOf } from './environment.js';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** The working directory; a new, empty one by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** An output that keeps what is written to it. */
class Kept extends Writable {
  text = '';

  constructor(readonly isTTY: boolean) {
    super({ decodeStrings: false });
  }

  readonly columns = 120;

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const NEVER = new Promise<never>(() => undefined);

/** The command behaves as `npm run report -- …args` in a pipe. */
export async function runReport(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const stdout = new Kept(false);
  const stderr = new Kept(false);
  const now = (): Date => new Date();
  const code = await asProcess(options, () => main(args, { stdout, stderr, keyboard: undefined, now, stray: NEVER }));
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** A run at a terminal, which somebody types into. */
export interface TerminalRun {
  /** Everything that was shown, with its control sequences. */
  readonly shown: () => string;
  readonly type: (keys: string) => void;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

/** The command behaves as `npm run report -- …args` at a terminal. */
export function runWithKeyboard(args: readonly string[], options: RunOptions = {}): TerminalRun {
  const screen = new Kept(true);
  const keyboard = new PassThrough();
  const effects = { stdout: screen, stderr: screen, keyboard, now: () => new Date(), stray: NEVER };
  return {
    shown: () => screen.text,
    type: (keys) => void keyboard.write(keys),
    ended: asProcess(options, () => main(args, effects)),
  };
}

let last: Promise<unknown> = Promise.resolve();

function asProcess(options: RunOptions, run: () => Promise<number>): Promise<number> {
  const { cwd = temporaryFolder(), env = {} } = options;
  const wanted = environmentOf(env);
  const ended = last.then(async () => {
    const before = { cwd: process.cwd(), env: { ...process.env } };
    process.chdir(cwd);
    setEnvironment(wanted);
    try {
      return await run();
    } finally {
      process.chdir(before.cwd);
      setEnvironment(before.env);
    }
  });
  last = ended.catch(() => undefined);
  return ended;
}

/** In place: the system's own functions, as that for the home folder, see it. */
function setEnvironment(wanted: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) {
    if (!(name in wanted)) Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, wanted);
}
