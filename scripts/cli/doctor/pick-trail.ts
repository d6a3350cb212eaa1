/**
 * Finds a bucket if no INPUT was given: on a terminal the user picks one of the account's trails; in a pipe the error
 * names them.
 */
import { COMMAND } from '#scripts/run/installation.js';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { RunConfig } from '#scripts/run/config.js';
import { DEFAULT_CONFIG_FILE } from '../config/config-file.js';
import { CulpritError } from '#scripts/run/errors.js';
import { askAccount, type TrailFacts } from './trails.js';

export interface PickPorts {
  readonly cwd: string;
  /** Where the answer is typed; undefined if there is no terminal. */
  readonly keyboard: Readable | undefined;
  /** Where the question is printed. */
  readonly question: Writable;
  readonly note: (sentence: string) => void;
}

/**
 * The trail that the user picked, as INPUT. Undefined if the sample is to be shown, because there are no trails or the
 * credentials may not list them. Throws a `CulpritError` of kind `usage` that names the trails if there is no terminal.
 */
export async function pickTrail({ s3 }: RunConfig, ports: PickPorts): Promise<string | undefined> {
  const { note, keyboard: input, question: output, cwd } = ports;
  const account = await askAccount(s3);
  let trails: readonly TrailFacts[];
  try {
    trails = await account.trails();
  } catch (error) {
    note(`Could not look up trails: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  } finally {
    account.close();
  }
  const inputs = [...new Set(trails.map(({ input }) => input))];
  if (inputs.length === 0) return undefined;
  if (input === undefined) {
    const commands = inputs.map((input) => `${COMMAND} ${input} --since 7d`).join(' or ');
    throw new CulpritError('usage', `No INPUT was given. This account has a trail: ${commands}.`);
  }
  const { isCancel, log, select } = await import('@clack/prompts');
  const picked = await select({
    message: 'No INPUT was given. Which trail do you want to read?',
    options: [
      ...trails.map(({ name, input }) => ({ value: input, label: input, hint: name })),
      { value: '', label: 'none: show the bundled sample' },
    ],
    input,
    output,
  });
  if (isCancel(picked)) throw new CulpritError('usage', 'No trail was selected. Give an INPUT, such as s3://BUCKET.');
  if (picked === '') return undefined;
  saveInput(cwd, picked);
  log.info(`Saved to ${DEFAULT_CONFIG_FILE}: the next run without INPUT reads it too.`, { output });
  return picked;
}

/** Adds the input to the config file in the working directory and keeps its other contents. */
export function saveInput(cwd: string, input: string): void {
  const file = path.join(cwd, DEFAULT_CONFIG_FILE);
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as object) : {};
  writeFileSync(file, `${JSON.stringify({ inputs: [input], ...before }, undefined, 2)}\n`);
}
