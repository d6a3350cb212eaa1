/** What calls break or put at risk: objects, backups, protections, what runs. */
import { at, leavesOf, listOf, textAt } from '../json-leaves.js';
import type { Call, Effect } from './effect.js';

/** Where S3 says that an object is encrypted with a key that only the caller has (SSE-C). */
const CALLERS_KEY = 'x-amz-server-side-encryption-customer-algorithm';

/** Amazon S3 user guide, "Using server-side encryption with customer-provided keys"; of a copy onto itself, the object was there before. */
export function writtenObject({ request, additional, targets }: Call): readonly Effect[] {
  const target = objectOf(request, targets);
  if (textAt(request, CALLERS_KEY) !== '' || textAt(additional, 'SSEApplied') === 'SSE_C')
    return [{ code: 'encrypted-with-callers-key', target }];
  const source = decoded(textAt(request, 'x-amz-copy-source')).replace(/^\/|\?versionId=.*$/g, '');
  return source !== '' && source === target ? [{ code: 'objects-overwritten', target }] : [];
}

export function deletedObject({ request, targets }: Call): readonly Effect[] {
  return [{ code: 'objects-deleted', target: objectOf(request, targets) }];
}

/** `bucket/key`, or the bucket of a call for many objects. */
function objectOf(request: unknown, targets: readonly string[]): string {
  const [bucket, key] = [textAt(request, 'bucketName'), textAt(request, 'key')];
  if (bucket === '') return targets[0] ?? '';
  return key === '' ? bucket : `${bucket}/${key}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Amazon S3 API reference, PutBucketVersioning. */
export function versioning({ request, targets }: Call): readonly Effect[] {
  const status = textAt(request, 'VersioningConfiguration', 'Status');
  return status === 'Suspended' ? [{ code: 'versioning-off', target: targets[0] ?? '' }] : [];
}

/** Days that are left to take it back: `pendingWindowInDays` of KMS, 30 where it is not given. */
export function scheduledKey({ request, response, targets }: Call): readonly Effect[] {
  const now = textAt(response, 'pendingWindowInDays') || textAt(request, 'pendingWindowInDays');
  return [
    { code: 'key-deletion-scheduled', target: targets[0] ?? textAt(request, 'keyId'), ...(now !== '' && { now }) },
  ];
}

/**
 * RDS API reference, ModifyDBInstance and ModifyDBCluster: the response has the settings as they are, and beside them what
 * they will be.
 */
export function modifiedDatabase({ request, response, targets }: Call): readonly Effect[] {
  const target = targets[0] ?? '';
  const effects: Effect[] = [];
  const isPending = at(response, 'pendingModifiedValues', 'backupRetentionPeriod') !== undefined;
  const was = isPending ? textAt(response, 'backupRetentionPeriod') : '';
  if (String(at(request, 'backupRetentionPeriod')) === '0')
    effects.push({ code: 'backups-off', target, ...(was !== '' && was !== '0' && { was }), now: '0' });
  if (isFalse(at(request, 'deletionProtection'))) effects.push({ code: 'deletion-protection-off', target });
  if (at(request, 'masterUserPassword') !== undefined) effects.push({ code: 'master-password-changed', target });
  return effects;
}

/** A call that names a protection and turns it off: `key` is where it says so. */
export function protectionOff(...path: readonly string[]): (call: Call) => readonly Effect[] {
  return ({ request, targets }) =>
    isFalse(at(request, ...path)) ? [{ code: 'deletion-protection-off', target: targets[0] ?? '' }] : [];
}

/** A size of nothing: `desiredCapacity`, `desiredCount`, `maxSize`, a concurrency that is reserved. */
export function scaled({ request, targets }: Call): readonly Effect[] {
  const keys = ['desiredCapacity', 'maxSize', 'desiredCount', 'reservedConcurrentExecutions', 'maxCapacity'];
  const size = [request, at(request, 'scalingConfig')];
  const isZero = size.some((one) => keys.some((key) => String(at(one, key)) === '0'));
  return isZero ? [{ code: 'scaled-to-zero', target: targets[0] ?? '', now: '0' }] : [];
}

/** EC2 API reference, ModifyInstanceAttribute: one attribute, by its name. */
export function instanceAttribute({ request, targets }: Call): readonly Effect[] {
  const target = textAt(request, 'instanceId') || (targets[0] ?? '');
  const effects: Effect[] = [];
  const names = (name: string): boolean => at(request, name) !== undefined || textAt(request, 'attribute') === name;
  if (names('userData')) effects.push({ code: 'user-data-replaced', target });
  if (
    ['disableApiTermination', 'disableApiStop'].some(
      (key) => isFalse(at(request, key, 'value')) || isFalse(at(request, key)),
    )
  )
    effects.push({ code: 'deletion-protection-off', target });
  return effects;
}

/** EC2 API reference, ModifyInstanceMetadataOptions: the first version of the service for metadata answers without a token. */
export function metadataOptions({ request, targets }: Call): readonly Effect[] {
  const options = at(request, 'ModifyInstanceMetadataOptionsRequest') ?? request;
  const tokens = textAt(options, 'HttpTokens') || textAt(options, 'httpTokens');
  const target = textAt(options, 'InstanceId') || (targets[0] ?? '');
  return tokens === 'optional' ? [{ code: 'metadata-unprotected', target }] : [];
}

/** Lambda API reference, UpdateFunctionCode: a dry run changes nothing. */
export function functionCode({ request, targets }: Call): readonly Effect[] {
  if (String(at(request, 'dryRun')) === 'true') return [];
  return [{ code: 'code-replaced', target: targets[0] ?? textAt(request, 'functionName') }];
}

/** Lambda API reference, UpdateFunctionConfiguration: layers run in the function, and with its rights. */
export function functionLayers({ request, targets }: Call): readonly Effect[] {
  const layers = leavesOf(at(request, 'layers')).map(({ value }) => value);
  return layers.length > 0 ? [{ code: 'code-added', target: targets[0] ?? '', now: layers.join(', ') }] : [];
}

/** EC2 API reference, DescribeInstanceAttribute. */
export function readAttribute({ request, targets }: Call): readonly Effect[] {
  const attribute = textAt(request, 'attribute') || textAt(request, 'attributeType');
  const target = textAt(request, 'instanceId') || (targets[0] ?? '');
  return /^userData$/i.test(attribute) ? [{ code: 'user-data-read', target }] : [];
}

/** Systems Manager API reference: a parameter that is no secret, or that stays encrypted, gives nothing away. */
export function readParameter({ request, targets }: Call): readonly Effect[] {
  if (String(at(request, 'withDecryption')) !== 'true') return [];
  return named('secret-read', targets, textAt(request, 'path'));
}

/** What was launched, and how many. */
export function launched({ request, response, targets }: Call): readonly Effect[] {
  const items = listOf(at(response, 'instancesSet'));
  const type = textAt(items[0], 'instanceType') || textAt(request, 'instanceType');
  const target = textAt(items[0], 'instanceId') || (targets[0] ?? '');
  return [{ code: 'instances-launched', target, ...(type !== '' && { now: type }) }];
}

/** An effect on each of these; on `otherwise` where there are none. */
export function named(code: Effect['code'], targets: readonly string[], otherwise = ''): readonly Effect[] {
  return (targets.length > 0 ? targets : [otherwise]).map((target): Effect => ({ code, target }));
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}
