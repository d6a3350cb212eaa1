/** Buckets: making, finding, and where they are. */
import { S3Error, notImplemented } from './errors.js';
import { bucketOf, header, type Answer, type Exchange } from './exchange.js';
import { Bucket, EVERYTHING_BLOCKED, type ObjectOwnership } from './store.js';
import { childText, parseXml, xmlDocument } from './xml.js';

export function createBucket(exchange: Exchange): Answer {
  const { state, target, caller, body } = exchange;
  const name = target.bucket;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw new S3Error('InvalidBucketName');
  if (state.buckets.has(name)) throw new S3Error('BucketAlreadyOwnedByYou', { elements: { BucketName: name } });
  const region = body.bytes.length === 0 ? undefined : childText(parseXml(body.bytes), 'LocationConstraint');
  const isOpen = state.newBuckets === 'open';
  const ownership = header(exchange, 'x-amz-object-ownership') as ObjectOwnership | undefined;
  state.buckets.set(
    name,
    new Bucket(
      name,
      region ?? state.region,
      caller?.account ?? '',
      isOpen ? undefined : EVERYTHING_BLOCKED,
      ownership ?? (isOpen ? 'ObjectWriter' : 'BucketOwnerEnforced'),
    ),
  );
  return { status: 200, headers: { location: `/${name}` } };
}

export function deleteBucket(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  if (bucket.size > 0) throw notImplemented('deleting a bucket that is not empty');
  exchange.state.buckets.delete(bucket.name);
  return { status: 204 };
}

export function headBucket(exchange: Exchange): Answer {
  return { status: 200, headers: { 'x-amz-bucket-region': bucketOf(exchange).region } };
}

/** For historical reasons the oldest region has no name here. */
export function getBucketLocation(exchange: Exchange): Answer {
  const { region } = bucketOf(exchange);
  return {
    status: 200,
    body: xmlDocument('LocationConstraint', []).replace('></', `>${region === 'us-east-1' ? '' : region}</`),
  };
}

export function listBuckets({ state, caller }: Exchange): Answer {
  const mine = [...state.buckets.values()].filter(({ ownerAccount }) => ownerAccount === caller?.account);
  const body = xmlDocument('ListAllMyBucketsResult', [
    ['Owner', [['ID', caller?.account ?? '']]],
    [
      'Buckets',
      mine.map(
        ({ name, region }) =>
          [
            'Bucket',
            [
              ['Name', name],
              ['BucketRegion', region],
            ],
          ] as const,
      ),
    ],
  ]);
  return { status: 200, body };
}
