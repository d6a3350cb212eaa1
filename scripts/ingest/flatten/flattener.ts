/**
 * Records to rows: each field becomes a number in the part's row, with the texts and dictionaries beside it. An event is
 * never an object here; what repeats (an identity, a request) is understood once and looked up afterwards.
 */
import type { Fingerprint } from '#scripts/cloudtrail/fingerprint.js';
import { EventTimeReader, formatEventTime, parseEventTime } from '#scripts/cloudtrail/event-time.js';
import { isFailedStep, outcomeOf } from '#scripts/cloudtrail/outcome.js';
import { TargetRule } from '#scripts/cloudtrail/targets.js';
import { FIELD, type FieldName } from '#scripts/cloudtrail/record-fields.js';
import type { EventFilter } from '#scripts/run/config.js';
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { codedColumns, type Outcome } from '#shared/model/columns.js';
import { addFault, addIgnored, type FileReport } from '../read/file-report.js';
import { IdentityTable } from './identity-table.js';
import type { EventRule } from './event-resources.js';
import { JsonTexts } from './json-texts.js';
import { DICTIONARY_SLOTS, type Part, ROW_MASK, RowBlocks, SLOT, SLOT_STRIDE } from './part.js';
import { decodeRows, encodeRows, type GrowingPart } from './row-block.js';
import { RecordFilter } from './record-filter.js';
import { isCloudTrail, RecordKinds } from './record-kind.js';
import { shapeOf } from './record-shape.js';
import { RecordView } from './record-view.js';
import { shareDictionary } from './share-dictionary.js';
import { isObject, tableOf } from './table.js';
import { TextPool } from './text-pool.js';

/** eventTime is sorted as 32 bits of seconds: 1970 to 2106. */
const MAX_TIME = 2 ** 32 * 1000;

/** Where a slot's cells begin in a block of rows. */
function base(slot: string): number {
  return (SLOT[slot] as number) * SLOT_STRIDE;
}

interface FieldSlot {
  readonly field: number;
  readonly base: number;
}

function fieldSlots(names: readonly FieldName[]): readonly FieldSlot[] {
  return names.map((name) => ({ field: FIELD[name], base: base(name) }));
}

/** The coded columns that are one field of the record each. */
const CODED_NAMES = codedColumns('event')
  .map((c) => c.name)
  .filter((name): name is FieldName => name in FIELD && name !== 'resources');
const CODED = fieldSlots(CODED_NAMES);
const [EVENT_SOURCE, EVENT_NAME, READ_ONLY, ERROR_CODE, CATEGORY, EVENT_TYPE] = (
  ['eventSource', 'eventName', 'readOnly', 'errorCode', 'eventCategory', 'eventType'] as const
).map((name) => CODED_NAMES.indexOf(name)) as [number, number, number, number, number, number];

const JSON_FIELDS = fieldSlots([
  // The first three name resources.
  'requestParameters',
  'responseElements',
  'serviceEventDetails',
  'errorMessage',
  'addendum',
  'additionalEventData',
]);
const RESPONSE = 1;
const SERVICE_DETAILS = 2;
const ERROR_MESSAGE = 3;
/** Amazon S3 puts an ID of each request into it. */
const ADDITIONAL = 5;
/** Different in every event, so that looking for an earlier copy would be in vain. */
const ID_FIELDS = fieldSlots(['eventID', 'requestID', 'sharedEventID']);

const EVENT_ID = base('eventID');
/** 0 where there is no eventID, and only there. */
const EVENT_ID_HASH = base('eventIDHash');
const EVENT_TIME_TEXT = base('eventTimeText');
const HIDDEN_A = base('hiddenA');
const HIDDEN_B = base('hiddenB');
const IDENTITY = base('identity');
const MASKED = base('masked');
const OUTCOME = base('outcome');
const RESOURCES = base('resources');

/** Sources of events are told apart up to this many; AWS has some 400. */
const MOST_SOURCES = 1 << 16;

