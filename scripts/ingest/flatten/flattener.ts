/**
 * Records to rows: each field becomes a number in the part's row, with the texts and dictionaries beside it. An event is
 * never an object here; what repeats (an identity, a request) is understood once and looked up afterwards.
 */
import type { Fingerprint } from '#scripts/cloudtrail/fingerprint.js';
import { EventTimeReader, formatEventTime, parseEventTime } from '#scripts/cloudtrail/event-time.js';
import { placeOf } from '#scripts/cloudtrail/identity.js';
import { isFailedStep, outcomeOf } from '#scripts/cloudtrail/outcome.js';
import { TargetRule } from '#scripts/cloudtrail/targets.js';
import { FIELD, type FieldName } from '#scripts/cloudtrail/record-fields.js';
import {
  CODED_COLUMNS,
  type CodedName,
  type Column,
  isPath,
  type Outcome,
  pathsOf,
  type RecordPath,
  TEXT_COLUMNS,
  type TextName,
} from '#shared/model/columns.js';
import { addFault, addIgnored, type FileReport } from '../read/file-report.js';
import type { IngestSettings } from '../settings.js';
import { CodedFields } from './coded-fields.js';
import type { GrowingPart } from './growing-part.js';
import type { EventRule } from './event-resources.js';
import { JsonTexts } from './json-texts.js';
import { NestedColumns } from './nested-columns.js';
import { type DictionarySlot, ROW_MASK, SLOT, SLOT_STRIDE, type SlotName } from './part.js';
import { RecordFilter } from './record-filter.js';
import { isCloudTrail, RecordKinds } from './record-kind.js';
import { shapeOf } from './record-shape.js';
import { RecordView } from './record-view.js';
import { isObject, tableOf } from './table.js';

/** eventTime is sorted as 32 bits of seconds: 1970 to 2106. */
const MAX_TIME = 2 ** 32 * 1000;

/** Where a slot's cells begin in a block of rows. */
function base(slot: SlotName): number {
  return SLOT[slot] * SLOT_STRIDE;
}

type EventColumn = Column<CodedName & DictionarySlot>;

/** The columns of the coded kinds that the record itself holds: a row has a code of each. */
const CODED_OF_RECORD = CODED_COLUMNS.filter(
  (column): column is EventColumn => column.per === 'event' && isPath(column.from),
);

/** Those that are one field of the record each; the others are read from within fields. */
const CODED_NAMES = CODED_OF_RECORD.flatMap(({ name, from }) =>
  typeof from === 'string' && !from.includes('.') ? [{ name, from: from as FieldName }] : [],
);
const CODED_BASES = CODED_NAMES.map(({ name }) => base(name));
const NESTED = CODED_OF_RECORD.filter(({ name }) => !CODED_NAMES.some((column) => column.name === name));
const NESTED_BASES = NESTED.map(({ name }) => base(name));

function codedAt(name: DictionarySlot): number {
  return CODED_NAMES.findIndex((column) => column.name === name);
}

const EVENT_SOURCE = codedAt('eventSource');
const EVENT_NAME = codedAt('eventName');
const READ_ONLY = codedAt('readOnly');
const ERROR_CODE = codedAt('errorCode');
const CATEGORY = codedAt('eventCategory');
const EVENT_TYPE = codedAt('eventType');

/** How a text is read. */
const Reading = { Json: 0, UniqueJson: 1, Id: 2 } as const;

const TEXTS = TEXT_COLUMNS.map(({ name, kind, from, texts }) => ({
  field: FIELD[from as FieldName],
  base: base(name),
  reading: texts === 'repeating' ? Reading.Json : kind === 'json' ? Reading.UniqueJson : Reading.Id,
}));

function textsAt(name: TextName): number {
  return TEXT_COLUMNS.findIndex((column) => column.name === name);
}

/** The texts that name resources. */
const REQUEST = textsAt('requestParameters');
const RESPONSE = textsAt('responseElements');
const SERVICE_DETAILS = textsAt('serviceEventDetails');
const ERROR_MESSAGE = textsAt('errorMessage');

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

