/** Requests through a proxy on 127.0.0.1, for hosts that no network knows. */
import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clientOptions } from '#scripts/aws/client-options.js';
import { failureOf } from '#scripts/aws/failure.js';
import { proxyFor } from '#scripts/aws/proxy.js';
import { openS3Source } from '#scripts/source/s3/s3.js';
import { listPublicKeys } from '#scripts/verify/keys/cloudtrail-keys.js';
import { accountBlockOf } from '#scripts/publish/s3/account-block.js';
import { listingOf } from '../support/listing.js';
import { logFile, record } from '../support/records.js';
import { S3Server } from '../support/s3-server/server.js';
import { selfSigned } from '../support/self-signed.js';

const S3 = { profile: undefined, region: undefined, endpointUrl: undefined };
const FILTER = { since: undefined, until: undefined, accounts: [], regions: [] };
let proxy: Server;
let address: string;
/** What the proxy was asked for: `CONNECT host:port`, or a method and a whole URL. */
const asked: string[] = [];
/** What it answers to CONNECT; with 200 it is a tunnel to `upstream`. */
let answer: string;
/** Where requests for any host go. */
let upstream: number;

beforeEach(async () => {
  asked.length = 0;
  answer = '502 Bad Gateway';
  proxy = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const { pathname, search } = new URL(request.url ?? '');
    const { method, headers } = request;
    request.pipe(
      httpRequest({ port: upstream, host: '127.0.0.1', path: pathname + search, method, headers }, (from) => {
        response.writeHead(from.statusCode ?? 0, from.headers);
        from.pipe(response);
      }),
    );
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url ?? ''}`);
    if (!answer.startsWith('200')) {
      socket.end(`HTTP/1.1 ${answer}\r\n\r\n`);
      return;
    }
    socket.write(`HTTP/1.1 ${answer}\r\n\r\n`);
    const tunnel = connect(upstream, '127.0.0.1');
    joined(socket, tunnel);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  address = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
  for (const name of ['https_proxy', 'http_proxy', 'no_proxy', 'NO_PROXY', 'HTTP_PROXY', 'AWS_PROFILE']) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv('HTTPS_PROXY', address);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLECULPRIT01');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-of-the-test-server');
});
afterEach(() => {
  vi.unstubAllEnvs();
  proxy.closeAllConnections();
  proxy.close();
});

it('asks the proxy for every host of AWS: S3, STS, S3 Control, CloudTrail', async () => {
  await expect(openS3Source('s3://some-bucket', { s3: S3, filter: FILTER, note() {} })).rejects.toThrow(
    `The proxy ${address} (HTTPS_PROXY) refuses the connection (502 Bad Gateway). `,
  );
  await expect(listPublicKeys(S3, 'eu-west-1', 0, 1)).rejects.toThrow(address);
  await accountBlockOf(S3, 'eu-west-1');
  expect([...new Set(asked)]).toEqual([
    'CONNECT some-bucket.s3.eu-west-1.amazonaws.com:443',
    'CONNECT cloudtrail.eu-west-1.amazonaws.com:443',
    'CONNECT sts.eu-west-1.amazonaws.com:443',
  ]);
});

it('says that the proxy wants a password, or cannot be reached, and shows no password', async () => {
  const ask = async (): Promise<string> => {
    const client = new STSClient(clientOptions(S3, { attempts: 1, connectMs: 1000 }));
    const error: unknown = await client.send(new GetCallerIdentityCommand({})).catch((thrown: unknown) => thrown);
    expect(failureOf(error).kind).toBe('proxy');
    return failureOf(error).detail;
  };
  answer = '407 Proxy Authentication Required';
  expect(await ask()).toContain('HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT');
  vi.stubEnv('HTTPS_PROXY', 'http://me:hunter2@127.0.0.1:1');
  expect(await ask()).toMatch(/^The proxy http:\/\/127\.0\.0\.1:1 \(HTTPS_PROXY\) cannot be reached \(.*ECONNREFUSED/);
  vi.stubEnv('HTTPS_PROXY', 'socks5://me:hunter2@127.0.0.1:1');
  const opening = openS3Source('s3://some-bucket', { s3: S3, filter: FILTER, note() {} });
  await expect(opening).rejects.toThrow(/^Invalid HTTPS_PROXY: it is not an HTTP proxy\. Use http:\/\/HOST:PORT\.$/);
});

it('reads a bucket through the proxy, its logs too', async () => {
  const server = await S3Server.start({ region: 'eu-west-1' });
  try {
    server.createBucket('logs');
    server.putObject('logs', 'a.json.gz', gzipSync(logFile(record(1))));
    upstream = Number(new URL(server.endpoint).port);
    vi.stubEnv('http_proxy', address.replace('http://', ''));
    const endpointUrl = `http://s3.internal.test:${String(upstream)}`;
    const source = await openS3Source('s3://logs', { s3: { ...S3, endpointUrl }, filter: FILTER, note() {} });
    const { files } = await listingOf(source);
    expect(files.map(({ name }) => name)).toEqual(['s3://logs/a.json.gz']);
    await source.read(files[0] as (typeof files)[0]);
    source.close();
    expect(asked.some((line) => line.startsWith(`GET ${endpointUrl}/logs/a.json.gz`))).toBe(true);
    expect(asked.some((line) => line.startsWith(`HEAD ${endpointUrl}/logs`))).toBe(true);
  } finally {
    await server.close();
  }
});

