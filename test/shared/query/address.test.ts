import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { isInRange, parseAddress, parseRange } from '#shared/query/address.js';

/** Addresses as another library reads them. */
function expected(text: string): readonly number[] | undefined {
  if (text.includes('%')) return undefined;
  const isFourPart = ipaddr.IPv4.isValidFourPartDecimal(text);
  if (!isFourPart && !ipaddr.IPv6.isValid(text)) return undefined;
  return ipaddr.process(text).toByteArray();
}

const ipv6 = fc.ipV6();
const edgy = fc.string({
  unit: fc.constantFrom('::', ':', '0', '1', 'ff', 'ffff', 'db8', '.', '255', '1.2.3.4', 'g'),
  maxLength: 9,
});

test('an address is read as another library reads it', () => {
  fc.assert(
    fc.property(fc.oneof(ipv6, fc.ipV4(), edgy), (text) => {
      // That library takes a deprecated form of an IPv6 address for an IPv4 address, and some octal numbers.
      fc.pre(!/^::\d+\./.test(text) && !/[:.]0\d+\.|\.0\d/.test(text));
      expect(parseAddress(text)).toEqual(expected(text));
    }),
    { numRuns: 20_000, examples: [['::ffff:1.2.3.4'], ['1::1.2.3.4'], ['01.2.3.4'], ['::'], ['1:2:3:4:5:6:7::']] },
  );
});

test('a range holds the addresses that another library says it holds', () => {
  const near = fc.tuple(
    fc.constantFrom('203.0.113.7', '203.0.112.255', '10.0.0.1', '2001:db8::1', '2001:db9::'),
    fc.nat(32),
  );
  fc.assert(
    fc.property(near, near, ([base, bits], [other]) => {
      const range = parseRange(`${base}/${String(bits)}`);
      const address = parseAddress(other);
      if (!range || !address) throw new Error('not read');
      const [left, right] = [ipaddr.parse(other), ipaddr.parse(base)];
      expect(isInRange(address, range)).toBe(left.kind() === right.kind() && left.match(right, bits));
    }),
  );
});

test.each(['1.2.3.4/33', '::/129', '1.2.3/8', '/8', 'x/8', '1.2.3.4/', 'ec2.amazonaws.com', 'AWS Internal'])(
  '%s is no range of addresses',
  (text) => {
    expect(parseRange(text)).toBeUndefined();
  },
);
