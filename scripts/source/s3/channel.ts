/** Merges the output of several producers into one stream. Producers wait while the buffer is full. */

export class Channel<T> implements AsyncIterable<T> {
  private readonly items: T[] = [];
  private ended = false;
  private error: unknown;
  private taker: (() => void) | undefined;
  private readonly givers: (() => void)[] = [];

  /** @param room how many items the buffer holds */
  constructor(private readonly room: number) {}

  /** Adds an item; resolves when there is room for more. */
  async put(item: T): Promise<void> {
    this.items.push(item);
    this.wake();
    while (this.items.length > this.room && !this.ended) await new Promise<void>((go) => this.givers.push(go));
  }

  /** Ends the stream; if an error is given, the consumer gets it after the buffered items. */
  end(error?: unknown): void {
    if (this.ended) return;
    this.ended = true;
    this.error = error;
    this.wake();
    for (const go of this.givers.splice(0)) go();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    try {
      for (;;) {
        while (this.items.length > 0) {
          const item = this.items.shift() as T;
          if (this.items.length <= this.room) for (const go of this.givers.splice(0)) go();
          yield item;
        }
        if (this.error !== undefined) throw this.error as Error;
        if (this.ended) return;
        await new Promise<void>((go) => (this.taker = go));
      }
    } finally {
      this.end();
    }
  }

  private wake(): void {
    this.taker?.();
    this.taker = undefined;
  }
}
