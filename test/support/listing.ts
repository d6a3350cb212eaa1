/** What a source lists, gathered. */
import type { ListedFile, ListedFolder, LogSource } from '#scripts/source/port.js';

/** Everything that a source lists: its files, and the folders that it did not look into. */
export async function listingOf(source: LogSource): Promise<{ files: ListedFile[]; folders: ListedFolder[] }> {
  const files: ListedFile[] = [];
  const folders: ListedFolder[] = [];
  for await (const found of source.list()) {
    if ('folder' in found) folders.push(found);
    else files.push(found);
  }
  return { files, folders };
}
