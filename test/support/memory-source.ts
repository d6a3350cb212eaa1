/** A remote source whose files are in memory, for what does not depend on S3. */
import { createHash } from 'node:crypto';
import type { ListedFile, RemoteSource } from '#scripts/source/port.js';

interface MemorySource extends RemoteSource {
  /** Names of the files that were read, in the order they were asked for. */
  readonly reads: string[];
}

/**
 * @param files content by name; names with the same folder should come one after another
 * @param listed called once all are listed, before any is read
 */
export function memorySource(files: ReadonlyMap<string, Uint8Array>, listed?: () => void): MemorySource {
  const reads: string[] = [];
  return {
    reads,
    cacheName: 'memory',
    requests: { lists: 0, gets: 0, retries: 0, slowDowns: 0 },
    async *list() {
      const all = [...files];
      listed?.();
      for (const [name, content] of all) {
        const version = versionOf(content);
        yield await Promise.resolve({ name, bytes: content.length, kind: 'events', version } satisfies ListedFile);
      }
    },
    read({ name }) {
      reads.push(name);
      const stored = new Uint8Array(files.get(name) ?? []);
      return Promise.resolve({ stored, version: versionOf(stored) });
    },
    close() {
      // Nothing is open.
    },
  };
}

function versionOf(content: Uint8Array): string {
  return createHash('md5').update(content).digest('hex');
}
