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
      return `${opensBy === 'link' ? 'Whoever has the link, which holds the key' : 'Whoever has the link and knows the passphrase'}. ${downloaders(others)} download the encrypted file, and learn only that a report exists.`;
    case 'cidr':
      return `Anyone at ${access.ranges.join(', ')}, without signing in${also(others)}.`;
    case 'vpce':
      return `Anyone who comes through the VPC endpoint ${access.ids.join(' or ')}, without signing in${also(others)}.`;
    case 'vpc':
      return `Anyone who comes from ${access.ids.join(' or ')} through a VPC endpoint, without signing in${also(others)}.`;
    case 'presigned':
      return `Whoever has the link, ${lifeText(life)}${also(others)}.`;
    case 'private':
      return `Nobody but those whom IAM lets s3:GetObject in "${facts.bucket}"${also(others)}.`;
    case 'public':
      return 'Anyone in the world, without signing in, and everything in it: it is not encrypted.';
  }
}

function downloaders(others: AccessPlan['others']): string {
  switch (others) {
    case 'some':
      return 'Those whom the policy of the bucket lets in can';
    case 'unknown':
      return 'These credentials may not see whom the policy of the bucket lets in; those can';
    default:
      return 'Anyone who finds the address can';
  }
}

function also(others: AccessPlan['others']): string {
  return others === 'some' ? ', and those whom other statements of the policy let in' : '';
}

function lifeText(life: LinkLife | undefined): string {
  if (life?.until === undefined) return 'until the temporary credentials that signed it end, which do not say when';
  return `until ${life.until}${life.endsWithCredentials ? ', when the temporary credentials that signed it end' : ''}`;
}
