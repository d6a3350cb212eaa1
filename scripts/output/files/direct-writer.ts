/**
 * Writing a large file past the system's cache (`O_DIRECT`, open(2)): nobody reads the output in this run, and putting
 * a gigabyte into memory that was not in use before takes longer than handing it to a fast disk.
 *
 * Measured with 240 MB, which is what 200,000 events make: 0.67 s of processor time instead of 1.20 s, means of seven runs
 * in turns on a busy machine. That is a twentieth of such a report.
 *
 * Only where it helps: Linux, file systems that can, disks that are fast. Elsewhere the cache takes the bytes, and the
 * system writes them when it likes.
 */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** What addresses, lengths and positions are multiples of: the largest block of a disk that is in use. */
const ALIGNMENT = 4096;
/** Not on every system, whatever the types say. */
const { O_DIRECT, O_NOFOLLOW } = constants as Partial<typeof constants>;
const WASM_PAGE = 1 << 16;
/**
 * Written before a disk is judged, in bytes, and how fast it must have been, in bytes a millisecond: about as fast as
 * lines are made, because a slower disk would be waited for.
 */
const TRIAL = 32 << 20;
const FAST = 250_000;

/** Node's types leave it out. */
const { Memory } = (
  globalThis as unknown as { WebAssembly: { Memory: new (size: { initial: number }) => { buffer: ArrayBuffer } } }
).WebAssembly;

/** Memory that may be handed to a disk as it is. WebAssembly's begins at a page of the system; a Buffer's does not. */
export function alignedBlock(bytes: number): Uint8Array {
  return new Uint8Array(new Memory({ initial: Math.ceil(bytes / WASM_PAGE) }).buffer);
}

export class DirectWriter {
  private handle: FileHandle | undefined;
  private isUseful = O_DIRECT !== undefined;
  private bytes = 0;
  private milliseconds = 0;

  /**
   * @param file a file that is there; its other writers must not be at work on the same 4 KiB
   * @param opened the same file: where its name leads to another one by now, nothing is written there
   */
  constructor(
    private readonly file: string,
    private readonly opened: FileHandle,
  ) {}

  /**
   * Writes a block that {@link alignedBlock} made; false where that is to be done in the ordinary way, from then on.
   * Throws where the disk refuses, as when it is full.
   */
  async write(block: Uint8Array, position: number): Promise<boolean> {
    if (!this.isUseful || block.length % ALIGNMENT !== 0 || position % ALIGNMENT !== 0) return false;
    const start = performance.now();
    try {
      this.handle ??= await this.openAgain();
      for (let at = 0; at < block.length;) {
        const { bytesWritten } = await this.handle.write(block, at, block.length - at, position + at);
        at += bytesWritten;
      }
    } catch (error) {
      // The file system cannot, or the name is no longer this file's. Whatever was written is written again.
      if (!['EINVAL', 'ELOOP', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      this.isUseful = false;
      return false;
    }
    this.milliseconds += performance.now() - start;
    this.bytes += block.length;
    if (this.bytes >= TRIAL && this.bytes < FAST * this.milliseconds) this.isUseful = false;
    return true;
  }

  private async openAgain(): Promise<FileHandle> {
    const handle = await open(this.file, constants.O_WRONLY | (O_DIRECT ?? 0) | (O_NOFOLLOW ?? 0));
    const [ours, found] = await Promise.all([this.opened.stat(), handle.stat()]);
    if (ours.dev === found.dev && ours.ino === found.ino) return handle;
    await handle.close();
    throw Object.assign(new Error(`${this.file} is another file by now`), { code: 'ELOOP' });
  }

  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = undefined;
  }
}
