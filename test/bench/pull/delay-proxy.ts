/** A line with a long way to the other end: what a client sends arrives later, in its order. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

export interface DelayProxy {
  /** Its address, as the S3's own but for the port. */
  readonly endpoint: string;
  close(): void;
}

/** Starts one on 127.0.0.1. It delays each piece that a client sends, and with that each request, by `ms`. */
export async function startDelayProxy(endpoint: string, ms: number): Promise<DelayProxy> {
  const { hostname, port } = new URL(endpoint);
  const server = createServer((client) => {
    const s3 = connect({ host: hostname, port: Number(port), noDelay: true });
    client.setNoDelay();
    client.on('data', (piece) => setTimeout(() => s3.writable && s3.write(piece), ms));
    client.on('end', () => setTimeout(() => s3.end(), ms));
    s3.pipe(client);
    for (const [one, other] of [
      [client, s3],
      [s3, client],
    ] as const) {
      one.on('error', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () => server.close(),
  };
}
