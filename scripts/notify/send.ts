/** Sends a notification to a webhook, an SNS topic or a file. */
import { appendFile } from 'node:fs/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { NotifyTarget, S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import { openAgents } from '#scripts/aws/proxy.js';
import { type Message, webhookBody } from './message.js';

const TIMEOUT_MS = 15_000;

/**
 * Sends it to one place. Throws a `CulpritError` of kind `publish` if it did not arrive. A webhook's address is a secret,
 * so no message has more of it than its host.
 */
export async function send(to: NotifyTarget, message: Message, s3: S3Config): Promise<void> {
  try {
    if (to.kind === 'topic') {
      const { publishToTopic } = await import('./topic.js');
      await publishToTopic(to.arn, to.region, message, s3);
    } else if (to.kind === 'webhook') await post(new URL(to.url), message);
    else await appendFile(to.path, `${JSON.stringify(message)}\n`);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/[.:]$/, '') : String(error);
    throw new CulpritError('publish', `The notification to ${placeOf(to)} could not be sent: ${why}.`, {
      cause: error,
    });
  }
}

function placeOf(to: NotifyTarget): string {
  if (to.kind === 'webhook') return new URL(to.url).host;
  return to.kind === 'topic' ? to.arn : to.path;
}

async function post(target: URL, message: Message): Promise<void> {
  const agents = openAgents({});
  const body = JSON.stringify(webhookBody(target.hostname, message));
  try {
    const status = await new Promise<number>((resolve, reject) => {
      const request = (target.protocol === 'https:' ? requestHttps : requestHttp)(
        target,
        {
          method: 'POST',
          agent: agents.agentFor(target),
          signal: AbortSignal.timeout(TIMEOUT_MS),
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
    if (status < 200 || status >= 300) throw new Error(`it answered with HTTP status ${String(status)}`);
  } finally {
    agents.destroy();
  }
}
