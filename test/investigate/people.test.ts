/** The people behind calls, on made-up sessions whose truth is known: `npm run test:attribution` tells many more. */
import { describe, expect, test } from 'vitest';
import { attribute, type Attribution } from '#scripts/investigate/people/attribution.js';
import { cellsOf } from '#scripts/investigate/people/cells.js';
import type { SessionLog } from '#scripts/investigate/people/session-log.js';
import { FORMS } from '../support/people/forms.js';
import { FURTHER_FORMS } from '../support/people/further-forms.js';
import { recordLog } from '../support/people/record-log.js';
import { score } from '../support/people/score.js';
import { BEGIN, MINUTE, STAGING, World } from '../support/people/world.js';

const FAULTLESS = { unnamed: 0, wrong: 0, unreasoned: 0, unmarked: 0, alarms: 0, faults: [] };

/** The cells of an event's session. */
function cellsAt(log: SessionLog, attribution: Attribution, row: number): ReturnType<typeof cellsOf> {
  return cellsOf(attribution, attribution.ofIdentity[log.identityOf[row] as number] as number, row);
}

describe('on sessions of every form', () => {
  const scores = new Map([...score(FORMS, 7, 3), ...score(FURTHER_FORMS, 8, 3)]);
  test.each([...scores.keys()])('%s: nobody is named wrongly, and what cannot be known has its reason', (form) => {
    expect(scores.get(form)).toMatchObject(FAULTLESS);
  });
});

test('A chain tells every role on its way, and the event that issued each', () => {
  const world = new World(1);
  const user = world.user('111122223333', 'dana');
  const first = world.assume(user, { at: BEGIN, account: '111122223333', role: 'Jump', name: 'a' });
  const second = world.assume(first, { at: BEGIN + MINUTE, account: '222233334444', role: 'Deploy', name: 'b' });
  world.work(second, BEGIN + 2 * MINUTE, 1);
  const log = recordLog(world.records());
  const attribution = attribute(log);
  const row = log.rows - 1;
  expect(cellsAt(log, attribution, row)).toEqual({
    behind: 'dana',
    via: 'Jump → Deploy (222233334444)',
    behindHow: 'issued key, certain',
    evidence: expect.stringMatching(
      /^issued key, certain, 2025-03-03T00:00:00Z\/\w{8}; issued key, certain, 2025-03-03T00:01:00Z\/\w{8}$/,
    ),
  });
  const { steps } = attribution.resolutions[attribution.ofIdentity[log.identityOf[row] as number] as number] ?? {
    steps: [],
  };
  const evidence = steps.filter((step) => step.row >= 0).map((step) => log.text(step.row, 'responseElements'));
  expect(evidence).toEqual([
    expect.stringContaining(second.identity['accessKeyId'] as string),
    expect.stringContaining(first.identity['accessKeyId'] as string),
  ]);
});

test('A chain of twelve thousand roles is followed to its beginning', () => {
  const key = (i: number): string => `ASIA${String(i).padStart(16, '0')}`;
  const timeOf = (i: number): string => new Date(BEGIN + i * 1000).toISOString();
  const session = (i: number): unknown => ({
    type: 'AssumedRole',
    arn: `arn:aws:sts::${STAGING}:assumed-role/Long/s${i}`,
    accountId: STAGING,
    accessKeyId: key(i),
    sessionContext: { attributes: { creationDate: timeOf(i) } },
  });
  const records = Array.from({ length: 12_000 }, (_, i) => ({
    eventTime: timeOf(i),
    eventName: 'AssumeRole',
    readOnly: true,
    userIdentity: i === 0 ? { type: 'IAMUser', userName: 'dana', accountId: STAGING } : session(i - 1),
    requestParameters: { roleArn: `arn:aws:iam::${STAGING}:role/Long`, roleSessionName: `s${i}` },
    responseElements: { credentials: { accessKeyId: key(i) } },
  }));
  const log = recordLog(records);
  expect(cellsAt(log, attribute(log), log.rows - 1).behind).toBe('dana');
});

test('Records that are damaged or name nobody stop nothing', () => {
  const eventTime = '2025-03-04T10:00:00Z';
  const assumption = { eventTime, eventName: 'AssumeRole', eventSource: 'sts.amazonaws.com', readOnly: true };
  const strange = [
    null,
    7,
    'text',
    {},
    { type: 'AssumedRole' },
    { type: 'AssumedRole', sessionContext: 'none' },
    { type: 'Martian' },
  ];
  const records = strange.flatMap((userIdentity) => [
    {
      ...assumption,
      userIdentity,
      requestParameters: 'no object',
      responseElements: { credentials: { accessKeyId: '' } },
    },
    { ...assumption, userIdentity, requestParameters: { roleArn: 5 }, responseElements: 'no object' },
    { eventTime, eventName: 'SwitchRole', userIdentity, additionalEventData: { SwitchFrom: {} } },
  ]);
  const log = recordLog(records);
  const attribution = attribute(log);
  for (let row = 0; row < log.rows; row++) {
    expect(cellsAt(log, attribution, row)).toMatchObject({
      behind: '',
      behindHow: expect.stringMatching(/^unknown: /),
    });
  }
});
