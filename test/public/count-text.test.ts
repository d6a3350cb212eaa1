import { expect, test } from 'vitest';
import { countText, searchingText } from '#public/ui/count-text.js';

test('the count is a sentence, and short on a narrow screen', () => {
  const some = { shown: 31, total: 1660, all: 1660, searched: undefined };
  expect(countText(some, false)).toBe('31 of 1,660 events');
  expect(countText(some, true)).toBe('31 of 1,660');
  expect(countText({ ...some, shown: 1660 }, true)).toBe('1,660 events');
});

test('how far a search is stands beside it, while there is one', () => {
  const some = { shown: 31, total: 1660, all: 1660, searched: 0.409 };
  expect(searchingText(some)).toBe('searching details… 40%');
  expect(searchingText({ ...some, searched: undefined })).toBe('');
});

test('where the page does not list all events, the count says so', () => {
  const some = { shown: 31, total: 1660, all: 5000, searched: undefined };
  expect(countText(some, false)).toBe('31 of 1,660 listed events');
  expect(countText({ ...some, shown: 1660 }, false)).toBe('1,660 of 5,000 events listed');
});
