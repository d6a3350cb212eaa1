/** Who will be able to read a published report, in a sentence. Pure. */
import type { Access } from '#scripts/run/config.js';
import type { AccessPlan } from './access-plan.js';
import type { BucketFacts } from './bucket-facts.js';

/** Until when a presigned link opens, and by what. */
export interface LinkLife {
  /** As `2026-11-24 10:00 UTC`, or undefined where the credentials end first and do not say when. */
  readonly until: string | undefined;
  /** The credentials end before the link was to expire, or may. */
  readonly endsWithCredentials: boolean;
}

/**
 * @param opensBy what an encrypted page is opened by
 * @param life of the link, for `presigned`
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
