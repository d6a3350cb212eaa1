/** Parses the XML of ListObjectsV2 responses and of S3's errors. Pure. */

export interface S3Object {
  readonly key: string;
  readonly bytes: number;
  /** Without quotes; '' if the server sends none. */
  readonly etag: string;
  /** STANDARD, GLACIER and so on. */
  readonly storageClass: string;
}

export interface ListPage {
  readonly objects: readonly S3Object[];
  /** With a delimiter: the folders, each of which ends with it. */
  readonly prefixes: readonly string[];
  /** The token of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

/** Parses a page; undefined if the XML is incomplete. Keys in it are URL-encoded (`encoding-type=url`). */
export function parseListPage(xml: string): ListPage | undefined {
  if (!xml.includes('<ListBucketResult') || !/<\/ListBucketResult>\s*$/.test(xml)) return undefined;
  const isEncoded = xml.includes('<EncodingType>url<');
  // A substring keeps its whole string in memory: half a megabyte of page for each waiting key. A copy does not.
  const name = (text: string): string => Buffer.from(isEncoded ? decodeKey(text) : text).toString();
  const objects: S3Object[] = [];
  const prefixes: string[] = [];
  for (let at = 0; ;) {
    const start = xml.indexOf('<Contents>', at);
    if (start < 0) break;
    const end = xml.indexOf('</Contents>', start);
    if (end < 0) return undefined;
    const item = xml.slice(start, end);
    objects.push({
      key: name(elementOf(item, 'Key')),
      bytes: Number(elementOf(item, 'Size')),
      etag: elementOf(item, 'ETag').replaceAll('"', ''),
      storageClass: elementOf(item, 'StorageClass') || 'STANDARD',
    });
    at = end;
  }
  for (let at = 0; ;) {
    const start = xml.indexOf('<CommonPrefixes>', at);
    if (start < 0) break;
    const end = xml.indexOf('</CommonPrefixes>', start);
    if (end < 0) return undefined;
    prefixes.push(name(elementOf(xml.slice(start, end), 'Prefix')));
    at = end;
  }
  const isTruncated = elementOf(xml, 'IsTruncated') === 'true';
  return { objects, prefixes, next: isTruncated ? elementOf(xml, 'NextContinuationToken') : undefined };
}

interface S3ErrorBody {
  readonly code: string;
  readonly message: string;
  /** The region that the request should have been signed for; '' if S3 does not say. */
  readonly region: string;
}

/** The content of an error's XML; empty strings for what is missing. */
export function parseErrorBody(xml: string): S3ErrorBody {
  return { code: elementOf(xml, 'Code'), message: elementOf(xml, 'Message'), region: elementOf(xml, 'Region') };
}

function elementOf(xml: string, tag: string): string {
  const start = xml.indexOf(`<${tag}>`);
  if (start < 0) return '';
  const from = start + tag.length + 2;
  const end = xml.indexOf(`</${tag}>`, from);
  return end < 0 ? '' : unescape(xml.slice(from, end));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return ENTITIES[name ?? ''] ?? whole;
  });
}

/** S3 encodes a space as `+` and a plus sign as `%2B`. */
function decodeKey(key: string): string {
  return key.includes('%') || key.includes('+') ? decodeURIComponent(key.replaceAll('+', ' ')) : key;
}
