/** Who will be able to read a published report, as a sentence. Pure. */
import type { Access } from '#scripts/run/config.js';
import type { AccessPlan } from './access-plan.js';
import type { BucketFacts } from './bucket-facts.js';

/** How long a presigned link works, and why it ends. */
export interface LinkLife {
  /** Such as `2026-11-24 10:00 UTC`; undefined if the credentials end first at an unknown time. */
  readonly until: string | undefined;
  /** Whether the credentials end, or may end, before the link expires. */
  readonly endsWithCredentials: boolean;
}

/**
 * @param opensBy what opens an encrypted page
 * @param life the lifetime of the link, for `presigned`
 */
export function readersSentence(
  access: Access,
  opensBy: 'link' | 'passphrase',
  { others }: Pick<AccessPlan, 'others'>,
  facts: BucketFacts,
  life: LinkLife | undefined,
): string {
  switch (access.kind) {
    case 'encrypted':
      return `${opensBy === 'link' ? 'Anyone with the link, which contains the key' : 'Anyone with the link and the passphrase'}. ${downloaders(others)} download the encrypted file, but learn only that a report exists.`;
    case 'cidr':
      return `Anyone at ${access.ranges.join(', ')}, without signing in${also(others)}.`;
    case 'vpce':
      return `Anyone who comes through the VPC endpoint ${access.ids.join(' or ')}, without signing in${also(others)}.`;
    case 'vpc':
      return `Anyone who comes from ${access.ids.join(' or ')} through a VPC endpoint, without signing in${also(others)}.`;
    case 'presigned':
      return `Anyone with the link, ${lifeText(life)}${also(others)}.`;
    case 'private':
      return `Only identities that IAM allows s3:GetObject in "${facts.bucket}"${also(others)}.`;
    case 'public':
      return 'Anyone in the world, without signing in, and everything in it: it is not encrypted.';
  }
}

function downloaders(others: AccessPlan['others']): string {
  switch (others) {
    case 'some':
      return 'Readers that the bucket policy allows can';
    case 'unknown':
      return 'Readers that the bucket policy allows, which these credentials may not see, can';
    default:
      return 'Anyone who finds the address can';
  }
}

function also(others: AccessPlan['others']): string {
  return others === 'some' ? ', and readers that other statements of the policy allow' : '';
}

function lifeText(life: LinkLife | undefined): string {
  if (life?.until === undefined) return 'until the temporary credentials that signed it expire (their time is unknown)';
  return `until ${life.until}${life.endsWithCredentials ? ', when the temporary credentials that signed it expire' : ''}`;
}