const ACCOUNT = placeOf('accountId');

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
  /** Events that were left out by their time: without them, rows that are kept would be right for this run only. */
  outOfTime = 0;
  private readonly json: JsonTexts;
  private readonly identityOfNumber: (number | undefined)[] = [undefined];
  private readonly hiddenOfNumber: (Fingerprint | undefined)[] = [];
  private readonly times = new EventTimeReader();
  private readonly coded: CodedFields;
  private readonly nested: NestedColumns;
  private readonly outcomes: Readonly<Record<Outcome, number>>;
  private readonly kinds = new RecordKinds();
  private readonly rules = new Map<number, EventRule>();
  private readonly filter: RecordFilter;
  // The record in hand.
  private file!: FileReport;
  private isTruncated = false;
  /** eventTime is written as it would be formatted. */
  private isUsualTime = true;
  private readonly texts = new Uint32Array(TEXTS.length);
  private masked = 0;

  /** @param part what the rows are added to */
  constructor(
    private readonly part: GrowingPart,
    { filter, showSecrets }: Pick<IngestSettings, 'filter' | 'showSecrets'>,
  ) {
    const { pool, dictionaries } = part;
    this.json = new JsonTexts(pool, showSecrets);
    this.filter = new RecordFilter(filter);
    this.coded = new CodedFields(
      CODED_NAMES.map(({ name, from }) => ({ field: FIELD[from], dictionary: dictionaries[name] })),
    );
    this.nested = new NestedColumns(
      NESTED.map(({ name, from }) => ({
        dictionary: dictionaries[name],
        paths: pathsOf(from as RecordPath).map((path) => path.split('.') as [FieldName, ...string[]]),
      })),
    );
    const code = (outcome: Outcome): number => {
      const bytes = new TextEncoder().encode(outcome);
      return dictionaries.outcome.code(new DataView(bytes.buffer), 0, bytes.length);
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
    const { size } = this.part;
    const table = tableOf(bytes);
    if (table === undefined) this.record.scan(bytes);
    else if (typeof table === 'string') addFault(file, table);
    else this.addTable(table);
    this.part.addFile(file.name, size);
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

  private damaged(isNested: boolean): void {
    if (isNested || !this.isTruncated) addFault(this.file, 'json-invalid');
    if (!isNested) this.isTruncated = false;
  }

  private addRecord(): void {
    const { record, coded, file } = this;
    const { codes } = coded;
    coded.read(record);
    const ignored = this.kinds.ignored(record, codes[CATEGORY] as number, codes[EVENT_TYPE] as number);
    if (ignored !== '') return addIgnored(file, ignored);
    if (record.isDamaged) return addFault(file, 'json-invalid');
    if (!isCloudTrail(record)) return addFault(file, shapeOf(record.bytes, record.from, record.to));
    const time = this.eventTime();
    if (!(time >= 0 && time < MAX_TIME)) return addFault(file, 'event-without-time');
    const identity = this.identity();
    const readOnly = this.filter.isReadOnly(record, codes[READ_ONLY] as number, codes[EVENT_NAME] as number);
    const caller = this.part.identities.identities[identity]?.[ACCOUNT];
    const isInTime = this.filter.isInTime(time);
    if (!isInTime) this.outOfTime++;
    const passes = identity >= 0 && isInTime && this.filter.passes(record, readOnly, caller);
    if (identity < 0 || (passes && !this.readTexts())) return addFault(file, 'json-invalid');
    file.events++;
    if (passes) this.addRow(time, identity, readOnly);
    else file.filtered++;
  }

  private identity(): number {
    const { record, identityOfNumber } = this;
    const { identities } = this.part;
    const number = record.identityNumber;
    const known = identityOfNumber[number];
    if (known !== undefined) return known;
    const { userIdentity } = FIELD;
    const start = record.start(userIdentity);
    const end = record.end(userIdentity);
    const identity = identities.numberOf(record.bytes, record.view, start, end, () =>
      record.text(FIELD.sourceIPAddress),
    );
    if (number !== 0 && !identities.dependsOnSource) identityOfNumber[number] = identity;
    return identity;
  }

  private addRow(time: number, identity: number, readOnly: boolean): void {
    const { record, texts, nested } = this;
    const { codes } = this.coded;
    const { bytes, view } = record;
    const { rows, pool } = this.part;
    const block = rows.begin(time);
    const row = (rows.rows - 1) & ROW_MASK;
    for (let i = 0; i < CODED_BASES.length; i++) block[(CODED_BASES[i] as number) + row] = codes[i] as number;
    for (let i = 0; i < TEXTS.length; i++) block[(TEXTS[i] as (typeof TEXTS)[number]).base + row] = texts[i] as number;
    nested.read(record);
    if (nested.isDamaged) addFault(this.file, 'json-invalid');
    for (let i = 0; i < NESTED_BASES.length; i++) {
      block[(NESTED_BASES[i] as number) + row] = nested.codes[i] as number;
    }
    const unread = record.unread;
    const unreadIdentity = this.hiddenIdentity();
    block[EVENT_ID_HASH + row] = pool.hashOf(block[EVENT_ID + row] as number);
    block[IDENTITY + row] = identity;
    block[MASKED + row] = this.masked;
    const { resources } = FIELD;
    block[RESOURCES + row] = this.json.resourcesId(
      this.rule(),
      bytes,
      view,
      record.start(resources),
      record.end(resources),
      texts[REQUEST] as number,
      texts[RESPONSE] as number,
      texts[SERVICE_DETAILS] as number,
    );
    if (this.json.hasDamagedResources) {
      this.json.hasDamagedResources = false;
      addFault(this.file, 'json-invalid');
    }
    const { hidden } = this.json;
    block[HIDDEN_A + row] = unread.a + unreadIdentity.a + hidden.a + nested.hidden.a;
    block[HIDDEN_B + row] = unread.b + unreadIdentity.b + hidden.b + nested.hidden.b;
    const failed = codes[ERROR_CODE] !== 0 || texts[ERROR_MESSAGE] !== 0 || this.hasFailedStep();
    block[OUTCOME + row] = this.outcomeCode(outcomeOf(failed, readOnly));
    block[EVENT_TIME_TEXT + row] = this.eventTimeText(time);
  }

  /** What the event's target is known by: each kind of call has one rule. */
  private rule(): EventRule {
    const { record, rules } = this;
    const { codes } = this.coded;
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
    const fingerprint = this.part.identities.fingerprintOf(record.bytes, record.view, start, record.end(userIdentity));
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
    return record.code(eventTime, this.part.dictionaries.eventTimeText);
  }

  /** Looks up the record's JSON texts and IDs; false where one is damaged. */
  private readTexts(): boolean {
    const { record } = this;
    const { masked } = this.json;
    this.json.hidden.clear();
    for (let i = 0; i < TEXTS.length; i++) {
      const { field, reading } = TEXTS[i] as (typeof TEXTS)[number];
      const { json } = this;
      const { bytes, view } = record;
      const start = record.start(field);
      const end = record.end(field);
      const id =
        reading === Reading.Json
          ? json.idOf(bytes, view, start, end)
          : reading === Reading.Id
            ? json.idOfId(bytes, view, start, end)
            : json.idOfUnique(bytes, view, start, end);
      if (id < 0) return false;
      this.texts[i] = id;
    }
    this.masked = this.json.masked - masked;
    return true;
  }
}
