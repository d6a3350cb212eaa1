/** The top-level keys of a record (and of what records come in) that are read; all others are stepped over. */
import { COLUMNS, isPath, pathsOf, type ReadKey } from '#shared/model/columns.js';

/** The fields of a record that columns are computed from. */
const COMPUTED_FROM = ['eventTime', 'resources'] as const;

/**
 * Keys of the containers that records come in, whose lists hold records or containers: log files (`Records`),
 * `aws cloudtrail lookup-events` (`Events`), CloudWatch Logs subscriptions (`logEvents`), `aws logs filter-log-events`
 * (`events`).
 */
const LISTS = ['Records', 'Events', 'events', 'logEvents'] as const;

/** Keys that hold a record as text, and one that tells a digest file. */
const OTHERS = ['CloudTrailEvent', 'message', 'digestStartTime'] as const;

export type FieldName = ReadKey | (typeof COMPUTED_FROM)[number] | (typeof LISTS)[number] | (typeof OTHERS)[number];

/** The keys that columns are read from: AWS CloudTrail user guide, "CloudTrail record contents". */
const READ = COLUMNS.flatMap(({ from }) => (isPath(from) ? pathsOf(from) : [])).map(
  (path) => path.split('.', 1)[0] as ReadKey,
);

export const FIELD_NAMES: readonly FieldName[] = [...new Set([...READ, ...COMPUTED_FROM, ...LISTS, ...OTHERS])];

/** Each field's number. */
export const FIELD = Object.fromEntries(FIELD_NAMES.map((name, i) => [name, i])) as Readonly<Record<FieldName, number>>;

function marksOf(names: readonly FieldName[]): Uint8Array {
  return Uint8Array.from(FIELD_NAMES, (name) => (names.includes(name) ? 1 : 0));
}

const IS_LIST = marksOf(LISTS);
const IS_READ = marksOf([...READ, ...COMPUTED_FROM]);

/** Whether a field, -1 for one that has no number, holds a list of records or containers. */
export function isListField(field: number): boolean {
  return field >= 0 && IS_LIST[field] === 1;
}

/** Whether columns are made of a field, or of a part of it. */
export function isReadField(field: number): boolean {
  return field >= 0 && IS_READ[field] === 1;
}

/** Early service events wrote these with a capital. */
const ALIASES: Readonly<Record<string, FieldName>> = {
  RequestParameters: 'requestParameters',
  ResponseElements: 'responseElements',
};

const BY_NAME = new Map<string, number>([
  ...FIELD_NAMES.map((name, i) => [name, i] as const),
  ...Object.entries(ALIASES).map(([alias, name]) => [alias, FIELD[name]] as const),
]);

/** The number of the field with this name, or -1. */
export function fieldOfName(name: string): number {
  return BY_NAME.get(name) ?? -1;
}

// A tiny perfect-enough hash over length, first and last byte: one probe a key, then the bytes decide.
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

/** The number of the field whose name is bytes[start … end), or -1. */
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
