/** The store with pseudonyms for originals: dictionaries anew, texts written over where they lie. */
import { COLUMNS, LIST_SEPARATOR, TEXT_COLUMNS } from '#shared/model/columns.js';
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

/** How many events are done between two pauses. */
const ROWS_AT_ONCE = 1 << 14;
const IDS: ReadonlySet<string> = new Set(['eventID', 'requestID', 'sharedEventID']);
/** An ID as AWS makes them, as a JSON string: a word has no digits. */
const USUAL_ID = /^"(?!\+?\d{1,12}"$)(?=.*[\d=])[0-9A-Za-z_+/=-]{1,128}"$/;

/** How the cells of the coded columns are redacted; of the others, only what is an original by its looks. */
function cellsOf(redactor: Redactor): Readonly<Record<string, (cell: string) => string>> {
  const value =
    (label: string) =>
    (cell: string): string =>
      redactor.value(cell, label);
  const account = (cell: string): string => redactor.accountCell(cell);
  return {
    recipientAccountId: account,
    accountId: account,
    // People first, so that they are called users wherever else they are named.
    actor: (cell) => redactor.actor(cell),
    userName: (cell) => redactor.person(cell),
    sourceIdentity: (cell) => redactor.person(cell),
    role: value('role'),
    arn: value('name'),
    principalId: (cell) => redactor.principal(cell),
    accessKeyId: value('access-key'),
    invokedBy: value('service'),
    vpcEndpointAccountId: account,
    vpcEndpointId: value('name'),
    sourceIPAddress: (cell) => redactor.source(cell),
    userAgent: (cell) => redactor.agent(cell),
    conflictingCopy: (cell) => redactedPath(cell, redactor),
  };
}

/**
 * The store, redacted. Its texts are written over: the store that is given must not be used afterwards.
 * @param pause waited for now and then, with how many events are done
 */
export async function redactStore(
  store: EventStore,
  redactor: Redactor,
  pause: (events: number) => Promise<void>,
): Promise<EventStore> {
  const coded: Record<string, CodedColumn> = { ...store.coded };
  const cells = cellsOf(redactor);
  for (const [name, cell] of Object.entries(cells)) coded[name] = redactColumn(coded[name] as CodedColumn, cell);
  const texts = new TextRedactor(store, redactor);
  const [messages, details] = [['errorMessage'], TEXT_COLUMNS.map(({ name }) => name)];
  for (let from = 0; from < store.rows; from += ROWS_AT_ONCE) {
    const to = Math.min(store.rows, from + ROWS_AT_ONCE);
    for (let row = from; row < to; row++) {
      for (const name of details) if (name !== 'errorMessage') texts.redact(name, row);
    }
    await pause(to);
  }
  // Names that are known by now are known in sentences too.
  for (let row = 0; row < store.rows; row++) for (const name of messages) texts.redact(name, row);
  const resources = redactResources(store, redactor);
  coded.resources = resources.column;
  for (const { name } of COLUMNS) {
    if (name in coded && !(name in cells) && name !== 'resources') {
      coded[name] = redactColumn(coded[name] as CodedColumn, (cell) => redactor.anywhere(cell));
    }
  }
  return {
    ...store,
    eventTimeText: redactColumn(store.eventTimeText, (cell) => redactor.sentence(cell)),
    coded,
    targetEnds: resources.targetEnds,
    texts: { ...store.texts, pools: texts.pools() },
  };
}

/** Values that become the same are one. */
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

/** The `resources` column, name by name, and where its targets end then. */
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
    // What comes behind the targets begins with a separator.
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

/** Redacts each text once, in the order of the events. */
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

  redact(column: string, row: number): void {
    const id = (this.store.texts.ids[column] as Uint32Array)[row] as number;
    const pool = this.store.texts.poolOf[row] as number;
    const done = this.done[pool] as Uint8Array;
    if (id === 0 || done[id] === 1) return;
    done[id] = 1;
    const texts = this.pools_[pool] as GrowingTexts;
    const text = texts.read(id);
    const left = this.redacted(column, text);
    if (left !== text) texts.write(id, left);
  }

  private redacted(column: string, text: string): string {
    if (IDS.has(column) && USUAL_ID.test(text)) return text;
    if (column !== 'errorMessage' && !IDS.has(column)) return this.json.redact(text);
    // A message that is no string is JSON like any other.
    if (!text.startsWith('"')) return this.json.redact(text);
    return JSON.stringify(this.redactor.sentence(JSON.parse(text) as string));
  }
}

/** Texts in shared memory that can be written over: in their place where they fit, else in new chunks. */
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
