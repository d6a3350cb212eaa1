/**
 * Adapts the number of concurrent requests: more while that raises the throughput, fewer when S3 asks to slow down. AWS
 * takes thousands of requests per second, a small S3 or a slow line takes few, and users should not have to set it.
 */
import { setTimeout as sleep } from 'node:timers/promises';

interface ThrottleOptions {
  readonly start: number;
  readonly least: number;
  readonly most: number;
  /** A monotonic clock, in milliseconds. */
  readonly clock: () => number;
}

const DEFAULTS: ThrottleOptions = { start: 64, least: 4, most: 512, clock: () => performance.now() };

/** Throughput is measured over at least this time, and over at least as many responses as the limit. */
const WINDOW_MS = 200;
/** The factor by which throughput must rise for growth to continue. */
const WORTH = 1.05;
const GROWTH = 1.5;
/** After S3 asks to slow down, the limit does not grow for this long. */
const CALM_MS = 5000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

export class Throttle {
  limit: number;
  private readonly options: ThrottleOptions;
  private active = 0;
  private readonly waiting: (() => void)[] = [];
  private responses = 0;
  private windowFrom: number;
  /** Responses per millisecond before the last growth; 0 if the limit has not grown. */
  private rateBefore = 0;
  private limitBefore = 0;
  /** The limit does not grow before this time. */
  private calmUntil = 0;
  private isSettled = false;

  constructor(options: Partial<ThrottleOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
    this.limit = this.options.start;
    this.windowFrom = this.options.clock();
  }

  /** Runs `work` when a slot is free. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.active >= this.limit) await new Promise<void>((go) => this.waiting.push(go));
    else this.active++;
    try {
      return await work();
    } finally {
      this.completed();
      // The slot goes to the next waiting request, unless more are active than the limit allows.
      const next = this.active > this.limit ? undefined : this.waiting.shift();
      if (next === undefined) this.active--;
      else next();
    }
  }

  /** Lowers the limit because S3 asked for fewer requests. */
  slowDown(): void {
    const { clock, least } = this.options;
    const now = clock();
    // Concurrent requests are rejected together; that counts once.
    if (now >= this.calmUntil - CALM_MS + WINDOW_MS) this.limit = Math.max(least, Math.floor(this.limit / 2));
    this.calmUntil = now + CALM_MS;
    this.isSettled = false;
    this.rateBefore = 0;
    this.responses = 0;
    this.windowFrom = now;
  }

  private completed(): void {
    this.responses++;
    const now = this.options.clock();
    const span = now - this.windowFrom;
    if (span < WINDOW_MS || this.responses < this.limit) return;
    const rate = this.responses / span;
    // If no request waits, the limit is not what slows the run down.
    if (this.waiting.length > 0 && now >= this.calmUntil && !this.isSettled) this.grow(rate);
    this.responses = 0;
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

/** Waits before attempt `attempt` + 1: a random time, whose maximum doubles each time ("full jitter"). */
export async function backOff(attempt: number): Promise<void> {
  await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
}
