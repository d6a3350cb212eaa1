/**
 * Output appears under its own name only when it is whole. Until then it has a temporary name beside it, on the same
 * disk, so that the rename is one step; whatever ends the run early removes what is left.
 */
import { accessSync, constants, mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { CulpritError } from '#scripts/run/errors.js';

const pending = new Set<string>();
/** The folders that were made for the output, the deepest first. */
const madeFolders: string[] = [];

/**
 * Makes the folder of the output where there is none, so that one that cannot be written is known before the work is
 * done. Throws the system's error, which {@link outputFault} explains.
 */
export function makeOutputFolder(outDir: string): void {
  const folder = path.resolve(outDir);
  const topmost = mkdirSync(folder, { recursive: true });
  if (topmost !== undefined) {
    for (let made = folder; made.length >= topmost.length; made = path.dirname(made)) madeFolders.push(made);
  }
  accessSync(folder, constants.W_OK);
}

/** A name to write to instead of `final`, in the same folder. It is removed unless {@link commit} gives it its name. */
export function temporaryName(final: string): string {
  const name = path.join(path.dirname(final), `.${path.basename(final)}.${String(process.pid)}.part`);
  pending.add(name);
  return name;
}

/** Gives a finished file its name, over the one that has it. Throws a `CulpritError` where the system refuses. */
export async function commit(temporary: string, final: string): Promise<void> {
  try {
    await rename(temporary, final);
  } catch (error) {
    // Windows does not replace a file that a program such as a spreadsheet has open.
    if (!['EPERM', 'EACCES', 'EBUSY', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const help = 'close the program that has it open, or choose another folder with --out';
    throw new CulpritError('usage', `${final} cannot be replaced: ${help}.`, { cause: error });
  }
  pending.delete(temporary);
}

/** Removes every file that never got its name, and made folders without a report. Synchronous: a signal leaves no time. */
export function removeAll(): void {
  for (const name of pending) {
    try {
      rmSync(name, { force: true });
    } catch {
      // Still open on Windows: it stays, under a name that nobody takes for a report.
    }
  }
  pending.clear();
  for (const folder of madeFolders) {
    try {
      rmdirSync(folder);
    } catch {
      break; // It holds the report.
    }
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
};

/** What a person can do about an error of writing below `outDir`; undefined for any other error. */
export function outputFault(error: unknown, outDir: string): CulpritError | undefined {
  const { code = '', path: at } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const why = REFUSALS[code];
  if (why === undefined) return undefined;
  // Writing, unlike opening, does not say where; only a full disk is always ours.
  const ours = at === undefined ? code === 'ENOSPC' || code === 'EDQUOT' : isBelow(at, outDir);
  if (!ours) return undefined;
  const sentence = `The report cannot be written to ${outDir}: ${why}; choose another folder with --out.`;
  return new CulpritError('usage', sentence, { cause: error });
}

function isBelow(file: string, folder: string): boolean {
  const way = path.relative(path.resolve(folder), path.resolve(file));
  return !path.isAbsolute(way) && way.split(path.sep)[0] !== '..';
}
