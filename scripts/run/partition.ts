/**
 * Partitions: AWS's separate clouds, each with its own accounts, names of resources and hosts. Pure.
 * Source: AWS General Reference, "Amazon Resource Names", and the partitions of the AWS SDKs.
 */

/** The part of an ARN behind `arn:` in a region. */
export function partitionOf(region: string | undefined): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region?.startsWith('cn-')) return 'aws-cn';
  return region?.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** What the names of AWS's hosts in a region end with. */
export function hostSuffixOf(region: string): string {
  return partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
