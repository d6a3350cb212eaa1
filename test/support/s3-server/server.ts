/**
 * An S3 for tests, in this process: one endpoint for all regions, REST and websites, on 127.0.0.1. The same contract suite
 * (`test/s3/contract.test.ts`) runs against it and against Ceph's gateway.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { authorize, authorizeService } from './access.js';
import { send, type Fault } from './answering.js';
import { openBody, readRaw } from './body.js';
import { S3Error } from './errors.js';
import { bucketOf, type Answer, type Denial, type Exchange, type ServerState } from './exchange.js';
import { operationOf } from './operations.js';
import { verifySignature, type AccessKey } from './signature.js';
import {
  Bucket,
  EVERYTHING_BLOCKED,
  makeObject,
  type ObjectOptions,
  type ObjectOwnership,
  type PublicAccessBlock,
} from './store.js';
import { targetOf, type Target } from './target.js';
import { serveWebsite } from './website.js';
import { xmlDocument } from './xml.js';

/** A request as it was understood, for tests to look at. */
export interface LoggedRequest {
  readonly method: string;
  /** Like `ListObjectsV2`; `Website` for a visitor; undefined where nothing was understood. */
  operation: string | undefined;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  accessKeyId: string | undefined;
  /** 0 where the connection was cut instead of an answer. */
  status: number;
}

export type { Fault };

interface S3ServerOptions {
  /** Where buckets are made that name no region; us-east-1 if not given. */
  readonly region?: string;
  /** Block Public Access and ownership of buckets that requests make: AWS's defaults of today, or of before 2023. */
  readonly newBuckets?: 'blocked' | 'open';
}

interface BucketOptions {
  readonly region?: string;
  /** Everything blocked if not given, as on AWS; null for no configuration at all. */
  readonly publicAccessBlock?: PublicAccessBlock | null;
  readonly ownership?: ObjectOwnership;
}

const ACCOUNT = '111122223333';

export class S3Server {
  /** Credentials of the account that owns all the buckets. */
  readonly credentials: AccessKey = {
    accessKeyId: 'AKIDEXAMPLECULPRIT01',
    secretAccessKey: 'secret-of-the-test-server',
    account: ACCOUNT,
    user: 'tester',
  };
  /** Every request since the start, or since a test emptied it. */
  readonly requests: LoggedRequest[] = [];
  /** Asked at each request, before anything is done about it. */
  onRequest: ((request: LoggedRequest) => Fault | undefined) | undefined;
  private readonly state: ServerState;

  private constructor(
    private readonly http: Server,
    options: S3ServerOptions,
  ) {
    this.state = {
      buckets: new Map(),
      accessKeys: new Map([[this.credentials.accessKeyId, this.credentials]]),
      denials: new Set(),
      region: options.region ?? 'us-east-1',
      newBuckets: options.newBuckets ?? 'blocked',
    };
    http.on('request', (request, response) => void this.answer(request, response));
  }

