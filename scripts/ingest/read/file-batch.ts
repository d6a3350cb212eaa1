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

/** The files of the sources that may hold events, as they are found; what else there is goes to the tally. */
export async function* foldersOf(
  sources: readonly LogSource[],
  tally: Tally,
  verifier?: Verifier,
): AsyncGenerator<FoundFolder> {
  for (const source of sources) {
    const most = source.cacheName === undefined ? MOST_FILES : MOST_TOGETHER;
    let files: ListedFile[] = [];
    let folder = '';
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
      if (found.kind !== 'events') {
        tally.addIgnored(found.kind, found.name);
        continue;
      }
      const its = found.name.slice(0, found.name.lastIndexOf('/') + 1);
      if (files.length > 0 && (its !== folder || files.length >= most)) {
        yield { source, files };
        files = [];
      }
      folder = its;
      files.push(found);
    }
    if (files.length > 0) yield { source, files };
  }
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
