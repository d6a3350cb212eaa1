/**
 * STS, CloudTrail and S3 Control of an account, as far as they are asked: their Query, JSON and XML protocols, on 127.0.0.1.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface AccountState {
  account: string;
  trails: readonly Readonly<Record<string, unknown>>[];
  status: Readonly<Record<string, unknown>>;
  /** The answer to ListPublicKeys. */
  publicKeys: object;
  /** Actions that are refused, as `DescribeTrails`. */
  denied: readonly string[];
  /** What the MFA device shows, which AssumeRole is to be given. */
  mfaCode: string | undefined;
  /** Whether the account blocks public policies of all its buckets; undefined where that was never set. */
  blocksPublicPolicies: boolean | undefined;
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
      mfaCode: undefined,
      blocksPublicPolicies: undefined,
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
      // The SDK puts the account before the host name, which must not be an address then.
      AWS_ENDPOINT_URL_S3_CONTROL: endpoint.replace('127.0.0.1', 'localhost'),
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

  private publicAccessBlock(request: IncomingMessage): { status: number; type: string; text: string } {
    const action = 'GetAccountPublicAccessBlock';
    this.actions.push(action);
    const type = 'text/xml';
    const error = (status: number, code: string) => ({
      ...{ status, type },
      text: `<ErrorResponse><Error><Code>${code}</Code><Message>${code}</Message></Error></ErrorResponse>`,
    });
    const isAsked = request.headers['x-amz-account-id'] === this.state.account;
    if (this.state.denied.includes(action) || !isAsked) return error(403, 'AccessDenied');
    const blocks = this.state.blocksPublicPolicies;
    if (blocks === undefined) return error(404, 'NoSuchPublicAccessBlockConfiguration');
    const settings = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
    const inner = settings.map((name) => `<${name}>${String(blocks)}</${name}>`).join('');
    const xmlns = 'http://awss3control.amazonaws.com/doc/2018-08-20/';
    const text = `<PublicAccessBlockConfiguration xmlns="${xmlns}">${inner}</PublicAccessBlockConfiguration>`;
    return { status: 200, type, text };
  }

  private assumeRole(parameters: URLSearchParams): { status: number; type: string; text: string } {
    const type = 'text/xml';
    if (this.state.mfaCode !== undefined && parameters.get('TokenCode') !== this.state.mfaCode) {
      const message = 'MultiFactorAuthentication failed with invalid MFA one time pass code.';
      const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
      return { status: 403, type, text: `<ErrorResponse>${error}</ErrorResponse>` };
    }
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = this.env;
    const keys = `<AccessKeyId>${AWS_ACCESS_KEY_ID ?? ''}</AccessKeyId><SecretAccessKey>${AWS_SECRET_ACCESS_KEY ?? ''}</SecretAccessKey>`;
    const inner = `<Credentials>${keys}<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`;
    const result = `<AssumeRoleResult>${inner}</AssumeRoleResult>`;
    return { status: 200, type, text: `<AssumeRoleResponse>${result}</AssumeRoleResponse>` };
  }

  private answer(request: IncomingMessage, body: string): { status: number; type: string; text: string } {
    if (request.url === '/v20180820/configuration/publicAccessBlock') return this.publicAccessBlock(request);
    const target = request.headers['x-amz-target'];
    const action =
      typeof target === 'string' ? target.replace(/^.*[._]/, '') : (new URLSearchParams(body).get('Action') ?? '');
    this.actions.push(action);
    const isDenied = this.state.denied.includes(action);
    if (action === 'AssumeRole') return this.assumeRole(new URLSearchParams(body));
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
