/** Redacts the event store: makes new dictionaries, and overwrites texts in place. */
import { type CellRedaction, CODED_COLUMNS, LIST_SEPARATOR, TEXT_COLUMNS } from '#shared/model/columns.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { stringAt, stringTableOf, type StringTable } from '#shared/format/string-table.js';
import {
  CHUNK_BYTES,
  chunkOf,
  type CodedColumn,
  type EventStore,
  MAX_CHUNKS,
  offsetOf,
  type SharedTexts,
  textAddress,
} from '#scripts/store/event-store.js';
import { JsonRedactor } from './json-redactor.js';
import { redactedPath } from './redact-manifest.js';
import type { Redactor } from './redactor.js';

type TextColumn = (typeof TEXT_COLUMNS)[number];

/** The number of events between two pauses. */
const ROWS_AT_ONCE = 1 << 14;
/** An ID as AWS makes them, as a JSON string: a text with digits. */
const USUAL_ID = /^"(?!\+?\d{1,12}"$)(?=.*[\d=])[0-9A-Za-z_+/=-]{1,128}"$/;

/** How names in the attribution columns are replaced: as in the columns that they come from. */
function namingOf(redactor: Redactor): AttributionNaming {
  return {
    person: (name) => redactor.person(name),
    account: (id) => redactor.accountCell(id),
    role: (name) => redactor.value(name, 'role'),
    name: (text) => redactor.person(text),
    service: (host) => redactor.value(host, 'service'),
    address: (text) => redactor.source(text),
    agent: (text) => redactor.agent(text),
    eventID: (id) => (USUAL_ID.test(JSON.stringify(id)) ? id : redactor.sentence(id)),
  };
}

type AttributionNaming = Readonly<
  Record<'person' | 'account' | 'role' | 'name' | 'service' | 'address' | 'agent' | 'eventID', (text: string) => string>
>;

/** Rewrites the attribution columns with other names: see `BuiltStore.attributionColumns`. */
export type AttributionWriter = (naming: AttributionNaming) => Readonly<Record<string, CodedColumn>>;

/**
 * The cell function for each rule. The order of the columns matters: the first column in which a name occurs decides
 * its noun.
 */
function rulesOf(
  redactor: Redactor,
): Readonly<Record<Exclude<CellRedaction, 'attribution'>, (cell: string) => string>> {
  return {
    account: (cell) => redactor.accountCell(cell),
    // People come first, so that they are called users wherever else they are named.
    actor: (cell) => redactor.actor(cell),
    person: (cell) => redactor.person(cell),
    role: (cell) => redactor.value(cell, 'role'),
    name: (cell) => redactor.value(cell, 'name'),
    principal: (cell) => redactor.principal(cell),
    accessKey: (cell) => redactor.value(cell, 'access-key'),
    service: (cell) => redactor.value(cell, 'service'),
    source: (cell) => redactor.source(cell),
    agent: (cell) => redactor.agent(cell),
    path: (cell) => redactedPath(cell, redactor),
    patterns: (cell) => redactor.anywhere(cell),
  };
}

/**
 * The redacted store. Overwrites the texts of the given store, which must not be used afterwards.
 * @param pause awaited from time to time, with the number of events done
 */
export async function redactStore(
  store: EventStore,
  redactor: Redactor,
  attributionColumns: AttributionWriter,
  pause: (events: number) => Promise<void>,
): Promise<EventStore> {
  const coded: Record<string, CodedColumn> = { ...store.coded };
  const { patterns, ...rules } = rulesOf(redactor);
  const redactAll = (rule: CellRedaction, cell: (text: string) => string): void => {
    for (const { name, redact } of CODED_COLUMNS) {
      if (redact === rule) coded[name] = redactColumn(coded[name] as CodedColumn, cell);
    }
  };
  for (const [rule, cell] of Object.entries(rules)) redactAll(rule as CellRedaction, cell);
  Object.assign(coded, attributionColumns(namingOf(redactor)));
  const texts = new TextRedactor(store, redactor);
  const sentences = TEXT_COLUMNS.filter(({ redact }) => redact === 'sentence');
  const details = TEXT_COLUMNS.filter(({ redact }) => redact !== 'sentence');
  for (let from = 0; from < store.rows; from += ROWS_AT_ONCE) {
    const to = Math.min(store.rows, from + ROWS_AT_ONCE);
    for (let row = from; row < to; row++) for (const column of details) texts.redact(column, row);
    await pause(to);
  }
  // Names found so far are also recognized in sentences.
  for (let row = 0; row < store.rows; row++) for (const column of sentences) texts.redact(column, row);
  const resources = redactResources(store, redactor);
  coded.resources = resources.column;
  redactAll('patterns', patterns);
  return {
    ...store,
    eventTimeText: redactColumn(store.eventTimeText, (cell) => redactor.sentence(cell)),
    coded,
    targetEnds: resources.targetEnds,
    texts: { ...store.texts, pools: texts.pools() },
  };
}

/** Values with the same pseudonym are merged. */
function redactColumn({ codes, values }: CodedColumn, cell: (text: string) => string): CodedColumn {
  const distinct = new Map<string, number>([['', 0]]);
  const newOf = new Uint32Array(values.length);
  for (let code = 1; code < values.length; code++) {
    const text = cell(stringAt(values, code));
    const known = distinct.get(text) ?? distinct.size;
    distinct.set(text, known);
    newOf[code] = known;
  }
  const shared = new Uint32Array(new SharedArrayBuffer(codes.length * 4));
  for (let i = 0; i < codes.length; i++) shared[i] = newOf[codes[i] as number] as number;
  return { codes: shared, values: shareTable(stringTableOf(distinct.keys())) };
}

