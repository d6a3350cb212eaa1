/** STS and CloudTrail of an account, as far as the doctor asks them: their Query and JSON protocols, on 127.0.0.1. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AccountState {
  account: string;
  trails: readonly Readonly<Record<string, unknown>>[];
  status: Readonly<Record<string, unknown>>;
  /** The answer to ListPublicKeys. */
  publicKeys: object;
  /** Actions that are refused, as `DescribeTrails`. */
  denied: readonly string[];
}

export class AwsAccount {
  /** Every action asked for, in order. */
  readonly actions: string[] = [];

  private constructor(
    private readonly http: Server,
    readonly state: AccountState,
  ) {
    http.on('request', (request, response) => {
      void bodyOf(request).then((body) => {
        const { status, type, text } = this.answer(request, body);
        response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text);
      });
    });
  }

  static async start(state: Partial<AccountState> = {}): Promise<AwsAccount> {
    const http = createServer();
    const account = new AwsAccount(http, {
      account: '111122223333',
      trails: [],
      status: {},
      publicKeys: {},
      denied: [],
      ...state,
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return account;
  }

  /** What makes the SDK speak to this account. */
  get env(): Readonly<Record<string, string>> {
    const endpoint = `http://127.0.0.1:${String((this.http.address() as AddressInfo).port)}`;
    return {
      AWS_ENDPOINT_URL_STS: endpoint,
      AWS_ENDPOINT_URL_CLOUDTRAIL: endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLECULPRIT01',
      AWS_SECRET_ACCESS_KEY: 'secret-of-the-test-server',
    };
  }

  async close(): Promise<void> {
    const closed = once(this.http, 'close');
    this.http.close();
    this.http.closeAllConnections();
    await closed;
  }

  private answer(request: IncomingMessage, body: string): { status: number; type: string; text: string } {
    const target = request.headers['x-amz-target'];
    const action =
      typeof target === 'string' ? target.replace(/^.*[._]/, '') : (new URLSearchParams(body).get('Action') ?? '');
    this.actions.push(action);
    const isDenied = this.state.denied.includes(action);
    if (typeof target !== 'string') {
      const text = isDenied
        ? '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error></ErrorResponse>'
        : `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${this.state.account}:user/alice</Arn><UserId>AIDA</UserId><Account>${this.state.account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
      return { status: isDenied ? 403 : 200, type: 'text/xml', text };
    }
    const type = 'application/x-amz-json-1.1';
    if (isDenied) {
      const message = `User: arn:aws:iam::${this.state.account}:user/alice is not authorized to perform: cloudtrail:${action}`;
      return { status: 400, type, text: JSON.stringify({ __type: 'AccessDeniedException', Message: message }) };
    }
    const answers: Readonly<Record<string, object>> = {
      DescribeTrails: { trailList: this.state.trails },
      ListPublicKeys: this.state.publicKeys,
    };
    return { status: 200, type, text: JSON.stringify(answers[action] ?? this.state.status) };
  }
}

/** A trail as DescribeTrails tells it. */
export function trailOf(
  bucket: string,
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    Name: 'main',
    S3BucketName: bucket,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: true,
    HomeRegion: 'eu-west-1',
    TrailARN: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main',
    LogFileValidationEnabled: true,
    IsOrganizationTrail: false,
    ...changes,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
