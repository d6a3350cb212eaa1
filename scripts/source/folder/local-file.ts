/** Reads one local file. */
import { readFileSync } from 'node:fs';

/** The file's bytes. Throws an Error whose message says briefly why it cannot be read. */
export function readLocalFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(fileFault(error), { cause: error });
  }
}

/** What is wrong with a file or folder, in a few words. */
export function fileFault(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'ENOENT':
      return 'no such file or folder';
    case 'EACCES':
    case 'EPERM':
      return 'you may not read it';
    case 'EISDIR':
      return 'the folder cannot be listed';
    case 'ERR_FS_FILE_TOO_LARGE':
      return 'it is larger than 2 GiB';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
