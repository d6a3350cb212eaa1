/**
 * Lists and reads one bucket, fast, with retries and backoff. The AWS SDK supplies credentials, region and address; the
 * requests themselves are our own, because a trail needs hundreds of thousands of them (see `sigv4.ts`).
 */
import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { S3Config } from '#scripts/run/config.js';
import { connectToBucket } from './client.js';
import { failureOf } from './failure.js';
import { BrokenResponseError, openConnections, type Connections, type HttpResponse } from './http-get.js';
import { parseErrorBody, parseListPage, type ListPage } from './list-page.js';
import { ProxyError } from './proxy.js';
import { encodeKey, GetSigner } from './sigv4.js';
import { backOff, Throttle } from './throttle.js';

/** Attempts per request if the response is an error or is incomplete. */
const ATTEMPTS = 5;
/** Attempts if S3 asks to slow down, which is not an error. */
const PATIENT_ATTEMPTS = 10;
/** Redirects to another region that are followed per bucket; more would be a loop. */
const MOST_MOVES = 3;

/** An error response of S3, in the form of the SDK's errors, for `failureOf`. */
class S3ResponseError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(
    override readonly name: string,
    message: string,
    status: number,
  ) {
    super(message);
    this.$metadata = { httpStatusCode: status };
  }
}

export interface ListQuery {
  readonly prefix: string;
  readonly delimiter?: '/';
  /** Only keys after this one. */
  readonly startAfter?: string;
  /** `next` of the previous page. */
  readonly token?: string;
}

interface RequestCounts {
  lists: number;
  gets: number;
  retries: number;
  slowDowns: number;
}

interface Place {
  readonly origin: URL;
  /** The path before each key: the bucket in path-style addresses, else ''. */
  readonly basePath: string;
  readonly region: string;
  readonly client: S3Client;
}

export class S3Bucket {
  readonly counts: RequestCounts = { lists: 0, gets: 0, retries: 0, slowDowns: 0 };
  readonly throttle = new Throttle();
  private readonly connections: Connections = openConnections();
  private signer: { readonly identity: string; readonly region: string; readonly signer: GetSigner } | undefined;
  /** The credentials that S3 last called expired, as an identity from `signerFor`. */
  private expired: string | undefined;
  private refreshing: Promise<unknown> | undefined;
  private moving: Promise<void> | undefined;
  private moves = 0;
  /** S3's clock minus ours, in ms. */
  private clockOffset = 0;

  private constructor(
    readonly name: string,
    private readonly config: S3Config,
    private place: Place,
    /** The endpoint if the S3 is not AWS; undefined for AWS. */
    readonly endpoint: URL | undefined,
  ) {}

  /**
   * Throws the SDK's error (see `failure.ts`) if the bucket does not exist, S3 is unreachable or credentials are
   * missing.
   */
  static async open(name: string, config: S3Config): Promise<S3Bucket> {
    const { client, region, endpoint } = await connectToBucket(name, config, 1);
    return new S3Bucket(name, config, await placeOf(client, name, region), endpoint);
  }

  private get payer(): Readonly<Record<string, string>> {
    return this.config.paysForRequests === true ? { 'x-amz-request-payer': 'requester' } : {};
  }

  get region(): string {
    return this.place.region;
  }

  /** Distinguishes this bucket from buckets of the same name at other endpoints; part of the cache's key. */
  get identity(): string {
    return `${this.endpoint === undefined ? 'aws' : this.endpoint.origin}/${this.name}`;
  }

  /**
   * Returns a whole object. Repeats the request while that can help, then throws the last error.
   * @param prove throws if the response is not the object; the request is then repeated
   */
  async get(key: string, prove: (response: HttpResponse) => void): Promise<HttpResponse> {
    this.counts.gets++;
    return await this.request(`/${encodeKey(key)}`, {}, { 'x-amz-checksum-mode': 'ENABLED', ...this.payer }, prove);
  }

  async list({ prefix, delimiter, startAfter, token }: ListQuery): Promise<ListPage> {
    this.counts.lists++;
    const query = {
      'list-type': '2',
      prefix,
      // A key may contain characters that XML cannot represent.
      'encoding-type': 'url',
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(startAfter === undefined ? {} : { 'start-after': startAfter }),
      ...(token === undefined ? {} : { 'continuation-token': token }),
    };
    let page: ListPage | undefined;
    await this.request('', query, this.payer, ({ body }) => {
      page = parseListPage(body.toString());
      if (page === undefined) throw new Error('the list is not whole');
    });
    return page as ListPage;
  }

  close(): void {
    this.connections.close();
    this.place.client.destroy();
  }

