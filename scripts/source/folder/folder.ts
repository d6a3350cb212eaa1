/** Reads logs from a local folder, or one local file. */
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { CulpritError } from '#scripts/run/errors.js';
import { readCopiedDigest, SIGNATURE } from './digest.js';
import { isBelow, kindOf } from '../layout.js';
import { fileFault } from './local-file.js';
import { UnreadableError, type ListedFile, type ListedFolder, type LogSource } from '../port.js';

/**
 * @param input a folder or a file
 * @throws CulpritError of kind `source` if it does not exist
 */
export async function openFolderSource(input: string): Promise<LogSource> {
  let isFile: boolean;
  try {
    isFile = !(await stat(input)).isDirectory();
  } catch (error) {
    throw new CulpritError('source', `${input} cannot be opened: ${fileFault(error)}.`, { cause: error });
  }
  const root = path.resolve(input);
  // Names begin with the input's own name, without the folders above it: a report may be published.
  const above = path.dirname(root);
  return {
    // A file that the user named is read whatever its name.
    list: () => (isFile ? listFile(root, above) : listFolder(root, above)),
    read: ({ name }) => Promise.resolve({ path: path.join(above, name) }),
    cacheName: undefined,
    requests: undefined,
    digests: {
      read: ({ name }) => readCopiedDigest(path.join(above, name)),
      wouldList: (_, key) => !isFile && isBelow(root.replaceAll(path.sep, '/'), key),
    },
    close() {
      // Nothing to close.
    },
  };
}

async function* listFile(file: string, above: string): AsyncGenerator<ListedFile> {
  yield { name: nameBelow(above, file), bytes: (await stat(file)).size, kind: 'events' };
}

async function* listFolder(root: string, above: string): AsyncGenerator<ListedFile | ListedFolder> {
  const folders = [root];
  // A link may point to a parent folder.
  const seen = new Set<string>();
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await entriesOf(folder);
    if (entries === undefined) {
      if (folder === root) throw new CulpritError('source', `${root} cannot be listed: permission denied.`);
      const kind = new UnreadableError('denied', 'permission denied');
      yield { folder: `${nameBelow(above, folder)}/`, kind };
      continue;
    }
    const real = await realpath(folder);
    if (seen.has(real)) continue;
    seen.add(real);
    const files = entries.map((entry) => path.join(folder, entry.name));
    const infos = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
    for (const [i, file] of files.entries()) {
      const info = infos[i];
      if (info?.isDirectory()) folders.push(file);
      else {
        // A signature is read together with its digest.
        if (file.endsWith(SIGNATURE) && kindOf(file.replaceAll(path.sep, '/')) === 'digest') continue;
        // The folders above the input may show that it is part of a trail. A broken link cannot be read, and is
        // reported.
        const kind = info === undefined || info.isFile() ? kindOf(file.replaceAll(path.sep, '/')) : 'other';
        yield { name: nameBelow(above, file), bytes: info?.size ?? 0, kind };
      }
    }
  }
}

/** With forward slashes, so that a report is the same on every system. */
function nameBelow(above: string, file: string): string {
  return path.relative(above, file).replaceAll(path.sep, '/');
}

async function entriesOf(folder: string): Promise<Dirent[] | undefined> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}
