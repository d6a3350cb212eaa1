/** A share of what `npm run tamper` does: whatever is tampered with, nobody is told without a word that it is verified. */
import { expect, test } from 'vitest';
import { Random } from '../support/random.js';
import { CACHE_KINDS, RandomTrail, TRAIL_KINDS } from '../support/digests/random-tampering.js';
import { tamperMany, tamperWithCache, tamperWithTrail, verdictOn } from '../support/digests/tamper-with.js';

test('unchanged trails are verified, whatever their length and place', async () => {
  for (let seed = 0; seed < 10; seed++) {
    expect(await verdictOn(new RandomTrail(new Random(seed)))).toMatchObject({ state: 'verified' });
  }
});

test.each(TRAIL_KINDS.map((kind) => [kind.kind, kind] as const))('%s: found and named', async (_, kind) => {
  for (let seed = 0; seed < 3; seed++) expect(await tamperWithTrail([kind], seed)).toMatchObject({ isFound: true });
});

test.each(CACHE_KINDS.map((kind) => [kind.kind, kind] as const))('%s: found, or not believed', async (_, kind) => {
  expect(await tamperWithCache(kind, 7)).toMatchObject({ isFound: true });
});

test('several tamperings at once are found as one is', async () => {
  const missed = (await tamperMany(40, 11, 0)).filter(({ isFound }) => !isFound);
  expect(missed).toEqual([]);
});
