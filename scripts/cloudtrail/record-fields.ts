/** The top-level keys of a record (and of what records come in) that are read; all others are stepped over. */

/**
 * Fields of a CloudTrail record — AWS CloudTrail user guide, "CloudTrail record contents" —, one that tells a digest
 * file, and, last, the keys of the
 * containers records come in: log files (`Records`), `aws cloudtrail lookup-events` (`Events`, `CloudTrailEvent`),
 * CloudWatch Logs subscriptions (`logEvents`, `message`) and `aws logs filter-log-events` (`events`, `message`).
 */
export const FIELD_NAMES = [
  'eventVersion',
  'userIdentity',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'requestID',
  'eventID',
  'readOnly',
  'resources',
  'eventType',
  'apiVersion',
  'managementEvent',
  'recipientAccountId',
  'serviceEventDetails',
  'sharedEventID',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'eventCategory',
  'addendum',
  'sessionCredentialFromConsole',
  'digestStartTime',
  'Records',
  'Events',
  'events',
  'logEvents',
  'CloudTrailEvent',
  'message',
] as const;

export type FieldName = (typeof FIELD_NAMES)[number];

/** Each field's number. */
export const FIELD = Object.fromEntries(FIELD_NAMES.map((name, i) => [name, i])) as Readonly<Record<FieldName, number>>;

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
