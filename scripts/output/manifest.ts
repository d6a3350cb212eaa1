/** What a run says about itself, from what it read. */
import type { EventFilter } from '#scripts/run/config.js';
import type { Tally } from '#scripts/ingest/read/tally.js';
import { describeCoverage } from './coverage.js';
import type { Contents } from '#scripts/publish/port.js';
import type { MaskedSecrets, ReportManifest, SessionCounts, Warning } from '#shared/model/manifest.js';
import { stringAt } from '#shared/format/string-table.js';
import type { CodedColumn, EventStore } from '#scripts/store/event-store.js';

/** What is known of the events besides the store. */
interface FromMerge {
  readonly duplicates: number;
  readonly masked: MaskedSecrets | undefined;
  /** Records that contradict one another: they are in the store. */
  readonly conflicts: Warning | undefined;
  readonly sessions: SessionCounts;
}

/** The manifest, without what is known only at the end. */
export function describeReport(
  store: EventStore,
  { duplicates, masked, conflicts, sessions }: FromMerge,
  tally: Tally,
  filter: EventFilter,
  version: string,
): Omit<ReportManifest, 'run' | 'outputs' | 'findings'> {
  const { rows, times } = store;
  return {
    formatVersion: 1,
    tool: { name: 'culprit', version },
    events: rows,
    duplicates,
    filtered: tally.filtered,
    ...limitsOf(filter),
    ...(masked !== undefined && { masked }),
    sessions,
    files: tally.files,
    timeRange: rows === 0 ? null : { from: iso(times[0] as number), to: iso(times[rows - 1] as number) },
    accounts: accounts(store),
    regions: values(store.coded.awsRegion as CodedColumn),
    coverage: describeCoverage(store, tally.delivered),
    ignored: tally.ignored,
    ...(tally.lost !== undefined && { lost: tally.lost }),
    warnings: conflicts === undefined ? tally.warnings : [...tally.warnings, conflicts].sort(byCode),
  };
}

function byCode(a: Warning, b: Warning): number {
  return a.code < b.code ? -1 : 1;
}

function limitsOf({ since, until, accounts, regions, writesOnly }: EventFilter): Pick<ReportManifest, 'limits'> {
  const limits = {
    ...(since !== undefined && { since: iso(since) }),
    ...(until !== undefined && { until: iso(until) }),
    ...(accounts.length > 0 && { accounts: [...accounts].sort() }),
    ...(regions.length > 0 && { regions: [...regions].sort() }),
    ...(writesOnly && { writesOnly: true as const }),
  };
  return Object.keys(limits).length === 0 ? {} : { limits };
}

/** Fields of the record by which it is no person who acted. */
const NO_PERSON: ReadonlySet<string> = new Set(['', 'invokedBy', 'instance']);

/** What is in the report, for whoever decides who may read it. */
export function contentsOf(
  { events, accounts, timeRange }: ReportManifest,
  { coded, identities }: EventStore,
): Contents {
  const actor = coded.actor as CodedColumn;
  const source = coded.actorSource as CodedColumn;
  const people = new Set<number>();
  for (let identity = 0; identity < identities; identity++) {
    const field = stringAt(source.values, source.codes[identity] as number);
    if (!NO_PERSON.has(field)) people.add(actor.codes[identity] as number);
  }
  return { events, people: people.size, accounts: accounts.length, from: timeRange?.from, to: timeRange?.to };
}

/** The file's text: for people and programs, so a list of numbers is one line. */
export function manifestJson(manifest: ReportManifest): string {
  const json = JSON.stringify(manifest, undefined, 2);
  // A line break stands nowhere inside a string.
  return `${json.replace(/\[\n[\s\d,-]+\]/g, (list) => list.replace(/\s+/g, ''))}\n`;
}

function iso(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** Old records do not say which account received them: then it is the caller's. */
function accounts({ rows, coded, identity }: EventStore): string[] {
  const recipient = coded.recipientAccountId as CodedColumn;
  const caller = coded.accountId as CodedColumn;
  const callers = new Set<number>();
  for (let row = 0; row < rows; row++) {
    if (recipient.codes[row] === 0) callers.add(caller.codes[identity[row] as number] as number);
  }
  const names = new Set(values(recipient));
  for (const code of callers) if (code !== 0) names.add(stringAt(caller.values, code));
  return [...names].sort();
}

/** A dictionary holds just the values that occur; 0 is missing. */
function values({ values: table }: CodedColumn): string[] {
  return Array.from({ length: table.length - 1 }, (_, i) => stringAt(table, i + 1)).sort();
}
