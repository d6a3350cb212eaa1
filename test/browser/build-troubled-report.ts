/** A report of a bucket in which about everything is wrong that can be, for browser tests. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import { runReport } from '../command/run-report.js';
import { publicKeyList } from '../support/digests/signed-trail.js';
import { BackfilledTrail, KEY } from '../support/digests/tampering.js';
import { putTrail } from '../support/digests/trail-places.js';
import { logFile, record } from '../support/records.js';
import { S3Server } from '../support/s3-server/server.js';

const ACCOUNT = 'AWSLogs/111122223333';
const DAY = 'eu-west-1/2025/03/03';

/**
 * The path of the report's `index.html`. Some objects may not be read or are archived, a region may not be listed, folders
 * are of other services, logs and digests were tampered with or put in.
 * @param texts stand in the names of all of these; without a slash
 */
export async function buildTroubledReport(texts: readonly string[]): Promise<string> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'culprit-page-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, 'keys.json'), publicKeyList(KEY));
  const server = await S3Server.start();
  try {
    const trail = new BackfilledTrail();
    trail.objects.delete(trail.logAt(5));
    trail.objects.delete(trail.digestAt(3));
    putTrail(server, trail);
    const { bucket } = trail;
    const log = gzipSync(logFile(record(500)));
    for (const text of texts) {
      server.putObject(bucket, `${ACCOUNT}/CloudTrail/${DAY}/not in a digest ${text}.json.gz`, log);
      server.putObject(bucket, `${ACCOUNT}/CloudTrail/${DAY}/may not be read ${text}.json.gz`, log);
      server.putObject(bucket, `${ACCOUNT}/CloudTrail/${DAY}/damaged ${text}.json.gz`, log.subarray(0, 40));
      server.putObject(bucket, `${ACCOUNT}/CloudTrail/${DAY}/archived ${text}.json.gz`, log, {
        storageClass: 'GLACIER',
      });
      server.putObject(bucket, `${ACCOUNT}/${text}/of another service`, '');
      const digest = `111122223333_CloudTrail-Digest_eu-west-1_${text}_eu-west-1_20250303T090000Z.json.gz`;
      server.putObject(bucket, `${ACCOUNT}/CloudTrail-Digest/${DAY}/${digest}`, 'no digest');
    }
    server.deny('s3:GetObject', bucket, `${ACCOUNT}/CloudTrail/${DAY}/may not be read`);
    server.putObject(bucket, `${ACCOUNT}/CloudTrail/us-east-1/2025/03/03/x.json.gz`, log);
    server.deny('s3:ListBucket', bucket, `${ACCOUNT}/CloudTrail/us-east-1/`);
    const { accessKeyId, secretAccessKey } = server.credentials;
    const options = ['--endpoint-url', server.endpoint, '--public-keys', 'keys.json', '--no-cache'];
    const { code, stderr } = await runReport([`s3://${bucket}`, ...options], {
      cwd: folder,
      env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, XDG_CACHE_HOME: folder },
    });
    if (code !== 3) throw new Error(`the report was not built: ${stderr}`);
    return path.join(folder, 'out', 'index.html');
  } finally {
    await server.close();
  }
}
