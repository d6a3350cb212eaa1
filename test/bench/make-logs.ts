/** Makes the logs that the benchmark reads: the same for the same number of events. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Random } from '../support/random.js';
import { callersOf, type BenchCaller } from './callers.js';
import { CALLS, type BenchCall, type Place } from './calls.js';

export interface MadeLogs {
  readonly files: number;
  /** Before gzip. */
  readonly bytes: number;
}

const ACCOUNTS = ['111122223333', '444455556666', '777788889999'] as const;
const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-northeast-1', 'ap-southeast-2'] as const;
const EVENTS_PER_FILE = 400;
const FIRST_DAY = Date.UTC(2025, 2, 3);
const DAY_MS = 86_400_000;
const SPAN_MS = 7 * DAY_MS;
/** Of one file's events, as CloudTrail delivers about every five minutes. */
const FILE_SPAN_MS = 300_000;
const FAILED = 0.15;
const ERRORS = [
  ['AccessDenied', 'User is not authorized to perform this action because no identity-based policy allows it'],
  ['Client.UnauthorizedOperation', 'You are not authorized to perform this operation.'],
  ['NoSuchKey', 'The specified key does not exist.'],
  ['ThrottlingException', 'Rate exceeded'],
  ['Client.RequestLimitExceeded', 'Request limit exceeded.'],
] as const;

/** A log file as a trail's bucket has it. */
export interface MadeLog {
  readonly key: string;
  readonly body: Buffer;
  /** Before gzip. */
  readonly bytes: number;
}

/** Writes `events` events below `folder` in the layout of a trail's bucket, about 400 a file. */
export function makeLogs(folder: string, events: number): MadeLogs {
  const random = new Random(events);
  const make = fileMaker(random);
  const fileCount = Math.ceil(events / EVENTS_PER_FILE);
  let bytes = 0;
  for (let file = 0; file < fileCount; file++) {
    const place = { account: random.pick(ACCOUNTS), region: random.pick(REGIONS) };
    const start = FIRST_DAY + Math.floor((file / fileCount) * SPAN_MS);
    const log = make(place, start, Math.min(EVENTS_PER_FILE, events - file * EVENTS_PER_FILE));
    bytes += log.bytes;
    const target = path.join(folder, ...`AWSLogs/${log.key}`.split('/'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, log.body);
  }
  return { files: fileCount, bytes };
}

/** What `makeOrganizationLogs` spreads files over. */
export const ORGANIZATION = { id: 'o-exampleorgid', accounts: 5, regions: 4, days: 30 } as const;
/** So that a file has about 2 kB, as most of a quiet account's have. */
const EVENTS_PER_SMALL_FILE = 6;

/** `files` small files of an organization's trail, the same number each day. @param firstDay counted from 2025-03-03 */
export function* makeOrganizationLogs(
  files: number,
  firstDay = 0,
  days: number = ORGANIZATION.days,
): Generator<MadeLog> {
  const random = new Random(files + firstDay);
  const make = fileMaker(random);
  for (let file = 0; file < files; file++) {
    const account = String(111_122_223_333 + (file % ORGANIZATION.accounts) * 1_000_001);
    const region = REGIONS[Math.floor(file / ORGANIZATION.accounts) % ORGANIZATION.regions] as string;
    const day = firstDay + (Math.floor(file / ORGANIZATION.accounts / ORGANIZATION.regions) % days);
    const start = FIRST_DAY + day * DAY_MS + random.below(DAY_MS - 2 * FILE_SPAN_MS);
    const log = make({ account, region }, start, EVENTS_PER_SMALL_FILE);
    yield { ...log, key: `AWSLogs/${ORGANIZATION.id}/${log.key}` };
  }
}

/** Makes a file of events that begin at `start`; its key lacks what comes before the account. */
function fileMaker(random: Random): (place: Place, start: number, events: number) => MadeLog {
  const callers = new Map<string, (time: string) => BenchCaller>();
  return (place, start, events) => {
    let callerOf = callers.get(place.account);
    if (callerOf === undefined) callers.set(place.account, (callerOf = callersOf(place.account, random)));
    const records = Array.from({ length: events }, () => {
      const time = new Date(start + random.below(FILE_SPAN_MS)).toISOString().replace(/\.\d+Z$/, 'Z');
      return recordOf(time, place, callerOf(time), random.weighted(CALLS)(random, place), random);
    });
    const text = Buffer.from(JSON.stringify({ Records: records }));
    return { key: keyOf(place, start + FILE_SPAN_MS, random), body: gzipSync(text, { level: 6 }), bytes: text.length };
  };
}

function keyOf({ account, region }: Place, delivered: number, random: Random): string {
  const [day = '', clock = ''] = new Date(delivered).toISOString().split('T');
  const minute = `${day.replaceAll('-', '')}T${clock.slice(0, 5).replace(':', '')}Z`;
  const name = `${account}_CloudTrail_${region}_${minute}_${random.hex(16)}.json.gz`;
  return `${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}/${name}`;
}

function recordOf(
  time: string,
  { account, region }: Place,
  caller: BenchCaller,
  call: BenchCall,
  random: Random,
): unknown {
  const error = call.name !== 'ConsoleLogin' && random.chance(FAILED) ? random.pick(ERRORS) : undefined;
  return {
    eventVersion: '1.11',
    userIdentity: caller.identity,
    eventTime: time,
    eventSource: `${call.service}.amazonaws.com`,
    eventName: call.name,
    awsRegion: region,
    sourceIPAddress: caller.address,
    userAgent: caller.agent,
    ...(error && { errorCode: error[0], errorMessage: error[1] }),
    requestParameters: call.request,
    responseElements: error ? null : (call.response ?? null),
    requestID: random.uuid(),
    eventID: random.uuid(),
    readOnly: call.readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...call.fields,
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${call.service}.${region}.amazonaws.com`,
    },
  };
}
