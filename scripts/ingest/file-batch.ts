/** Files that go to one worker together: a message for each file of 2 kB would cost as much as the file. */
import type { ListedFile, LogSource } from '../source/port.js';
import { UnreadableError } from '../source/port.js';
import type { Tally } from './tally.js';

export interface FoundFile extends ListedFile {
  readonly source: LogSource;
}

/** Files of one folder. */
export interface FileBatch {
  readonly files: readonly FoundFile[];
  readonly bytes: number;
}

/** So small that the workers have about the same to do in the end. */
const MOST_BYTES = 1 << 20;
const MOST_FILES = 256;

/** The files of the sources that may hold events, as they are found; what else there is goes to the tally. */
export async function* batchesOf(sources: readonly LogSource[], tally: Tally): AsyncGenerator<FileBatch> {
  for (const source of sources) {
    let files: FoundFile[] = [];
    let bytes = 0;
    let folder = '';
    for await (const found of source.list()) {
      if ('folder' in found) {
        if (found.kind instanceof UnreadableError) tally.addLostFolder(found.folder, found.kind);
        else tally.addIgnoredFolder(found.kind, found.folder);
        continue;
      }
      if (found.kind !== 'events') {
        tally.addIgnored(found.kind, found.name);
        continue;
      }
      const its = found.name.slice(0, found.name.lastIndexOf('/') + 1);
      if (files.length > 0 && (its !== folder || files.length >= MOST_FILES || bytes >= MOST_BYTES)) {
        yield { files, bytes };
        files = [];
        bytes = 0;
      }
      folder = its;
      bytes += found.bytes;
      files.push({ ...found, source });
    }
    if (files.length > 0) yield { files, bytes };
  }
}
