/** Whatever is in a log: an answer blames nobody whose call failed, and never throws. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer } from '#scripts/investigate/answer.js';
import { DEEDS } from '#scripts/investigate/deeds.js';
import { answerOf } from '../support/answer/log-of-stories.js';
import { memoryFacts, type Cells } from '../support/answer/memory-facts.js';

const I = 'i-0a1b2c3d4e5f67890';
const START = Date.UTC(2025, 2, 3);

const who = fc.constantFrom('alice', 'bob', 'carol', 'autoscaling.amazonaws.com');
const name = fc.constantFrom(
  'TerminateInstances',
  'StopInstances',
  'StartInstances',
  'RunInstances',
  'TerminateInstanceInAutoScalingGroup',
  'UpdateAutoScalingGroup',
  'DeleteVolume',
  'CreateTags',
  'DescribeInstances',
  'SomethingNew',
);
const outcome = fc.constantFrom('change', 'change', 'error', 'read');
const state = fc.constantFrom(undefined, 0, 16, 32, 48, 64, 80);

/** An event on the instance: what it says of itself may make no sense at all. */
const event = fc
  .record({ who, name, outcome, state, json: fc.option(fc.json(), { nil: undefined }) })
  .map(({ who: actor, name: eventName, outcome: did, state: code, json }): Cells => {
    const isService = actor.includes('.');
    const items = [{ instanceId: I, ...(code !== undefined && { previousState: { code } }) }];
    return {
      eventName,
      eventSource: 'ec2.amazonaws.com',
      awsRegion: 'eu-west-1',
      recipientAccountId: '111122223333',
      outcome: did,
      readOnly: String(did === 'read'),
      errorCode: did === 'error' ? 'AccessDenied' : '',
      resources: I,
      actor,
      actorSource: isService ? 'invokedBy' : 'userName',
      type: isService ? 'AWSService' : 'IAMUser',
      invokedBy: isService ? actor : '',
      requestParameters: json ?? JSON.stringify({ instancesSet: { items: [{ instanceId: I }] } }),
      responseElements: did === 'error' ? '' : JSON.stringify({ instancesSet: { items } }),
    };
  });

async function ask(cells: readonly Cells[], question: string): Promise<Answer> {
  return answerOf(
    memoryFacts(
      Float64Array.from(cells, (_, i) => START + i * 60_000),
      cells,
    ),
    question,
  );
}

test('the verdict never names somebody whose call failed or changed nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (cells) => {
      const { resource } = await ask(cells, I);
      if (!resource) {
        expect(cells).toEqual([]);
        return;
      }
      for (const done of [resource.main, resource.made]) {
        if (!done) continue;
        expect(cells[done.event.row]).toMatchObject({ outcome: 'change', actor: done.event.who.name });
        expect(done.effect.deed).not.toBe('repeated');
        for (const { event: call } of done.causes) expect(cells[call.row]).toMatchObject({ outcome: 'change' });
      }
      if (resource.verdict === 'done')
        expect(['end', 'halt', 'expose']).toContain(DEEDS[resource.main?.effect.deed ?? 'read']);
      for (const { event: tried } of resource.attempts) expect(tried.outcome).toBe('error');
    }),
    { numRuns: 300 },
  );
});

test('no question makes it fail', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 5 }),
      fc.oneof(
        fc.string({ minLength: 1 }),
        fc.constantFrom('arn:', '::/0', '0.0.0.0/0', 'root', 'alice', 'stopinstances', '*'),
      ),
      async (cells, question) => {
        if (question.trim() === '') return;
        expect((await ask(cells, question)).isPartial).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});
