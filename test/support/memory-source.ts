/** A remote source whose files are in memory, for what does not depend on S3. */
import { createHash } from 'node:crypto';
import type { ListedFile, RemoteSource } from '#scripts/source/port.js';

export interface MemorySource extends RemoteSource {
  /** Names of the files that were read, in the order they were asked for. */
  readonly reads: string[];
}

/** @param files content by name; names with the same folder should come one after another */
export function memorySource(files: ReadonlyMap<string, Uint8Array>): MemorySource {
  const reads: string[] = [];
  return {
    reads,
    cacheName: 'memory',
    requests: { lists: 0, gets: 0, retries: 0, slowDowns: 0 },
    async *list() {
      for (const [name, content] of files) {
        const version = createHash('md5').update(content).digest('hex');
        yield await Promise.resolve({ name, bytes: content.length, kind: 'events', version } satisfies ListedFile);
      }
    },
    read({ name }) {
      reads.push(name);
      return Promise.resolve(new Uint8Array(files.get(name) ?? []));
    },
    close() {
      // Nothing is open.
    },
  };
}
