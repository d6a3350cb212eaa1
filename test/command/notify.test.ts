/** What --notify tells, and that nothing is told twice. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runReport } from './run-report.js';

const STOP = {
  eventSource: 'cloudtrail.amazonaws.com',
  eventName: 'StopLogging',
  requestParameters: { name: 'main' },
};

/** A server of this machine that keeps the bodies of requests, and answers with a status or a text. */
async function listen(answer: { status: number; text?: string }): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.text ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, bodies };
}

test('a webhook is told of new findings once, with titles and counts and nothing of the log', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1, STOP), record(2, STOP)) });
  const { url, bodies } = await listen({ status: 200 });
  const args = ['logs', '--cache', 'kept', '--notify', `${url}/secret`];
  expect((await runReport(args, { cwd })).code).toBe(0);
  expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
    {
      text: 'Culprit: 1 new finding (1 high)\nhigh: CloudTrail logging was stopped, or a trail was deleted (2 events)',
      findings: [
        {
          rule: 'trail-stopped',
          title: 'CloudTrail logging was stopped, or a trail was deleted',
          level: 'high',
          count: 2,
        },
      ],
    },
  ]);
  expect((await runReport(args, { cwd })).code).toBe(0);
  expect(bodies).toHaveLength(1);
  // One that is delivered late is new although a later one was told.
  writeFileSync(path.join(cwd, 'logs', 'b.json'), logFile(record(3, STOP)));
  expect((await runReport(args, { cwd })).code).toBe(0);
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toContain('(1 event)');
});

test('a notification that does not arrive is an error, and is sent by the next run', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1, STOP)) });
  const answer = { status: 500 };
  const { url, bodies } = await listen(answer);
  const args = ['logs', '--cache', 'kept', '--notify', `${url}/secret`];
  const failed = await runReport(args, { cwd });
  expect(failed.code).toBe(5);
  expect(failed.stderr).toContain('could not be sent: it answered with HTTP status 500.');
  expect(failed.stderr).not.toContain('secret');
  expect(existsSync(path.join(cwd, 'out', 'index.html'))).toBe(true);
  answer.status = 204;
  expect((await runReport(args, { cwd })).code).toBe(0);
  expect(bodies).toHaveLength(2);
});

test('a file gets a line for each notification, and without a cache everything is new', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1, STOP)) });
  const args = ['logs', '--no-cache', '--notify', 'told.jsonl'];
  await runReport(args, { cwd });
  await runReport(args, { cwd });
  const lines = readFileSync(path.join(cwd, 'told.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ findings: [{ rule: 'trail-stopped', count: 1 }] });
});

test('findings below the level of --fail-on are not told', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1, STOP)) });
  const { code } = await runReport(['logs', '--no-cache', '--notify', 'told.jsonl', '--fail-on', 'critical'], { cwd });
  expect(code).toBe(0);
  expect(existsSync(path.join(cwd, 'told.jsonl'))).toBe(false);
});

test('an SNS topic is told by the SDK', async () => {
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1, STOP)) });
  mkdirSync(path.join(cwd, 'home'));
  const text = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>`;
  const { url, bodies } = await listen({ status: 200, text });
  const env = {
    AWS_ENDPOINT_URL_SNS: url,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  };
  const topic = 'arn:aws:sns:eu-west-1:111111111111:alarms';
  const { code, stderr } = await runReport(['logs', '--no-cache', '--notify', topic], { cwd, env });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const sent = new URLSearchParams(bodies[0]);
  expect(sent.get('TopicArn')).toBe(topic);
  expect(sent.get('Subject')).toBe('Culprit: 1 new finding (1 high)');
  expect(sent.get('Message')).toContain('high: CloudTrail logging was stopped');
});
