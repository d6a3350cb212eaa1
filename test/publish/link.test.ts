/** S3's own address of a report, until when a signed one opens, and what is said about both. */
import { S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { cloudFrontRecipe } from '#scripts/publish/link/cloudfront.js';
import { linkNotes } from '#scripts/publish/link/link-notes.js';
import { restLink } from '#scripts/publish/link/rest-link.js';
import { linkLife } from '#scripts/publish/link/s3-presign.js';

// The SDK warns on Node 20 that its support will end.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const PLACE = { bucket: 'team', key: 'für #1/index.html', region: 'eu-west-1', endpoint: undefined };

it.each([
  [PLACE, 'https://team.s3.eu-west-1.amazonaws.com/f%C3%BCr%20%231/index.html'],
  [{ ...PLACE, region: 'cn-north-1' }, 'https://team.s3.cn-north-1.amazonaws.com.cn/f%C3%BCr%20%231/index.html'],
  [
    { ...PLACE, bucket: 'reports.team.example' },
    'https://s3.eu-west-1.amazonaws.com/reports.team.example/f%C3%BCr%20%231/index.html',
  ],
  [{ ...PLACE, endpoint: new URL('http://127.0.0.1:7480/') }, 'http://127.0.0.1:7480/team/f%C3%BCr%20%231/index.html'],
])('the address of %j is %s', (place, link) => {
  expect(restLink(place)).toBe(link);
});

it('says why a bucket whose name has dots has another address', () => {
  const address = { ...PLACE, bucket: 'reports.team', prefix: '', website: 'none', isAtWebsite: false } as const;
  expect(linkNotes(address)).toEqual([
    'The HTTPS address has the bucket "reports.team" in its path, because the certificate of S3 does not cover host names with dots (test it with "curl -I ADDRESS").',
  ]);
  expect(linkNotes({ ...address, bucket: 'reports' })).toEqual([]);
  expect(linkNotes({ ...address, isAtWebsite: true })[0]).toBe(
    'S3 websites support only http. The same page over HTTPS: https://s3.eu-west-1.amazonaws.com/reports.team/index.html',
  );
});

const NOW = Date.UTC(2026, 10, 23, 10, 0);
const KEY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

it.each([
  ['keys of a user', KEY, { until: '2026-11-24 10:00 UTC', endsWithCredentials: false }],
  [
    'a session that ends before',
    { ...KEY, sessionToken: 'token', expiration: new Date(NOW + 3_600_000) },
    { until: '2026-11-23 11:00 UTC', endsWithCredentials: true },
  ],
  [
    'a session that outlives the link',
    { ...KEY, sessionToken: 'token', expiration: new Date(NOW + 2 * 86_400_000) },
    { until: '2026-11-24 10:00 UTC', endsWithCredentials: false },
  ],
  [
    'a session that does not say when it ends',
    { ...KEY, sessionToken: 'token' },
    { until: undefined, endsWithCredentials: true },
  ],
])('a link of a day that is signed by %s lives as long as it says', async (_, credentials, life) => {
  const client = new S3Client({ region: 'eu-west-1', credentials });
  expect(await linkLife(client, 86_400, NOW)).toEqual(life);
});

it('the recipe for CloudFront names the bucket and a statement that is not public', () => {
  const recipe = cloudFrontRecipe('team', 'eu-west-1', 'arn:aws:s3:::team/r/*');
  expect(recipe.join('\n')).toContain('--origin-domain-name team.s3.eu-west-1.amazonaws.com');
  const json = /\{.*\}$/.exec(recipe.at(-1) ?? '')?.[0] ?? '';
  expect(JSON.parse(json)).toMatchObject({
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Resource: 'arn:aws:s3:::team/r/*',
    Condition: { StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::ACCOUNT:distribution/DISTRIBUTION' } },
  });
});
