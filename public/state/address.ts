/** Keeps the view in the address: a link or bookmark is a view, and back and forward switch between views. */
import { parseHash, printHash } from './hash.js';
import { handOver, takeHandedOver } from './settings.js';
import type { ChangeKind, ViewStore } from './view-state.js';

/** How long typing must pause before the address changes, in milliseconds: browsers limit the rate of changes. */
const REST = 300;
/**
 * A step's history entry is written after the page has been painted, in milliseconds: writing it takes as long as
 * counting all events.
 */
const AFTER_PAINT = 60;

export class Address {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** A step that has no history entry yet, as the hash that it leads to. */
  private step: string | undefined;
  /** The view comes from the address, and need not be written there. */
  private isReading = false;

  constructor(private readonly store: ViewStore) {
    store.subscribe((_, kind) => this.follow(kind));
    addEventListener('popstate', () => this.read());
    addEventListener('hashchange', () => this.read());
    // A reload uses the address at its start: anything written later is lost.
    addEventListener('pagehide', () => handOver(printHash(store.get())));
    const kept = takeHandedOver();
    if (kept !== undefined) this.write('pushState', kept);
  }

  /** Restores the view from the address. */
  read(): void {
    this.forget();
    this.isReading = true;
    try {
      this.store.set(parseHash(location.hash), 'step');
    } finally {
      this.isReading = false;
    }
  }

  /** The address of the current view to share; recipients choose their own language. */
  link(): string {
    return location.href.replace(/#.*$/s, '') + printHash({ ...this.store.get(), language: '' });
  }

  /** Reloads the page with the same view. */
  reload(): void {
    this.writeStep();
    this.write('replaceState', printHash(this.store.get()));
    location.reload();
  }

  private follow(kind: ChangeKind): void {
    if (this.isReading) return;
    this.writeStep();
    if (kind === 'step') {
      this.step = printHash(this.store.get());
      this.timer = setTimeout(() => this.writeStep(), AFTER_PAINT);
    } else this.timer = setTimeout(() => this.write('replaceState', printHash(this.store.get())), REST);
  }

  /** Cancels pending writes; the next change of the view includes what they would have written. */
  private forget(): void {
    clearTimeout(this.timer);
    this.step = undefined;
  }

  private writeStep(): void {
    const { step } = this;
    this.forget();
    if (step !== undefined) this.write('pushState', step);
  }

  private write(how: 'pushState' | 'replaceState', hash: string): void {
    if (hash === location.hash) return;
    try {
      // An empty hash would leave the address unchanged.
      history[how](null, '', hash === '' ? location.pathname + location.search : hash);
    } catch {
      // Too many changes, or a page without an address of its own: the view works without it.
    }
  }
}
