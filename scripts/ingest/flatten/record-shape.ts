/** What JSON is that holds no whole record: exports that left it out, so that people can be told which one has it. */
import { decodeUtf8 } from '#shared/format/utf8.js';
import type { WarningCode } from '#shared/model/manifest.js';

/** Larger objects are not looked into. */
const MOST_BYTES = 1 << 20;

/** The fault for the object at bytes[start … end), which is no CloudTrail record. */
export function shapeOf(bytes: Uint8Array, start: number, end: number): WarningCode {
  if (end - start > MOST_BYTES) return 'not-cloudtrail';
  let object: Readonly<Record<string, unknown>>;
  try {
    object = JSON.parse(decodeUtf8(bytes.subarray(start, end))) as typeof object;
  } catch {
    return 'not-cloudtrail';
  }
  const has = (...keys: readonly string[]): boolean => keys.every((key) => Object.hasOwn(object, key));
  // OCSF 1.x: every event has these two.
  if (has('class_uid', 'metadata')) return 'ocsf';
  // Athena gives names in small letters; `aws cloudtrail get-query-results` has rows of CloudTrail Lake.
  if (has('eventname') || has('eventtime') || has('eventversion') || has('QueryResultRows')) return 'query-result';
  // Splunk, Elastic and OpenSearch, lookup-events, CloudWatch Logs Insights.
  const isExport =
    has('_raw') ||
    has('_time') ||
    has('_source') ||
    has('hits') ||
    has('EventId', 'EventName') ||
    has('@timestamp') ||
    has('@ptr') ||
    has('results') ||
    has('sourcetype');
  if (isExport) return 'no-whole-record';
  const { result } = object;
  return typeof result === 'object' && result !== null && ('_time' in result || 'sourcetype' in result)
    ? 'no-whole-record'
    : 'not-cloudtrail';
}