  /** Starts a server on a free port of 127.0.0.1. */
  static async start(options: S3ServerOptions = {}): Promise<S3Server> {
    const http = createServer();
    const server = new S3Server(http, options);
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return server;
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.http, 'close');
    this.http.close();
    this.http.closeAllConnections();
    await closed;
  }

  /** Makes a bucket without a request. */
  createBucket(name: string, { region, publicAccessBlock, ownership }: BucketOptions = {}): Bucket {
    const block = publicAccessBlock === undefined ? EVERYTHING_BLOCKED : (publicAccessBlock ?? undefined);
    const bucket = new Bucket(name, region ?? this.state.region, ACCOUNT, block, ownership ?? 'BucketOwnerEnforced');
    this.state.buckets.set(name, bucket);
    return bucket;
  }

  bucket(name: string): Bucket {
    const bucket = this.state.buckets.get(name);
    if (!bucket) throw new Error(`the test made no bucket ${name}`);
    return bucket;
  }

  /** Puts an object without a request. */
  putObject(bucket: string, key: string, body: Buffer | string, options: ObjectOptions = {}): void {
    this.bucket(bucket).put(makeObject(key, Buffer.from(body), options));
  }

  addAccessKey(key: AccessKey): void {
    this.state.accessKeys.set(key.accessKeyId, key);
  }

  /** From now on nobody may do this: an action such as `s3:ListBucket`, on all buckets or one, and keys that begin so. */
  deny(action: string, bucket?: string, keyPrefix = ''): { allowAgain(): void } {
    const denial: Denial = { action, bucket, keyPrefix };
    this.state.denials.add(denial);
    return { allowAgain: () => void this.state.denials.delete(denial) };
  }

  /** Forgets denials, faults and the log. */
  calmDown(): void {
    this.state.denials.clear();
    this.onRequest = undefined;
    this.requests.length = 0;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? '';
    const target = targetOf(request);
    const { bucket, key, query } = target;
    const { headers } = request;
    const log: LoggedRequest = {
      method,
      operation: undefined,
      bucket,
      key,
      query,
      headers,
      accessKeyId: undefined,
      status: 0,
    };
    this.requests.push(log);
    let answer: Answer;
    let fault: Fault | undefined;
    try {
      const raw = await readRaw(request);
      log.operation = operationNameOf(method, target, headers);
      fault = this.onRequest?.(log);
      if (fault?.kind === 'delay') await sleep(fault.ms);
      if (fault?.kind === 'error')
        throw new S3Error(fault.code, fault.message === undefined ? {} : { message: fault.message });
      if (fault?.kind === 'reset') {
        request.socket.destroy();
        return;
      }
      answer = this.carryOut(request, target, raw, log);
    } catch (error) {
      answer = errorAnswer(error, target);
    }
    if (fault?.kind === 'lost-answer') {
      request.socket.destroy();
      return;
    }
    log.status = answer.status;
    send(response, method, answer, fault);
  }

  private carryOut(request: IncomingMessage, target: Target, raw: Buffer, log: LoggedRequest): Answer {
    const { headers } = request;
    const method = request.method ?? '';
    const sourceIp = request.socket.remoteAddress ?? '';
    const stranger = { state: this.state, target, headers, body: { bytes: raw, crc32: undefined }, caller: undefined };
    if (target.endpoint === 'website') return serveWebsite({ ...stranger, sourceIp }, method);
    const signer = verifySignature(request, target, this.state.accessKeys);
    log.accessKeyId = signer?.key.accessKeyId;
    const operation = operationOf(method, target, Object.keys(headers));
    const exchange: Exchange = { ...stranger, body: openBody(headers, raw), caller: signer?.key, sourceIp };
    if (target.bucket === '' || operation.name === 'CreateBucket') {
      authorizeService(exchange, operation.action);
      return operation.run(exchange);
    }
    const bucket = bucketOf(exchange);
    if (signer && signer.region !== bucket.region) throw elsewhere(bucket);
    authorize(exchange, operation.action, bucket, target.key);
    return operation.run(exchange);
  }
}

function operationNameOf(method: string, target: Target, headers: IncomingMessage['headers']): string | undefined {
  if (target.endpoint === 'website') return 'Website';
  try {
    return operationOf(method, target, Object.keys(headers)).name;
  } catch {
    return undefined; // Refused later, by whoever carries the request out.
  }
}

function elsewhere({ name, region }: Bucket): S3Error {
  return new S3Error('PermanentRedirect', {
    elements: { Endpoint: `${name}.s3.${region}.amazonaws.com`, Bucket: name },
    headers: { 'x-amz-bucket-region': region },
  });
}

function errorAnswer(error: unknown, { rawPath }: Target): Answer {
  if (!(error instanceof S3Error)) throw error;
  const body = xmlDocument(
    'Error',
    [['Code', error.code], ['Message', error.message], ...Object.entries(error.elements), ['Resource', rawPath]],
    false,
  );
  return { status: error.status, headers: { 'content-type': 'application/xml', ...error.headers }, body };
}
