/**
 * AWS partitions: separate clouds, each with its own accounts, ARNs and host names. Pure.
 * Source: AWS General Reference, "Amazon Resource Names", and the partitions of the AWS SDKs.
 */

/** The partition of a region, as in ARNs after `arn:`. */
export function partitionOf(region: string | undefined): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region?.startsWith('cn-')) return 'aws-cn';
  return region?.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The suffix of AWS host names in a region. */
export function hostSuffixOf(region: string): string {
  return partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
