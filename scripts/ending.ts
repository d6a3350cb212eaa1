/**
 * How a run ends early: the first thing that is loaded, so that no signal comes too soon. `npm run report` has Node load
 * it before the command, whose loading takes some tenths of a second.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { removeAll } from '#scripts/output/files/temporary-files.js';

/** The signals that end a run, with the exit codes that shells give them (128 and the signal's number). */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGBREAK: 149 } as const;

const children = new Set<ChildProcess>();

// The bundler lives in a process of its own. Where its input ends while it works, it says "all goroutines are asleep"
// with a stack; so it is ended first.
subscribe('child_process', (message) => {
  const { process: child } = message as { readonly process: ChildProcess };
  children.add(child);
  child.once('exit', () => children.delete(child));
});

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  removeAll();
});

for (const [signal, code] of Object.entries(SIGNALS)) {
  try {
    process.on(signal, () => process.exit(code));
  } catch {
    // Not every system has every signal.
  }
}
