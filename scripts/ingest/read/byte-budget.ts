/** Bounds how many bytes of files are in memory at once, whatever the files' sizes. */
export class ByteBudget {
  private used = 0;
  private readonly waiting: { readonly bytes: number; readonly start: () => void }[] = [];

  constructor(private readonly limit: number) {}

  /** Resolves once `bytes` fit; something larger than the limit waits until nothing else is in memory. */
  async take(bytes: number): Promise<void> {
    if (this.waiting.length === 0 && this.fits(bytes)) {
      this.used += bytes;
      return;
    }
    await new Promise<void>((start) => this.waiting.push({ bytes, start }));
  }

  give(bytes: number): void {
    this.used -= bytes;
    for (let next = this.waiting[0]; next !== undefined && this.fits(next.bytes); next = this.waiting[0]) {
      this.waiting.shift();
      this.used += next.bytes;
      next.start();
    }
  }

  private fits(bytes: number): boolean {
    return this.used === 0 || this.used + bytes <= this.limit;
  }
}
