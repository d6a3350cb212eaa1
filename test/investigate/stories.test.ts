/** Where a naive reading of the log is wrong: each story's answer, through the whole pipeline. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Facts } from '#scripts/investigate/facts.js';
import { answerOf, factsByAccount, logOf } from '../support/answer/log-of-stories.js';
import { shortly } from '../support/answer/telling.js';
import { STORIES } from './stories.js';

/** Each story happens in an account of its own. */
function accountOf(story: number): string {
  return String(100_000_000_001 + story);
}

describe('an answer', () => {
  let facts: ReadonlyMap<string, Facts>;

  beforeAll(async () => {
    const logs = STORIES.map(({ lines }, story) => logOf(lines, accountOf(story)));
    facts = await factsByAccount(Object.assign({}, ...logs) as Record<string, string>);
  });

  test.each(STORIES.map((story, i) => ({ ...story, account: accountOf(i) })))(
    '$title',
    async ({ ask, answer, account }) => {
      expect(shortly(await answerOf(facts.get(account) as Facts, ask.replace('ACCOUNT', account)))).toEqual(answer);
    },
  );
});
