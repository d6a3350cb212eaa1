/** Plans what unpublishing does, with lines for the user to agree to. Pure. */
import type { PublishConfig } from '#scripts/run/config.js';
import { differenceLines, type PolicyChange } from './access-plan.js';
import { isCulprits, ownStatement, policyWithout, saysMadeWebsite, sidOf } from './access-policy.js';
import type { BucketFacts } from './bucket-facts.js';
import { INDEX_DOCUMENT } from './plan.js';
import { statementsOf } from './policy-text.js';
import type { PublishedRecord } from './published-record.js';
import { shellQuoted } from '#scripts/run/shell-quoted.js';

export interface UnpublishPlan {
  /** Undefined if the policy contains nothing of Culprit's, or cannot be read. */
  readonly policy: PolicyChange | undefined;
  readonly deletesWebsite: boolean;
  /** Sentences about what stays, although the user might expect it to be removed. */
  readonly notes: readonly string[];
}

/**
 * If no readable record says what publishing changed, the change stays. The website is turned off only if the policy
 * says that it was turned on for this report: few of those who may write objects may also change the policy.
 */
export function planUnpublish(
  { policy, website, bucket, keepsVersions }: Pick<BucketFacts, 'policy' | 'website' | 'bucket' | 'keepsVersions'>,
  record: PublishedRecord | undefined,
  { prefix, deleteOldVersions }: Pick<PublishConfig, 'prefix' | 'deleteOldVersions'>,
): UnpublishPlan {
  const notes: string[] = [];
  const text = typeof policy === 'object' ? policy.text : undefined;
  const own = ownStatement(text, prefix);
  const others = text === undefined ? [] : statementsOf(text).filter((one) => isCulprits(one) && one.Sid !== own?.Sid);
  const change = own && { before: text, after: policyWithout(text, prefix), removed: own, added: undefined };
  if (policy === 'unknown' && record?.policySid !== undefined) {
    notes.push(
      `The statement ${sidOf(prefix)} stays in the bucket policy, because these credentials may not read the policy.`,
    );
  }
  const isProven = own !== undefined && saysMadeWebsite(own) && record !== undefined;
  const isAsMade = typeof website === 'object' && website.isOnlyIndex && website.indexDocument === INDEX_DOCUMENT;
  if (isProven && others.length > 0) {
    notes.push('Static website hosting stays on: it serves other reports of Culprit.');
  } else if (isProven && !isAsMade && website !== 'none') {
    notes.push('Static website hosting stays on: its settings were changed, or these credentials may not read them.');
  } else if (!isProven && (record?.madeWebsite === true || (own && saysMadeWebsite(own))) && website !== 'none') {
    notes.push(
      `Static website hosting stays on: the policy and the record beside the report do not both say that Culprit turned it on (turn it off with "aws s3api delete-bucket-website --bucket ${bucket}").`,
    );
  }
  if (keepsVersions === true && !deleteOldVersions) {
    notes.push(
      `The bucket "${bucket}" has versioning on, so deleted objects stay readable for everyone with s3:GetObjectVersion. --delete-old-versions deletes these versions too (list them with "aws s3api list-object-versions --bucket ${bucket} --prefix ${shellQuoted(prefix)}").`,
    );
  }
  return { policy: change, deletesWebsite: isProven && isAsMade && others.length === 0, notes };
}

/** @param keys the keys of the objects to delete */
export function unpublishLines(place: string, keys: readonly string[], plan: UnpublishPlan): string[] {
  const { policy, deletesWebsite, notes } = plan;
  const stay = policy?.before === undefined ? 0 : statementsOf(policy.before).length - 1;
  return [
    `  Where     ${place}`,
    ...keys.map((key) => `  Deletes   ${key}`),
    ...(policy === undefined
      ? []
      : [
          `  Policy    ${policy.after === undefined ? 'is deleted: it has no other statement' : `one statement is removed; ${stay === 1 ? 'the other stays unchanged' : `the other ${String(stay)} stay unchanged`}`}`,
          ...differenceLines(policy).map((line) => `              ${line}`),
        ]),
    ...(deletesWebsite
      ? ['  Website   static website hosting, which was turned on for this report, is turned off']
      : []),
    ...notes.map((note) => `  Note      ${note}`),
  ];
}
