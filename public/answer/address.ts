/** Addresses and ranges of them (CIDR), IPv4 and IPv6. RFC 4632, RFC 4291. */

export interface AddressRange {
  /** As a number of 32 or 128 bits. */
  readonly first: bigint;
  readonly prefix: number;
  readonly bits: 32 | 128;
}

/** The range that a text means; an address is a range of one. Undefined where it is neither. */
export function rangeOf(text: string): AddressRange | undefined {
  const [address = '', length, ...more] = text.trim().split('/');
  if (more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const number = numberOf(address);
  if (!number) return undefined;
  const prefix = length === undefined ? number.bits : Number(length);
  if (prefix > number.bits) return undefined;
  const host = BigInt(number.bits - prefix);
  return { first: (number.value >> host) << host, prefix, bits: number.bits };
}

export function isInRange({ first, prefix, bits }: AddressRange, address: string): boolean {
  const number = numberOf(address);
  return number?.bits === bits && number.value >> BigInt(bits - prefix) === first >> BigInt(bits - prefix);
}

function numberOf(address: string): { value: bigint; bits: 32 | 128 } | undefined {
  if (address.includes(':')) return ipv6(address);
  const value = ipv4(address);
  return value === undefined ? undefined : { value, bits: 32 };
}

function ipv4(address: string): bigint | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return undefined;
  let value = 0n;
  for (const part of address.split('.')) {
    if (Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function ipv6(address: string): { value: bigint; bits: 128 } | undefined {
  const halves = address.toLowerCase().split('::');
  if (halves.length > 2 || address.length > 45) return undefined;
  const [left, right] = halves.map(groupsOf);
  if (!left || (halves.length === 2 && !right)) return undefined;
  const zeros = 8 - left.length - (right?.length ?? 0);
  if (halves.length === 1 ? zeros !== 0 : zeros < 1) return undefined;
  const groups = [...left, ...Array.from({ length: zeros }, () => 0n), ...(right ?? [])];
  return { value: groups.reduce((sum, group) => (sum << 16n) | group, 0n), bits: 128 };
}

/** The groups of 16 bits in one half; the last may be an IPv4 address. */
function groupsOf(half: string): bigint[] | undefined {
  if (half === '') return [];
  const groups: bigint[] = [];
  for (const part of half.split(':')) {
    const last = ipv4(part);
    if (last !== undefined) groups.push(last >> 16n, last & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
