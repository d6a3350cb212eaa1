/** Which operation a request asks for, the permission that it takes, and who carries it out. */
import * as buckets from './buckets.js';
import { notImplemented } from './errors.js';
import type { Answer, Exchange } from './exchange.js';
import { listObjectsV2 } from './listing.js';
import * as multipart from './multipart.js';
import * as objects from './objects.js';
import * as protection from './protection.js';
import * as settings from './settings.js';
import type { Target } from './target.js';

interface Operation {
  readonly name: string;
  readonly action: string;
  readonly run: (exchange: Exchange) => Answer;
}

interface Rule extends Operation {
  readonly method: string;
  readonly scope: 'service' | 'bucket' | 'object';
  /** Query parameters that must be there: they choose the operation. */
  readonly query: readonly string[];
  /** Query parameters that may be there. */
  readonly optional: readonly string[];
}

const LIST_OPTIONS = [
  'prefix',
  'delimiter',
  'max-keys',
  'start-after',
  'continuation-token',
  'encoding-type',
  'fetch-owner',
];

const RULES: readonly Rule[] = [
  rule('GET', 'service', 'ListBuckets', 's3:ListAllMyBuckets', buckets.listBuckets),
  rule('PUT', 'bucket', 'CreateBucket', 's3:CreateBucket', buckets.createBucket),
  rule('DELETE', 'bucket', 'DeleteBucket', 's3:DeleteBucket', buckets.deleteBucket),
  rule('HEAD', 'bucket', 'HeadBucket', 's3:ListBucket', buckets.headBucket),
  rule('GET', 'bucket', 'GetBucketLocation', 's3:GetBucketLocation', buckets.getBucketLocation, ['location']),
  rule('GET', 'bucket', 'ListObjectsV2', 's3:ListBucket', listObjectsV2, ['list-type'], LIST_OPTIONS),
  ...[
    setting('GET', 'website', 'GetBucketWebsite', 's3:GetBucketWebsite', settings.getBucketWebsite),
    setting('PUT', 'website', 'PutBucketWebsite', 's3:PutBucketWebsite', settings.putBucketWebsite),
    setting('DELETE', 'website', 'DeleteBucketWebsite', 's3:DeleteBucketWebsite', settings.deleteBucketWebsite),
    setting('GET', 'policy', 'GetBucketPolicy', 's3:GetBucketPolicy', settings.getBucketPolicy),
    setting('PUT', 'policy', 'PutBucketPolicy', 's3:PutBucketPolicy', settings.putBucketPolicy),
    setting('DELETE', 'policy', 'DeleteBucketPolicy', 's3:DeleteBucketPolicy', settings.deleteBucketPolicy),
    setting('GET', 'policyStatus', 'GetBucketPolicyStatus', 's3:GetBucketPolicyStatus', settings.getBucketPolicyStatus),
    // All three are one permission to read and one to write: there is no s3:DeletePublicAccessBlock.
    setting(
      'GET',
      'publicAccessBlock',
      'GetPublicAccessBlock',
      's3:GetBucketPublicAccessBlock',
      settings.getPublicAccessBlock,
    ),
    setting(
      'PUT',
      'publicAccessBlock',
      'PutPublicAccessBlock',
      's3:PutBucketPublicAccessBlock',
      settings.putPublicAccessBlock,
    ),
    setting(
      'DELETE',
      'publicAccessBlock',
      'DeletePublicAccessBlock',
      's3:PutBucketPublicAccessBlock',
      settings.deletePublicAccessBlock,
    ),
    setting(
      'GET',
      'ownershipControls',
      'GetBucketOwnershipControls',
      's3:GetBucketOwnershipControls',
      settings.getBucketOwnershipControls,
    ),
    setting(
      'PUT',
      'ownershipControls',
      'PutBucketOwnershipControls',
      's3:PutBucketOwnershipControls',
      settings.putBucketOwnershipControls,
    ),
  ],
  setting('GET', 'encryption', 'GetBucketEncryption', 's3:GetEncryptionConfiguration', protection.getBucketEncryption),
  setting('GET', 'versioning', 'GetBucketVersioning', 's3:GetBucketVersioning', protection.getBucketVersioning),
  setting('PUT', 'versioning', 'PutBucketVersioning', 's3:PutBucketVersioning', protection.putBucketVersioning),
  setting(
    'GET',
    'object-lock',
    'GetObjectLockConfiguration',
    's3:GetBucketObjectLockConfiguration',
    protection.getObjectLockConfiguration,
  ),
  rule(
    'GET',
    'bucket',
    'ListObjectVersions',
    's3:ListBucketVersions',
    protection.listObjectVersions,
    ['versions'],
    ['prefix', 'encoding-type'],
  ),
  rule('HEAD', 'object', 'HeadObject', 's3:GetObjectVersion', objects.headObject, ['versionId']),
  rule('GET', 'object', 'GetObject', 's3:GetObjectVersion', objects.getObject, ['versionId']),
  rule('DELETE', 'object', 'DeleteObject', 's3:DeleteObjectVersion', objects.deleteObject, ['versionId']),
  rule('GET', 'object', 'GetObject', 's3:GetObject', objects.getObject),
  rule('HEAD', 'object', 'HeadObject', 's3:GetObject', objects.headObject),
  rule('PUT', 'object', 'PutObject', 's3:PutObject', objects.putObject),
  rule('DELETE', 'object', 'DeleteObject', 's3:DeleteObject', objects.deleteObject),
  rule('POST', 'object', 'CreateMultipartUpload', 's3:PutObject', multipart.createMultipartUpload, ['uploads']),
  rule('PUT', 'object', 'UploadPart', 's3:PutObject', multipart.uploadPart, ['partNumber', 'uploadId']),
  rule('POST', 'object', 'CompleteMultipartUpload', 's3:PutObject', multipart.completeMultipartUpload, ['uploadId']),
  rule('DELETE', 'object', 'AbortMultipartUpload', 's3:AbortMultipartUpload', multipart.abortMultipartUpload, [
    'uploadId',
  ]),
];

