import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOrder } from '#shared/columnar/text-order.js';
import { stringTableOf } from '#shared/format/string-table.js';

/** Names as logs have them: with long common beginnings, and one the beginning of another. */
const name = fc
  .array(fc.constantFrom('arn:aws:s3:::', 'arn:aws:', 'bucket', 'Bucket', 'é', 'É', '日本', 'a', 'b', '@[`{', 'i-0'), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''));

function orderOf(texts: readonly string[], first: number): readonly number[] {
  const steps = textOrder(stringTableOf(texts), first);
  for (;;) {
    const { value, done } = steps.next();
    if (done) return [...value];
  }
}

const names = fc.array(name, { minLength: 1, maxLength: 120 });

test('texts are in order whatever their case, those that differ in nothing else by number', () => {
  fc.assert(
    fc.property(names, (texts) => {
      const lower = texts.map((text) => text.toLowerCase());
      const order = orderOf(texts, 0);
      const expected = [...texts.keys()].sort(
        (a, b) => Buffer.compare(Buffer.from(lower[a] as string), Buffer.from(lower[b] as string)) || a - b,
      );
      expect(order).toEqual(expected);
    }),
  );
});

test('texts before the first one asked for are left out', () => {
  expect(orderOf(['z', 'b', 'a'], 1)).toEqual([2, 1]);
  expect(orderOf([''], 1)).toEqual([]);
});
