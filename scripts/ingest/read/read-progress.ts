/** How far the reading of files is: told whenever some of them are done. */
import type { Progress } from '#scripts/run/progress.js';
import type { ListedFile } from '#scripts/source/port.js';

export class ReadProgress {
  private totalFiles = 0;
  private totalBytes = 0;
  private doneFiles = 0;
  private doneBytes = 0;
  private isListed = false;

  constructor(private readonly progress: Progress) {}

  /** Counts files that are to be read. */
  found(files: readonly ListedFile[]): void {
    this.totalFiles += files.length;
    this.totalBytes += sumOf(files);
  }

  /** All files have been found. */
  listed(): void {
    this.isListed = true;
  }

  /** @param events how many there are by now */
  done(files: readonly ListedFile[], events: number): void {
    this.doneFiles += files.length;
    this.doneBytes += sumOf(files);
    this.progress.update({
      files: this.doneFiles,
      bytes: this.doneBytes,
      events,
      // While files are still being found, how many there are is not known.
      ...(this.isListed && { totalFiles: this.totalFiles, totalBytes: this.totalBytes }),
    });
  }
}

function sumOf(files: readonly ListedFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}
