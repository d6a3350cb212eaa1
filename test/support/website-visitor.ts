/** A host name of its own in front of a bucket's website, as a CNAME is: a page from there has no secure context. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { OTHER_HOST } from './browser.js';

export interface OwnHost {
  /** The address of a path (without its first slash) on that host. */
  url(path: string): string;
  close(): Promise<void>;
}

/** @param endpoint the S3's, of this machine */
export async function ownHost(endpoint: string, bucket: string): Promise<OwnHost> {
  const { hostname, port } = new URL(endpoint);
  const server: Server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: `${bucket}.s3-website.localhost:${port}` };
    const forwarded = request({ hostname, port, path: asked.url, method: asked.method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    forwarded.on('error', () => answer.destroy());
    asked.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  return {
    url: (path) => `http://${OTHER_HOST}:${String(own)}/${path}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
