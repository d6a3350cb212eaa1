/** Requests as a visitor makes them, who signs nothing. */
import { connect } from 'node:net';

export interface VisitOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Visit {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Speaks HTTP by hand, because Node's parser refuses Ceph's error pages, which are longer than their Content-Length says.
 * Browsers do not mind.
 */
export async function visit(endpoint: string, host: string, path: string, options: VisitOptions = {}): Promise<Visit> {
  const { hostname, port } = new URL(endpoint);
  const method = options.method ?? 'GET';
  const headers = { ...options.headers, host: `${host}:${port}`, connection: 'close' };
  const socket = connect(Number(port), hostname);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const whole = Buffer.concat(chunks);
  const end = whole.indexOf('\r\n\r\n');
  const [statusLine = '', ...fields] = whole.toString('latin1', 0, end).split('\r\n');
  const received: Record<string, string> = {};
  for (const field of fields)
    received[field.slice(0, field.indexOf(':')).toLowerCase()] = field.replace(/^.*?:\s*/, '');
  const length = method === 'HEAD' ? 0 : Number(received['content-length']);
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: received,
    body: whole.subarray(end + 4, end + 4 + length),
  };
}
