import { expect, test } from 'vitest';
import { countText } from '../../public/count-text.js';

test('the count is a sentence, and short on a narrow screen', () => {
  const some = { shown: 31, total: 1660, searched: undefined };
  expect(countText(some, false)).toBe('31 of 1,660 events');
  expect(countText(some, true)).toBe('31 of 1,660');
  expect(countText({ ...some, shown: 1660 }, true)).toBe('1,660 events');
  expect(countText({ ...some, searched: 0.409 }, false)).toBe('31 of 1,660 events · searching details… 40%');
  expect(countText({ ...some, searched: 0.409 }, true)).toBe('31 of 1,660 · 40%');
});
