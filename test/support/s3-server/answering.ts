/** Sending an answer, or what a test wants to go wrong with it. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ErrorCode } from './errors.js';
import type { Answer } from './exchange.js';

/** What goes wrong with one answer. */
export type Fault =
  /** Answers with an error of S3. */
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message?: string }
  /** Closes the connection instead of answering. */
  | { readonly kind: 'reset' }
  /** Announces the whole body, sends `bytes` of it, and closes the connection. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** Sends the body without its last byte, and says so in Content-Length. */
  | { readonly kind: 'short' }
  /** Changes one byte of the body. */
  | { readonly kind: 'corrupt' }
  /** Carries the request out, then closes the connection instead of answering. */
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'delay'; readonly ms: number };

/** Sends the answer, with what the fault changes in it. */
export function send(response: ServerResponse, method: string, answer: Answer, fault: Fault | undefined): void {
  const id = randomBytes(8).toString('hex').toUpperCase();
  const headers = { server: 'AmazonS3', 'x-amz-request-id': id, 'x-amz-id-2': `${id}=`, ...answer.headers };
  let body = Buffer.from(answer.body ?? '');
  if (fault?.kind === 'short') body = body.subarray(0, -1);
  if (fault?.kind === 'corrupt' && body.length > 0) {
    body = Buffer.from(body);
    const middle = body.length >> 1;
    body[middle] = (body[middle] ?? 0) ^ 0xff;
  }
  const hasType = 'content-type' in headers || body.length === 0;
  response.writeHead(answer.status, {
    ...(hasType ? {} : { 'content-type': 'application/xml' }),
    ...headers,
    ...(answer.status === 204 || answer.status === 304 ? {} : { 'content-length': body.length }),
  });
  if (fault?.kind === 'cut') {
    response.write(body.subarray(0, fault.bytes), () => response.destroy());
  } else if (method === 'HEAD' || answer.status === 304) {
    response.end();
  } else {
    response.end(body);
  }
}