/** What comes from either goes to the other, and they end together. */
function joined(one: Duplex, other: Duplex): void {
  one.pipe(other).pipe(one);
  one.on('error', () => other.destroy());
  other.on('error', () => one.destroy());
}

it('reads a bucket over HTTPS through a tunnel of the proxy, which sees no more than the host', async () => {
  const server = await S3Server.start({ region: 'eu-west-1' });
  const tls = createTlsServer(selfSigned(), (socket) => {
    const plain = connect(server.port, '127.0.0.1');
    joined(socket, plain);
  });
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
  try {
    server.createBucket('logs');
    const log = gzipSync(logFile(record(1)));
    server.putObject('logs', 'a.json.gz', log);
    upstream = (tls.address() as AddressInfo).port;
    answer = '200 Connection Established';
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const endpointUrl = 'https://s3.internal.test';
    const source = await openS3Source('s3://logs', { s3: { ...S3, endpointUrl }, filter: FILTER, note() {} });
    const { files } = await listingOf(source);
    expect(await source.read(files[0] as (typeof files)[0])).toMatchObject({ stored: log });
    source.close();
    expect(new Set(asked)).toEqual(new Set(['CONNECT s3.internal.test:443']));
    expect(server.requests.map(({ operation }) => operation)).toContain('GetObject');
  } finally {
    tls.close();
    await server.close();
  }
});

it.each<readonly [noProxy: string, url: string, isProxied: boolean]>([
  ['', 'https://s3.eu-west-1.amazonaws.com', true],
  ['', 'https://localhost:9000', false],
  ['', 'https://127.0.0.1:9000', false],
  ['', 'https://[::1]:9000', false],
  ['amazonaws.com', 'https://b.s3.eu-west-1.amazonaws.com', false],
  ['.amazonaws.com', 'https://b.s3.eu-west-1.amazonaws.com', false],
  ['*.amazonaws.com', 'https://b.s3.eu-west-1.amazonaws.com', false],
  ['other.test, S3.Internal.Test', 'https://s3.internal.test:9000', false],
  ['s3.internal.test:9000', 'https://s3.internal.test:9000', false],
  ['s3.internal.test:9000', 'https://s3.internal.test', true],
  ['s3.internal.test:443', 'https://s3.internal.test', false],
  ['aws.com', 'https://sts.amazonaws.com', true],
  ['*', 'https://sts.amazonaws.com', false],
  ['10.0.0.7', 'https://10.0.0.7:9000', false],
])('with NO_PROXY=%j, %s goes through the proxy: %s', (noProxy, url, isProxied) => {
  const env = { HTTPS_PROXY: 'http://proxy.test:3128', NO_PROXY: noProxy };
  expect(proxyFor(new URL(url), env) !== undefined).toBe(isProxied);
});

it('takes a name without a scheme for an HTTP proxy, and the name in small letters first', () => {
  const to = new URL('https://sts.amazonaws.com');
  expect(proxyFor(to, { HTTPS_PROXY: 'proxy.test:3128' })?.url.href).toBe('http://proxy.test:3128/');
  const both = { HTTPS_PROXY: 'http://big.test', https_proxy: 'http://small.test' };
  expect(proxyFor(to, both)).toMatchObject({ variable: 'https_proxy' });
  expect(proxyFor(to, { HTTP_PROXY: 'http://proxy.test' })).toBeUndefined();
  expect(() => proxyFor(to, { HTTPS_PROXY: 'socks5://proxy.test' })).toThrow(
    'Invalid HTTPS_PROXY: it is not an HTTP proxy',
  );
});
