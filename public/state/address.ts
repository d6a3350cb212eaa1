/** Keeps the view in the address: a link or a bookmark is a view, and back and forward go from one to another. */
import { parseHash, printHash } from './hash.js';
import { handOver, takeHandedOver } from './settings.js';
import type { ChangeKind, ViewStore } from './view-state.js';

/** How long typing must rest before the address follows, in milliseconds: browsers refuse to change it too often. */
const REST = 300;
/** A step's entry is written once the page has painted it, in milliseconds: writing it takes as long as counting all events. */
const AFTER_PAINT = 60;

export class Address {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** A step that has no entry yet, as what it leads to. */
  private step: string | undefined;
  /** The view comes from the address, and need not be written there. */
  private isReading = false;

  constructor(private readonly store: ViewStore) {
    store.subscribe((_, kind) => this.follow(kind));
    addEventListener('popstate', () => this.read());
    addEventListener('hashchange', () => this.read());
    // A reload takes the address as it was when it began: what is written there later is lost.
    addEventListener('pagehide', () => handOver(printHash(store.get())));
    const kept = takeHandedOver();
    if (kept !== undefined) this.write('pushState', kept);
  }

  /** Takes over the view that the address holds. */
  read(): void {
    this.forget();
    this.isReading = true;
    try {
      this.store.set(parseHash(location.hash), 'step');
    } finally {
      this.isReading = false;
    }
  }

  /** The address of what is shown now, to be given to others, who choose their language themselves. */
  link(): string {
    return location.href.replace(/#.*$/s, '') + printHash({ ...this.store.get(), language: '' });
  }

  /** Reads the whole page again, with the same view. */
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

  /** Nothing of the view waits for being written any more; what waited for its time is written by whoever comes next. */
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
      // An empty hash would leave the address as it is.
      history[how](null, '', hash === '' ? location.pathname + location.search : hash);
    } catch {
      // Changed too often, or a page that has no address of its own: the view works without.
    }
  }
}
