/** Requests CloudTrail's public keys from AWS. Loads the AWS SDK: import it only when needed. */
import { CloudTrailClient, ListPublicKeysCommand } from '@aws-sdk/client-cloudtrail';
import type { S3Config } from '#scripts/run/config.js';
import { clientOptions, hasCloudTrail } from '#scripts/aws/client-options.js';
import { failureOf } from '#scripts/aws/failure.js';
import type { PublicKey } from '../signature.js';

const LIMITS = { attempts: 3, connectMs: 3000, responseMs: 10_000 } as const;

/**
 * The keys of a region that were valid at any time between `from` and `to`, in ms since 1970 UTC. Throws an Error whose
 * message is a sentence that says why there are none.
 */
export async function listPublicKeys(s3: S3Config, region: string, from: number, to: number): Promise<PublicKey[]> {
  if (!(await hasCloudTrail(s3))) {
    throw new Error('With --endpoint-url, CloudTrail has no public keys to ask for. Use --public-keys.');
  }
  try {
    const keys = await askForKeys(s3, region, from, to);
    if (keys.length === 0) throw new Error('none for this time');
    return keys;
  } catch (error) {
    const { kind, detail } = failureOf(error);
    const why = {
      denied: 'refused',
      'no-credentials': 'no AWS credentials',
      expired: 'the AWS credentials have expired',
    };
    const reason = (why as Partial<Record<typeof kind, string>>)[kind] ?? (detail || kind);
    throw new Error(
      `CloudTrail in ${region} returned no public keys (${reason}). Allow cloudtrail:ListPublicKeys, or use --public-keys.`,
      { cause: error },
    );
  }
}

async function askForKeys(s3: S3Config, region: string, from: number, to: number): Promise<PublicKey[]> {
  const client = new CloudTrailClient({ ...clientOptions(s3, LIMITS), region });
  try {
    const keys: PublicKey[] = [];
    let token: string | undefined;
    do {
      const { PublicKeyList = [], NextToken } = await client.send(
        new ListPublicKeysCommand({
          StartTime: new Date(from),
          EndTime: new Date(to),
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      );
      for (const { Fingerprint, Value } of PublicKeyList) {
        if (Fingerprint === undefined || Value === undefined) continue;
        keys.push({ fingerprint: Fingerprint, value: Buffer.from(Value).toString('base64') });
      }
      token = NextToken;
    } while (token !== undefined);
    return keys;
  } finally {
    client.destroy();
  }
}
