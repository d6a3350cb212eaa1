/** Writing to the cache, in the worker that has the bytes: each file under a temporary name first. */
import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import type { FileReport } from '../read/file-report.js';
import { cacheFault, TEMPORARY } from './log-cache.js';
import { writePack } from './pack.js';
import { writeRows } from './rows-file.js';

interface KeptContent {
  readonly name: string;
  readonly version: string;
  readonly content: Uint8Array;
}

/** Returns what went wrong in a few words, or undefined: a full disk costs the next run some time, not this one's report. */
export function keepPack(path: string, files: readonly KeptContent[]): string | undefined {
  return keep(path, (temporary) => writePack(temporary, files));
}

/** As `keepPack`. */
export function keepRows(path: string, reports: readonly FileReport[], rows: Uint8Array): string | undefined {
  return keep(path, (temporary) => writeRows(temporary, { reports, rows }));
}

function keep(path: string, write: (temporary: string) => void): string | undefined {
  const temporary = `${path}.${randomBytes(4).toString('hex')}${TEMPORARY}`;
  try {
    write(temporary);
    renameSync(temporary, path);
    return undefined;
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // It is not there either.
    }
    return cacheFault(error);
  }
}
