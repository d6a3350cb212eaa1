/**
 * Sends requests through a proxy as the AWS CLI does: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in upper or lower case,
 * decide for each host.
 */
import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIPv4 } from 'node:net';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { CulpritError } from '#scripts/run/errors.js';

/** The proxy rejected a request; the message is a sentence that says what to do. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
}

interface Proxy {
  readonly url: URL;
  /** The environment variable that names the proxy, such as HTTPS_PROXY. */
  readonly variable: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for requests to `target`; undefined for a direct connection, which requests to this machine always use. An
 * address without a scheme is an HTTP proxy. Throws a `CulpritError` of kind `usage` if the variable holds no proxy
 * address.
 */
export function proxyFor(target: URL, env: Environment = process.env): Proxy | undefined {
  const name = target.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const variable = [name, name.toUpperCase()].find((key) => env[key]);
  const text = variable === undefined ? undefined : env[variable]?.trim();
  if (variable === undefined || !text || isDirect(target, env['no_proxy'] || env['NO_PROXY'] || '')) return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return { url: new URL(address), variable };
  throw new CulpritError('usage', `Invalid ${variable}: it is not an HTTP proxy. Use http://HOST:PORT.`);
}

/** Follows Python's `urllib.request.proxy_bypass`, as the AWS CLI does: a name also matches its subdomains. */
function isDirect({ protocol, hostname, port }: URL, exceptions: string): boolean {
  const host = hostname.toLowerCase();
  if (host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))) return true;
  const withPort = `${host}:${port || (protocol === 'https:' ? '443' : '80')}`;
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .map((name) => name.replace(/^\*?\./, ''))
    .some(
      (name) => name === '*' || (name !== '' && [host, withPort].some((of) => of === name || of.endsWith(`.${name}`))),
    );
}

/** HTTP agents with the same options, one for each combination of protocol and proxy. */
interface Agents {
  /** The agent for requests to `target`. Throws as `proxyFor` does. */
  agentFor(target: URL): HttpAgent;
  destroy(): void;
}

/** Keep-alive agents. Requests through a proxy that refuses the connection fail with a `ProxyError`. */
export function openAgents(options: AgentOptions): Agents {
  const kept = { keepAlive: true, ...options };
  const agents = new Map<string, HttpAgent>();
  return {
    agentFor(target) {
      const proxy = proxyFor(target);
      const key = `${target.protocol} ${proxy?.url.href ?? ''}`;
      let agent = agents.get(key);
      if (agent === undefined) agents.set(key, (agent = newAgent(target.protocol === 'https:', proxy, kept)));
      return agent;
    },
    destroy() {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

function newAgent(isTls: boolean, proxy: Proxy | undefined, options: AgentOptions): HttpAgent {
  if (proxy === undefined)
    return isTls ? new HttpsAgent({ maxCachedSessions: 1024, ...options }) : new HttpAgent(options);
  if (!isTls) return new HttpProxyAgent(proxy.url, options);
  const agent = new HttpsProxyAgent(proxy.url, options);
  agent.on(
    'proxyConnect',
    ({ statusCode, statusText }: { statusCode: number; statusText: string }, request: unknown) => {
      if (statusCode === 200) return;
      const said = `${String(statusCode)} ${statusText}`.trim();
      (request as { destroy(error: Error): void }).destroy(refused(proxy, said));
    },
  );
  return agent;
}

/** Turns a connection error into a `ProxyError` if the proxy for `target` caused it; returns other errors unchanged. */
export function throughProxy(error: unknown, target: URL): unknown {
  if (error instanceof ProxyError || !(error instanceof Error)) return error;
  const proxy = proxyFor(target);
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (proxy === undefined || !(syscall === 'connect' || syscall === 'getaddrinfo' || /^proxy/i.test(message)))
    return error;
  return new ProxyError(
    `The proxy ${proxy.url.origin} (${proxy.variable}) cannot be reached (${message}). Check ${proxy.variable}, or list hosts that need no proxy in NO_PROXY.`,
    { cause: error },
  );
}

/** Only a proxy uses this status: it asks for the proxy's own credentials. */
const PROXY_AUTHENTICATION_REQUIRED = 407;

/** The error for a response that comes from the proxy itself; undefined for other responses. */
export function refusedByProxy(target: URL, status: number): ProxyError | undefined {
  const proxy = status === PROXY_AUTHENTICATION_REQUIRED ? proxyFor(target) : undefined;
  return proxy && refused(proxy, String(status));
}

function refused({ url, variable }: Proxy, said: string): ProxyError {
  const advice = said.startsWith(String(PROXY_AUTHENTICATION_REQUIRED))
    ? `Set a user and password: ${variable}=http://USER:PASSWORD@HOST:PORT`
    : `Ask its administrator to allow AWS, or list hosts that need no proxy in NO_PROXY`;
  return new ProxyError(`The proxy ${url.origin} (${variable}) refuses the connection (${said}). ${advice}.`);
}

/** The SDK's request handler, with connections through the proxy where one is configured. */
export class ProxyHandler extends NodeHttpHandler {
  private readonly byAgent = new Map<HttpAgent, NodeHttpHandler>();
  private readonly agents: Agents;

  constructor(
    private readonly options: Omit<NodeHttpHandlerOptions, 'httpAgent' | 'httpsAgent'> & { maxSockets?: number },
  ) {
    super(options);
    this.agents = openAgents({ maxSockets: options.maxSockets ?? 50 });
  }

  override async handle(
    ...[request, options]: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const { protocol, hostname, port } = request;
    const target = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${String(port)}`}`);
    try {
      const output = await this.handlerFor(target).handle(request, options);
      const error = refusedByProxy(target, output.response.statusCode);
      if (error !== undefined) throw error;
      return output;
    } catch (error) {
      throw throughProxy(error, target);
    }
  }

  override destroy(): void {
    this.agents.destroy();
    super.destroy();
  }

  private handlerFor(target: URL): NodeHttpHandler {
    const agent = this.agents.agentFor(target);
    let handler = this.byAgent.get(agent);
    if (handler === undefined) {
      // An agent of https-proxy-agent serves both protocols, which its type does not say.
      const both = { httpAgent: agent, httpsAgent: agent } as NodeHttpHandlerOptions;
      handler = new NodeHttpHandler({ ...this.options, ...both });
      this.byAgent.set(agent, handler);
    }
    return handler;
  }
}
