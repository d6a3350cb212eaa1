/** Sentences where a name is expected: what is understood of them, and what can be asked instead. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readQuestion } from '#scripts/investigate/question-reading.js';
import { parseQuery } from '#shared/query/parse.js';
import { printQuery } from '#shared/query/print.js';

const LAST = Date.UTC(2025, 2, 10, 12);

function nearest(question: string): string {
  return printQuery(readQuestion(question, LAST)?.queries[0] ?? []);
}

/** Whether the nearest query asks for events of this name. */
function asksFor(question: string, eventName: string): boolean {
  const source = /event:\/(.+?)\/(?: |$)/.exec(nearest(question))?.[1];
  return source !== undefined && new RegExp(source, 'i').test(eventName);
}

describe('a sentence', () => {
  test.each([
    ['who terminated an instance', 'TerminateInstances', 'StopInstances'],
    ['who terminated an instance', 'BidEvictedEvent', 'BidResult'],
    ['Who deleted my instance?', 'TerminateInstances', 'DeleteVolume'],
    ['who stopped the server', 'StopInstances', 'StopLogging'],
    ['who deleted the bucket?', 'DeleteBucket', 'DeleteObject'],
    ['my database is gone', 'DeleteDBInstance', 'DeleteTable'],
    ['who created a user', 'CreateUser', 'CreateRole'],
    ['wer hat den Bucket gelöscht', 'DeleteBucket', 'DeleteUser'],
    ['誰がインスタンスを終了しましたか', 'TerminateInstances', 'StopInstances'],
    ['バケットを削除したのは誰?', 'DeleteBucket', 'DeleteUser'],
    ['who changed the security group', 'AuthorizeSecurityGroupIngress', 'CreateSecurityGroup'],
    ['who logged in', 'ConsoleLogin', 'CreateLoginProfile'],
    ['deleted', 'DeleteVpc', 'CreateVpc'],
  ])('%s leads to %s, not to %s', (question, wanted, other) => {
    expect([asksFor(question, wanted), asksFor(question, other)]).toEqual([true, false]);
  });

  test('says which of its words were understood, which were not, and which may be names', () => {
    expect(readQuestion('who terminated i-0a1b2c3d4e5f67890 from the moon', LAST)).toMatchObject({
      understood: ['terminated'],
      missed: ['moon'],
      names: ['i-0a1b2c3d4e5f67890'],
    });
    expect(readQuestion('what happened last night', LAST)).toMatchObject({ understood: [], missed: ['last', 'night'] });
  });

  test('about a time not long ago is offered the last day of the log, and a date its day', () => {
    expect(nearest('what happened last night')).toBe('-readonly time:>=2025-03-09T12:00');
    expect(nearest('who deleted a bucket on 2025-03-04')).toMatch(/ time:2025-03-04$/);
    expect(nearest('昨夜何が起きましたか')).toMatch(/time:>=2025-03-09/);
  });

  test('without a word that is understood is offered as words', () => {
    expect(nearest('purple monkey in the dishwasher')).toBe('"purple" "monkey" "dishwasher"');
  });
});

test.each(['i-0a1b2c3d4e5f67890', 'alice', 'prod/db', 'arn:aws:iam::111122223333:role/web', 'Nightly Alarm'])(
  '%s is a name, not a sentence',
  (name) => {
    expect(readQuestion(name, LAST)).toBeUndefined();
  },
);

test('whatever is asked, what is offered can be asked', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc
          .array(fc.constantFrom('who', 'deleted', '"a', 'x\\y', '2025-13', 'key', '?', '(', '削除', 'an', '|'))
          .map((words) => words.join(' ')),
      ),
      (question) => {
        const reading = readQuestion(question, LAST);
        if (!reading) return;
        expect(reading.queries.length).toBeGreaterThan(0);
        for (const query of reading.queries) {
          expect(query.length).toBeGreaterThan(0);
          expect(parseQuery(printQuery(query))).toEqual({ query });
        }
      },
    ),
    { numRuns: 1000 },
  );
});
