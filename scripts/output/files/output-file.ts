/** A file of the output folder, written under a temporary name. */
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { alignedBlock, DirectWriter } from './direct-writer.js';
import { refuseForeign } from './own-files.js';
import { commit, openTemporary, setAside } from './temporary-files.js';

/** What is gathered before it is written. */
const BLOCK_BYTES = 4 << 20;

export class OutputFile {
  private readonly direct: DirectWriter;
  /** Not written yet: the first `gathered` bytes. */
  private block: Uint8Array | undefined;
  private gathered = 0;
  private written = 0;

  private constructor(
    /** Its name in the output folder. */
    readonly name: string,
    private readonly final: string,
    private readonly temporary: string,
    private readonly handle: FileHandle,
  ) {
    this.direct = new DirectWriter(temporary, handle);
  }

  /** Begins a file of the folder, which must exist. @param mode who may read it, where that is not the usual */
  static async create(folder: string, name: string, mode?: number): Promise<OutputFile> {
    const final = path.join(folder, name);
    const temporary = await openTemporary(final, mode);
    return new OutputFile(name, final, temporary.name, temporary.handle);
  }

  get bytes(): number {
    return this.written + this.gathered;
  }

  /** Appends text as UTF-8, or bytes. To be waited for before the next. */
  readonly write = async (chunk: string | Uint8Array): Promise<void> => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    this.block ??= alignedBlock(BLOCK_BYTES);
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + this.block.length - this.gathered);
      this.block.set(piece, this.gathered);
      this.gathered += piece.length;
      at += piece.length;
      if (this.gathered === this.block.length) await this.flush(this.block);
    }
  };

  /** Writes what is left; the file is whole then. */
  async finish(): Promise<void> {
    if (this.block) await this.flush(this.block.subarray(0, this.gathered));
    await this.close();
  }

  /** Lets go of the file, whole or not. */
  async close(): Promise<void> {
    await Promise.all([this.direct.close(), this.handle.close()]);
  }

  /**
   * Gives finished files their names, `last` at the end. Before the first of them has its name, the file that has the name
   * of `last` loses it: whatever ends this process, that file is never beside files of another run. Throws a
   * `CulpritError` where a file has one of the names that Culprit did not write, or that the system does not replace.
   */
  static async commitAll(files: readonly OutputFile[], last: OutputFile): Promise<void> {
    for (const { final } of [...files, last]) refuseForeign(final);
    const before = await setAside(last.final);
    let committed = 0;
    try {
      for (const { temporary, final } of [...files, last]) {
        await commit(temporary, final);
        committed++;
      }
    } catch (error) {
      if (before !== undefined && committed === 0) await commit(before, last.final);
      throw error;
    }
  }

  private async flush(bytes: Uint8Array): Promise<void> {
    if (!(await this.direct.write(bytes, this.written))) {
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await this.handle.write(bytes, at, bytes.length - at, this.written + at);
        at += bytesWritten;
      }
    }
    this.written += bytes.length;
    this.gathered = 0;
  }
}
