/** Work on files, as much of it at once as their bytes and their number allow. */
import type { ListedFile } from '#scripts/source/port.js';
import { Budget } from './budget.js';

/** Bytes of stored files in memory, and being asked for. */
const MAX_BYTES_AT_ONCE = 128 << 20;
/** Files that are being asked for: enough for every connection to have one, and the next one waiting. */
const MAX_FILES_AT_ONCE = 1536;

export class WorkQueue {
  private readonly bytes = new Budget(MAX_BYTES_AT_ONCE);
  private readonly files = new Budget(MAX_FILES_AT_ONCE);
  private readonly running = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;

  /** Starts work on these files, once there is room for them. Throws what made earlier work fail. */
  async start(files: readonly ListedFile[], work: () => Promise<void>): Promise<void> {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    await this.files.take(files.length);
    await this.bytes.take(bytes);
    this.throwFailure();
    const done: Promise<void> = work()
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => {
        this.bytes.give(bytes);
        this.files.give(files.length);
        this.running.delete(done);
      });
    this.running.add(done);
  }

  /** Waits for all work; throws what made some of it fail. */
  async finish(): Promise<void> {
    while (this.running.size > 0) await Promise.race(this.running);
    this.throwFailure();
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure.error as Error;
  }
}
