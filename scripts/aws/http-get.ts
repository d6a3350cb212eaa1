/** HTTP GET over kept-alive connections, with the whole response in memory. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { openAgents, ProxyError, refusedByProxy, throughProxy } from './proxy.js';
import type { SignedGet } from './sigv4.js';

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The connection was closed, or was idle too long, before the response was complete. */
export class BrokenResponseError extends Error {
  override readonly name = 'BrokenResponseError';

  constructor(
    message: string,
    /** The server had closed a kept-alive connection: no byte came back. */
    readonly isStale: boolean,
    /** Node's error code, such as ECONNREFUSED. */
    readonly code: string | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A connection without traffic for this long is closed. */
const IDLE_MS = 30_000;
/** The effective limit is the `Throttle`'s; requests beyond it would only wait in S3. */
const MOST_SOCKETS = 1024;

export interface Connections {
  /** @throws BrokenResponseError, ProxyError */
  get(origin: URL, request: SignedGet): Promise<HttpResponse>;
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
          reject(new BrokenResponseError(message, isStale, error?.code, { cause: error }));
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
