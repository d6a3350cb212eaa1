/** Who can read what lies in a bucket, as far as the bucket's own settings say. Pure. */

export interface BucketExposure {
  /** S3's judgement of the bucket's policy; `unknown` where we may not ask. */
  readonly policy: 'public' | 'not-public' | 'none' | 'unknown';
  /** Block Public Access refuses a public policy. */
  readonly blocksPublicPolicy: boolean | 'unknown';
  /** Block Public Access keeps strangers out whatever the policy says. */
  readonly restrictsPublicBuckets: boolean | 'unknown';
}

/** One sentence: who can open the link, and what to do if that is nobody. */
export function readersSentence(exposure: BucketExposure, bucket: string, prefix: string): string {
  const allow = `a bucket policy that allows s3:GetObject on arn:aws:s3:::${bucket}/${prefix}*`;
  switch (exposure.policy) {
    case 'public':
      if (exposure.restrictsPublicBuckets === true) {
        return `Nobody can open the link: the policy of "${bucket}" is public, but Block Public Access (RestrictPublicBuckets) keeps everyone outside the account away; turn it off, or limit the policy to your addresses (aws:SourceIp).`;
      }
      return `Anyone who has the link may be able to read the report, without signing in: the policy of "${bucket}" is public.`;
    case 'none':
      return `Nobody but the owner of "${bucket}" can read the report yet (visitors of the link get 403): add ${allow}, limited to your addresses (aws:SourceIp)${exposure.blocksPublicPolicy === true ? '; one without a limit is refused, because Block Public Access is on' : ''}.`;
    case 'not-public':
      return `The bucket "${bucket}" is not public (visitors of the link get 403 unless its policy names them): if your team is not named there, add ${allow}, limited to your addresses (aws:SourceIp).`;
    case 'unknown':
      return `Who can read the report cannot be told, because these credentials may not ask (s3:GetBucketPolicyStatus on "${bucket}"): open the link from outside your network to see.`;
  }
}
