/** A bucket's settings: website, policy, Block Public Access, ownership. */
import { accessDenied } from './access.js';
import { notImplemented, S3Error } from './errors.js';
import { bucketOf, type Answer, type Exchange } from './exchange.js';
import { isPublic, parsePolicy } from './policy.js';
import type { PublicAccessBlock } from './store.js';
import { child, childText, parseXml, xmlDocument, type XmlElement } from './xml.js';

const NO_CONTENT: Answer = { status: 204 };
const OK: Answer = { status: 200 };

export function getBucketWebsite(exchange: Exchange): Answer {
  const { website, name } = bucketOf(exchange);
  if (!website) throw new S3Error('NoSuchWebsiteConfiguration', { elements: { BucketName: name } });
  const content: XmlElement[] = [];
  const { indexDocument, errorDocument, redirectAllTo } = website;
  if (indexDocument !== undefined) content.push(['IndexDocument', [['Suffix', indexDocument]]]);
  if (errorDocument !== undefined) content.push(['ErrorDocument', [['Key', errorDocument]]]);
  if (redirectAllTo) {
    const { hostName, protocol } = redirectAllTo;
    const inner: XmlElement[] = [['HostName', hostName]];
    if (protocol !== undefined) inner.push(['Protocol', protocol]);
    content.push(['RedirectAllRequestsTo', inner]);
  }
  return { status: 200, body: xmlDocument('WebsiteConfiguration', content) };
}

export function putBucketWebsite(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  const root = parseXml(exchange.body.bytes);
  if (root.name !== 'WebsiteConfiguration') throw new S3Error('MalformedXML');
  if (child(root, 'RoutingRules')) throw notImplemented('website routing rules');
  const index = child(root, 'IndexDocument');
  const error = child(root, 'ErrorDocument');
  const redirect = child(root, 'RedirectAllRequestsTo');
  const suffix = index && childText(index, 'Suffix');
  if (!redirect && !suffix) {
    throw new S3Error('InvalidArgument', {
      message: 'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
    });
  }
  if (suffix?.includes('/'))
    throw new S3Error('InvalidArgument', { message: 'The IndexDocument Suffix is not well formed' });
  bucket.website = {
    indexDocument: suffix,
    errorDocument: error && childText(error, 'Key'),
    redirectAllTo: redirect && {
      hostName: childText(redirect, 'HostName') ?? '',
      protocol: childText(redirect, 'Protocol'),
    },
  };
  return OK;
}

export function deleteBucketWebsite(exchange: Exchange): Answer {
  bucketOf(exchange).website = undefined;
  return NO_CONTENT;
}

export function getBucketPolicy(exchange: Exchange): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: policyOf(exchange).text };
}

export function getBucketPolicyStatus(exchange: Exchange): Answer {
  return { status: 200, body: xmlDocument('PolicyStatus', [['IsPublic', isPublic(policyOf(exchange))]]) };
}

function policyOf(exchange: Exchange) {
  const { policy, name } = bucketOf(exchange);
  if (!policy) throw new S3Error('NoSuchBucketPolicy', { elements: { BucketName: name } });
  return policy;
}

export function putBucketPolicy(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  const policy = parsePolicy(exchange.body.bytes.toString('utf8'), bucket.name);
  if (bucket.publicAccessBlock?.BlockPublicPolicy === true && isPublic(policy)) {
    const because = 'because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.';
    throw accessDenied(exchange, 's3:PutBucketPolicy', bucket.name, '', because);
  }
  bucket.policy = policy;
  return NO_CONTENT;
}

export function deleteBucketPolicy(exchange: Exchange): Answer {
  bucketOf(exchange).policy = undefined;
  return NO_CONTENT;
}

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;

export function getPublicAccessBlock(exchange: Exchange): Answer {
  const { publicAccessBlock: block, name } = bucketOf(exchange);
  if (!block) throw new S3Error('NoSuchPublicAccessBlockConfiguration', { elements: { BucketName: name } });
  return {
    status: 200,
    body: xmlDocument(
      'PublicAccessBlockConfiguration',
      BLOCKS.map((setting) => [setting, block[setting]] as const),
    ),
  };
}

export function putPublicAccessBlock(exchange: Exchange): Answer {
  const root = parseXml(exchange.body.bytes);
  if (root.name !== 'PublicAccessBlockConfiguration') throw new S3Error('MalformedXML');
  const settings = BLOCKS.map((setting) => [setting, childText(root, setting)?.toLowerCase() === 'true'] as const);
  bucketOf(exchange).publicAccessBlock = Object.fromEntries(settings) as unknown as PublicAccessBlock;
  return OK;
}

export function deletePublicAccessBlock(exchange: Exchange): Answer {
  bucketOf(exchange).publicAccessBlock = undefined;
  return NO_CONTENT;
}

export function getBucketOwnershipControls(exchange: Exchange): Answer {
  const { ownership, name } = bucketOf(exchange);
  if (!ownership) throw new S3Error('OwnershipControlsNotFoundError', { elements: { BucketName: name } });
  return { status: 200, body: xmlDocument('OwnershipControls', [['Rule', [['ObjectOwnership', ownership]]]]) };
}

export function putBucketOwnershipControls(exchange: Exchange): Answer {
  const rule = child(parseXml(exchange.body.bytes), 'Rule');
  const ownership = rule && childText(rule, 'ObjectOwnership');
  if (ownership !== 'BucketOwnerEnforced' && ownership !== 'BucketOwnerPreferred' && ownership !== 'ObjectWriter') {
    throw new S3Error('MalformedXML');
  }
  bucketOf(exchange).ownership = ownership;
  return OK;
}
