/**
 * Lists and reads one bucket, quickly and in spite of whatever the network and S3 do. The AWS SDK finds credentials,
 * region and address; the requests themselves are ours, because there are so many of them.
 */
import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { S3Config } from '#scripts/run/config.js';
import { connectToBucket } from './client.js';
import { failureOf } from './failure.js';
import { BrokenAnswerError, openConnections, type Connections, type HttpAnswer } from './http-get.js';
import { parseErrorBody, parseListPage, type ListPage } from './list-page.js';
import { ProxyError } from './proxy.js';
import { encodeKey, GetSigner } from './sigv4.js';
import { backOff, Throttle } from './throttle.js';

/** Tries of one request whose answer is an error or does not come whole. */
const ATTEMPTS = 5;
/** Tries where S3 asks for patience, which is no fault. */
const PATIENT_ATTEMPTS = 10;
/** A bucket does not move more than once while it is read. */
const MOST_MOVES = 3;

/** S3's refusal, in the shape that `failureOf` knows from the SDK. */
class S3AnswerError extends Error {
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
  /** Only keys behind this one. */
  readonly startAfter?: string;
  /** `next` of the page before. */
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
  /** Path-style addresses have the bucket in front of every key. */
  readonly basePath: string;
  readonly region: string;
  readonly client: S3Client;
}

export class S3Bucket {
  readonly counts: RequestCounts = { lists: 0, gets: 0, retries: 0, slowDowns: 0 };
  readonly throttle = new Throttle();
  private readonly connections: Connections = openConnections();
  private signer: { readonly identity: string; readonly region: string; readonly signer: GetSigner } | undefined;
  /** What the last credentials were that S3 called expired. */
  private expired: string | undefined;
  private refreshing: Promise<unknown> | undefined;
  private moving: Promise<void> | undefined;
  private moves = 0;
  /** S3's clock less ours. */
  private clockOffset = 0;

  private constructor(
    readonly name: string,
    private readonly config: S3Config,
    private place: Place,
    /** The S3 that is not AWS's own. */
    readonly endpoint: URL | undefined,
  ) {}

  /** Throws the SDK's error (see `failure.ts`) where there is no such bucket, no S3 or no credentials. */
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

  /** What tells this bucket from others of the same name, elsewhere. */
  get identity(): string {
    return `${this.endpoint === undefined ? 'aws' : this.endpoint.origin}/${this.name}`;
  }

  /**
   * An object, whole. Repeats the request while there is hope; then throws.
   * @param prove throws where the answer is not the object; it is then asked for again
   */
  async get(key: string, prove: (answer: HttpAnswer) => void): Promise<HttpAnswer> {
    this.counts.gets++;
    return await this.request(`/${encodeKey(key)}`, {}, { 'x-amz-checksum-mode': 'ENABLED', ...this.payer }, prove);
  }

  async list({ prefix, delimiter, startAfter, token }: ListQuery): Promise<ListPage> {
    this.counts.lists++;
    const query = {
      'list-type': '2',
      prefix,
      // A key may hold characters that XML cannot.
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
    prove: (answer: HttpAnswer) => void,
  ): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.throttle.run(() => this.send(path, query, headers));
        prove(answer);
        return answer;
      } catch (error) {
        if (error instanceof RepeatError) attempt--;
        else if (!(await this.isWorthRepeating(error, attempt))) throw error;
        this.counts.retries++;
      }
    }
  }

  /** One try. Throws a `RepeatError` where something was mended, so that the same request may succeed now. */
  private async send(
    path: string,
    query: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer> {
    const { place } = this;
    const { identity, signer } = await this.signerFor(place);
    const request = { host: place.origin.host, path: `${place.basePath}${path}` || '/', query, headers };
    let answer: HttpAnswer;
    try {
      answer = await this.connections.get(place.origin, signer.sign(request, Date.now() + this.clockOffset));
    } catch (error) {
      if (error instanceof BrokenAnswerError && error.isStale) throw new RepeatError(error);
      throw error;
    }
    if (answer.status === 200) return answer;
    await this.mend(answer, place, identity);
    throw errorOf(answer);
  }

  private async signerFor({ client, region }: Place): Promise<{ identity: string; signer: GetSigner }> {
    const keys = await client.config.credentials();
    const identity = `${keys.accessKeyId} ${keys.sessionToken ?? ''}`;
    if (this.signer?.identity !== identity || this.signer.region !== region) {
      this.signer = { identity, region, signer: new GetSigner(keys, region) };
    }
    return this.signer;
  }

  /** Does something about an error's cause if it can, and then throws a `RepeatError`. */
  private async mend(answer: HttpAnswer, place: Place, identity: string): Promise<void> {
    const { kind } = failureOf(errorOf(answer));
    const { code, region: signedFor } = parseErrorBody(answer.body.toString());
    const told = answer.headers['x-amz-bucket-region'];
    const region = typeof told === 'string' ? told : signedFor;
    if (kind === 'wrong-region' && region !== '' && region !== place.region) {
      if (this.place !== place) throw new RepeatError();
      if (this.moves >= MOST_MOVES) return;
      await (this.moving ??= this.moveTo(region).finally(() => (this.moving = undefined)));
      throw new RepeatError();
    }
    if (kind === 'expired' && this.expired !== identity) {
      // The SDK may know how to get new ones: from a role, a login or a file that somebody has written again.
      this.refreshing ??= Promise.resolve(place.client.config.credentials({ forceRefresh: true }));
      const keys = await (this.refreshing as ReturnType<typeof place.client.config.credentials>);
      this.refreshing = undefined;
      if (`${keys.accessKeyId} ${keys.sessionToken ?? ''}` !== identity) throw new RepeatError();
      this.expired = identity;
    }
    const serverTime = Date.parse(answer.headers['date'] ?? '');
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

  /** Waits as long as is proper, and says whether to try again. */
  private async isWorthRepeating(error: unknown, attempt: number): Promise<boolean> {
    if (error instanceof S3AnswerError) {
      const { httpStatusCode: status } = error.$metadata;
      if (status === 503 || status === 429 || error.name === 'SlowDown' || /Throttl/.test(error.name)) {
        this.counts.slowDowns++;
        this.throttle.slowDown();
        if (attempt >= PATIENT_ATTEMPTS) return false;
      } else if (status < 500 && error.name !== 'RequestTimeout') return false;
    } else if (
      !(error instanceof BrokenAnswerError) &&
      !(error instanceof ProxyError) &&
      !(error instanceof Error && error.name === 'Error')
    )
      return false;
    if (attempt >= ATTEMPTS && !(error instanceof S3AnswerError && error.$metadata.httpStatusCode === 503))
      return false;
    await backOff(attempt);
    return true;
  }
}

/** The cause is mended: the same request again. */
class RepeatError extends Error {
  override readonly name = 'RepeatError';

  constructor(cause?: unknown) {
    super('to be repeated', { cause });
  }
}

function errorOf({ status, body, headers }: HttpAnswer): S3AnswerError {
  const { code, message } = parseErrorBody(body.toString());
  const moved = status === 301 || status === 307 || (status === 400 && 'x-amz-bucket-region' in headers);
  return new S3AnswerError(code || (moved ? 'PermanentRedirect' : `HTTP ${String(status)}`), message, status);
}

/** Where the SDK would send requests about the bucket, by every rule that it knows; nothing is sent. */
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
