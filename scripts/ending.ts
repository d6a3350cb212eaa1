/**
 * Ends a run early on a signal. `npm run report` has Node load this module before the command, whose loading takes some
 * tenths of a second, so that no signal is missed.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { removeAll } from '#scripts/output/files/temporary-files.js';

/** The signals that end a run, with the exit codes of shells for them (128 plus the signal's number). */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGBREAK: 149 } as const;

const children = new Set<ChildProcess>();

// esbuild runs in a process of its own. If its input closes while it works, it prints "all goroutines are asleep" with
// a stack trace, so it is ended first.
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
