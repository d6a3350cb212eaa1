/**
 * Instructions for CloudFront in front of a private report: HTTPS, a custom domain name, and any sign-in added there.
 * Pure.
 * Source: Amazon CloudFront developer guide, "Restrict access to an Amazon S3 origin": origin access control (OAC).
 */
import { partitionOf } from '#scripts/run/partition.js';
import { regionalHost } from './rest-link.js';

/** The instructions, line by line. The statement is to be added to the bucket policy, which may have others. */
export function cloudFrontRecipe(bucket: string, region: string, resource: string): string[] {
  const control = 'Name=culprit,SigningProtocol=sigv4,SigningBehavior=always,OriginAccessControlOriginType=s3';
  const statement = {
    Sid: 'CloudFrontReadsReport',
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: resource,
    Condition: {
      StringEquals: { 'AWS:SourceArn': `arn:${partitionOf(region)}:cloudfront::ACCOUNT:distribution/DISTRIBUTION` },
    },
  };
  return [
    'To share it with a team over HTTPS, put CloudFront with origin access control in front of the bucket, which stays private:',
    `  aws cloudfront create-origin-access-control --origin-access-control-config ${control}`,
    `  aws cloudfront create-distribution --origin-domain-name ${bucket}.${regionalHost(region)}`,
    '  Set that access control on the origin, redirect http to https, and add your team’s sign-in.',
    `  Add to the bucket policy: ${JSON.stringify(statement)}`,
  ];
}
