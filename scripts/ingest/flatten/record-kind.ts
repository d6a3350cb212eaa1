/** What a record is: an event, something else of CloudTrail's, or something else altogether. */
import { BACKSLASH } from '#shared/format/json-bytes.js';
import { FIELD } from '#scripts/cloudtrail/record-fields.js';
import type { IgnoredRecord } from '../read/file-report.js';
import type { RecordView } from './record-view.js';

/** eventCategory or eventType of records that are no events. */
const IGNORED: ReadonlyMap<string, IgnoredRecord> = new Map([
  ['Insight', 'insight'],
  ['AwsCloudTrailInsight', 'insight'],
  ['NetworkActivity', 'network-activity'],
  ['Aggregated', 'aggregated'],
  ['AwsAggregatedEvent', 'aggregated'],
]);

export class RecordKinds {
  // By code of eventCategory and of eventType, found out once.
  private readonly byCategory: (IgnoredRecord | '')[] = [];
  private readonly byType: (IgnoredRecord | '')[] = [];

  /** What of CloudTrail's the record is that is no event; '' for none. */
  ignored(record: RecordView, categoryCode: number, typeCode: number): IgnoredRecord | '' {
    if (record.has(FIELD.digestStartTime)) return 'digest';
    const category = (this.byCategory[categoryCode] ??= IGNORED.get(record.text(FIELD.eventCategory)) ?? '');
    return category || (this.byType[typeCode] ??= IGNORED.get(record.text(FIELD.eventType)) ?? '');
  }
}

/** An S3 event notification has `Records` too, whose eventSource is aws:s3; other JSON has no field of an event. */
export function isCloudTrail(record: RecordView): boolean {
  if (!record.has(FIELD.eventSource)) {
    return record.has(FIELD.eventTime) || record.has(FIELD.eventName) || record.has(FIELD.userIdentity);
  }
  const { bytes } = record;
  const at = record.start(FIELD.eventSource) + 1;
  for (let i = 0; i < OTHER_SOURCE.length; i++) {
    if (bytes[at + i] === BACKSLASH) return !record.text(FIELD.eventSource).startsWith('aws:');
    if (bytes[at + i] !== OTHER_SOURCE[i]) return true;
  }
  return false;
}

const OTHER_SOURCE = new TextEncoder().encode('aws:');
