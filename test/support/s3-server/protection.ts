/** How a bucket protects its objects: encryption, versions, Object Lock. */
import { notImplemented, S3Error } from './errors.js';
import { bucketOf, type Answer, type Exchange } from './exchange.js';
import { childText, parseXml, xmlDocument, type XmlElement } from './xml.js';

export function getBucketEncryption(exchange: Exchange): Answer {
  const rule: XmlElement[] = [
    ['ApplyServerSideEncryptionByDefault', [['SSEAlgorithm', bucketOf(exchange).encryption]]],
    ['BucketKeyEnabled', false],
  ];
  return { status: 200, body: xmlDocument('ServerSideEncryptionConfiguration', [['Rule', rule]]) };
}

export function getBucketVersioning(exchange: Exchange): Answer {
  const { versioning } = bucketOf(exchange);
  const content: XmlElement[] = versioning === undefined ? [] : [['Status', versioning]];
  return { status: 200, body: xmlDocument('VersioningConfiguration', content) };
}

export function putBucketVersioning(exchange: Exchange): Answer {
  const status = childText(parseXml(exchange.body.bytes), 'Status');
  if (status !== 'Enabled') throw notImplemented(`versioning that is ${status ?? 'not there'}`);
  bucketOf(exchange).versioning = status;
  return { status: 200 };
}

export function getObjectLockConfiguration(exchange: Exchange): Answer {
  const { lock, name } = bucketOf(exchange);
  if (!lock) throw new S3Error('ObjectLockConfigurationNotFoundError', { elements: { BucketName: name } });
  const retention: XmlElement[] = [
    ['Mode', lock.mode],
    ['Days', lock.days],
  ];
  const content: XmlElement[] = [
    ['ObjectLockEnabled', 'Enabled'],
    ['Rule', [['DefaultRetention', retention]]],
  ];
  return { status: 200, body: xmlDocument('ObjectLockConfiguration', content) };
}

/** All versions on one page: tests keep few. */
export function listObjectVersions(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  const prefix = exchange.target.query.get('prefix') ?? '';
  const content: XmlElement[] = [
    ['Name', bucket.name],
    ['Prefix', prefix],
    ['IsTruncated', false],
  ];
  for (const key of bucket.versionedKeys().filter((name) => name.startsWith(prefix))) {
    for (const [i, { id, object }] of bucket.versionsOf(key).entries()) {
      const about: XmlElement[] = [
        ['Key', key],
        ['VersionId', id],
        ['IsLatest', i === 0],
      ];
      content.push([object ? 'Version' : 'DeleteMarker', about]);
    }
  }
  return { status: 200, body: xmlDocument('ListVersionsResult', content) };
}
