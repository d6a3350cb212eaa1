/**
 * How many requests are under way at once. More while more helps, fewer when S3 says so: a bucket takes thousands a
 * second, a small S3 or a narrow line takes few, and nobody should have to know which.
 */
import { setTimeout as sleep } from 'node:timers/promises';

interface ThrottleOptions {
  readonly start: number;
  readonly least: number;
  readonly most: number;
  /** Milliseconds that only ever grow. */
  readonly clock: () => number;
}

const DEFAULTS: ThrottleOptions = { start: 64, least: 4, most: 512, clock: () => performance.now() };

/** Throughput is compared over spans of at least this long, and as many answers as requests are under way. */
const WINDOW_MS = 200;
/** What more requests must bring to be worth it. */
const WORTH = 1.05;
const GROWTH = 1.5;
/** After S3 said "slow down", growing waits this long. */
const CALM_MS = 5000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

export class Throttle {
  limit: number;
  private readonly options: ThrottleOptions;
  private active = 0;
  private readonly waiting: (() => void)[] = [];
  private answers = 0;
  private windowFrom: number;
  /** Answers a millisecond before the last growth; 0 where it did not grow. */
  private rateBefore = 0;
  private limitBefore = 0;
  /** No growth before this time. */
  private calmUntil = 0;
  private isSettled = false;

  constructor(options: Partial<ThrottleOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
    this.limit = this.options.start;
    this.windowFrom = this.options.clock();
  }

  /** Runs `work` when its turn has come. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.active >= this.limit) await new Promise<void>((go) => this.waiting.push(go));
    else this.active++;
    try {
      return await work();
    } finally {
      this.answered();
      // A place is handed on, unless there are more than there should be.
      const next = this.active > this.limit ? undefined : this.waiting.shift();
      if (next === undefined) this.active--;
      else next();
    }
  }

  /** S3 asked for fewer requests. */
  slowDown(): void {
    const { clock, least } = this.options;
    const now = clock();
    // The requests that were under way together are told off together: that is one time.
    if (now >= this.calmUntil - CALM_MS + WINDOW_MS) this.limit = Math.max(least, Math.floor(this.limit / 2));
    this.calmUntil = now + CALM_MS;
    this.isSettled = false;
    this.rateBefore = 0;
    this.answers = 0;
    this.windowFrom = now;
  }

  private answered(): void {
    this.answers++;
    const now = this.options.clock();
    const span = now - this.windowFrom;
    if (span < WINDOW_MS || this.answers < this.limit) return;
    const rate = this.answers / span;
    // Only where requests wait is the limit what holds them up.
    if (this.waiting.length > 0 && now >= this.calmUntil && !this.isSettled) this.grow(rate);
    this.answers = 0;
    this.windowFrom = now;
  }

  private grow(rate: number): void {
    if (this.rateBefore > 0 && rate < this.rateBefore * WORTH) {
      this.limit = this.limitBefore;
      this.isSettled = true;
      return;
    }
    this.rateBefore = rate;
    this.limitBefore = this.limit;
    this.limit = Math.min(this.options.most, Math.ceil(this.limit * GROWTH));
    for (let more = this.limit - this.active; more > 0; more--) {
      const next = this.waiting.shift();
      if (next === undefined) break;
      this.active++;
      next();
    }
  }
}

/** Waits before try number `attempt` + 1, anything up to twice as long each time ("full jitter"). */
export async function backOff(attempt: number): Promise<void> {
  await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
}
