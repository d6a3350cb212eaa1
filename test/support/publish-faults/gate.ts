/** Stands in front of an S3, so that a test can look, wait or cut a run off at each of its requests. On 127.0.0.1. */
import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passage {
  /** From 1. */
  readonly nth: number;
  readonly method: string;
  /** The path with its query, as sent. */
  readonly path: string;
}

const REFUSAL = '<Error><Code>AccessDenied</Code><Message>The gate is shut</Message></Error>';

export class Gate {
  /** How many requests came. */
  count = 0;
  /** Asked before a request is passed on; where it says no, the request is refused. */
  before: (passage: Passage) => boolean | Promise<boolean> = () => true;
  /** Done when a request was carried out, before its answer is given. */
  after: (passage: Passage) => unknown = () => undefined;
  private readonly agent = new Agent({ keepAlive: true });

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
  ) {
    server.on('request', (asked, answer) => {
      this.pass(asked, answer).catch(() => answer.destroy());
    });
  }

  static async start(endpoint: string): Promise<Gate> {
    const gate = new Gate(new URL(endpoint), createServer());
    gate.server.listen(0, '127.0.0.1');
    await once(gate.server, 'listening');
    return gate;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    this.agent.destroy();
    await closed;
  }

  private async pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await bytesOf(asked);
    const passage = { nth: ++this.count, method: asked.method ?? '', path: asked.url ?? '' };
    if (!(await this.before(passage))) {
      answer.writeHead(403, { 'content-type': 'application/xml' }).end(asked.method === 'HEAD' ? '' : REFUSAL);
      return;
    }
    const { connection: _, expect: __, ...headers } = asked.headers;
    const { hostname, port } = this.target;
    const forwarded = request({ hostname, port, path: asked.url, method: asked.method, headers, agent: this.agent });
    forwarded.end(body);
    const [given] = (await once(forwarded, 'response')) as [IncomingMessage];
    const content = await bytesOf(given);
    await this.after(passage);
    const { 'transfer-encoding': ___, connection: ____, ...fields } = given.headers;
    answer.writeHead(given.statusCode ?? 502, fields).end(content);
  }
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
