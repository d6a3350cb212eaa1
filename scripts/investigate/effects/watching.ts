/** What watches no longer, sees less, or forgets sooner. */
import { at, leavesOf, listOf, textAt } from '../json-leaves.js';
import type { Call, Effect } from './effect.js';

/** Days after which a log that is kept for less is gone before somebody asks: CIS and PCI DSS ask for 90 and more. */
const EARLY = 30;

/** CloudTrail API reference, UpdateTrail: only what is given is changed. */
export function updatedTrail({ request, targets }: Call): readonly Effect[] {
  const target = targets[0] ?? textAt(request, 'name');
  const effects: Effect[] = [];
  const off = ['isMultiRegionTrail', 'includeGlobalServiceEvents', 'isOrganizationTrail'].filter((key) =>
    isFalse(at(request, key)),
  );
  if (off.length > 0) effects.push({ code: 'logging-narrowed', target, now: off.join(', ') });
  const bucket = textAt(request, 's3BucketName');
  if (bucket !== '') effects.push({ code: 'log-delivery-moved', target, now: bucket });
  if (isFalse(at(request, 'enableLogFileValidation'))) effects.push({ code: 'log-validation-off', target });
  return effects;
}

/** CloudTrail API reference, PutEventSelectors: management events left out, or a part of them. */
export function eventSelectors({ request, targets }: Call): readonly Effect[] {
  const target = targets[0] ?? textAt(request, 'trailName');
  const narrowed = (now: string): readonly Effect[] => [{ code: 'logging-narrowed', target, now }];
  const basic = listOf(at(request, 'eventSelectors'));
  if (basic.length > 0) {
    const managing = basic.filter((one) => !isFalse(at(one, 'includeManagementEvents')));
    if (managing.length === 0) return narrowed('includeManagementEvents: false');
    const kinds = new Set(managing.map((one) => textAt(one, 'readWriteType') || 'All'));
    if (!kinds.has('All') && kinds.size < 2) return narrowed([...kinds].join());
    const excluded = leavesOf(managing.map((one) => at(one, 'excludeManagementEventSources'))).map(
      ({ value }) => value,
    );
    return excluded.length > 0 ? narrowed(`excludeManagementEventSources: ${[...new Set(excluded)].join(', ')}`) : [];
  }
  const advanced = listOf(at(request, 'advancedEventSelectors'));
  if (advanced.length === 0) return [];
  const managing = advanced.filter((one) =>
    fieldsOf(one).some(
      (field) =>
        textAt(field, 'field') === 'eventCategory' && leavesOf(field).some(({ value }) => value === 'Management'),
    ),
  );
  if (managing.length === 0) return narrowed('includeManagementEvents: false');
  const limits = managing.map((one) => fieldsOf(one).filter((field) => textAt(field, 'field') !== 'eventCategory'));
  if (limits.some((fields) => fields.length === 0)) return [];
  return narrowed([...new Set(limits.flat().map((field) => textAt(field, 'field')))].join(', '));
}

function fieldsOf(selector: unknown): readonly unknown[] {
  return listOf(at(selector, 'fieldSelectors'));
}

/** GuardDuty API reference, UpdateDetector. */
export function updatedDetector({ request, targets }: Call): readonly Effect[] {
  const target = targets[0] ?? textAt(request, 'detectorId');
  if (isFalse(at(request, 'enable'))) return [{ code: 'detector-off', target }];
  const off = leavesOfFalse(request);
  return off.length > 0 ? [{ code: 'detector-narrowed', target, now: off.join(', ') }] : [];
}

/** The settings that are off in what a call sets: `{name, status: DISABLED}` or `{enable: false}`. */
function leavesOfFalse(request: unknown): readonly string[] {
  const features = listOf(at(request, 'features')).filter((one) => textAt(one, 'status') === 'DISABLED');
  const sources = Object.entries((at(request, 'dataSources') ?? {}) as Readonly<Record<string, unknown>>).filter(
    ([, value]) => JSON.stringify(value).includes('"enable":false'),
  );
  return [...features.map((one) => textAt(one, 'name')), ...sources.map(([name]) => name)];
}

/** GuardDuty API reference, CreateFilter: findings that are archived are not seen. */
export function detectorFilter({ request, targets }: Call): readonly Effect[] {
  if (textAt(request, 'action') !== 'ARCHIVE') return [];
  return [{ code: 'detector-narrowed', target: targets[0] ?? '', now: textAt(request, 'name') }];
}

/** Amazon S3 API reference, PutBucketLifecycleConfiguration: what expires within days, and where. */
export function lifecycle({ request, targets }: Call): readonly Effect[] {
  const target = textAt(request, 'bucketName') || (targets[0] ?? '');
  const rules = listOf(at(request, 'LifecycleConfiguration', 'Rule'));
  const days = rules
    .filter((rule) => textAt(rule, 'Status') !== 'Disabled')
    .map((rule) => Number(textAt(rule, 'Expiration', 'Days') || NaN))
    .filter((count) => count <= EARLY);
  if (days.length === 0) return [];
  // Whether these are logs is in the names of bucket, rule and prefix, or nowhere in the call.
  const names = [
    target,
    ...leavesOf(rules.map((rule) => [at(rule, 'ID'), at(rule, 'Prefix'), at(rule, 'Filter')])).map(
      ({ value }) => value,
    ),
  ];
  const isLog = names.some((name) => /log|trail|audit/i.test(name));
  return [{ code: isLog ? 'logs-expire-early' : 'objects-expire-early', target, now: String(Math.min(...days)) }];
}

/** CloudWatch Logs API reference, PutRetentionPolicy. */
export function retention({ request, targets }: Call): readonly Effect[] {
  const days = Number(textAt(request, 'retentionInDays') || NaN);
  if (!(days <= EARLY)) return [];
  return [{ code: 'logs-expire-early', target: targets[0] ?? textAt(request, 'logGroupName'), now: String(days) }];
}

/** Amazon S3 API reference, PutBucketLogging: without `LoggingEnabled` it is off. */
export function bucketLogging({ request, targets }: Call): readonly Effect[] {
  const status = at(request, 'BucketLoggingStatus');
  if (status === undefined || at(status, 'LoggingEnabled') !== undefined) return [];
  return [{ code: 'access-logs-off', target: targets[0] ?? '' }];
}

/** Elastic Load Balancing API reference, ModifyLoadBalancerAttributes: of the newer and of the classic kind. */
export function balancerAttributes({ request, targets }: Call): readonly Effect[] {
  const target = targets[0] ?? '';
  const effects: Effect[] = [];
  const set = (name: string): string =>
    textAt(
      listOf(at(request, 'attributes')).find((one) => textAt(one, 'key') === name),
      'value',
    );
  if (
    set('access_logs.s3.enabled') === 'false' ||
    isFalse(at(request, 'loadBalancerAttributes', 'accessLog', 'enabled'))
  )
    effects.push({ code: 'access-logs-off', target });
  if (set('deletion_protection.enabled') === 'false') effects.push({ code: 'deletion-protection-off', target });
  return effects;
}

/** Amazon EKS API reference, UpdateClusterConfig: kinds of logs that are off. */
export function clusterLogging({ request, targets }: Call): readonly Effect[] {
  const off = listOf(at(request, 'logging', 'clusterLogging')).filter((one) => isFalse(at(one, 'enabled')));
  if (off.length === 0) return [];
  const now = leavesOf(off.map((one) => at(one, 'types'))).map(({ value }) => value);
  return [{ code: 'access-logs-off', target: targets[0] ?? '', now: now.join(', ') }];
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}
