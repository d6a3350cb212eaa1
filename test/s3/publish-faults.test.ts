/**
 * Publishing that is stopped, disturbed, raced or lied to, while somebody reads without signing in after every change: at no
 * moment do they see what was not meant for them. `npm run test:publish-faults` kills real processes at more moments.
 */
import {
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import {
  ACTS,
  clientOf,
  hasWebsite,
  keysOf,
  makeBucket,
  moments,
  NIGHTS,
  notMeant,
  policyOf,
  PREFIX,
  publishFor,
  readAll,
  takeBack,
  type Audience,
  type Place,
} from '../support/publish-faults/scenarios.js';
import { Gate, type Passage } from '../support/publish-faults/gate.js';
import { describeOnEachS3, useCredentials } from '../support/s3-targets.js';

const isChange = ({ method }: Passage): boolean => method !== 'GET' && method !== 'HEAD';
const isPolicy = ({ path }: Passage): boolean => /[?&]policy(?:=|&|$)/.test(path);

describeOnEachS3('Publishing with faults', (s3) => {
  useCredentials(s3);
  let place: Place;
  let gate: Gate;
  let seen: string[];

  beforeEach(async () => {
    const { endpoint, accessKeyId, secretAccessKey } = s3();
    place = { endpoint, accessKeyId, secretAccessKey, bucket: s3().newName() };
    await makeBucket(place);
    gate = await Gate.start(endpoint);
    seen = [];
    gate.after = async (passage) => {
      if (isChange(passage)) seen.push(...(await notMeant(place)));
    };
  });
  afterEach(async () => {
    await gate.close();
    expect(seen).toEqual([]);
  });

  const page = async () => (await readAll(place)).get(`${PREFIX}index.html`);
  const statements = async () =>
    (JSON.parse((await policyOf(place)) ?? '{"Statement":[]}') as { Statement: { Sid?: string; Resource?: string }[] })
      .Statement;
  const setPolicy = async (...Statement: object[]) => {
    const client = clientOf(place);
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await client.send(new PutBucketPolicyCommand({ Bucket: place.bucket, Policy }));
    client.destroy();
  };
  const put = async (Key: string, Body: string, Metadata: Record<string, string> = {}) => {
    const client = clientOf(place);
    await client.send(new PutObjectCommand({ Bucket: place.bucket, Key, Body, Metadata }));
    client.destroy();
  };

  it.each<[Audience, Audience]>([
    ['nobody', 'here'],
    ['here', 'nobody'],
    ['elsewhere', 'here'],
    ['here', 'elsewhere'],
    ['here', 'an endpoint'],
    ['here and elsewhere', 'here'],
    ['elsewhere', 'here and elsewhere'],
    ['everyone', 'here'],
    ['everyone', 'elsewhere'],
    ['nobody', 'everyone'],
    ['elsewhere', 'whoever has the key'],
    ['whoever has the key', 'whoever has the link'],
  ])('from a page for %s to one for %s, no reader sees the other one on the way', async (from, to) => {
    await publishFor(place, place.endpoint, { audience: from });
    await publishFor(place, gate.endpoint, { audience: to, edition: 2 });
    expect(gate.count).toBeGreaterThan(10);
    const isMeant = ['here', 'here and elsewhere', 'everyone', 'whoever has the key'].includes(to);
    expect(await page()).toBe(isMeant ? `<p>for ${to}; 2</p>` : undefined);
  });

  it('copies that were published for other addresses are not opened to these', async () => {
    const [first = 0, second = 0] = NIGHTS;
    await publishFor(place, place.endpoint, { audience: 'elsewhere', keep: { copies: 3, at: first } });
    await expect(
      publishFor(place, gate.endpoint, { audience: 'here', keep: { copies: 3, at: second } }),
    ).rejects.toThrow(
      /2026-11-21T02-00Z\/ was published with --access cidr:203\.0\.113\.0\/24, and --access applies to all copies/,
    );
    expect(await page()).toBeUndefined();
  });

  it('a copy that claims to be of a day to come pushes out no real one', async () => {
    const mark = { culprit: '0.1.0', 'culprit-access': 'cidr:127.0.0.0/8' };
    for (const year of [9998, 9999])
      await put(`${PREFIX}${String(year)}-01-01T00-00Z/index.html`, 'for nobody; 0', mark);
    for (const at of NIGHTS.slice(0, 2)) {
      await publishFor(place, gate.endpoint, { audience: 'here', keep: { copies: 2, at } });
    }
    const copies = (await keysOf(place)).filter((key) => /2026.*Z\/index/.test(key));
    expect(copies).toEqual([`${PREFIX}2026-11-21T02-00Z/index.html`, `${PREFIX}2026-11-22T02-00Z/index.html`]);
    expect(JSON.stringify(await statements())).not.toContain('999');
  });

  it('what a stopped run left of a copy is removed by the next', async () => {
    const left = `${PREFIX}2026-11-20T02-00Z/manifest.json`;
    await put(left, 'for here; 0', { culprit: '0.1.0', 'culprit-access': 'cidr:127.0.0.0/8' });
    await publishFor(place, gate.endpoint, { audience: 'here', keep: { copies: 9, at: NIGHTS[0] ?? 0 } });
    expect(await keysOf(place)).not.toContain(left);
  });

  it('a key that XML cannot represent does not prevent publishing and unpublishing', async () => {
    await put(`${PREFIX}\u0001/x`, 'for nobody; 0');
    await publishFor(place, gate.endpoint, { audience: 'here', keep: { copies: 2, at: NIGHTS[0] ?? 0 } });
    await takeBack(place, gate.endpoint);
    expect((await keysOf(place)).filter((key) => key.endsWith('.html'))).toHaveLength(1);
  });

  describe('Runs at once', () => {
    const stranger = {
      Sid: 'Theirs',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 's3:GetObject',
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.9/32' } },
    };

    it('to three places keep three statements, and a foreign one', async () => {
      await setPolicy({ ...stranger, Resource: `arn:aws:s3:::${place.bucket}/theirs` });
      // All have read the policy before the first of them writes it.
      let waiting = 0;
      let go: () => void = () => undefined;
      const all = new Promise<void>((resolve) => (go = resolve));
      gate.before = async (passage) => {
        if (isPolicy(passage) && passage.method === 'PUT' && waiting < 3) {
          if (++waiting === 3) go();
          await all;
        }
        return true;
      };
      const prefixes = ['one/', 'two/', 'three/'];
      await Promise.all(prefixes.map((prefix) => publishFor(place, gate.endpoint, { audience: 'here', prefix })));
      expect(waiting).toBe(3);
      const sids = (await statements()).map(({ Sid }) => Sid);
      expect(sids).toHaveLength(4);
      expect(sids).toContain('Theirs');
      for (const prefix of prefixes) expect((await readAll(place, prefix)).size).toBe(2);
    });

    it('to one place for the same readers both succeed', async () => {
      const runs = [1, 2].map((edition) => publishFor(place, gate.endpoint, { audience: 'here', edition }));
      await Promise.all(runs);
      expect(await page()).toMatch(/for here; [12]/);
      expect(await statements()).toHaveLength(1);
    });

    it('that undo each other’s statement again and again end with a sentence', async () => {
      const theirs = { ...stranger, Resource: `arn:aws:s3:::${place.bucket}/theirs` };
      gate.after = async (passage) => {
        if (isPolicy(passage) && passage.method === 'PUT') await setPolicy(theirs);
      };
      await expect(publishFor(place, gate.endpoint, { audience: 'here' })).rejects.toThrow(
        /^The policy of ".*" was changed by someone else each time after this run changed it\. Repeat the command/,
      );
      expect((await statements()).map(({ Sid }) => Sid)).toEqual(['Theirs']);
    });

    it('do not open what another one has published for fewer meanwhile', async () => {
      let isDone = false;
      gate.before = async (passage) => {
        if (!isDone && isPolicy(passage) && passage.method === 'PUT') {
          isDone = true;
          await publishFor(place, place.endpoint, { audience: 'nobody', edition: 2 });
        }
        return true;
      };
      // Between that upload and this run's next look lies the one request that S3 cannot make depend on it.
      gate.after = () => undefined;
      await expect(publishFor(place, gate.endpoint, { audience: 'here' })).rejects.toThrow(
        /was replaced during this run by something that was not published for these readers, so they got no access/,
      );
      expect(await notMeant(place)).toEqual([]);
      expect(await statements()).toEqual([]);
    });
  });

  it('a policy that lets anyone read since the run began is seen before the page is there', async () => {
    const open = {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${place.bucket}/*`,
    };
    gate.before = async ({ method, path }) => {
      if (method === 'PUT' && path.includes(`${PREFIX}manifest.json`)) await setPolicy(open);
      return true;
    };
    // The stranger's own object is open now, by their own doing.
    gate.after = () => undefined;
    await expect(publishFor(place, gate.endpoint, { audience: 'elsewhere' })).rejects.toThrow(
      /already lets anyone read/,
    );
    expect(await page()).toBeUndefined();
  });

  describe('What lies in the bucket is not believed:', () => {
    const record = `${PREFIX}culprit-published.json`;
    const ownWebsite = async () => {
      const client = clientOf(place);
      const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
      await client.send(new PutBucketWebsiteCommand({ Bucket: place.bucket, WebsiteConfiguration }));
      client.destroy();
    };

    it.each(['without a mark', 'with a mark'])('a record %s that claims the website of the owner', async (how) => {
      await ownWebsite();
      await publishFor(place, gate.endpoint, { audience: 'everyone' });
      const forged = { formatVersion: 1, bucket: place.bucket, prefix: PREFIX, madeWebsite: true };
      await put(record, JSON.stringify(forged), how === 'with a mark' ? { culprit: '0.1.0' } : {});
      await takeBack(place, gate.endpoint);
      expect(await hasWebsite(place)).toBe(true);
      expect(await page()).toBeUndefined();
    });

    it('a record that came with a copy of another bucket', async () => {
      const elsewhere = { ...place, bucket: s3().newName() };
      await makeBucket(elsewhere);
      await publishFor(elsewhere, place.endpoint, { audience: 'everyone' });
      const client = clientOf(place);
      const { Body } = await client.send(new GetObjectCommand({ Bucket: elsewhere.bucket, Key: record }));
      await ownWebsite();
      await publishFor(place, gate.endpoint, { audience: 'everyone' });
      await put(record, (await Body?.transformToString()) ?? '', { culprit: '0.1.0' });
      client.destroy();
      await takeBack(place, gate.endpoint);
      expect(await hasWebsite(place)).toBe(true);
    });

    it.each(['', '{', 'null', '[1]', '"x"', '['.repeat(4000), `{"formatVersion":1}${' '.repeat(9000)}`])(
      'a record that says %j',
      async (text) => {
        await publishFor(place, gate.endpoint, { audience: 'everyone' });
        await put(record, text, { culprit: '0.1.0' });
        await publishFor(place, gate.endpoint, { audience: 'here', edition: 2 });
        expect(await page()).toBe('<p>for here; 2</p>');
        await takeBack(place, gate.endpoint);
        expect(await page()).toBeUndefined();
      },
    );

    it('metadata of a copy that is full of other characters', async () => {
      const access = `x"; $(id) --force ${'y'.repeat(900)}`;
      await put(`${PREFIX}2026-11-20T02-00Z/index.html`, 'for nobody; 0', {
        culprit: '0.1.0',
        'culprit-access': access,
      });
      const run = publishFor(place, gate.endpoint, { audience: 'here', keep: { copies: 2, at: NIGHTS[0] ?? 0 } });
      await expect(run).rejects.toThrow(
        /2026-11-20T02-00Z\/ was published in another way, and --access applies to all copies/,
      );
    });
  });

  it('a website that was made for one report goes over to the next, and goes with the last', async () => {
    await publishFor(place, gate.endpoint, { audience: 'everyone' });
    await publishFor(place, gate.endpoint, { audience: 'everyone', prefix: 'two/' });
    const notes = await takeBack(place, gate.endpoint);
    expect(notes).toContain('Static website hosting stays on: it serves other reports of Culprit.');
    expect(await hasWebsite(place)).toBe(true);
    expect((await readAll(place, 'two/')).size).toBe(2);
    await takeBack(place, gate.endpoint, 'two/');
    expect(await hasWebsite(place)).toBe(false);
    expect(await policyOf(place)).toBeUndefined();
  });
});

describeOnEachS3('Publishing that is stopped', (s3) => {
  useCredentials(s3);

  /** Ceph needs seconds for what the other does in a tenth: there, `npm run test:publish-faults` has all moments. */
  const count = () => (s3().kind === 'ceph' ? 4 : 20);

  describe.each(ACTS)('$name', (act) => {
    test('at any moment, gives nobody access to what is not meant for them, and the next run completes it', async () => {
      const { endpoint, accessKeyId, secretAccessKey } = s3();
      const placeOf = (bucket: string): Place => ({ endpoint, accessKeyId, secretAccessKey, bucket });
      const prepared = async (): Promise<[Place, Gate]> => {
        const place = placeOf(s3().newName());
        await makeBucket(place);
        await act.prepare(place);
        return [place, await Gate.start(endpoint)];
      };
      const [whole, counting] = await prepared();
      await act.run(whole, counting.endpoint);
      const last = counting.count;
      await counting.close();
      /** What is wrong after a stop at this moment. */
      const stopAt = async (moment: number): Promise<string[]> => {
        const wrong: string[] = [];
        const [place, gate] = await prepared();
        // By turns it is carried out, and nobody hears of it, or not.
        const lastPassed = moment % 2 === 0 ? moment : moment - 1;
        gate.before = ({ nth }) => nth <= lastPassed;
        await act.run(place, gate.endpoint).catch(() => undefined);
        await gate.close();
        const say = (lines: string[]) => wrong.push(...lines.map((line) => `${String(moment)}: ${line}`));
        say(await notMeant(place));
        await act.run(place, endpoint);
        say(await notMeant(place));
        say(await act.faults(place));
        return wrong;
      };
      // A run that is stopped waits, most of the time, before it tries again; each has a bucket of its own.
      const queue = moments(last, count());
      const wrong: string[] = [];
      const work = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) wrong.push(...(await stopAt(next)));
      };
      await Promise.all(Array.from({ length: 5 }, work));
      expect(wrong).toEqual([]);
      expect(last).toBeGreaterThan(12);
    }, 300_000);
  });
});
