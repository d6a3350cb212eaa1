/**
 * Each folder of `cases/` is a test: its input goes through the whole pipeline, and what comes out is compared byte for
 * byte with what is expected. The folder's name says what it shows.
 *
 * - `input/`, or `input.ts` whose default export is its files (path → content) where bytes are not readable
 * - `args.json`: INPUTs and options as on the command line; `["input"]` where it is not there
 * - `expected.tsv`, `expected.json`: events.tsv, and of manifest.json what is the same in every run and every version;
 *   where there is no report, `expected.json` is the exit code and the sentence
 *
 * `UPDATE_CASES=1` writes what is expected, to be read before it is committed.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import './support/one-worker.js';
import { type Finished, type Refused, run } from './support/pipeline-run.js';
import { expectSameEvents } from './support/same-events.js';
import { temporaryFolder } from './support/temporary-folder.js';

const CASES = path.join(import.meta.dirname, 'cases');
const UPDATE = process.env['UPDATE_CASES'] === '1' && process.env['CI'] === undefined;

for (const name of readdirSync(CASES).sort()) {
  test(name.replaceAll('-', ' '), async () => {
    const folder = path.join(CASES, name);
    const args = argsOf(folder);
    const place = existsSync(path.join(folder, 'input')) ? folder : await builtInput(folder);
    const absolute = args.map((arg) => (/^input($|\/)/.test(arg) ? path.join(place, arg) : arg));
    const result = await run(absolute, path.join(temporaryFolder(), 'out'));

    compare(path.join(folder, 'expected.json'), `${JSON.stringify(stablePart(result, place), undefined, 2)}\n`);
    compare(path.join(folder, 'expected.tsv'), 'tsv' in result ? result.tsv : undefined);
    if ('page' in result) expectSameEvents(result, args.includes('--raw-tsv'));
  });
}

function argsOf(folder: string): string[] {
  const file = path.join(folder, 'args.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : ['input'];
}

/** A folder with `input` in it. */
async function builtInput(folder: string): Promise<string> {
  const url = pathToFileURL(path.join(folder, 'input.ts')).href;
  const { default: files } = (await import(url)) as { default: Readonly<Record<string, string | Uint8Array>> };
  return temporaryFolder(Object.fromEntries(Object.entries(files).map(([file, bytes]) => [`input/${file}`, bytes])));
}

/** What depends neither on the moment, the version and the place, nor on how many bytes a file has. */
function stablePart(result: Finished | Refused, place: string): unknown {
  if ('exitCode' in result) return { ...result, message: result.message.replaceAll(place + path.sep, '') };
  // What was covered and what rules find have tests of their own.
  const { run: _run, tool: _tool, coverage: _coverage, findings: _findings, outputs, ...manifest } = result.manifest;
  return { ...manifest, outputs: outputs.map(({ path: name }) => name) };
}

/** @param actual undefined where there must be no such file */
function compare(file: string, actual: string | undefined): void {
  if (UPDATE) {
    if (actual === undefined) rmSync(file, { force: true });
    else writeFileSync(file, actual);
  }
  const expected = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (expected === undefined && actual !== undefined) {
    throw new Error(`${path.basename(file)} is missing: write it, or run with UPDATE_CASES=1 and read what it wrote`);
  }
  expect(actual).toBe(expected);
}
