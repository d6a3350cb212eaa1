/** Formats the doctor's findings as lines. Pure. */
import { COMMAND } from '#scripts/run/installation.js';
import { partitionOf } from '#scripts/run/partition.js';
import type { TrailFacts, TrailStatus } from './trails.js';

export interface Finding {
  /** `fail`: a report cannot be made. `warn`: it can, but may be incomplete. */
  readonly state: 'ok' | 'warn' | 'fail' | 'skip';
  readonly what: string;
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: 'ok  ', warn: 'warn', fail: 'FAIL', skip: '–   ' };
const HOUR_MS = 3_600_000;

/** One line per finding, and a second one with what to do. */
export function findingLines(findings: readonly Finding[]): string[] {
  const width = Math.max(0, ...findings.map(({ what }) => what.length));
  return findings.flatMap(({ state, what, found, advice }) => [
    `${MARKS[state]}  ${what.padEnd(width)}  ${found}`,
    ...(advice === undefined ? [] : [`${' '.repeat(width + 8)}${advice}`]),
  ]);
}

/** The findings about one trail. */
export function trailFindings(trail: TrailFacts, status: TrailStatus | undefined, now: number): Finding[] {
  const { name, homeRegion } = trail;
  const update = `aws cloudtrail update-trail --region ${homeRegion} --name ${name}`;
  const findings: Finding[] = [
    {
      state: 'ok',
      what: `trail ${name}`,
      found: `${trail.input}${trail.isOrganization ? ', of the organization' : ''}`,
    },
  ];
  const check = (isGood: boolean, what: string, good: string, bad: string, advice: string): void => {
    findings.push(
      isGood
        ? { state: 'ok', what: `  ${what}`, found: good }
        : { state: 'warn', what: `  ${what}`, found: bad, advice },
    );
  };
  if (status !== undefined) {
    const start = `aws cloudtrail start-logging --region ${homeRegion} --name ${name}`;
    check(status.isLogging, 'logging', 'yes', 'stopped: no calls are being logged', start);
    if (status.deliveryError !== undefined) {
      const advice = 'In the bucket policy, allow s3:PutObject and s3:GetBucketAcl for cloudtrail.amazonaws.com.';
      check(false, 'delivery', '', `S3 refuses the logs (${status.deliveryError})`, advice);
    }
    const { lastDelivery } = status;
    const age = lastDelivery === undefined ? undefined : now - lastDelivery;
    check(
      age !== undefined && age < HOUR_MS,
      'newest log',
      age === undefined ? '' : ageText(age),
      age === undefined ? 'never delivered' : ageText(age),
      'This is normal for an account without activity. In a busy account, check the lines above.',
    );
  }
  check(
    trail.isMultiRegion,
    'regions',
    'all',
    `only ${homeRegion}: calls in other regions are not logged`,
    `${update} --is-multi-region-trail`,
  );
  check(
    trail.hasGlobalEvents,
    'global events',
    'included',
    'excluded: calls to IAM, STS and CloudFront, and sign-ins, are missing',
    `${update} --include-global-service-events`,
  );
  check(
    trail.isValidated,
    'validation',
    'on',
    'off: changes to log files cannot be detected',
    `${update} --enable-log-file-validation`,
  );
  return findings;
}

/** What to do if there is no trail. */
export function noTrailLines(account: string, region: string): string[] {
  const bucket = `cloudtrail-${account}`;
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
  const policy = {
    Version: '2012-10-17',
    Statement: [
      statement('s3:GetBucketAcl', arn),
      {
        ...statement('s3:PutObject', `${arn}/AWSLogs/${account}/*`),
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  };
  return [
    'To create a trail for all regions (the first copy of management events is free; S3 storage is not):',
    `  aws s3 mb s3://${bucket} --region ${region}`,
    `  aws s3api put-bucket-policy --bucket ${bucket} --policy '${JSON.stringify(policy)}'`,
    `  aws cloudtrail create-trail --region ${region} --name culprit --s3-bucket-name ${bucket} --is-multi-region-trail --enable-log-file-validation`,
    `  aws cloudtrail start-logging --region ${region} --name culprit`,
    'A trail logs from now on. Event history has the management events of the last 90 days, one region at a time:',
    `  aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventName,AttributeValue=TerminateInstances --output json > history.json`,
    `  ${COMMAND} history.json`,
  ];
}

function statement(action: string, resource: string): Readonly<Record<string, unknown>> {
  return { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: action, Resource: resource };
}

/** `7 minutes ago` */
export function ageText(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 120) return `${String(minutes)} minute${minutes === 1 ? '' : 's'} ago`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${String(hours)} hours ago` : `${String(Math.round(hours / 24))} days ago`;
}
