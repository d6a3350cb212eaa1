/** Parses --access: who may read a published report. Pure. */
import type { Access } from '#scripts/run/config.js';
import { parseRange, type AddressRange } from '#shared/query/address.js';

const ACCESS_FORMS = 'encrypted, cidr:ADDRESSES, vpce:IDS, vpc:IDS, presigned[:1h…7d], private or public';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** The lifetime of a presigned link if none is given. */
const DEFAULT_SECONDS = DAY;
/**
 * The longest lifetime in Signature Version 4. Source: Amazon S3 user guide, "Download and upload objects with
 * presigned URLs".
 */
const LONGEST_SECONDS = 7 * DAY;
/** Block Public Access calls wider ranges public. Source: Amazon S3 user guide, "The meaning of public". */
const LEAST_BITS = { 4: 8, 16: 32 } as const;

/** The access that `text` names, or what `text` should be: the end of a sentence. */
export function parseAccess(text: string): Access | string {
  const [, kind = '', value] = /^([a-z]+)(?::(.*))?$/s.exec(text) ?? [];
  switch (kind) {
    case 'encrypted':
    case 'private':
    case 'public':
      return value === undefined ? { kind } : `${kind} takes no value`;
    case 'cidr':
      return rangesOf(value ?? '');
    case 'vpce':
    case 'vpc':
      return idsOf(kind, value ?? '');
    case 'presigned':
      return lifeOf(value);
    default:
      return `Use ${ACCESS_FORMS}`;
  }
}

function rangesOf(list: string): Access | string {
  const ranges: string[] = [];
  for (const text of list.split(',').map((part) => part.trim())) {
    const range = parseRange(text);
    if (range === undefined) return `"${text}" is not an address or range such as 203.0.113.0/24 or 2001:db8::/32`;
    if (range.bits < LEAST_BITS[range.bytes.length as 4 | 16]) {
      return `S3 treats ${text} as public, because the range is so wide. Use the addresses of your network`;
    }
    ranges.push(rangeText(range));
  }
  return { kind: 'cidr', ranges: [...new Set(ranges)] };
}

/** The range with its host bits cleared, as bucket policies need it. */
function rangeText({ bytes, bits }: AddressRange): string {
  const network = bytes.map((byte, i) => byte & (0xff << Math.min(8, Math.max(0, (i + 1) * 8 - bits))) & 0xff);
  if (network.length === 4) return `${network.join('.')}/${String(bits)}`;
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((network[i * 2] as number) << 8) | (network[i * 2 + 1] as number)).toString(16),
  );
  // The longest run of zeros is written as :: (RFC 5952 §4.2).
  const zeros = /(?:^|:)0(?::0)+(?=:|$)/g;
  const text = groups.join(':');
  const longest = [...text.matchAll(zeros)].sort((a, b) => b[0].length - a[0].length)[0];
  if (longest === undefined) return `${text}/${String(bits)}`;
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${text.slice(0, longest.index)}::${after}/${String(bits)}`;
}

function idsOf(kind: 'vpce' | 'vpc', list: string): Access | string {
  const ids = list.split(',').map((part) => part.trim());
  const odd = ids.find((id) => !new RegExp(`^${kind}-[0-9a-f]{8,17}$`).test(id));
  if (odd !== undefined) return `"${odd}" is not an ID such as ${kind}-0a1b2c3d4e5f67890`;
  return { kind, ids: [...new Set(ids)] };
}

function lifeOf(text: string | undefined): Access | string {
  if (text === undefined) return { kind: 'presigned', seconds: DEFAULT_SECONDS };
  const [, count, unit] = /^(\d+)([hd])$/.exec(text) ?? [];
  const seconds = Number(count) * (unit === 'd' ? DAY : HOUR);
  return seconds >= HOUR && seconds <= LONGEST_SECONDS
    ? { kind: 'presigned', seconds }
    : 'Use 1h to 7d, such as presigned:12h';
}
