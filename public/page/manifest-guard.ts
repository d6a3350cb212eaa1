/**
 * Validates the embedded manifest: a page reads the format that it was built for, and says what is wrong if the data has
 * another format or is damaged. Later code relies on these checks: consistent counts, and codes that have texts.
 */
import * as v from 'valibot';
import {
  FORMAT_NAME,
  FORMAT_VERSION,
  type BlockRef,
  type CodesRef,
  type EmbeddedManifest,
} from '#shared/format/report-format.js';
import type { FindingLevel, LineKind } from '#shared/model/briefing.js';
import type { WarningCode } from '#shared/model/manifest.js';
import type { Redactable } from '#shared/model/redaction.js';
import type { FindingCode, Unprovable } from '#shared/model/verification.js';
import { isTextKey, text } from '#public/text/language.js';

/** The manifest. Throws an error in the user's language if the text is damaged or has another format. */
export function readManifest(json: string): EmbeddedManifest {
  const manifest = parsed(json);
  const { format, version } = (manifest ?? {}) as { format?: unknown; version?: unknown };
  for (const [field, value] of Object.entries({ format, version })) if (value === undefined) throw wrong(field);
  if (format !== FORMAT_NAME || version !== FORMAT_VERSION) {
    const found = `${shortly(format)} ${shortly(version)}`;
    throw new Error(text('app.format', { found, wanted: `${FORMAT_NAME} ${String(FORMAT_VERSION)}` }));
  }
  const { issues } = v.safeParse(MANIFEST, manifest, { abortEarly: true });
  if (issues) throw wrong(v.getDotPath(issues[0]) ?? '');
  // Not the schema's output, which lacks the fields that it does not know.
  const whole = manifest as EmbeddedManifest;
  checkCounts(whole);
  return whole;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(text('app.manifest.damaged'));
  }
}

function shortly(value: unknown): string {
  return JSON.stringify(value).slice(0, 40);
}

/** @param field the path in the manifest */
function wrong(field: string): Error {
  return new Error(text('app.manifest.wrong', { field }));
}

const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const TIME = v.pipe(
  v.string(),
  v.check((time) => !Number.isNaN(Date.parse(time))),
);
/** Checked without an object per number: a coverage has six arrays of up to 20,000. */
const NUMBERS = v.custom<readonly number[]>(
  (list) => Array.isArray(list) && list.every((item) => Number.isFinite(item)),
);
const TEXTS = v.array(v.string());

/** A code for which the page has a text. */
function coded<T extends string>(beginning: string): v.GenericSchema<T> {
  return v.custom<T>((code) => typeof code === 'string' && isTextKey(`${beginning}.${code}`));
}

const BLOCKS = v.array(v.object({ block: COUNT, count: COUNT }));
const CODES = v.object({ planes: v.picklist([1, 2, 3, 4]), given: v.exactOptional(v.string()), blocks: BLOCKS });

const PLACE = v.object({
  account: v.string(),
  region: v.string(),
  day: NUMBERS,
  files: NUMBERS,
  failed: NUMBERS,
  events: NUMBERS,
  first: NUMBERS,
  last: NUMBERS,
  gaps: v.array(v.tuple([TIME, TIME])),
});

const PROOF = ['verified', 'tampered', 'unproven'] as const;

const VERIFICATION = v.object({
  state: v.picklist(['verified', 'partly', 'unverified', 'tampered']),
  digests: v.object({ valid: COUNT, invalid: COUNT, unproven: COUNT, missing: COUNT }),
  logs: v.object({ verified: COUNT, tampered: COUNT, missing: COUNT, unproven: COUNT }),
  keys: v.object({
    from: v.picklist(['cloudtrail', 'file']),
    count: COUNT,
    files: v.exactOptional(TEXTS),
    configFile: v.exactOptional(v.string()),
    problem: v.exactOptional(v.string()),
  }),
  periods: v.array(
    v.object({
      account: v.string(),
      region: v.string(),
      trail: v.string(),
      backfill: v.exactOptional(v.literal(true)),
      from: TIME,
      to: TIME,
      state: v.picklist([...PROOF, 'gap']),
      digests: COUNT,
      logs: COUNT,
    }),
  ),
  findings: v.object({
    count: COUNT,
    first: v.array(v.object({ code: coded<FindingCode>('finding'), name: v.string() })),
  }),
  unprovable: v.array(coded<Unprovable>('unprovable')),
});

