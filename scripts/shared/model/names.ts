/** Short forms of values for display. The whole value is in the tooltip and the detail. */

const SERVICE_SUFFIX = '.amazonaws.com';
const SHORTENED: ReadonlySet<string> = new Set([
  'eventSource',
  'actor',
  'behind',
  'sourceIPAddress',
  'invokedBy',
  'userAgent',
]);

/** `ec2` for `ec2.amazonaws.com`; other values unchanged. A query accepts both forms. */
export function shownValue(column: string, value: string): string {
  return SHORTENED.has(column) && isService(value) ? value.slice(0, -SERVICE_SUFFIX.length) : value;
}

/** The value as a click writes it into the query: a service by its short name, which is unique. */
export function writtenValue(column: string, value: string): string {
  return column === 'eventSource' ? shownValue(column, value) : value;
}

/** The end of an ARN, by which people know the resource: `user/alice`, `acme-logs`; other names unchanged. */
export function shownResource(name: string): string {
  const arn = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(name);
  return arn?.[1] ?? name;
}

/** Whether the value names one of AWS's own services. */
export function isService(value: string): boolean {
  return value.endsWith(SERVICE_SUFFIX) && value.length > SERVICE_SUFFIX.length;
}
