/** The report's events one at a time: what is known at once, and what is known after its details are read. */
import { LIST_SEPARATOR, type Outcome } from '#shared/model/columns.js';
import { codeAt, valueAt, type CodedColumn } from '#shared/columnar/event-columns.js';
import type { Details, Facts } from './facts.js';
import { parsedJson } from './json-leaves.js';
import { whoOf, type Who } from './who.js';

/** What the columns say of an event. */
export interface LogEvent {
  readonly row: number;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  readonly eventName: string;
  /** ec2.amazonaws.com */
  readonly eventSource: string;
  readonly region: string;
  readonly account: string;
  readonly outcome: Outcome;
  /** Whether the call would only read, whether or not it failed. */
  readonly isRead: boolean;
  readonly errorCode: string;
  readonly resources: readonly string[];
  /** What the call is about: the first of the resources, or several of them, or none. */
  readonly targets: readonly string[];
  readonly address: string;
  readonly agent: string;
  readonly isConsole: boolean;
  readonly who: Who;
}

/** An event with its details. */
export interface ReadEvent extends LogEvent {
  /** Parsed; undefined where the event has none. */
  readonly request: unknown;
  readonly response: unknown;
  readonly serviceDetails: unknown;
  readonly additional: unknown;
  readonly errorMessage: string;
  readonly sharedEventID: string;
}

const COLUMNS = [
  'eventName',
  'eventSource',
  'awsRegion',
  'recipientAccountId',
  'outcome',
  'readOnly',
  'errorCode',
  'resources',
  'target',
  'sourceIPAddress',
  'userAgent',
  'sessionCredentialFromConsole',
  'actor',
  'actorSource',
  'behind',
  'evidence',
  'role',
  'type',
  'userName',
  'arn',
  'accountId',
  'accessKeyId',
  'invokedBy',
  'creationDate',
  'mfaAuthenticated',
] as const;

export type LogColumn = (typeof COLUMNS)[number];

/** Events whose details are kept. */
const KEPT = 6000;

export class EventLog {
  private readonly read = new Map<number, ReadEvent>();

  private constructor(
    readonly facts: Facts,
    private readonly columns: ReadonlyMap<LogColumn, CodedColumn>,
  ) {}

  /** Reads the columns that answers need. */
  static async open(facts: Facts): Promise<EventLog> {
    const columns = await Promise.all(COLUMNS.map(async (name) => [name, await facts.column(name)] as const));
    return new EventLog(facts, new Map(columns));
  }

  column(name: LogColumn): CodedColumn {
    return this.columns.get(name) as CodedColumn;
  }

  value(name: LogColumn, row: number): string {
    return valueAt(this.column(name), row);
  }

  code(name: LogColumn, row: number): number {
    return codeAt(this.column(name), row);
  }

  isRead(row: number): boolean {
    return this.value('outcome', row) === 'read' || this.value('readOnly', row) === 'true';
  }

  event(row: number): LogEvent {
    const value = (name: LogColumn): string => this.value(name, row);
    const address = value('sourceIPAddress');
    const namesIn = (name: LogColumn): readonly string[] => {
      const cell = value(name);
      return cell === '' ? [] : cell.split(LIST_SEPARATOR);
    };
    const agent = value('userAgent');
    return {
      row,
      time: this.facts.times[row] as number,
      eventName: value('eventName'),
      eventSource: value('eventSource'),
      region: value('awsRegion'),
      account: value('recipientAccountId') || value('accountId'),
      outcome: value('outcome') as Outcome,
      isRead: this.isRead(row),
      errorCode: value('errorCode'),
      resources: namesIn('resources'),
      targets: namesIn('target'),
      address,
      agent,
      isConsole: value('sessionCredentialFromConsole') === 'true',
      who: whoOf({
        actor: value('actor'),
        actorSource: value('actorSource'),
        behind: value('behind'),
        evidence: value('evidence'),
        role: value('role'),
        type: value('type'),
        arn: value('arn'),
        accountId: value('accountId'),
        accessKeyId: value('accessKeyId'),
        invokedBy: value('invokedBy'),
        creationDate: value('creationDate'),
        address,
      }),
    };
  }

  /** The events with their details, in the order asked for. */
  async events(rows: readonly number[]): Promise<readonly ReadEvent[]> {
    const missing = rows.filter((row) => !this.read.has(row)).sort((a, b) => b - a);
    const details = await this.facts.details(missing);
    const found = new Map<number, ReadEvent>();
    missing.forEach((row, i) => found.set(row, withDetails(this.event(row), details[i] as Details)));
    const events = rows.map((row) => (found.get(row) ?? this.read.get(row)) as ReadEvent);
    if (this.read.size + found.size > KEPT) this.read.clear();
    for (const [row, event] of found) this.read.set(row, event);
    return events;
  }
}

function withDetails(event: LogEvent, details: Details): ReadEvent {
  const parsed = (column: string): unknown => parsedJson(details.get(column) ?? '');
  return {
    ...event,
    request: parsed('requestParameters'),
    response: parsed('responseElements'),
    serviceDetails: parsed('serviceEventDetails'),
    additional: parsed('additionalEventData'),
    errorMessage: textOf(parsed('errorMessage')),
    sharedEventID: textOf(parsed('sharedEventID')),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
