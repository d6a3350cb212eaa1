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
const SPAN_MS = 7 * 86_400_000;
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

/** Writes `events` events below `folder` in the layout of a trail's bucket, about 400 a file. */
export function makeLogs(folder: string, events: number): MadeLogs {
  const random = new Random(events);
  const callers = new Map(ACCOUNTS.map((account) => [account, callersOf(account, random)]));
  const fileCount = Math.ceil(events / EVENTS_PER_FILE);
  let bytes = 0;
  for (let file = 0; file < fileCount; file++) {
    const place = { account: random.pick(ACCOUNTS), region: random.pick(REGIONS) };
    const start = FIRST_DAY + Math.floor((file / fileCount) * SPAN_MS);
    const count = Math.min(EVENTS_PER_FILE, events - file * EVENTS_PER_FILE);
    const records = Array.from({ length: count }, () => {
      const time = new Date(start + random.below(FILE_SPAN_MS)).toISOString().replace(/\.\d+Z$/, 'Z');
      const caller = (callers.get(place.account) as (time: string) => BenchCaller)(time);
      return recordOf(time, place, caller, random.weighted(CALLS)(random, place), random);
    });
    const text = Buffer.from(JSON.stringify({ Records: records }));
    bytes += text.length;
    const target = path.join(folder, ...keyOf(place, start + FILE_SPAN_MS, random).split('/'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, gzipSync(text, { level: 6 }));
  }
  return { files: fileCount, bytes };
}

function keyOf({ account, region }: Place, delivered: number, random: Random): string {
  const [day = '', clock = ''] = new Date(delivered).toISOString().split('T');
  const minute = `${day.replaceAll('-', '')}T${clock.slice(0, 5).replace(':', '')}Z`;
  const name = `${account}_CloudTrail_${region}_${minute}_${random.hex(16)}.json.gz`;
  return `AWSLogs/${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}/${name}`;
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
