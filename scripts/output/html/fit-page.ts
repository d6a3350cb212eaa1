/** Fits the page's data into the limits of what a browser can open. */
import type { Unlisted } from '#shared/model/manifest.js';
import { selectEvents } from '#scripts/store/select-events.js';
import type { EventStore } from '#scripts/store/event-store.js';
import { embed, type Described, type Embedded, type EmbedWork } from './embed.js';
import { listEvents } from './listed-events.js';
import { pageBytes } from './page.js';
import type { PageShell } from './shell.js';

interface PageLimits {
  /** The most events to list. */
  readonly rows: number;
  /** The most bytes of index.html. */
  readonly bytes: number;
}

export interface FitWork extends EmbedWork {
  /** The following work refers to this store. */
  use(store: EventStore): Promise<void>;
}

export interface Fitted extends Embedded {
  /** Undefined if every event is listed. */
  readonly unlisted: Unlisted | undefined;
}

/**
 * A page that is too large is made again with this fraction of the events that should fit, because the remaining events
 * are larger on average.
 */
const MARGIN = 0.95;

/**
 * Embeds as many events as fit; counts over time and the most frequent values cover all events. A page with one event
 * is returned whatever its size.
 */
export async function embedWithin(
  store: EventStore,
  described: Described,
  { rows, bytes }: PageLimits,
  shell: PageShell,
  work: FitWork,
): Promise<Fitted> {
  const empty = shell.head.length + shell.middle.length + shell.end.length + shell.tail.length;
  for (let most = rows; ;) {
    const listing = listEvents(store, most);
    const listed = listing ? selectEvents(store, listing.rows) : store;
    await work.use(listed);
    const unlisted = listing?.unlisted;
    const embedded = await embed(
      listed,
      { ...described, report: { ...described.report, ...(unlisted && { unlisted }) } },
      work,
      store,
    );
    const size = pageBytes(embedded.manifest, embedded.blocks, shell);
    if (size <= bytes || listed.rows <= 1) return { ...embedded, unlisted };
    const share = Math.max(0, (bytes - empty) / (size - empty));
    most = Math.max(1, Math.floor(listed.rows * share * MARGIN));
  }
}
