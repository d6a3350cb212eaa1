/**
 * Output appears under its own name only when it is whole. Until then it has a temporary name beside it, on the same
 * disk, so that the rename is one step; whatever ends the run early removes what is left.
 */
import { createHash, randomBytes } from 'node:crypto';
import { accessSync, constants, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, type Stats } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CulpritError } from '#scripts/run/errors.js';

const pending = new Set<string>();
/** The folders that were made for the output, the deepest first. */
const madeFolders: string[] = [];

/** Tells processes of several machines, or containers, apart that share a folder. */
const HOST = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 8);
/** NAME, the process, its machine, and random letters. */
const TEMPORARY = /^\..+\.(\d+)-([0-9a-f]{8})\.[0-9a-f]{16}\.part$/;
/** What another machine's run left is known by its age only. */
const ABANDONED_MS = 86_400_000;

/**
 * Makes the folder of the output where there is none, so that one that cannot be written is known before the work is
 * done, and removes what runs left there that were killed. Throws the system's error, which {@link outputFault} explains.
 */
export function makeOutputFolder(outDir: string): void {
  const folder = path.resolve(outDir);
  const topmost = mkdirSync(folder, { recursive: true });
  if (topmost !== undefined) {
    for (let made = folder; made.length >= topmost.length; made = path.dirname(made)) madeFolders.push(made);
  }
  accessSync(folder, constants.W_OK);
  removeLeftovers(folder);
}

interface TemporaryFile {
  readonly name: string;
  readonly handle: FileHandle;
}

/**
 * A new file to write to instead of `final`, in the same folder; nothing that is there, link or file, is opened. It is
 * removed unless {@link commit} gives it its name. Throws the system's error. @param mode who may read it, where that is
 * not the usual
 */
export async function openTemporary(final: string, mode?: number): Promise<TemporaryFile> {
  const name = temporaryName(final);
  // Before it is there: a signal may come as soon as it is.
  pending.add(name);
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  // Windows does not have the last one, whatever the types say.
  const { O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;
  try {
    return { name, handle: await open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode) };
  } catch (error) {
    pending.delete(name);
    throw error;
  }
}

function temporaryName(final: string): string {
  const mark = `${String(process.pid)}-${HOST}.${randomBytes(8).toString('hex')}`;
  return path.join(path.dirname(final), `.${path.basename(final)}.${mark}.part`);
}

/** Gives the file of this name a temporary one, under which it is removed; undefined where there is none. */
export async function setAside(final: string): Promise<string | undefined> {
  const name = temporaryName(final);
  pending.add(name);
  try {
    await rename(final, name);
    return name;
  } catch (error) {
    pending.delete(name);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function removeLeftovers(folder: string): void {
  for (const entry of readdirSync(folder)) {
    const [, pid, host] = TEMPORARY.exec(entry) ?? [];
    if (pid === undefined) continue;
    const file = path.join(folder, entry);
    try {
      const stats = lstatSync(file);
      if (stats.isFile() && isAbandoned(Number(pid), host, stats)) rmSync(file);
    } catch {
      // Another run was quicker.
    }
  }
}

function isAbandoned(pid: number, host: string | undefined, { mtimeMs }: Stats): boolean {
  if (Date.now() - mtimeMs > ABANDONED_MS) return true;
  if (host !== HOST) return false;
  // This process has none yet, so it is of another one that had the same number.
  if (pid === process.pid) return pending.size === 0;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Gives a finished file its name, over the one that has it. Throws a `CulpritError` where the system refuses. */
export async function commit(temporary: string, final: string): Promise<void> {
  try {
    await rename(temporary, final);
  } catch (error) {
    // Windows does not replace a file that a program such as a spreadsheet has open.
    if (!['EPERM', 'EACCES', 'EBUSY', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const help = 'Close the program that has it open, or choose another folder with --out';
    throw new CulpritError('usage', `${final} cannot be replaced. ${help}.`, { cause: error });
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
  madeFolders.length = 0;
}

const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a file exists where a folder is needed',
  EEXIST: 'a file exists where a folder is needed',
};

/** What a person can do about an error of writing below `outDir`; undefined for any other error. */
export function outputFault(error: unknown, outDir: string): CulpritError | undefined {
  const { code = '', path: at } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const why = REFUSALS[code];
  if (why === undefined) return undefined;
  // Writing, unlike opening, does not say where; only a full disk is always ours.
  const ours = at === undefined ? code === 'ENOSPC' || code === 'EDQUOT' : isBelow(at, outDir);
  if (!ours) return undefined;
  const sentence = `The report cannot be written to ${outDir}: ${why}. Choose another folder with --out.`;
  return new CulpritError('usage', sentence, { cause: error });
}

function isBelow(file: string, folder: string): boolean {
  const way = path.relative(path.resolve(folder), path.resolve(file));
  return !path.isAbsolute(way) && way.split(path.sep)[0] !== '..';
}
