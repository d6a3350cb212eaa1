/**
 * What the command does the world with, besides files and the network. The environment and the working directory are
 * those of the process: the AWS SDK and the system ask it for them.
 */
import type { Readable, Writable } from 'node:stream';
import type { Screen } from './terminal/terminal.js';

/** `process.stdout` or `process.stderr`, or what a test reads. */
type Output = Screen & Writable;

export interface Effects {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Where somebody types; undefined where nobody does, as in a pipe. */
  readonly keyboard: Readable | undefined;
  readonly now: () => Date;
  /** Rejects with the first error that nobody waits for, if there is one. */
  readonly stray: Promise<never>;
}

/** Where the answer to a question comes from; undefined where nobody would see it on this output. */
export function keyboardBeside(output: Output, { keyboard }: Effects): Readable | undefined {
  return output.isTTY === true ? keyboard : undefined;
}

/** Writes lines, if there are any. */
export function writeLines(stream: Screen, lines: readonly string[]): void {
  if (lines.length > 0) stream.write(`${lines.join('\n')}\n`);
}

/** Whether an output shows colours. */
export function isColorful(stream: Screen): boolean {
  return stream.isTTY === true && process.env['TERM'] !== 'dumb';
}
