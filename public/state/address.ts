/** Keeps the view in the address: a link or a bookmark is a view, and back and forward go from one to another. */
import { parseHash, printHash } from './hash.js';
import type { ChangeKind, ViewStore } from './view-state.js';

/** How long typing must rest before the address follows, in milliseconds: browsers refuse to change it too often. */
const REST = 300;

export class Address {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The view comes from the address, and need not be written there. */
  private isReading = false;

  constructor(private readonly store: ViewStore) {
    store.subscribe((_, kind) => this.follow(kind));
    addEventListener('popstate', () => this.read());
    addEventListener('hashchange', () => this.read());
  }

  /** Takes over the view that the address holds. */
  read(): void {
    clearTimeout(this.timer);
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
    clearTimeout(this.timer);
    this.write('replaceState');
    location.reload();
  }

  private follow(kind: ChangeKind): void {
    clearTimeout(this.timer);
    if (this.isReading) return;
    if (kind === 'step') this.write('pushState');
    else this.timer = setTimeout(() => this.write('replaceState'), REST);
  }

  private write(how: 'pushState' | 'replaceState'): void {
    const hash = printHash(this.store.get());
    if (hash === location.hash) return;
    try {
      // An empty hash would leave the address as it is.
      history[how](null, '', hash === '' ? location.pathname + location.search : hash);
    } catch {
      // Changed too often, or a page that has no address of its own: the view works without.
    }
  }
}
