/** A trail of made-up events, and the log files that it delivers to its bucket. */
import type { UserIdentity } from '../identities.js';
import { Random } from '../random.js';

/** Who calls, from where, and with what program. */
export interface Caller {
  readonly identity: UserIdentity;
  readonly address: string;
  readonly agent: string;
  /** The session began in the console. */
  readonly console?: boolean;
}

export interface Call {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** The account that receives the event. */
  readonly account: string;
  readonly region: string;
  readonly caller: Caller;
  /** What precedes .amazonaws.com. */
  readonly service: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly request?: unknown;
  readonly response?: unknown;
  readonly error?: readonly [code: string, message: string];
  /** Fields beyond the usual ones, or instead of them. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A file of the bucket: its key, and its text before gzip. */
export interface TrailFile {
  readonly key: string;
  readonly text: string;
}

const KEY_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export class Trail {
  readonly random: Random;
  private readonly calls: { readonly call: Call; readonly record: Readonly<Record<string, unknown>> }[] = [];

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  add(call: Call): void {
    this.calls.push({ call, record: this.record(call) });
  }

  /** A file for each account, region and day; events are in the order of their time, as delivered by 23:55 UTC. */
  files(): TrailFile[] {
    const files = new Map<string, { readonly call: Call; readonly record: unknown }[]>();
    for (const entry of this.calls.toSorted((a, b) => a.call.at - b.call.at)) {
      const { account, region, at } = entry.call;
      const day = new Date(at).toISOString().slice(0, 10);
      const place = `${account} ${region} ${day}`;
      const entries = files.get(place);
      if (entries) entries.push(entry);
      else files.set(place, [entry]);
    }
    return [...files].sort().map(([place, entries], index) => {
      const [account = '', region = '', day = ''] = place.split(' ');
      const folder = `AWSLogs/${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}`;
      const unique = new Random(index).text(KEY_CHARACTERS, 16);
      const name = `${account}_CloudTrail_${region}_${day.replaceAll('-', '')}T2355Z_${unique}.json.gz`;
      return { key: `${folder}/${name}`, text: JSON.stringify({ Records: entries.map(({ record }) => record) }) };
    });
  }

  private record(call: Call): Record<string, unknown> {
    const { caller, error, random } = { ...call, random: this.random };
    return {
      eventVersion: '1.11',
      userIdentity: caller.identity,
      eventTime: isoTime(call.at),
      eventSource: `${call.service}.amazonaws.com`,
      eventName: call.name,
      awsRegion: call.region,
      sourceIPAddress: caller.address,
      userAgent: caller.agent,
      ...(error && { errorCode: error[0], errorMessage: error[1] }),
      requestParameters: call.request ?? null,
      responseElements: error ? null : (call.response ?? null),
      requestID: random.uuid(),
      eventID: random.uuid(),
      readOnly: call.readOnly,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: call.account,
      eventCategory: 'Management',
      ...(caller.console && { sessionCredentialFromConsole: 'true' }),
      ...call.fields,
    };
  }
}

/** As CloudTrail writes times: to the second. */
export function isoTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
