/**
 * A process that serves a bucket of very many objects, as a company's trail has: `many-objects.ts COUNT`. It tells its
 * address and keys as a line of JSON, and ends when its input does.
 */
import { gzipSync } from 'node:zlib';
import { S3Server } from '../../support/s3-server/server.js';

const ACCOUNTS = 10;
const REGIONS = ['us-east-1', 'eu-west-1'] as const;
const DAYS = 28;

const server = await S3Server.start();
server.createBucket('trail');
// What is measured is what files cost, not what events do.
const empty = gzipSync('{"Records":[]}');
for (let i = 0; i < Number(process.argv[2]); i++) {
  const account = String(111_122_223_333 + (i % ACCOUNTS));
  const day = String(1 + (Math.floor(i / ACCOUNTS) % DAYS)).padStart(2, '0');
  const region = REGIONS[Math.floor(i / ACCOUNTS / DAYS) % REGIONS.length] as string;
  const name = `${account}_CloudTrail_${region}_202602${day}T0000Z_${String(i).padStart(16, '0')}.json.gz`;
  server.putObject('trail', `AWSLogs/${account}/CloudTrail/${region}/2026/02/${day}/${name}`, empty);
}
// It must not grow by what it was asked.
setInterval(() => (server.requests.length = 0), 50);
process.stdout.write(`${JSON.stringify({ endpoint: server.endpoint, ...server.credentials })}\n`);
process.stdin.on('end', () => process.exit()).resume();
