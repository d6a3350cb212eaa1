#!/usr/bin/env node
/** The command as a process: arguments in, exit code out. `cli/main.ts` does the work. */
import './ending.js';
import { isatty } from 'node:tty';
import { main } from './cli/main.js';

const { argv, stdout, stderr } = process;

for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of the pipe has closed it (`… | head`): the report is still worth writing.
    if (error.code !== 'EPIPE') throw error;
  });
}
// Errors that no promise handles, such as those from a worker's messages.
const stray = new Promise<never>((_, reject) => process.on('uncaughtException', reject));

const code = await main(argv.slice(2), {
  stdout,
  stderr,
  keyboard: isatty(0) ? process.stdin : undefined,
  now: () => new Date(),
  stray,
});
// The process ends when its output is flushed; workers that still run end with it.
await Promise.all([stdout, stderr].map((stream) => new Promise((done) => stream.write('', done))));
process.exit(code);
