/** Which columns the table can have, in which order they come, and how wide they are at first. */
import { COLUMNS, isText } from '#shared/model/columns.js';

export interface GridColumn {
  readonly name: string;
  /** In CSS pixels. */
  readonly width: number;
  /** Identifiers and addresses are set in the monospace face. */
  readonly mono: boolean;
  /** Free text and JSON: read from the details when it comes into view. */
  readonly isText: boolean;
}

/** What answers who, what, when and from where comes first; the rest follows in the schema's order. */
const FIRST: readonly (readonly [name: string, width: number])[] = [
  ['eventTime', 176],
  ['outcome', 112],
  ['actor', 240],
  ['eventName', 198],
  ['eventSource', 112],
  ['resources', 222],
  ['sourceIPAddress', 136],
  ['awsRegion', 116],
  ['errorCode', 168],
  ['errorMessage', 260],
  ['recipientAccountId', 124],
  ['userAgent', 240],
  ['requestParameters', 360],
];

/** What is shown before the reader chooses. */
export const USUAL_COLUMNS: readonly string[] = FIRST.map(([name]) => name);

const WIDTHS: Readonly<Record<string, number>> = {
  arn: 320,
  principalId: 220,
  accessKeyId: 180,
  creationDate: 170,
  accountId: 140,
  vpcEndpointId: 180,
  eventID: 280,
  requestID: 280,
  sharedEventID: 280,
};

const MONO: ReadonlySet<string> = new Set([
  'eventTime',
  'resources',
  'target',
  'sourceIPAddress',
  'accountId',
  'arn',
  'principalId',
  'accessKeyId',
  'creationDate',
  'recipientAccountId',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'eventID',
  'requestID',
  'sharedEventID',
]);

function gridColumn(name: string, width: number): GridColumn {
  const column = COLUMNS.find((candidate) => candidate.name === name);
  const json = column?.kind === 'json';
  return { name, width, mono: json || MONO.has(name), isText: column !== undefined && isText(column) };
}

/** Every column, the usual ones first. */
export const GRID_COLUMNS: readonly GridColumn[] = [
  ...FIRST.map(([name, width]) => gridColumn(name, width)),
  ...COLUMNS.filter(({ name }) => !USUAL_COLUMNS.includes(name)).map((column) =>
    gridColumn(column.name, WIDTHS[column.name] ?? (column.kind === 'json' ? 320 : 136)),
  ),
];

const BY_NAME = new Map(GRID_COLUMNS.map((column) => [column.name, column]));

/** The column of this name; undefined where there is none. */
export function gridColumnOf(name: string): GridColumn | undefined {
  return BY_NAME.get(name);
}

/** Where the screen is narrow, each event is two lines of these; the style sheet places them. */
export const LIST_COLUMNS: readonly string[] = ['eventTime', 'actor', 'eventName', 'resources', 'outcome'];

const MEANINGS = new Map(COLUMNS.map(({ name, meaning }) => [name, meaning]));

/** One sentence about the column. */
export function columnMeaning(name: string): string {
  return MEANINGS.get(name) ?? '';
}
