/** Which columns the table has, in its order, and how wide they are. */
import { COLUMNS, isText } from '../../scripts/shared/columns.js';

export interface GridColumn {
  readonly name: string;
  readonly width: number;
  /** Identifiers and addresses are set in the monospace face. */
  readonly mono: boolean;
}

/** What answers who, what, when and from where comes first; the rest follows in the schema's order. */
const FIRST: readonly (readonly [name: string, width: number])[] = [
  ['eventTime', 178],
  ['outcome', 92],
  ['actor', 196],
  ['eventName', 200],
  ['eventSource', 108],
  ['resources', 232],
  ['sourceIPAddress', 132],
  ['awsRegion', 118],
  ['errorCode', 168],
];

const WIDTHS: Readonly<Record<string, number>> = {
  arn: 320,
  principalId: 220,
  accessKeyId: 180,
  userAgent: 240,
  creationDate: 170,
  recipientAccountId: 124,
  accountId: 140,
  vpcEndpointId: 180,
};

const MONO: ReadonlySet<string> = new Set([
  'eventTime',
  'resources',
  'sourceIPAddress',
  'accountId',
  'arn',
  'principalId',
  'accessKeyId',
  'creationDate',
  'recipientAccountId',
  'vpcEndpointId',
  'vpcEndpointAccountId',
]);

/** Every column but the free text and the JSON, which the details show. */
export const GRID_COLUMNS: readonly GridColumn[] = [
  ...FIRST.map(([name, width]) => ({ name, width, mono: MONO.has(name) })),
  ...COLUMNS.filter((column) => !isText(column) && !FIRST.some(([name]) => name === column.name)).map(({ name }) => ({
    name,
    width: WIDTHS[name] ?? 136,
    mono: MONO.has(name),
  })),
];

/** Where the screen is narrow, each event is two lines of these; the style sheet places them. */
export const LIST_COLUMNS: readonly GridColumn[] = ['eventTime', 'actor', 'eventName', 'resources', 'outcome'].map(
  (name) => GRID_COLUMNS.find((column) => column.name === name) as GridColumn,
);

const MEANINGS = new Map(COLUMNS.map(({ name, meaning }) => [name, meaning]));

/** One sentence about the column. */
export function columnMeaning(name: string): string {
  return MEANINGS.get(name) ?? '';
}
