/** Bounds how much there is at once: bytes of files in memory, or files that are being asked for. */
export class Budget {
  private used = 0;
  private readonly waiting: { readonly amount: number; readonly start: () => void }[] = [];

  constructor(private readonly limit: number) {}

  /** Resolves once so much fits; what is more than the limit waits until there is nothing else. */
  async take(amount: number): Promise<void> {
    if (this.waiting.length === 0 && this.fits(amount)) {
      this.used += amount;
      return;
    }
    await new Promise<void>((start) => this.waiting.push({ amount, start }));
  }

  give(amount: number): void {
    this.used -= amount;
    for (let next = this.waiting[0]; next !== undefined && this.fits(next.amount); next = this.waiting[0]) {
      this.waiting.shift();
      this.used += next.amount;
      next.start();
    }
  }

  private fits(amount: number): boolean {
    return this.used === 0 || this.used + amount <= this.limit;
  }
}