export class Flattener {
  private readonly record = new RecordView({
    record: () => this.addRecord(),
    notObject: () => addFault(this.file, 'record-not-object'),
    text: () => addFault(this.file, 'not-json'),
    unclear: () => addFault(this.file, 'not-cloudtrail'),
    tooLarge: () => addFault(this.file, 'too-large'),
    damaged: (isNested) => this.damaged(isNested),
  });
  /** Events that were left out by their time: without them a block of rows would be right for this run only. */
  outOfTime = 0;
  private readonly rows = new RowBlocks();
  private readonly pool = new TextPool();
  private readonly json: JsonTexts;
  private readonly identities = new IdentityTable();
  private readonly identityOfNumber: (number | undefined)[] = [undefined];
  private readonly hiddenOfNumber: (Fingerprint | undefined)[] = [];
  private readonly times = new EventTimeReader();
  private readonly dictionaries = new Map(DICTIONARY_SLOTS.map((name) => [name, new ByteDictionary()]));
  private readonly coded = CODED_NAMES.map((name) => this.dictionaries.get(name) as ByteDictionary);
  private readonly outcomes: Readonly<Record<Outcome, number>>;
  private readonly kinds = new RecordKinds();
  private readonly rules = new Map<number, EventRule>();
  private readonly filter: RecordFilter;
  // The record in hand.
  private file!: FileReport;
  private isTruncated = false;
  /** eventTime is written as it would be formatted. */
  private isUsualTime = true;
  private readonly codes = new Uint32Array(CODED.length);
  private readonly texts = new Uint32Array(JSON_FIELDS.length);
  private readonly ids = new Uint32Array(ID_FIELDS.length);
  private masked = 0;
  private readonly files = { starts: [] as number[], names: [] as string[] };

  /** @param showSecrets leave secrets in parameters as they are */
  constructor(
    private readonly span: EventFilter,
    showSecrets: boolean,
  ) {
    this.json = new JsonTexts(this.pool, showSecrets);
    this.filter = new RecordFilter(span);
    const code = (outcome: Outcome): number => {
      const bytes = new TextEncoder().encode(outcome);
      return (this.dictionaries.get('outcome') as ByteDictionary).code(new DataView(bytes.buffer), 0, bytes.length);
    };
    this.outcomes = { change: code('change'), read: code('read'), error: code('error') };
  }

  /**
   * Adds the events in `bytes`, an inflated file, and counts in `file` what it finds.
   * @param isTruncated the bytes are known to end early, so that damaged JSON at their end is no fault of its own
   */
  add(bytes: Uint8Array, file: FileReport, isTruncated: boolean): void {
    this.file = file;
    this.isTruncated = isTruncated;
    const { size } = this;
    const table = tableOf(bytes);
    if (table === undefined) this.record.scan(bytes);
    else if (typeof table === 'string') addFault(file, table);
    else this.addTable(table);
    this.addFile(file.name, size);
  }

  /** @param from the row that is its first, if it gave any */
  private addFile(name: string, from: number): void {
    if (this.size === from) return;
    this.files.starts.push(from);
    this.files.names.push(name);
  }

  /** Each row's cell is the record as text. */
  private addTable(cells: Iterable<Uint8Array>): void {
    const { file } = this;
    for (const cell of cells) {
      // What is damaged in a cell ends with it.
      this.isTruncated = false;
      if (isObject(cell)) this.record.scan(cell);
      else addFault(file, 'record-not-object');
    }
  }

  /** How many rows there are. */
  get size(): number {
    return this.rows.rows;
  }

  /** The rows from `from` on as bytes that can be kept. */
  encodeRows(from: number): Uint8Array {
    return encodeRows(this.growing(), from, this.rows.rows);
  }

  /**
   * Adds rows that were kept, in so far as --since and --until want them; returns how many they left out.
   * Throws a RangeError where the bytes are no rows; then nothing was added.
   * @param reports the files that the rows are of, in their order
   */
  decodeRows(block: Uint8Array, reports: readonly FileReport[]): number {
    const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = this.span;
    const { size } = this;
    let rows = 0;
    const ends = reports.map(({ events, filtered }) => (rows += events - filtered));
    const kept = decodeRows(block, this.growing(), since, until, ends);
    let from = size;
    reports.forEach(({ name }, i) => {
      const to = size + (kept[i] as number);
      if (to > from) {
        this.files.starts.push(from);
        this.files.names.push(name);
      }
      from = to;
    });
    return rows - (this.size - size);
  }

