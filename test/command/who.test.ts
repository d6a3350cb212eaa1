import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runReport } from './run-report.js';

const INSTANCE = 'i-0123456789abcdef0';

/** A record of 10:0`minute`. */
function record(minute: number, eventName: string, user: string, more: object): object {
  return {
    eventVersion: '1.08',
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDA${user.toUpperCase()}`,
      arn: `arn:aws:iam::111122223333:user/${user}`,
      accountId: '111122223333',
      userName: user,
    },
    eventTime: `2025-03-03T10:0${String(minute)}:00Z`,
    eventSource: 'ec2.amazonaws.com',
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.24.16',
    requestParameters: { instancesSet: { items: [{ instanceId: INSTANCE }] } },
    responseElements: null,
    eventID: `00000000-0000-4000-8000-00000000000${String(minute)}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    ...more,
  };
}

const ENDED = {
  responseElements: {
    instancesSet: { items: [{ instanceId: INSTANCE, currentState: { code: 32 }, previousState: { code: 16 } }] },
  },
};
const DENIED = { errorCode: 'Client.UnauthorizedOperation', errorMessage: 'You are not authorized.' };

const LOG = {
  'logs/day.json': JSON.stringify({
    Records: [record(1, 'TerminateInstances', 'bob', DENIED), record(2, 'TerminateInstances', 'dana', ENDED)],
  }),
};

test('who ends with 0 and names who did it, who only tried, and what was looked at', async () => {
  const { code, stdout, stderr } = await runReport(['who', INSTANCE, 'logs', '--quiet'], { cwd: temporaryFolder(LOG) });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`${INSTANCE} was terminated by dana on 2025-03-03 10:02:00 UTC from 203.0.113.7 with the AWS CLI.
bob tried TerminateInstances 1 minute earlier (2025-03-03 10:01:00 UTC) and was denied: Client.UnauthorizedOperation.

Evidence: 2025-03-03 10:02:00 UTC  TerminateInstances  dana  00000000-0000-4000-8000-000000000002

History:
  2025-03-03 10:01:00 UTC  TerminateInstances (Client.UnauthorizedOperation)  bob  00000000-0000-4000-8000-000000000001
  2025-03-03 10:02:00 UTC  TerminateInstances  dana  00000000-0000-4000-8000-000000000002

Looked at 2 events in 1 file: 1 account, 1 region, 2025-03-03 10:01:00 to 2025-03-03 10:02:00 UTC.
`);
});

test('who writes no file, and with --json everything as data, a name in a sentence included', async () => {
  const cwd = temporaryFolder(LOG);
  const { code, stdout } = await runReport(['who', `who terminated ${INSTANCE}?`, 'logs', '--json', '--quiet'], {
    cwd,
  });
  expect(code).toBe(0);
  expect(readdirSync(cwd)).toEqual(['logs']);
  expect(JSON.parse(stdout)).toMatchObject({
    question: `who terminated ${INSTANCE}?`,
    understood: { kind: 'resource', name: INSTANCE },
    deed: {
      eventID: '00000000-0000-4000-8000-000000000002',
      eventName: 'TerminateInstances',
      eventTime: '2025-03-03T10:02:00.000Z',
      behind: 'dana',
      actor: 'dana',
      target: INSTANCE,
      error: '',
    },
    attempts: [{ actor: 'bob', error: 'Client.UnauthorizedOperation' }],
    history: [{ actor: 'bob' }, { actor: 'dana' }],
    coverage: { events: 2, accounts: ['111122223333'], regions: ['eu-west-1'] },
  });
});

test('who ends with 6 where nothing goes by the name, and says what may be meant', async () => {
  const { code, stdout } = await runReport(['who', 'i-0123', 'logs', '--quiet'], { cwd: temporaryFolder(LOG) });
  expect(code).toBe(6);
  expect(stdout).toContain('This report has nothing on “i-0123”.\n\nDid you mean:\n  i-0123456789abcdef0\n');
});

test('who answers a sentence from the calls that it asks for', async () => {
  const { code, stdout } = await runReport(['who', 'who terminated an instance', 'logs', '--quiet'], {
    cwd: temporaryFolder(LOG),
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^i-0123456789abcdef0 was terminated by dana on 2025-03-03 10:02:00 UTC\.\nbob tried /);
});

test('who answers a sentence that it cannot answer with searches, not with a claim that nothing happened', async () => {
  const { code, stdout } = await runReport(['who', 'who can terminate an instance', 'logs', '--quiet'], {
    cwd: temporaryFolder(LOG),
  });
  expect(code).toBe(6);
  expect(stdout).toContain('Nothing was found for “who can terminate an instance”, as far as it was understood.');
  expect(stdout).toContain('In the search box of the report:\n  event:');
});

test('who looks only at what the options leave', async () => {
  const { stdout } = await runReport(['who', INSTANCE, 'logs', '--until', '2025-03-03T10:02', '--quiet'], {
    cwd: temporaryFolder(LOG),
  });
  expect(stdout).toContain(`Nothing in this report ended ${INSTANCE}, but someone tried.`);
  expect(stdout).toContain('Looked at 1 event');
});

test('log text in an answer cannot control the terminal', async () => {
  const files = { 'logs/a.json': JSON.stringify({ Records: [record(1, 'StopInstances', 'eve\u001b]0;x\u0007', {})] }) };
  const { stdout } = await runReport(['who', INSTANCE, 'logs', '--quiet'], { cwd: temporaryFolder(files) });
  expect(stdout).toContain('eve\\u{1b}]0;x\\u{7}');
  expect(stdout).not.toContain('\u001b');
});

test.each([
  [['who'], 'Ask about a name: npm run report -- who i-0123456789abcdef0 [INPUT].'],
  [['who', 'dana', '--publish', 's3://reports'], 'who writes no report. Leave out --publish and --redact.'],
])('%j ends with 2 and one sentence', async (args, said) => {
  const { code, stderr } = await runReport(args);
  expect({ code, stderr }).toEqual({ code: 2, stderr: `error: ${said}\n` });
});
