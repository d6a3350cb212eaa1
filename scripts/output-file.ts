/** A file of the output folder, written under a temporary name. */
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { commit, temporaryName } from './temporary-files.js';

export class OutputFile {
  bytes = 0;

  private constructor(
    /** Its name in the output folder. */
    readonly name: string,
    private readonly final: string,
    private readonly temporary: string,
    private readonly handle: FileHandle,
  ) {}

  /** Begins a file of the folder, which must exist. */
  static async create(folder: string, name: string): Promise<OutputFile> {
    const final = path.join(folder, name);
    const temporary = temporaryName(final);
    return new OutputFile(name, final, temporary, await open(temporary, 'w'));
  }

  /** Appends text as UTF-8, or bytes. */
  readonly write = async (chunk: string | Uint8Array): Promise<void> => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.handle.write(bytes, at);
      at += bytesWritten;
    }
    this.bytes += bytes.length;
  };

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** Gives the closed file its name. */
  async commit(): Promise<void> {
    await commit(this.temporary, this.final);
  }
}