  /** The part that was made of all files added. The flattener must not be used afterwards. */
  finish(): Part {
    return {
      rows: this.rows.rows,
      blocks: this.rows.blocks,
      times: this.rows.times,
      dictionaries: Object.fromEntries([...this.dictionaries].map(([name, d]) => [name, shareDictionary(d)])),
      identities: this.identities.share(),
      texts: this.pool.share(),
      files: this.files,
    };
  }

  private growing(): GrowingPart {
    const { rows, dictionaries, pool } = this;
    return { rows, dictionaries, pool, identities: this.identities.identities };
  }

  private isInTime(time: number): boolean {
    const { since, until } = this.span;
    return (since === undefined || time >= since) && (until === undefined || time < until);
  }

  private damaged(isNested: boolean): void {
    if (isNested || !this.isTruncated) addFault(this.file, 'json-invalid');
    if (!isNested) this.isTruncated = false;
  }

  private addRecord(): void {
    const { record, codes, file } = this;
    for (let i = 0; i < CODED.length; i++) {
      codes[i] = record.code((CODED[i] as FieldSlot).field, this.coded[i] as ByteDictionary);
    }
    const ignored = this.kinds.ignored(record, codes[CATEGORY] as number, codes[EVENT_TYPE] as number);
    if (ignored !== '') return addIgnored(file, ignored);
    if (!isCloudTrail(record)) return addFault(file, shapeOf(record.bytes, record.from, record.to));
    const time = this.eventTime();
    if (!(time >= 0 && time < MAX_TIME)) return addFault(file, 'event-without-time');
    const identity = this.identity();
    const readOnly = this.filter.isReadOnly(record, codes[READ_ONLY] as number, codes[EVENT_NAME] as number);
    const caller = this.identities.identities[identity]?.accountId;
    const isInTime = this.isInTime(time);
    if (!isInTime) this.outOfTime++;
    const passes = identity >= 0 && isInTime && this.filter.passes(record, readOnly, caller);
    if (identity < 0 || (passes && !this.readTexts())) return addFault(file, 'json-invalid');
    file.events++;
    if (passes) this.addRow(time, identity, readOnly);
    else file.filtered++;
  }

  private identity(): number {
    const { record, identityOfNumber } = this;
    const number = record.identityNumber;
    const known = identityOfNumber[number];
    if (known !== undefined) return known;
    const { userIdentity } = FIELD;
    const start = record.start(userIdentity);
    const end = record.end(userIdentity);
    const identity = this.identities.numberOf(record.bytes, record.view, start, end, () =>
      record.text(FIELD.sourceIPAddress),
    );
    if (number !== 0 && !this.identities.dependsOnSource) identityOfNumber[number] = identity;
    return identity;
  }

  private addRow(time: number, identity: number, readOnly: boolean): void {
    const { record, codes, texts, ids } = this;
    const { bytes, view } = record;
    const block = this.rows.begin(time);
    const row = (this.rows.rows - 1) & ROW_MASK;
    for (let i = 0; i < CODED.length; i++) block[(CODED[i] as FieldSlot).base + row] = codes[i] as number;
    for (let i = 0; i < JSON_FIELDS.length; i++) block[(JSON_FIELDS[i] as FieldSlot).base + row] = texts[i] as number;
    for (let i = 0; i < ID_FIELDS.length; i++) block[(ID_FIELDS[i] as FieldSlot).base + row] = ids[i] as number;
    const unread = record.unread;
    const unreadIdentity = this.hiddenIdentity();
    block[EVENT_ID_HASH + row] = this.pool.hashOf(block[EVENT_ID + row] as number);
    block[IDENTITY + row] = identity;
    block[MASKED + row] = this.masked;
    const { resources } = FIELD;
    block[RESOURCES + row] = this.json.resourcesId(
      this.rule(),
      bytes,
      view,
      record.start(resources),
      record.end(resources),
      texts[0] as number,
      texts[1] as number,
      texts[2] as number,
    );
    const { hidden } = this.json;
    block[HIDDEN_A + row] = unread.a + unreadIdentity.a + hidden.a;
    block[HIDDEN_B + row] = unread.b + unreadIdentity.b + hidden.b;
    const failed = codes[ERROR_CODE] !== 0 || texts[ERROR_MESSAGE] !== 0 || this.hasFailedStep();
    block[OUTCOME + row] = this.outcomeCode(outcomeOf(failed, readOnly));
    block[EVENT_TIME_TEXT + row] = this.eventTimeText(time);
  }

