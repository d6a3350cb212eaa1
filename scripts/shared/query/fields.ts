/** The names of columns in a query: the column's own, and short names for frequent ones. */
import { COLUMNS, type ColumnName } from '../model/columns.js';

/** The column of addresses, which accepts ranges. */
export const ADDRESS_COLUMN = 'sourceIPAddress';

/** The column of resource names, of which a resource may have several. */
export const NAMES_COLUMN = 'resources';

/** Whether a column's values are resource names: of all resources in the event, or of its target. */
export function isNamesColumn(column: string | undefined): boolean {
  return column === NAMES_COLUMN || column === 'target';
}

/** Short name → column. Clicks write the first short name of a column. */
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

/** Every short name with its column; clicks write the first one of a column. */
export const FIELD_NAMES: readonly (readonly [name: string, column: string])[] = Object.entries(SHORT_NAMES);

const COLUMN_OF = new Map<string, string>([
  ...COLUMNS.map(({ name }) => [name.toLowerCase(), name] as const),
  ...Object.entries(SHORT_NAMES),
]);

const WRITTEN_AS = new Map<string, string>();
for (const [short, column] of Object.entries(SHORT_NAMES)) if (!WRITTEN_AS.has(column)) WRITTEN_AS.set(column, short);

/** The column that `name` means in a query, ignoring case; undefined if there is none. */
export function columnOf(name: string): string | undefined {
  return COLUMN_OF.get(name.toLowerCase());
}

/** The column's name in a query: the short name if it has one. */
export function fieldNameOf(column: string): string {
  return WRITTEN_AS.get(column) ?? column;
}
