/** One GET over connections that are kept, its answer whole. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { openAgents, ProxyError, refusedByProxy, throughProxy } from './proxy.js';
import type { SignedGet } from './sigv4.js';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The connection ended, or stood still, before the answer was whole. */
export class BrokenAnswerError extends Error {
  override readonly name = 'BrokenAnswerError';

  constructor(
    message: string,
    /** Nothing came back on a connection that had been used before: the server had closed it. */
    readonly isStale: boolean,
    /** Node's code, as ECONNREFUSED. */
    readonly code: string | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A connection on which nothing moves for this long is given up. */
const IDLE_MS = 30_000;
/** More would only wait in S3: the limit that counts is the `Throttle`'s. */
const MOST_SOCKETS = 1024;

export interface Connections {
  /** @throws BrokenAnswerError, ProxyError */
  get(origin: URL, request: SignedGet): Promise<HttpAnswer>;
  close(): void;
}

export function openConnections(): Connections {
  const agents = openAgents({ maxSockets: MOST_SOCKETS, scheduling: 'lifo', noDelay: true });
  return {
    get: (origin, { path, headers }) =>
      new Promise((resolve, reject) => {
        const { protocol, hostname, port } = origin;
        const request = (protocol === 'https:' ? httpsRequest : httpRequest)({
          agent: agents.agentFor(origin),
          hostname: hostname.replace(/^\[|\]$/g, ''),
          port: port === '' ? undefined : port,
          path,
          headers,
          timeout: IDLE_MS,
        });
        let received = 0;
        const fail = (message: string, error?: NodeJS.ErrnoException): void => {
          request.destroy();
          const ofProxy = throughProxy(error, origin);
          if (ofProxy instanceof ProxyError) return reject(ofProxy);
          const isStale = request.reusedSocket && received === 0 && error?.code === 'ECONNRESET';
          reject(new BrokenAnswerError(message, isStale, error?.code, { cause: error }));
        };
        request.on('timeout', () => fail(`no data for ${String(IDLE_MS / 1000)} seconds`));
        request.on('error', (error: NodeJS.ErrnoException) => fail(error.message, error));
        request.on('response', (response) => {
          const chunks: Buffer[] = [];
          const announced = response.headers['content-length'];
          const end = (error?: NodeJS.ErrnoException): void => {
            const of = announced === undefined ? '' : ` of ${announced}`;
            fail(`the connection ended after ${String(received)}${of} bytes`, error);
          };
          response.on('data', (chunk: Buffer) => {
            received += chunk.length;
            chunks.push(chunk);
          });
          response.on('error', end);
          response.on('end', () => {
            if (!response.complete) return end();
            const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
            const status = response.statusCode ?? 0;
            const refused = refusedByProxy(origin, status);
            if (refused !== undefined) return reject(refused);
            resolve({ status, headers: response.headers, body });
          });
        });
        request.end();
      }),
    close: () => agents.destroy(),
  };
}
