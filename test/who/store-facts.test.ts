import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerFrom } from '#scripts/pipeline.js';
import { parseCommandLine } from '#scripts/cli/config/command-line.js';
import { resolveConfig } from '#scripts/cli/config/resolve.js';
import { SILENT } from '#scripts/run/progress.js';
import { openFolderSource } from '#scripts/source/folder/folder.js';
import { StoreFacts } from '#scripts/who/store-facts.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const NOW = new Date('2025-01-01T00:00:00Z');

/** What `look` makes of the events whose parameters hold these texts. */
async function withFacts<T>(texts: readonly string[], look: (facts: StoreFacts) => Promise<T>): Promise<T> {
  const records = texts.map((text, i) => ({
    eventTime: new Date(Date.UTC(2025, 0, 1, 0, 0, i)).toISOString(),
    eventName: `Call${String(i % 3)}`,
    eventID: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    userIdentity: { type: 'IAMUser', userName: `user${String(i % 2)}` },
    requestParameters: { text },
  }));
  const folder = temporaryFolder({ 'a.json': JSON.stringify({ Records: records }) });
  const { settings } = parseCommandLine([folder], 'test');
  const config = resolveConfig(settings, undefined, { env: {}, now: NOW, cacheFolder: '/nowhere' });
  const sources = await Promise.all(config.inputs.map(openFolderSource));
  return await answerFrom(config, { sources, progress: SILENT, now: () => NOW }, (store) =>
    look(new StoreFacts(store)),
  );
}

test('a text is found in the details of exactly the events that have it, whatever its case', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', 'é', 'İ', '"', 'ß', '日', '-'), maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), text, async (texts, wanted) => {
      fc.pre(wanted !== '');
      await withFacts(texts, async (facts) => {
        const details = await facts.details([...texts.keys()]);
        const having = details.flatMap((columns, row) =>
          [...columns.values()].some((json) => json.toLowerCase().includes(wanted.toLowerCase())) ? [row] : [],
        );
        const found = await facts.mentioning(wanted);
        // Letters whose lower case is written in other bytes are found as they are written.
        expect(having).toEqual(expect.arrayContaining([...found]));
        if (/^[ -~]*$/.test(wanted)) expect(found).toEqual(having);
      });
    }),
    { numRuns: 5 },
  );
});

test('columns of the event and of the identity say what the log says', async () => {
  const cells = await withFacts(['x', 'y', 'z'], async (facts) => {
    const [calls, users] = await Promise.all([facts.column('eventName'), facts.column('userName')]);
    return [0, 1, 2].map((row) => [
      calls.dictionary.value(calls.keys[row] as number),
      users.dictionary.value((users.codeOfKey ?? [])[users.keys[row] as number] as number),
    ]);
  });
  expect(cells).toEqual([
    ['Call0', 'user0'],
    ['Call1', 'user1'],
    ['Call2', 'user0'],
  ]);
});
