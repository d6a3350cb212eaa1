import { describe, expect, test } from 'vitest';
import { isInRange, rangeOf } from '../../public/answer/address.js';

function holds(range: string, address: string): boolean {
  const parsed = rangeOf(range);
  return parsed !== undefined && isInRange(parsed, address);
}

describe('a range of addresses', () => {
  test.each([
    ['203.0.113.0/24', '203.0.113.255', true],
    ['203.0.113.0/24', '203.0.114.0', false],
    ['203.0.113.77/25', '203.0.113.1', true],
    ['203.0.113.7', '203.0.113.7', true],
    ['0.0.0.0/0', '198.51.100.1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['::ffff:203.0.113.7', '::ffff:cb00:7107', true],
    ['203.0.113.0/24', 's3.amazonaws.com', false],
  ])('%s holds %s: %s', (range, address, expected) => {
    expect(holds(range, address)).toBe(expected);
  });

  test.each([
    '203.0.113.0/33',
    '203.0.113',
    '256.0.0.1',
    '2001:db8::1::2',
    '2001:db8',
    '1:2:3:4:5:6:7:8:9',
    'alice',
    '/24',
    '',
  ])('%j is none', (text) => {
    expect(rangeOf(text)).toBeUndefined();
  });
});