/** Redacts the `resources` column name by name, and returns the new ends of the targets. */
function redactResources(
  { coded, targetEnds }: EventStore,
  redactor: Redactor,
): { readonly column: CodedColumn; readonly targetEnds: Uint32Array } {
  const { codes, values } = coded.resources as CodedColumn;
  const names = (list: string): string =>
    list
      .split(LIST_SEPARATOR)
      .map((name) => redactor.value(name, 'name'))
      .join(LIST_SEPARATOR);
  const cells: string[] = [''];
  const stops = new Uint32Array(new SharedArrayBuffer(values.length * 4));
  let at = 0;
  for (let code = 1; code < values.length; code++) {
    const start = values.ends[code - 1] as number;
    const stop = targetEnds[code] as number;
    const targets = decodeUtf8(values.bytes.slice(start, stop));
    const rest = decodeUtf8(values.bytes.slice(stop, values.ends[code]));
    const target = targets === '' ? '' : names(targets);
    // The text after the targets begins with a separator.
    const isMore = targets !== '' && rest !== '';
    const mentions = rest === '' ? '' : names(isMore ? rest.slice(LIST_SEPARATOR.length) : rest);
    const cell = isMore ? `${target}${LIST_SEPARATOR}${mentions}` : target + mentions;
    stops[code] = at + Buffer.byteLength(target);
    at += Buffer.byteLength(cell);
    cells.push(cell);
  }
  return { column: { codes, values: shareTable(stringTableOf(cells)) }, targetEnds: stops };
}

function shareTable({ length, bytes, ends }: StringTable): StringTable {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const sharedEnds = new Uint32Array(new SharedArrayBuffer(length * 4));
  sharedEnds.set(ends);
  return { length, bytes: shared, ends: sharedEnds };
}

/** Redacts each distinct text once, in the order of events. */
class TextRedactor {
  private readonly json: JsonRedactor;
  private readonly done: readonly Uint8Array[];
  private readonly pools_: readonly GrowingTexts[];

  constructor(
    private readonly store: EventStore,
    private readonly redactor: Redactor,
  ) {
    this.json = new JsonRedactor(redactor);
    this.pools_ = store.texts.pools.map((texts) => new GrowingTexts(texts));
    this.done = store.texts.pools.map(({ spans }) => new Uint8Array(spans.length / 2));
  }

  pools(): SharedTexts[] {
    return this.pools_.map((pool) => pool.shared());
  }

  redact({ name, redact }: TextColumn, row: number): void {
    const id = (this.store.texts.ids[name] as Uint32Array)[row] as number;
    const pool = this.store.texts.poolOf[row] as number;
    const done = this.done[pool] as Uint8Array;
    if (id === 0 || done[id] === 1) return;
    done[id] = 1;
    const texts = this.pools_[pool] as GrowingTexts;
    const text = texts.read(id);
    const left = this.redacted(redact, text);
    if (left !== text) texts.write(id, left);
  }

  private redacted(rule: TextColumn['redact'], text: string): string {
    if (rule === 'id' && USUAL_ID.test(text)) return text;
    // A value that should be a sentence or an ID but is not a string is treated as JSON.
    if (rule === 'json' || !text.startsWith('"')) return this.json.redact(text);
    return JSON.stringify(this.redactor.sentence(JSON.parse(text) as string));
  }
}

/** Texts in shared memory that can be overwritten: in place if the new text fits, else in new chunks. */
class GrowingTexts {
  private readonly chunks: Uint8Array[];
  private readonly spans: Uint32Array;
  private used = CHUNK_BYTES;

  constructor({ chunks, spans }: SharedTexts) {
    this.chunks = [...chunks];
    this.spans = spans;
  }

  read(id: number): string {
    const chunk = this.chunks[chunkOf(this.spans[id * 2] as number)] as Uint8Array;
    const at = offsetOf(this.spans[id * 2] as number);
    return Buffer.from(chunk.buffer, at, this.spans[id * 2 + 1] as number).toString('utf8');
  }

  write(id: number, text: string): void {
    const bytes = Buffer.from(text);
    const address = this.spans[id * 2] as number;
    const old = this.spans[id * 2 + 1] as number;
    this.spans[id * 2 + 1] = bytes.length;
    const place = (this.chunks[chunkOf(address)] as Uint8Array).subarray(offsetOf(address), offsetOf(address) + old);
    if (bytes.length <= old) {
      place.fill(0);
      place.set(bytes);
      return;
    }
    place.fill(0);
    if (this.used + bytes.length > CHUNK_BYTES) {
      if (this.chunks.length === MAX_CHUNKS) throw new RangeError('the redacted texts do not fit into memory');
      this.chunks.push(new Uint8Array(new SharedArrayBuffer(Math.max(CHUNK_BYTES, bytes.length))));
      this.used = 0;
    }
    const last = this.chunks.length - 1;
    (this.chunks[last] as Uint8Array).set(bytes, this.used);
    this.spans[id * 2] = textAddress(last, this.used);
    this.used += bytes.length;
  }

  shared(): SharedTexts {
    return { chunks: this.chunks, spans: this.spans };
  }
}
