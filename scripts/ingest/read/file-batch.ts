/** Files that go to one worker together: a message for each file of 2 kB would cost as much as the file. */
import { UnreadableError, type ListedFile, type LogSource } from '#scripts/source/port.js';
import type { Tally } from './tally.js';
import type { Verifier } from '#scripts/verify/verifier.js';

/** Files of one folder of one source; all of them, unless it has very many. */
export interface FoundFolder {
  readonly source: LogSource;
  readonly files: readonly ListedFile[];
}

/** A folder's files are looked for in the cache together. */
const MOST_TOGETHER = 5000;
/** A batch is so small that the workers have about the same to do in the end. */
const MOST_BYTES = 1 << 20;
const MOST_FILES = 256;
/** Of files that are no logs by their name, and beside which there are no others, at most so many are looked into. */
const MOST_OTHERS = 10_000;

/**
 * The files of the sources that may hold events, as they are found; what else there is goes to the tally. Where a source
 * has nothing but files whose names are not those of logs (trail.log, or names without an ending), these may be logs.
 */
export async function* foldersOf(
  sources: readonly LogSource[],
  tally: Tally,
  verifier?: Verifier,
): AsyncGenerator<FoundFolder> {
  for (const source of sources) {
    const most = source.cacheName === undefined ? MOST_FILES : MOST_TOGETHER;
    let files: ListedFile[] = [];
    let folder = '';
    let isOnlyOthers = true;
    const others: ListedFile[] = [];
    for await (const found of source.list()) {
      if ('folder' in found) {
        if (found.kind instanceof UnreadableError) {
          tally.addLostFolder(found.folder, found.kind);
          verifier?.addLostFolder(found.folder);
        } else tally.addIgnoredFolder(found.kind, found.folder);
        continue;
      }
      // A copy without folders does not tell digests from logs.
      if (found.kind === 'digest' || found.kind === 'events') verifier?.addDigest(source, found);
      if (found.kind === 'other' && isOnlyOthers && others.length < MOST_OTHERS) {
        others.push(found);
        continue;
      }
      if (found.kind !== 'events') {
        tally.addIgnored(found.kind, found.name);
        continue;
      }
      if (isOnlyOthers) {
        isOnlyOthers = false;
        for (const { kind, name } of others.splice(0)) tally.addIgnored(kind, name);
      }
      const its = folderOf(found.name);
      if (files.length > 0 && (its !== folder || files.length >= most)) {
        yield { source, files };
        files = [];
      }
      folder = its;
      files.push(found);
    }
    if (files.length > 0) yield { source, files };
    yield* byFolder(source, others, most);
  }
}

function* byFolder(source: LogSource, files: readonly ListedFile[], most: number): Generator<FoundFolder> {
  const folders = new Map<string, ListedFile[]>();
  for (const file of files) {
    const folder = folderOf(file.name);
    const of = folders.get(folder);
    if (of === undefined) folders.set(folder, [file]);
    else of.push(file);
  }
  for (const of of folders.values()) {
    for (let from = 0; from < of.length; from += most) yield { source, files: of.slice(from, from + most) };
  }
}

function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

/** The files in batches, in their order. */
export function* batchesOf<F extends ListedFile>(files: readonly F[]): Generator<readonly F[]> {
  let batch: F[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && (batch.length >= MOST_FILES || bytes + file.bytes > MOST_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.bytes;
  }
  if (batch.length > 0) yield batch;
}
