/** The names a query may use for columns: the column's own, and a short one for those used most. */
import { COLUMNS, type ColumnName } from '../model/columns.js';

/** The column whose values are addresses, and may be asked for by block. */
export const ADDRESS_COLUMN = 'sourceIPAddress';

/** The column whose values are names of resources, of which one may have several. */
export const NAMES_COLUMN = 'resources';

/** Whether a column's values are names of resources: of all that the event names, or of its target. */
export function isNamesColumn(column: string | undefined): boolean {
  return column === NAMES_COLUMN || column === 'target';
}

/** Short name → column. The first short name of a column is the one that clicks write. */
const SHORT_NAMES: Readonly<Record<string, ColumnName>> = {
  time: 'eventTime',
  who: 'actor',
  event: 'eventName',
  service: 'eventSource',
  resource: 'resources',
  from: 'sourceIPAddress',
  ip: 'sourceIPAddress',
  region: 'awsRegion',
  error: 'errorCode',
  account: 'recipientAccountId',
  user: 'userName',
  key: 'accessKeyId',
  agent: 'userAgent',
  mfa: 'mfaAuthenticated',
  request: 'requestParameters',
  response: 'responseElements',
  message: 'errorMessage',
};

/** Every short name with its column; the first of a column is the one that clicks write. */
export const FIELD_NAMES: readonly (readonly [name: string, column: string])[] = Object.entries(SHORT_NAMES);

const COLUMN_OF = new Map<string, string>([
  ...COLUMNS.map(({ name }) => [name.toLowerCase(), name] as const),
  ...Object.entries(SHORT_NAMES),
]);

const WRITTEN_AS = new Map<string, string>();
for (const [short, column] of Object.entries(SHORT_NAMES)) if (!WRITTEN_AS.has(column)) WRITTEN_AS.set(column, short);

/** The column that `name` means in a query, whatever its case; undefined if none. */
export function columnOf(name: string): string | undefined {
  return COLUMN_OF.get(name.toLowerCase());
}

/** How a query names the column: shortly where it can. */
export function fieldNameOf(column: string): string {
  return WRITTEN_AS.get(column) ?? column;
}