const COPY: Operation = { name: 'CopyObject', action: 's3:PutObject', run: objects.copyObject };

function rule(
  method: string,
  scope: Rule['scope'],
  name: string,
  action: string,
  run: Rule['run'],
  query: readonly string[] = [],
  optional: readonly string[] = [],
): Rule {
  return { method, scope, name, action, run, query, optional };
}

function setting(method: string, query: string, name: string, action: string, run: Rule['run']): Rule {
  return rule(method, 'bucket', name, action, run, [query]);
}

/** Headers that this server knows what to do with; others that begin so would change what is meant. */
const KNOWN_HEADERS =
  /^x-amz-(content-sha256|date|security-token|user-agent|decoded-content-length|request-payer|trailer|sdk-checksum-algorithm|checksum-.+|meta-.+|acl|grant-.+|storage-class|object-ownership|copy-source)$/;

/** Throws NotImplemented, saying what, for every request that is not wholly understood. */
export function operationOf(method: string, target: Target, headerNames: readonly string[]): Operation {
  const unknown = headerNames.find((name) => name.startsWith('x-amz-') && !KNOWN_HEADERS.test(name));
  if (unknown !== undefined) throw notImplemented(`the header ${unknown}`);
  const scope = target.bucket === '' ? 'service' : target.key === '' ? 'bucket' : 'object';
  // The SDK names its operation in x-id, of which S3 takes no notice, and signs links by parameters.
  const given = [...target.query.keys()].filter((name) => name !== 'x-id' && !/^x-amz-/i.test(name));
  const found = RULES.find(
    (candidate) =>
      candidate.method === method &&
      candidate.scope === scope &&
      candidate.query.every((name) => given.includes(name)) &&
      given.every((name) => candidate.query.includes(name) || candidate.optional.includes(name)),
  );
  // A header makes another operation of it, with the same permission.
  if (found?.name === 'PutObject' && headerNames.includes('x-amz-copy-source')) return COPY;
  if (!found) throw notImplemented(`${method} on a ${scope} with query "${given.join('&')}"`);
  return found;
}
