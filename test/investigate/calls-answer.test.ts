/** Sentences that say what was done: who did it is answered from the calls, or nothing is claimed. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Facts } from '#scripts/investigate/facts.js';
import { answerOf, factsByAccount, logOf } from '../support/answer/log-of-stories.js';
import { ACCOUNT, change, failing, instances, launch, shortly, user, type Line } from '../support/answer/telling.js';

const [ALICE, BOB, CAROL] = [user('alice'), user('bob'), user('carol')];

const OPEN = {
  groupId: 'sg-0a1b2c3d4e5f60718',
  ipPermissions: {
    items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
  },
};

const LINES: readonly Line[] = [
  ['08:00', CAROL, launch('i-0aaaaaaaaaaaaaaa1')],
  ['09:00', BOB, failing(instances('TerminateInstances', 16, 'i-0aaaaaaaaaaaaaaa1'), 'Client.UnauthorizedOperation')],
  ['09:10', ALICE, instances('TerminateInstances', 16, 'i-0aaaaaaaaaaaaaaa1')],
  ['09:20', BOB, instances('StopInstances', 16, 'i-0aaaaaaaaaaaaaaa2')],
  ['09:30', BOB, change('s3', 'DeleteBucket', { bucketName: 'invoices' })],
  ['09:31', ALICE, change('s3', 'DeleteBucket', { bucketName: 'payments-archive' })],
  ['09:40', CAROL, change('s3', 'PutBucketTagging', { bucketName: 'invoices-2' })],
  ['09:50', CAROL, change('ec2', 'AuthorizeSecurityGroupIngress', OPEN)],
  ['10:00', BOB, change('iam', 'CreateUser', { userName: 'mallory' })],
  ['10:10', BOB, change('cloudtrail', 'StopLogging', { name: 'main-trail' })],
  ['10:20', CAROL, change('rds', 'DeleteDBInstance', { dBInstanceIdentifier: 'shop' })],
];

const DENIED = 'denied: bob 09:00';
const ENDED = 'i-0aaaaaaaaaaaaaaa1 terminated by alice 09:10';

describe('who did what is answered newest first, failed attempts apart', () => {
  let facts: Facts;

  beforeAll(async () => {
    facts = (await factsByAccount(logOf(LINES, ACCOUNT))).get(ACCOUNT) as Facts;
  });

  test.each<[question: string, ...answer: string[]]>([
    ['who terminated an instance', ENDED, DENIED],
    ['Who terminated my server?', ENDED, DENIED],
    ['wer hat die Instanz beendet', ENDED, DENIED],
    ['誰がインスタンスを終了しましたか', ENDED, DENIED],
    ['who killed the vm', ENDED, DENIED],
    ['who stopped a server', 'i-0aaaaaaaaaaaaaaa2 stopped by bob 09:20'],
    ['who deleted a bucket?', 'payments-archive deleted by alice 09:31', 'invoices deleted by bob 09:30'],
    ['who deleted the payments bucket', 'payments-archive deleted by alice 09:31'],
    ['バケットを削除したのは誰?', 'payments-archive deleted by alice 09:31', 'invoices deleted by bob 09:30'],
    ['which buckets did bob delete', 'invoices deleted by bob 09:30'],
    ['who opened a port', 'sg-0a1b2c3d4e5f60718 opened by carol 09:50'],
    ['who created a user', 'mallory created by bob 10:00'],
    ['who stopped logging', 'main-trail loggingStopped by bob 10:10'],
    ['my database is gone', 'shop deleted by carol 10:20'],
    ['who deleted a bucket on 2025-03-03', 'payments-archive deleted by alice 09:31', 'invoices deleted by bob 09:30'],
  ])('%s', async (question, ...answer) => {
    expect(shortly(await answerOf(facts, question))).toEqual(answer);
  });

  test.each([
    'who made a bucket public',
    'who terminated i-0ffffffffffffffff',
    'who deleted the bucket crown-jewels',
    'who deleted a bucket on 2025-03-04',
    'who deleted a queue',
    'who did not delete a bucket',
    'who can delete buckets',
    'how do I delete a bucket',
    'nobody deleted a bucket',
    'why was a bucket deleted',
    'may bob stop instances',
    'purple monkey in the dishwasher',
  ])('nothing is claimed of: %s', async (question) => {
    expect(shortly(await answerOf(facts, question))).toEqual(['nothing']);
  });

  test('a sentence with a name that the log has is answered for that name', async () => {
    expect(shortly(await answerOf(facts, 'who terminated i-0aaaaaaaaaaaaaaa2'))).toEqual(
      shortly(await answerOf(facts, 'i-0aaaaaaaaaaaaaaa2')),
    );
  });

  test('what of the sentence was understood is said, and what was not', async () => {
    const { calls } = await answerOf(facts, 'who deleted the payments bucket by moonlight');
    expect(calls?.reading).toMatchObject({ understood: ['deleted', 'bucket', 'payments'], missed: ['moonlight'] });
  });
});
