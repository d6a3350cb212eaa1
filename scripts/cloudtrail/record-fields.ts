/** The top-level keys of a record (and of the containers of records) that are read; all others are skipped. */
import { COLUMNS, isPath, pathsOf, type ReadKey } from '#shared/model/columns.js';

/** Fields of a record from which columns are computed. */
const COMPUTED_FROM = ['eventTime', 'resources'] as const;

/**
 * Keys of the lists of records in containers: log files (`Records`), `aws cloudtrail lookup-events` (`Events`),
 * CloudWatch Logs subscriptions (`logEvents`), `aws logs filter-log-events` (`events`).
 */
const LISTS = ['Records', 'Events', 'events', 'logEvents'] as const;

/** Keys of a record as text, and a key that identifies a digest file. */
const OTHERS = ['CloudTrailEvent', 'message', 'digestStartTime'] as const;

export type FieldName = ReadKey | (typeof COMPUTED_FROM)[number] | (typeof LISTS)[number] | (typeof OTHERS)[number];

/** The keys from which columns are read: AWS CloudTrail user guide, "CloudTrail record contents". */
const READ = COLUMNS.flatMap(({ from }) => (isPath(from) ? pathsOf(from) : [])).map(
  (path) => path.split('.', 1)[0] as ReadKey,
);

export const FIELD_NAMES: readonly FieldName[] = [...new Set([...READ, ...COMPUTED_FROM, ...LISTS, ...OTHERS])];

/** The index of each field. */
export const FIELD = Object.fromEntries(FIELD_NAMES.map((name, i) => [name, i])) as Readonly<Record<FieldName, number>>;

function marksOf(names: readonly FieldName[]): Uint8Array {
  return Uint8Array.from(FIELD_NAMES, (name) => (names.includes(name) ? 1 : 0));
}

const IS_LIST = marksOf(LISTS);
const IS_READ = marksOf([...READ, ...COMPUTED_FROM]);

/** Whether a field (-1: none) contains a list of records or containers. */
export function isListField(field: number): boolean {
  return field >= 0 && IS_LIST[field] === 1;
}

/** Whether columns are read from a field or a part of it. */
export function isReadField(field: number): boolean {
  return field >= 0 && IS_READ[field] === 1;
}

/** Early service events capitalized these. */
const ALIASES: Readonly<Record<string, FieldName>> = {
  RequestParameters: 'requestParameters',
  ResponseElements: 'responseElements',
};

const BY_NAME = new Map<string, number>([
  ...FIELD_NAMES.map((name, i) => [name, i] as const),
  ...Object.entries(ALIASES).map(([alias, name]) => [alias, FIELD[name]] as const),
]);

/** The index of the field with this name, or -1. */
export function fieldOfName(name: string): number {
  return BY_NAME.get(name) ?? -1;
}

// A small hash of length, first and last byte: one probe per key, then the bytes are compared.
const TABLE_SIZE = 512;
const TABLE: { readonly bytes: Uint8Array; readonly field: number }[][] = Array.from({ length: TABLE_SIZE }, () => []);
for (const [name, field] of BY_NAME) {
  const bytes = new TextEncoder().encode(name);
  TABLE[slotOf(bytes, 0, bytes.length)]?.push({ bytes, field });
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  return (
    (length * 37 +
      (bytes[start] as number) * 7 +
      (bytes[end - 1] as number) * 3 +
      (bytes[start + (length >> 1)] as number)) &
    (TABLE_SIZE - 1)
  );
}

/** The index of the field whose name is bytes[start … end), or -1. */
export function fieldAt(bytes: Uint8Array, start: number, end: number): number {
  if (end === start) return -1;
  const entries = TABLE[slotOf(bytes, start, end)] as (typeof TABLE)[number];
  next: for (const { bytes: name, field } of entries) {
    if (name.length !== end - start) continue;
    for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) continue next;
    return field;
  }
  return -1;
}
