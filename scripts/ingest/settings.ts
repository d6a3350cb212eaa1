/** What decides which rows a file gives. */
import type { EventFilter } from '#scripts/run/config.js';

export interface IngestSettings {
  /** Which events are kept. */
  readonly filter: EventFilter;
  /** The size above which a file is not read, inflated or not. */
  readonly maxInflatedBytes: number;
  /** Leave secrets in parameters as they are. */
  readonly showSecrets: boolean;
}
