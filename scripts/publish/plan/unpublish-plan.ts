/** What taking a report back does, as lines for a person to agree to. Pure. */
import type { PublishConfig } from '#scripts/run/config.js';
import { differenceLines, type PolicyChange } from './access-plan.js';
import { SID_BEGINNING, sidOf } from './access-policy.js';
import type { BucketFacts } from './bucket-facts.js';
import { statementsOf, statementWith, withoutStatement } from './policy-text.js';
import type { PublishedRecord } from './published-record.js';
import { shellQuoted } from '#scripts/run/shell-quoted.js';

export interface UnpublishPlan {
  /** Undefined where the policy has nothing of ours, or may not be read. */
  readonly policy: PolicyChange | undefined;
  readonly deletesWebsite: boolean;
  /** Sentences about what stays though it might be expected to go. */
  readonly notes: readonly string[];
}

/** Where nothing that may be read says what publishing changed, that stays. */
export function planUnpublish(
  { policy, website, bucket, keepsVersions }: Pick<BucketFacts, 'policy' | 'website' | 'bucket' | 'keepsVersions'>,
  record: PublishedRecord | undefined,
  { prefix, deleteOldVersions }: Pick<PublishConfig, 'prefix' | 'deleteOldVersions'>,
): UnpublishPlan {
  const sid = sidOf(prefix);
  const notes: string[] = [];
  let change: PolicyChange | undefined;
  let others = false;
  if (typeof policy === 'object') {
    const removed = statementWith(policy.text, sid);
    others = statementsOf(policy.text).some(({ Sid = '' }) => Sid.startsWith(SID_BEGINNING) && Sid !== sid);
    if (removed !== undefined) {
      const after = withoutStatement(policy.text, sid);
      change = { before: policy.text, after, removed, added: undefined, opens: false };
    }
  } else if (policy === 'unknown' && record?.policySid !== undefined) {
    notes.push(`The statement ${sid} stays in the bucket's policy, because these credentials may not read it.`);
  }
  const isOurs = record?.madeWebsite === true && typeof website === 'object' && website.isOnlyIndex;
  if (record?.madeWebsite === true && !isOurs && website !== 'none') {
    notes.push('Static website hosting stays on: its settings were changed since, or may not be seen.');
  }
  if (isOurs && others) notes.push('Static website hosting stays on: other reports of Culprit are shown by it.');
  if (keepsVersions === true && !deleteOldVersions) {
    notes.push(
      `The bucket "${bucket}" keeps versions, so what is deleted stays readable to whoever may s3:GetObjectVersion: --delete-old-versions deletes these too (see them with "aws s3api list-object-versions --bucket ${bucket} --prefix ${shellQuoted(prefix)}").`,
    );
  }
  return { policy: change, deletesWebsite: isOurs && !others, notes };
}

/** @param keys of the objects that are deleted */
export function unpublishLines(place: string, keys: readonly string[], plan: UnpublishPlan): string[] {
  const { policy, deletesWebsite, notes } = plan;
  const stay = policy?.before === undefined ? 0 : statementsOf(policy.before).length - 1;
  return [
    `  Where     ${place}`,
    ...keys.map((key) => `  Deletes   ${key}`),
    ...(policy === undefined
      ? []
      : [
          `  Policy    ${policy.after === undefined ? 'is deleted: no other statement is in it' : `one statement is taken out; ${stay === 1 ? 'the other stays as it is' : `the other ${String(stay)} stay as they are`}`}`,
          ...differenceLines(policy).map((line) => `              ${line}`),
        ]),
    ...(deletesWebsite
      ? ['  Website   static website hosting, which was turned on for this report, is turned off']
      : []),
    ...notes.map((note) => `  Note      ${note}`),
  ];
}
