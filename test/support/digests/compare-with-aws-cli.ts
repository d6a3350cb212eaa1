/**
 * Prints what `aws cloudtrail validate-logs` says of each way to tamper, beside what is expected of it (`cli` in
 * tampering.ts), which the tests hold --verify against: `npx tsx test/support/digests/compare-with-aws-cli.ts [AWS]`,
 * where AWS is the program of an installed AWS CLI. Ends with 1 where they differ.
 */
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { AwsAccount } from '../aws-account.js';
import { publicKeyList, type SignedTrail } from './signed-trail.js';
import { BackfilledTrail, KEY, TAMPERINGS } from './tampering.js';

/** What the AWS CLI asks of S3 here, which the tests' own server refuses in part: the old form of listing. */
function serve({ objects }: SignedTrail): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const key = decodeURIComponent(url.pathname).split('/').slice(2).join('/');
    const object = objects.get(key);
    if (url.searchParams.has('location')) response.end('<LocationConstraint>eu-west-1</LocationConstraint>');
    else if (key === '') {
      const [prefix, marker] = ['prefix', 'marker'].map((name) => url.searchParams.get(name) ?? '') as [string, string];
      const keys = [...objects.keys()].filter((of) => of.startsWith(prefix) && of > marker).sort();
      const contents = keys.map((of) => `<Contents><Key>${of}</Key></Contents>`).join('');
      response.end(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`);
    } else if (object === undefined) response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    else {
      for (const [name, value] of Object.entries(object.metadata)) response.setHeader(`x-amz-meta-${name}`, value);
      response.end(object.body);
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

interface Verdict {
  readonly digests: number;
  readonly logs: number;
}

async function validate(aws: string, trail: SignedTrail, account: AwsAccount): Promise<Verdict> {
  const server = await serve(trail);
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const command = ['cloudtrail', 'validate-logs', '--region', 'eu-west-1', '--s3-bucket', trail.bucket];
  const range = ['--start-time', '2025-03-03T00:00:00Z', '--end-time', '2025-03-03T08:00:00Z'];
  const arn = ['--trail-arn', 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main'];
  const env = { ...process.env, ...account.env, AWS_ENDPOINT_URL_S3: endpoint };
  const { stdout } = await promisify(execFile)(aws, [...command, ...range, ...arn], { env }).catch(
    (error: unknown) => error as { readonly stdout: string },
  );
  server.close();
  const invalid = (what: string): number =>
    [...stdout.matchAll(new RegExp(`(\\d+)/\\d+ ${what} files INVALID`, 'g'))].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    );
  if (!/\d+\/\d+ digest files valid/.test(stdout)) throw new Error(`the AWS CLI did not answer: ${stdout}`);
  return { digests: invalid('(?:backfill )?digest'), logs: invalid('log') };
}

const account = await AwsAccount.start({ publicKeys: JSON.parse(publicKeyList(KEY)) as object });
let differ = 0;
for (const { kind, tamper, cli } of [
  { kind: 'nothing', tamper: () => undefined, cli: { digests: 0, logs: 0 } },
  ...TAMPERINGS,
]) {
  const trail = new BackfilledTrail();
  tamper(trail);
  const said = await validate(process.argv[2] ?? 'aws', trail, account);
  const isAsExpected = said.digests === cli.digests && said.logs === cli.logs;
  if (!isAsExpected) differ++;
  console.log(
    `${isAsExpected ? 'as expected' : 'DIFFERS    '}  digests ${String(said.digests)}, logs ${String(said.logs)} invalid  ${kind}`,
  );
}
await account.close();
process.exitCode = differ === 0 ? 0 : 1;
