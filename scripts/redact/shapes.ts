/** Recognizes texts by form: the IDs, names and addresses that AWS's documentation describes. */

/** AWS IAM user guide, "Unique identifiers": the prefixes, including those of access keys. */
const UNIQUE_ID = /^(?:A(?:KIA|SIA|ROA|IDA|IPA|GPA|NPA|NVA|PKA|SCA|BIA|CCA))[A-Z0-9]{12,124}$/;
const EMAIL = /^[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}(?<!\.)$/;
const IPV6_PARTS = /^[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:(?<=:)\d+\.\d+\.\d+\.\d+)?$/;
const GUID = /^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/;
/** Amazon EC2 user guide, "Resource IDs", and the same form in other services. */
const RESOURCE_ID =
  /^((?:i|vol|snap|ami|aki|ari|sg|sgr|subnet|vpc|eni|eni-attach|rtb|rtbassoc|igw|eigw|nat|eipalloc|eipassoc|lt|vpce|vpce-svc|acl|aclassoc|dopt|fl|pcx|tgw|tgw-attach|tgw-rtb|vgw|cgw|vpn|r|key|mi|cr|fleet|sfr|sir|export|import|fs|fsap|fsmt|mt|pl|ipam|h|fpga|bun|lgw|cagw|resolve|rslvr|sh|pg)-)(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

export function isUniqueId(text: string): boolean {
  return UNIQUE_ID.test(text);
}

export function isEmail(text: string): boolean {
  return EMAIL.test(text);
}

export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** The prefix of a resource ID of EC2 and other services, including the hyphen; undefined for other texts. */
export function resourceIdPrefix(text: string): string | undefined {
  return RESOURCE_ID.exec(text)?.[1];
}

/** The network of an IP address: /24 for IPv4, /64 for IPv6; undefined for other texts. */
export function networkOf(textWithZone: string): string | undefined {
  // fe80::1%eth0
  const text = textWithZone.includes(':') ? textWithZone.replace(/%[\w.-]{1,64}$/, '') : textWithZone;
  if (IPV4.test(text)) return text.slice(0, text.lastIndexOf('.'));
  if (!text.includes(':') || !IPV6_PARTS.test(text)) return undefined;
  const gap = text.indexOf('::');
  const groups = text.split(':');
  if (gap < 0) return groups.length === 8 ? groups.slice(0, 4).join(':').toLowerCase() : undefined;
  const before = text.slice(0, gap).split(':').filter(Boolean);
  // `::` stands for zeros.
  return [...before, '0', '0', '0', '0'].slice(0, 4).join(':').toLowerCase();
}

const MAC = String.raw`(?:[0-9A-Fa-f]{2}:){5}(?:(?:[0-9A-Fa-f]{2}:){2})?[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{2}-){5}(?:(?:[0-9A-Fa-f]{2}-){2})?[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}`;
/** ITU-T E.123 and common national notations; a number has at most 15 digits (E.164). */
const PHONE = String.raw`\+\(?\d{1,3}\)?(?:[ ()./-]{0,3}\d){5,14}|\(0?\d{2,4}\)[ -]?\d{2,4}[ .-]?\d{3,5}|(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{4}|0\d{1,4}[ /-]\d{3,4}[ -]?\d{3,5}|00[1-9]\d{0,2}(?:[ ()/-]{0,3}\d){6,12}`;
const CARD = String.raw`[2-6](?:[ -]?\d){12,18}`;
const PLACE = String.raw`[-+]?\d{1,3}\.\d{3,15}\s?[,;]\s?[-+]?\d{1,3}\.\d{3,15}|\d{1,3}(?:\.\d{1,9})?°[\d\s.,'"′″’”]{0,20}[NSEWO]`;
const IPV6 = String.raw`(?:[0-9A-Fa-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4})(?:%\w{1,32}(?:[.-]\w{1,32}){0,4})?`;
const IS_MAC = new RegExp(`^(?:${MAC})$`);
const IS_PHONE = new RegExp(`^(?:${PHONE})$`);
const IS_PLACE = new RegExp(`^(?:${PLACE})$`);

export function isMac(text: string): boolean {
  return IS_MAC.test(text);
}

export function isPhone(text: string): boolean {
  return IS_PHONE.test(text);
}

/** Latitude and longitude. */
export function isPlace(text: string): boolean {
  return IS_PLACE.test(text);
}

/** Whether digits are an IPv4 address as one number and not a time: until 2033, times are below 2000000000. */
export function isDecimalAddress(text: string): boolean {
  return /^[2-4]\d{9}$/.test(text) && Number(text) < 2 ** 32;
}

/** Identifiers that contain colons, slashes or spaces. */
const WHOLE = String.raw`(?<![\w.]|\b[0-9A-Fa-f]{1,4}[:-])(?:${MAC})(?![\w:-]|\.\w)|(?<![\w.]|(?<!\w)[0-9A-Fa-f]{0,4}:)${IPV6}(?![\w:]|\.\w)|(?<![\w.+-])(?:${CARD})(?![\w-]|\.\w)|(?<![\w.+-])(?:${PLACE})(?!\w)|(?<![\w.+-])(?:${PHONE})(?![\w-]|\.\w)`;
export const WHOLE_FORMS = new RegExp(WHOLE, 'g');

/** Identifiers in any text, by form: ARNs first, since they contain the others. */
export const ANYWHERE = new RegExp(
  String.raw`arn:aws[\w-]*:[^\s"'\\,;()<>[\]{}]+|[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+|${WHOLE}|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\w)|(?<![A-Za-z0-9])A(?:KIA|SIA|ROA|IDA|IPA|GPA|NPA|NVA|PKA|SCA|BIA|CCA)[A-Z0-9]{12,124}(?![A-Za-z0-9])|(?<![A-Za-z0-9])\d{12}(?![A-Za-z0-9])`,
  'g',
);
