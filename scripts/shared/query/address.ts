/** IP addresses and ranges in CIDR notation, IPv4 and IPv6 (RFC 4291 §2.2, RFC 4632). */

/** The addresses that share their first `bits` bits with `bytes`: 4 bytes for IPv4, 16 for IPv6. */
export interface AddressRange {
  readonly bytes: readonly number[];
  readonly bits: number;
}

/** The bytes of an address; undefined for any other text. An IPv4-mapped IPv6 address is an IPv4 address. */
export function parseAddress(text: string): readonly number[] | undefined {
  if (!text.includes(':')) return bytesOfIPv4(text);
  const bytes = bytesOfIPv6(text);
  const isMapped = bytes?.every((byte, i) => i >= 12 || byte === (i < 10 ? 0 : 0xff));
  return isMapped === true ? bytes?.slice(12) : bytes;
}

/** The range of `203.0.113.0/24` or `2001:db8::/32`; a single address is a range of one. */
export function parseRange(text: string): AddressRange | undefined {
  const [, address, length] = /^([\d.:a-f]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const bytes = address === undefined ? undefined : parseAddress(address);
  if (!bytes) return undefined;
  const bits = length === undefined ? bytes.length * 8 : Number(length);
  return bits > bytes.length * 8 ? undefined : { bytes, bits };
}

/** Whether the text has the form of a range, valid or not. */
export function looksLikeRange(text: string): boolean {
  return /^(?=.*[.:])[\d.:a-f]+\/[\da-f]*$/i.test(text);
}

export function isInRange(address: readonly number[], { bytes, bits }: AddressRange): boolean {
  if (address.length !== bytes.length) return false;
  for (let i = 0; i * 8 < bits; i++) {
    const unused = Math.max(0, (i + 1) * 8 - bits);
    if ((address[i] as number) >> unused !== (bytes[i] as number) >> unused) return false;
  }
  return true;
}

function bytesOfIPv4(text: string): readonly number[] | undefined {
  // A number with a leading zero would be octal for some programs.
  if (!/^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.some((byte) => byte > 255) ? undefined : bytes;
}

function bytesOfIPv6(text: string): readonly number[] | undefined {
  const [left = '', right, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const head = left === '' ? [] : bytesOfGroups(left, right === undefined);
  const tail = right === undefined || right === '' ? [] : bytesOfGroups(right, true);
  if (!head || !tail) return undefined;
  const missing = 16 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...head, ...Array<number>(missing).fill(0), ...tail];
}

/** Groups of four hexadecimal digits; if `mayEndInIPv4`, the last one may be an IPv4 address. */
function bytesOfGroups(text: string, mayEndInIPv4: boolean): readonly number[] | undefined {
  const groups = text.split(':');
  const last = groups[groups.length - 1] as string;
  const ipv4 = mayEndInIPv4 && last.includes('.') ? bytesOfIPv4(last) : undefined;
  if (ipv4) groups.pop();
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return [...groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff]), ...(ipv4 ?? [])];
}
