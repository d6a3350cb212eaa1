import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Budget } from '#scripts/ingest/read/budget.js';

test('everybody gets a turn, in order, and together they never hold more than the limit but for one alone', async () => {
  const LIMIT = 100;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(fc.nat(150), { maxLength: 20 }), async (scheduler, sizes) => {
      const budget = new Budget(LIMIT);
      const held: number[] = [];
      const order: number[] = [];
      const turns = sizes.map(async (bytes, i) => {
        await budget.take(bytes);
        held.push(bytes);
        order.push(i);
        const sum = held.reduce((a, b) => a + b, 0);
        expect(sum <= LIMIT || held.filter((size) => size > 0).length === 1).toBe(true);
        await scheduler.schedule(Promise.resolve());
        held.splice(held.indexOf(bytes), 1);
        budget.give(bytes);
      });
      await scheduler.waitFor(Promise.all(turns));
      expect(order).toEqual(sizes.map((_, i) => i));
    }),
    { numRuns: 50 },
  );
});
