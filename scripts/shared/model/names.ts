/** How values are shown: as short as people say them. The whole value is in the tooltip and the detail. */

const SERVICE_SUFFIX = '.amazonaws.com';
const SHORTENED: ReadonlySet<string> = new Set([
  'eventSource',
  'actor',
  'behind',
  'sourceIPAddress',
  'invokedBy',
  'userAgent',
]);

/** `ec2` for `ec2.amazonaws.com`; other values as they are. A query finds a service by either. */
export function shownValue(column: string, value: string): string {
  return SHORTENED.has(column) && isService(value) ? value.slice(0, -SERVICE_SUFFIX.length) : value;
}

/** The value as a click writes it into the query: a service by its short name, which no other service shares. */
export function writtenValue(column: string, value: string): string {
  return column === 'eventSource' ? shownValue(column, value) : value;
}

/** What an ARN ends in, which is what people call the resource: `user/alice`, `acme-logs`; other names as they are. */
export function shownResource(name: string): string {
  const arn = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(name);
  return arn?.[1] ?? name;
}

/** Whether the value names one of AWS's own services. */
export function isService(value: string): boolean {
  return value.endsWith(SERVICE_SUFFIX) && value.length > SERVICE_SUFFIX.length;
}
