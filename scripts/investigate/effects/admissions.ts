/** Whom the policy of a resource or of a role lets in, as effects. */
import type { Effect } from './effect.js';
import { admissionsOf, policyOf, type Admission } from './policy.js';

/** Most actions that an effect names. */
const MOST_ACTIONS = 5;

/**
 * Accounts of AWS to which load balancers' access logs are delivered, by Region: Elastic Load Balancing user guide, "Enable
 * access logs".
 */
const OF_AWS: ReadonlySet<string> = new Set(
  (
    '127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 589379963580 718504428378 ' +
    '383597477331 600734575887 114774131450 783225319266 582318560864 985666609251 054676820928 156460612806 ' +
    '652711504416 635631232127 009996457667 897822967062 076674570225 507241528517'
  ).split(' '),
);

/** Whom the policy of a resource lets in that the account did not. `written` is the document as the log has it. */
export function sharedBy(written: unknown, target: string, own: string): readonly Effect[] {
  return admissionsOf(policyOf(written)).flatMap((one): Effect[] => {
    const parts = partsOf(one, target);
    switch (one.kind) {
      case 'anyone':
        return [{ ...parts, code: one.hasConditions ? 'opened-under-conditions' : 'made-public', principal: '*' }];
      case 'account':
        return isForeign(one.account, own) ? [{ ...parts, code: 'shared-with-account', account: one.account }] : [];
      case 'organization':
        return [{ ...parts, code: 'shared-with-organization' }];
      case 'network':
        return isPublicNetwork(one.value) ? [{ ...parts, code: 'opened-under-conditions', from: one.value }] : [];
      default:
        return [];
    }
  });
}

/** Whom a role's trust policy lets assume it, who is neither of the account nor one of AWS's services. */
export function trustedBy(written: unknown, target: string, own: string): readonly Effect[] {
  return admissionsOf(policyOf(written)).flatMap((one): Effect[] => {
    const parts = partsOf(one, target);
    switch (one.kind) {
      case 'anyone':
        return [{ ...parts, code: one.hasConditions ? 'opened-under-conditions' : 'trust-opened', principal: '*' }];
      case 'account':
        return isForeign(one.account, own) ? [{ ...parts, code: 'trust-opened', account: one.account }] : [];
      case 'provider':
        return one.hasConditions || /:saml-provider\//.test(one.value) ? [] : [{ ...parts, code: 'trust-opened' }];
      case 'organization':
        return [{ ...parts, code: 'shared-with-organization' }];
      default:
        return [{ ...parts, code: 'opened-under-conditions', from: one.value }];
    }
  });
}

function partsOf({ value, actions, hasConditions }: Admission, target: string): Omit<Effect, 'code'> {
  return { target, principal: value, actions: actions.slice(0, MOST_ACTIONS), ...(hasConditions && { hasConditions }) };
}

/** Whether an account is another one, and none by which AWS delivers. */
export function isForeign(account: string, own: string): boolean {
  return /^\d{12}$/.test(account) && own !== '' && account !== own && !OF_AWS.has(account);
}

/** Whether addresses are on the internet: neither private nor a VPC. */
export function isPublicNetwork(range: string): boolean {
  if (/^vpce?-/.test(range)) return false;
  if (range.includes(':')) return !/^f[cde]/i.test(range);
  return !/^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
    range,
  );
}
