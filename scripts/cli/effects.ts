/**
 * The side effects of the command besides files and the network. The environment and the working directory are those of
 * the process, because the AWS SDK reads them from there.
 */
import type { Readable, Writable } from 'node:stream';
import type { Screen } from './terminal/terminal.js';

/** `process.stdout`, `process.stderr`, or a recorder in tests. */
type Output = Screen & Writable;

export interface Effects {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Where the user types; undefined without a terminal, as in a pipe. */
  readonly keyboard: Readable | undefined;
  readonly now: () => Date;
  /** Rejects with the first error that no promise handles, if there is one. */
  readonly stray: Promise<never>;
}

/** Where the answer to a question is typed; undefined if nobody would see the question on this output. */
export function keyboardBeside(output: Output, { keyboard }: Effects): Readable | undefined {
  return output.isTTY === true ? keyboard : undefined;
}

/** Writes lines, if there are any. */
export function writeLines(stream: Screen, lines: readonly string[]): void {
  if (lines.length > 0) stream.write(`${lines.join('\n')}\n`);
}

/** Whether the output shows colours. */
export function isColorful(stream: Screen): boolean {
  return stream.isTTY === true && process.env['TERM'] !== 'dumb';
}