  /** What the event's target is known by: each kind of call has one rule. */
  private rule(): EventRule {
    const { record, codes, rules } = this;
    const kind =
      (codes[EVENT_NAME] as number) * MOST_SOURCES + Math.min(codes[EVENT_SOURCE] as number, MOST_SOURCES - 1);
    let rule = rules.get(kind);
    if (!rule) {
      rule = this.json.ruleOf(new TargetRule(record.text(FIELD.eventSource), record.text(FIELD.eventName)));
      rules.set(kind, rule);
    }
    return rule;
  }

  private hiddenIdentity(): Fingerprint {
    const { record, hiddenOfNumber } = this;
    const number = record.identityNumber;
    const known = hiddenOfNumber[number];
    if (known !== undefined) return known;
    const { userIdentity } = FIELD;
    const start = record.start(userIdentity);
    const fingerprint = this.identities.fingerprintOf(record.bytes, record.view, start, record.end(userIdentity));
    if (number !== 0) hiddenOfNumber[number] = fingerprint;
    return fingerprint;
  }

  private hasFailedStep(): boolean {
    const { json, texts, record } = this;
    const answered = json.failedStep(texts[RESPONSE] as number);
    const told = json.failedStep(texts[SERVICE_DETAILS] as number);
    if (answered === undefined && told === undefined) return false;
    const eventName = record.text(FIELD.eventName);
    return (
      (answered !== undefined && isFailedStep(answered, eventName, false)) ||
      (told !== undefined && isFailedStep(told, eventName, true))
    );
  }

  /** Not looked up by its name, which would take the engine longer than all of the row's numbers. */
  private outcomeCode(outcome: Outcome): number {
    const { change, read, error } = this.outcomes;
    if (outcome === 'change') return change;
    return outcome === 'read' ? read : error;
  }

  private eventTime(): number {
    const { record } = this;
    const { eventTime } = FIELD;
    const time = this.times.read(record.bytes, record.start(eventTime) + 1, record.end(eventTime) - 1);
    this.isUsualTime = !Number.isNaN(time);
    return this.isUsualTime ? time : parseEventTime(record.text(eventTime));
  }

  /** The code of eventTime as written where the time would be formatted otherwise, else 0. */
  private eventTimeText(time: number): number {
    const { record } = this;
    const { eventTime } = FIELD;
    if (this.isUsualTime || record.text(eventTime) === formatEventTime(time)) return 0;
    return record.code(eventTime, this.dictionaries.get('eventTimeText') as ByteDictionary);
  }

  /** Looks up the record's JSON texts and IDs; false where one is damaged. */
  private readTexts(): boolean {
    const { record } = this;
    const { masked } = this.json;
    this.json.hidden.clear();
    for (let i = 0; i < JSON_FIELDS.length; i++) {
      const { field } = JSON_FIELDS[i] as FieldSlot;
      const { json } = this;
      const start = record.start(field);
      const end = record.end(field);
      const id =
        i === ADDITIONAL
          ? json.idOfUnique(record.bytes, record.view, start, end)
          : json.idOf(record.bytes, record.view, start, end);
      if (id < 0) return false;
      this.texts[i] = id;
    }
    for (let i = 0; i < ID_FIELDS.length; i++) {
      const { field } = ID_FIELDS[i] as FieldSlot;
      const id = this.json.idOfId(record.bytes, record.view, record.start(field), record.end(field));
      if (id < 0) return false;
      this.ids[i] = id;
    }
    this.masked = this.json.masked - masked;
    return true;
  }
}
