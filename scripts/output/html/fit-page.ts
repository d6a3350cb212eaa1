/** The page's data within the limits of what a browser is to open. */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import type { Unlisted } from '#shared/model/manifest.js';
import { selectEvents } from '#scripts/store/select-events.js';
import type { EventStore } from '#scripts/store/event-store.js';
import { embed, type Embedded, type EmbedWork } from './embed.js';
import { listEvents } from './listed-events.js';
import { pageBytes, type PageShell } from './page.js';

interface PageLimits {
  /** Events listed. */
  readonly rows: number;
  /** Bytes of index.html. */
  readonly bytes: number;
}

export interface FitWork extends EmbedWork {
  /** From here on the other work is about this store. */
  use(store: EventStore): Promise<void>;
}

export interface Fitted extends Embedded {
  /** Undefined where every event is listed. */
  readonly unlisted: Unlisted | undefined;
}

/** A page that came out too large is made again with this much less than its share: what is left is larger, event by event. */
const MARGIN = 0.95;

/**
 * Embeds as many events as fit; counts over time and the most frequent values are those of all events. A page of one event is
 * given as it is, however large.
 */
export async function embedWithin(
  store: EventStore,
  report: EmbeddedManifest['report'],
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
    const embedded = await embed(listed, { ...report, ...(unlisted && { unlisted }) }, work, store);
    const size = pageBytes(embedded.manifest, embedded.blocks, shell);
    if (size <= bytes || listed.rows <= 1) return { ...embedded, unlisted };
    const share = Math.max(0, (bytes - empty) / (size - empty));
    most = Math.max(1, Math.floor(listed.rows * share * MARGIN));
  }
}
