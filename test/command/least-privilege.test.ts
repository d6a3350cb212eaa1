/** The policy of docs/permissions.md for reading a trail is enough, and all of it is needed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { logFile, record } from '../support/records.js';
import { describeOnEachS3, type TestS3 } from '../support/s3-targets.js';
import { runReport, type Finished } from './run-report.js';

interface Statement {
  readonly Effect: string;
  readonly Action: string;
  readonly Resource: string;
}

/** The statements of the policy under "To read a trail:". */
function documentedStatements(bucket: string): Statement[] {
  const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'permissions.md'), 'utf8');
  const json = /To read a trail:\s+```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const policy = JSON.parse(json.replaceAll('YOUR-TRAIL-BUCKET', bucket)) as { Statement: Statement[] };
  return policy.Statement;
}

async function bucketWith(s3: TestS3, statementsOf: (bucket: string) => readonly object[]): Promise<string> {
  const bucket = s3.newName();
  const key = 'AWSLogs/111111111111/CloudTrail/eu-west-1/2025/03/03/a.json.gz';
  await s3.client().send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.client().send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: gzipSync(logFile(record(1))) }));
  // As the policy of a bucket it needs somebody whom it is about; else it is the same.
  const Statement = statementsOf(bucket).map((of) => ({ ...of, Principal: { AWS: [s3.reader.arn] } }));
  if (Statement.length === 0) return bucket;
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await s3.client().send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
  return bucket;
}

function runAsReader({ endpoint, reader }: TestS3, bucket: string): Promise<Finished> {
  const env = { AWS_ACCESS_KEY_ID: reader.accessKeyId, AWS_SECRET_ACCESS_KEY: reader.secretAccessKey };
  return runReport([`s3://${bucket}`, '--endpoint-url', endpoint], { env });
}

describeOnEachS3('Least privilege', (s3) => {
  it('reads a trail with exactly the documented policy', async () => {
    const { code, stdout } = await runAsReader(s3(), await bucketWith(s3(), documentedStatements));
    expect(stdout).toContain('1 event · ');
    expect(code).toBe(0);
  });

  it.each(['s3:ListBucket', 's3:GetObject'])('ends with 3 without %s, and names it', async (missing) => {
    const bucket = await bucketWith(s3(), (name) =>
      documentedStatements(name).filter(({ Action }) => Action !== missing),
    );
    const { code, stderr } = await runAsReader(s3(), bucket);
    expect(code).toBe(3);
    expect(stderr).toMatch(new RegExp(`[Aa]llow ${missing} on`));
  });
});
