/** What several producers find, as one stream. They wait while nobody takes what is there. */

export class Channel<T> implements AsyncIterable<T> {
  private readonly items: T[] = [];
  private ended = false;
  private error: unknown;
  private taker: (() => void) | undefined;
  private readonly givers: (() => void)[] = [];

  /** @param room how many items may wait to be taken */
  constructor(private readonly room: number) {}

  /** Adds an item; resolves once there is room for more. */
  async put(item: T): Promise<void> {
    this.items.push(item);
    this.wake();
    while (this.items.length > this.room && !this.ended) await new Promise<void>((go) => this.givers.push(go));
  }

  /** Nothing more comes; where an error is given, the taker gets it after what is there. */
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
