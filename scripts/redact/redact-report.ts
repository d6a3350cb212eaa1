/** Redacts a report: the store and the manifest, with the same table of pseudonyms. */
import type { ReportManifest } from '#shared/model/manifest.js';
import type { Redactable } from '#shared/model/redaction.js';
import type { EventStore } from '#scripts/store/event-store.js';
import { Pseudonyms } from './pseudonyms.js';
import { redactManifest } from './redact-manifest.js';
import { type AttributionWriter, redactStore } from './redact-store.js';
import { Redactor } from './redactor.js';

type Described = Omit<ReportManifest, 'run' | 'outputs'>;

export interface RedactedReport {
  readonly store: EventStore;
  readonly report: Described;
  readonly pseudonyms: Pseudonyms;
}

/** See `redactStore`: the given store must not be used afterwards. */
export async function redactReport(
  what: readonly Redactable[],
  store: EventStore,
  report: Described,
  attributionColumns: AttributionWriter,
  pause: (events: number) => Promise<void>,
): Promise<RedactedReport> {
  const pseudonyms = new Pseudonyms();
  const redactor = new Redactor(what, pseudonyms);
  const redacted = await redactStore(store, redactor, attributionColumns, pause);
  const described = redactManifest(report, redactor);
  return {
    store: redacted,
    report: { ...described, redaction: { what, pseudonyms: pseudonyms.size } },
    pseudonyms,
  };
}