const REPORT = v.object({
  formatVersion: v.literal(1),
  tool: v.object({ name: v.literal('culprit'), version: v.string() }),
  events: COUNT,
  duplicates: COUNT,
  filtered: COUNT,
  limits: v.exactOptional(
    v.object({
      since: v.exactOptional(TIME),
      until: v.exactOptional(TIME),
      accounts: v.exactOptional(TEXTS),
      regions: v.exactOptional(TEXTS),
      writesOnly: v.exactOptional(v.literal(true)),
    }),
  ),
  redaction: v.exactOptional(v.object({ what: v.array(coded<Redactable>('redacted')), pseudonyms: COUNT })),
  masked: v.exactOptional(v.object({ values: COUNT, events: COUNT })),
  findings: v.object({
    informational: COUNT,
    low: COUNT,
    medium: COUNT,
    high: COUNT,
    critical: COUNT,
    notEvaluable: COUNT,
    suppressed: COUNT,
  }),
  sessions: v.object({
    total: COUNT,
    people: COUNT,
    workloads: COUNT,
    services: COUNT,
    unknown: v.array(v.object({ reason: v.string(), count: COUNT })),
    elsewhere: COUNT,
  }),
  unlisted: v.exactOptional(
    v.object({ events: COUNT, reads: COUNT, changes: COUNT, errors: COUNT, from: TIME, to: TIME }),
  ),
  files: v.object({ listed: COUNT, read: COUNT, ignored: COUNT, failed: COUNT }),
  timeRange: v.nullable(v.object({ from: TIME, to: TIME })),
  accounts: TEXTS,
  regions: TEXTS,
  coverage: v.object({
    daysPerCell: v.pipe(COUNT, v.minValue(1)),
    places: v.array(PLACE),
    morePlaces: COUNT,
    unplacedFiles: COUNT,
    gapDays: COUNT,
  }),
  ignored: v.array(
    v.object({
      kind: v.string(),
      count: COUNT,
      folders: v.exactOptional(COUNT),
      records: COUNT,
      example: v.string(),
    }),
  ),
  lost: v.exactOptional(
    v.object({
      count: COUNT,
      first: v.array(v.object({ name: v.string(), code: coded<WarningCode>('warning'), reason: v.string() })),
    }),
  ),
  verification: v.exactOptional(VERIFICATION),
  warnings: v.array(v.object({ code: coded<WarningCode>('warning'), count: COUNT, example: v.string() })),
});

const TOLD = { count: COUNT, first: v.number(), last: v.number(), query: v.string() };
const LEVEL = coded<FindingLevel>('briefing.level');
const SENTENCE = v.array(v.union([v.string(), v.tuple([v.picklist(['who', 'what']), v.string()])]));

const BRIEFING = v.object({
  lines: v.array(
    v.object({
      ...TOLD,
      kind: coded<LineKind>('briefing.kind'),
      level: v.union([v.literal(''), LEVEL]),
      en: SENTENCE,
      ja: SENTENCE,
    }),
  ),
  more: COUNT,
  listed: COUNT,
  findings: v.string(),
  rules: COUNT,
});

/** Fields that are not here are allowed. */
const MANIFEST: v.GenericSchema<unknown, EmbeddedManifest> = v.object({
  format: v.literal(FORMAT_NAME),
  version: v.literal(FORMAT_VERSION),
  report: REPORT,
  briefing: BRIEFING,
  rows: COUNT,
  identities: COUNT,
  blocks: COUNT,
  overTime: v.object({
    start: v.number(),
    width: v.pipe(v.number(), v.minValue(1)),
    change: NUMBERS,
    read: NUMBERS,
    error: NUMBERS,
  }),
  top: v.record(v.string(), v.object({ top: v.array(v.tuple([v.string(), COUNT])), distinct: COUNT })),
  time: v.object({ start: v.number(), unit: v.picklist([1, 1000]), blocks: BLOCKS }),
  identity: CODES,
  columns: v.array(
    v.object({
      name: v.string(),
      per: v.picklist(['event', 'identity']),
      values: COUNT,
      dictionary: BLOCKS,
      lists: v.exactOptional(BLOCKS),
      codes: CODES,
    }),
  ),
  detail: v.object({
    columns: TEXTS,
    segments: BLOCKS,
    omitted: TEXTS,
    shortened: v.record(v.string(), COUNT),
  }),
});

/** Throws if counts are inconsistent, or if a block is named that the page does not have. */
function checkCounts({ rows, identities, blocks, time, identity, columns, detail, overTime }: EmbeddedManifest): void {
  const check = (field: string, refs: readonly BlockRef[], count: number): void => {
    const sum = refs.reduce((total, ref) => total + ref.count, 0);
    if (sum !== count || refs.some(({ block }) => block >= blocks)) throw wrong(field);
  };
  const names = new Set(['identity', ...columns.map(({ name }) => name)]);
  const checkCodes = (field: string, codes: CodesRef, count: number): void => {
    check(`${field}.blocks`, codes.blocks, count);
    if (codes.given !== undefined && !names.has(codes.given)) throw wrong(`${field}.given`);
  };
  check('time.blocks', time.blocks, rows);
  checkCodes('identity', identity, rows);
  for (const { name, per, values, dictionary, lists, codes } of columns) {
    checkCodes(`columns.${name}.codes`, codes, per === 'event' ? rows : identities);
    if (lists) check(`columns.${name}.lists`, lists, values);
    else check(`columns.${name}.dictionary`, dictionary, values);
  }
  check('detail.segments', detail.segments, rows);
  const { change, read, error } = overTime;
  if (read.length !== change.length || error.length !== change.length) throw wrong('overTime');
}