  private async request(
    path: string,
    query: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>>,
    prove: (response: HttpResponse) => void,
  ): Promise<HttpResponse> {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await this.throttle.run(() => this.send(path, query, headers));
        prove(response);
        return response;
      } catch (error) {
        if (error instanceof RepeatError) attempt--;
        else if (!(await this.isWorthRepeating(error, attempt))) throw error;
        this.counts.retries++;
      }
    }
  }

  /**
   * Sends the request once. Throws a `RepeatError` if the cause of a failure has been removed, so that the same request
   * may now succeed.
   */
  private async send(
    path: string,
    query: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>>,
  ): Promise<HttpResponse> {
    const { place } = this;
    const { identity, signer } = await this.signerFor(place);
    const request = { host: place.origin.host, path: `${place.basePath}${path}` || '/', query, headers };
    let response: HttpResponse;
    try {
      response = await this.connections.get(place.origin, signer.sign(request, Date.now() + this.clockOffset));
    } catch (error) {
      if (error instanceof BrokenResponseError && error.isStale) throw new RepeatError(error);
      throw error;
    }
    if (response.status === 200) return response;
    await this.mend(response, place, identity);
    throw errorOf(response);
  }

  private async signerFor({ client, region }: Place): Promise<{ identity: string; signer: GetSigner }> {
    const keys = await client.config.credentials();
    const identity = `${keys.accessKeyId} ${keys.sessionToken ?? ''}`;
    if (this.signer?.identity !== identity || this.signer.region !== region) {
      this.signer = { identity, region, signer: new GetSigner(keys, region) };
    }
    return this.signer;
  }

  /**
   * Removes the cause of an error if possible (wrong region, expired credentials, wrong clock), and then throws a
   * `RepeatError`.
   */
  private async mend(response: HttpResponse, place: Place, identity: string): Promise<void> {
    const { kind } = failureOf(errorOf(response));
    const { code, region: signedFor } = parseErrorBody(response.body.toString());
    const reported = response.headers['x-amz-bucket-region'];
    const region = typeof reported === 'string' ? reported : signedFor;
    if (kind === 'wrong-region' && region !== '' && region !== place.region) {
      if (this.place !== place) throw new RepeatError();
      if (this.moves >= MOST_MOVES) return;
      await (this.moving ??= this.moveTo(region).finally(() => (this.moving = undefined)));
      throw new RepeatError();
    }
    if (kind === 'expired' && this.expired !== identity) {
      // The SDK may find new credentials: from a role, a login, or a file that has been rewritten.
      this.refreshing ??= Promise.resolve(place.client.config.credentials({ forceRefresh: true }));
      const keys = await (this.refreshing as ReturnType<typeof place.client.config.credentials>);
      this.refreshing = undefined;
      if (`${keys.accessKeyId} ${keys.sessionToken ?? ''}` !== identity) throw new RepeatError();
      this.expired = identity;
    }
    const serverTime = Date.parse(response.headers['date'] ?? '');
    if (code === 'RequestTimeTooSkewed' && Math.abs(serverTime - Date.now() - this.clockOffset) > 60_000) {
      this.clockOffset = serverTime - Date.now();
      throw new RepeatError();
    }
  }

  private async moveTo(region: string): Promise<void> {
    this.moves++;
    const old = this.place.client;
    const { client, region: found } = await connectToBucket(this.name, { ...this.config, region }, 1);
    this.place = await placeOf(client, this.name, found);
    old.destroy();
  }

  /** Waits before the next attempt; returns false if there should be none. */
  private async isWorthRepeating(error: unknown, attempt: number): Promise<boolean> {
    if (error instanceof S3ResponseError) {
      const { httpStatusCode: status } = error.$metadata;
      if (status === 503 || status === 429 || error.name === 'SlowDown' || /Throttl/.test(error.name)) {
        this.counts.slowDowns++;
        this.throttle.slowDown();
        if (attempt >= PATIENT_ATTEMPTS) return false;
      } else if (status < 500 && error.name !== 'RequestTimeout') return false;
    } else if (
      !(error instanceof BrokenResponseError) &&
      !(error instanceof ProxyError) &&
      !(error instanceof Error && error.name === 'Error')
    )
      return false;
    if (attempt >= ATTEMPTS && !(error instanceof S3ResponseError && error.$metadata.httpStatusCode === 503))
      return false;
    await backOff(attempt);
    return true;
  }
}

/** The cause of a failure has been removed: repeat the request at once, without counting the attempt. */
class RepeatError extends Error {
  override readonly name = 'RepeatError';

  constructor(cause?: unknown) {
    super('to be repeated', { cause });
  }
}

function errorOf({ status, body, headers }: HttpResponse): S3ResponseError {
  const { code, message } = parseErrorBody(body.toString());
  const moved = status === 301 || status === 307 || (status === 400 && 'x-amz-bucket-region' in headers);
  return new S3ResponseError(code || (moved ? 'PermanentRedirect' : `HTTP ${String(status)}`), message, status);
}

/** The address to which the SDK would send requests about the bucket, by all its rules. Sends nothing. */
async function placeOf(client: S3Client, bucket: string, region: string): Promise<Place> {
  let found: { protocol: string; hostname: string; port?: number; path: string } | undefined;
  const stop = new Error('only to learn the address');
  client.middlewareStack.add(
    () => (args) => {
      found = args.request as typeof found;
      throw stop;
    },
    { step: 'build', name: 'culpritAddress' },
  );
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (error !== stop || found === undefined) throw error;
  } finally {
    client.middlewareStack.remove('culpritAddress');
  }
  const { protocol = 'https:', hostname = '', port, path = '/' } = found ?? {};
  const origin = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${String(port)}`}`);
  return { origin, basePath: path.replace(/\/$/, ''), region, client };
}
