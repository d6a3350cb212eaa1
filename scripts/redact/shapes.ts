/** What a text is by how it looks: the IDs, names and addresses that AWS's documentation describes. */

/** AWS IAM user guide, "Unique identifiers": the prefixes, and that of access keys. */
const UNIQUE_ID = /^(?:A(?:KIA|SIA|ROA|IDA|IPA|GPA|NPA|NVA|PKA|SCA|BIA|CCA))[A-Z0-9]{12,124}$/;
const EMAIL = /^[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}(?<!\.)$/;
const IPV6_PARTS = /^[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:(?<=:)\d+\.\d+\.\d+\.\d+)?$/;
const GUID = /^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/;
/** Amazon EC2 user guide, "Resource IDs", and the same form of other services. */
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

/** The prefix of an ID that EC2 and others make, hyphen included; undefined for other texts. */
export function resourceIdPrefix(text: string): string | undefined {
  return RESOURCE_ID.exec(text)?.[1];
}

/** The network of an IP address, a /24 of IPv4 or a /64 of IPv6; undefined for other texts. */
export function networkOf(text: string): string | undefined {
  if (IPV4.test(text)) return text.slice(0, text.lastIndexOf('.'));
  if (!text.includes(':') || !IPV6_PARTS.test(text)) return undefined;
  const gap = text.indexOf('::');
  const groups = text.split(':');
  if (gap < 0) return groups.length === 8 ? groups.slice(0, 4).join(':').toLowerCase() : undefined;
  const before = text.slice(0, gap).split(':').filter(Boolean);
  // What `::` stands for is zero.
  return [...before, '0', '0', '0', '0'].slice(0, 4).join(':').toLowerCase();
}

/** What in any text is an original by its looks: ARNs first, since they hold the others. */
export const ANYWHERE =
  /arn:aws[\w-]*:[^\s"'\\,;()<>[\]{}]+|[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])|(?<![A-Za-z0-9])A(?:KIA|SIA|ROA|IDA|IPA|GPA|NPA|NVA|PKA|SCA|BIA|CCA)[A-Z0-9]{12,124}(?![A-Za-z0-9])|(?<![A-Za-z0-9])\d{12}(?![A-Za-z0-9])/g;
