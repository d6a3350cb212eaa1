/** Turns the store into what the page embeds: the manifest and its blocks, encoded by the workers. */
import { gzipSync } from 'node:zlib';
import type { Briefing, EmbeddedBriefing } from '#shared/model/briefing.js';
import { CHARTED, CODED_COLUMNS, TEXT_COLUMNS, type TextName } from '#shared/model/columns.js';
import {
  type BlockRef,
  type CodesRef,
  type EmbeddedColumn,
  type EmbeddedManifest,
  FORMAT_NAME,
  FORMAT_VERSION,
} from '#shared/format/report-format.js';
import { unitOf } from '#shared/format/times.js';
import type { CodedColumn, EventStore } from '#scripts/store/event-store.js';
import type { Blocks, CodeBlocks, DetailSelection, StringBlocks } from './embed-blocks.js';
import { overTime, topValues } from './summary.js';

/** Work that is done elsewhere, in any order and concurrently. */
export interface EmbedWork {
  /** @param column a coded column's name, or 'identity' for the rows' identities */
  codes(column: string): Promise<CodeBlocks>;
  strings(name: string): Promise<StringBlocks>;
  times(start: number, unit: number): Promise<Blocks>;
  segment(selection: DetailSelection, from: number, to: number): Promise<Uint8Array>;
}

/** What is embedded beside the events. */
export interface Described extends Pick<EmbeddedManifest, 'report'> {
  readonly briefing: Briefing;
}

export interface Embedded {
  readonly manifest: EmbeddedManifest;
  readonly blocks: readonly Uint8Array[];
}

/** Rows per segment: few enough that opening a row decompresses little, many enough to compress well. */
const ROWS_PER_SEGMENT = 1 << 15;

/** In a report with more events than this, IDs that identify only the call itself are left to the TSV. */
const WHOLE_IDS_UP_TO = 200_000;
const OMITTED: readonly TextName[] = ['requestID', 'sharedEventID'];
/** Enough to find an event: among a million, about a hundred pairs share eight hexadecimal digits. */
const SHORTENED: Partial<Readonly<Record<TextName, number>>> = { eventID: 8 };

/** @param all the events that are counted, if `store` contains only the listed ones */
export async function embed(
  store: EventStore,
  { report, briefing }: Described,
  work: EmbedWork,
  all = store,
): Promise<Embedded> {
  const { rows, times } = store;
  const start = rows === 0 ? 0 : (times[0] as number);
  const unit = unitOf(times);
  const columns = CODED_COLUMNS;
  const omitted = rows > WHOLE_IDS_UP_TO ? OMITTED : [];
  const shortened = rows > WHOLE_IDS_UP_TO ? SHORTENED : {};
  const selection = {
    columns: TEXT_COLUMNS.map(({ name }) => name).filter((name) => !omitted.includes(name)),
    shortened,
  };
  const bounds = Array.from({ length: Math.ceil(rows / ROWS_PER_SEGMENT) }, (_, i) => i * ROWS_PER_SEGMENT);
  // All requests are made at once; the segments, which take longest, come last, so that the columns of the first view
  // do not wait for them.
  const [timeBlocks, identityBlocks, columnBlocks, segments] = await Promise.all([
    work.times(start, unit),
    work.codes('identity'),
    Promise.all(
      columns.map(async ({ name }) => ({ strings: await work.strings(name), codes: await work.codes(name) })),
    ),
    Promise.all(bounds.map((from) => work.segment(selection, from, Math.min(rows, from + ROWS_PER_SEGMENT)))),
  ]);

  const blocks: Uint8Array[] = [];
  const place = ({ blocks: made, counts }: Blocks): BlockRef[] =>
    made.map((block, i) => ({ block: blocks.push(block) - 1, count: counts[i] as number }));
  const time = { start, unit, blocks: place(timeBlocks) };
  const placeCodes = (made: CodeBlocks): CodesRef => ({
    planes: made.planes,
    ...(made.given !== undefined && { given: made.given }),
    blocks: place(made),
  });
  const identity = placeCodes(identityBlocks);
  const embeddedColumns = columns.map(({ name, per }, i): EmbeddedColumn => {
    const { strings, codes } = columnBlocks[i] as (typeof columnBlocks)[number];
    return {
      name,
      per,
      values: (store.coded[name] as CodedColumn).values.length,
      dictionary: place(strings),
      ...(strings.lists && { lists: place(strings.lists) }),
      codes: placeCodes(codes),
    };
  });
  const counts = bounds.map((from) => Math.min(rows, from + ROWS_PER_SEGMENT) - from);
  const detail = { ...selection, omitted, segments: place({ blocks: segments, counts }) };
  const manifest: EmbeddedManifest = {
    format: FORMAT_NAME,
    version: FORMAT_VERSION,
    report,
    briefing: packed(briefing),
    rows,
    identities: store.identities,
    blocks: blocks.length,
    overTime: overTime(all),
    top: Object.fromEntries(CHARTED.map((name) => [name, topValues(all, name)])),
    time,
    identity,
    columns: embeddedColumns,
    detail,
  };
  return { manifest, blocks };
}

function packed({ findings, ...briefing }: Briefing): EmbeddedBriefing {
  const json = gzipSync(JSON.stringify(findings), { level: 9 });
  return { ...briefing, listed: findings.length, findings: json.toString('base64') };
}
