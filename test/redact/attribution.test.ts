/** Who is behind calls, redacted: no original is left in what attribution writes, and its names agree with the others. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseEvidence } from '#scripts/investigate/people/evidence.js';
import { everythingIn } from '../support/everything-in.js';
import { FORMS } from '../support/people/forms.js';
import { FURTHER_FORMS } from '../support/people/further-forms.js';
import { BEGIN, HOUR, STAGING, World } from '../support/people/world.js';
import { report } from '../support/pipeline-run.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tsvRows } from '../support/tsv-rows.js';

/** The world's records, with names of people and roles that are no words and that no pseudonym can be. */
function strangeRecords(): string {
  const world = new World(13);
  for (const [name, form] of Object.entries({ ...FORMS, ...FURTHER_FORMS })) form(world, name);
  const credentialsIssuedTo = `arn:aws:lambda:eu-west-1:${STAGING}:function:orders-worker-7`;
  const delivered = { inScopeOf: { issuerType: 'AWS::Lambda::Function', credentialsIssuedTo } };
  const assumption = {
    at: BEGIN + HOUR,
    account: STAGING,
    role: 'orders',
    name: 'orders-worker-7',
    session: delivered,
  };
  world.work(world.session(assumption, world.user(STAGING)), BEGIN + HOUR, 2, STAGING);
  let json = JSON.stringify(world.records());
  const roles = new Set(Array.from(json.matchAll(/assumed-role\/([A-Z][A-Za-z]*)\//g), ([, role]) => role as string));
  for (const role of roles)
    json = json.replaceAll(new RegExp(`(:assumed-role/|:role/|:")${role}(?=[/"])`, 'g'), `$1zeb${role}lon`);
  return json
    .replace(/\buser-(\d+)/g, 'dobro$1vsky')
    .replace(/\borders-worker-(\d+)/g, 'zanto$1quern')
    .replace(/\b([a-z]+)-(\d+)@example\.com/g, '$1wenz$2@vorlath.example');
}

const ORIGINALS: Readonly<Record<string, RegExp>> = {
  person: /dobro\d+vsky|[a-z]+wenz\d+/gi,
  role: /zeb[A-Z][a-z]+lon/g,
  account: /(?<=:)\d{12}(?=:)/g,
  key: /A[KS]IA[A-Z2-7]{16}/g,
  address: /(?<=")(?:\d+\.){3}\d+(?=")/g,
  user: /(?<="userId":")[0-9a-f-]{36}/g,
  function: /zanto\d+quern/g,
  workload: /\bi-[0-9a-f]{17}\b/g,
};

const COLUMNS = ['behind', 'via', 'behindHow', 'evidence', 'onBehalfOf', 'credentialsIssuedTo'] as const;

test('no person, role, account, key, address or workload is left, and each is called as in other columns', async () => {
  const records = strangeRecords();
  const folder = temporaryFolder({ 'logs/a.json': `{"Records":${records}}` });
  const logs = path.join(folder, 'logs');
  const plain = tsvRows((await report([logs], path.join(folder, 'plain'))).tsv);
  const finished = await report([logs, '--redact'], path.join(folder, 'redacted'));
  const redacted = tsvRows(finished.tsv);
  const whole = (await everythingIn(finished)).join('\n');
  const originals = Object.values(ORIGINALS).flatMap((form) => {
    const found = [...new Set(Array.from(records.matchAll(form), ([name]) => name.toLowerCase()))];
    expect(found.length).toBeGreaterThan(0);
    return found;
  });
  expect(originals.filter((name) => whole.includes(name))).toEqual([]);
  // Each column had some of them.
  for (const column of COLUMNS) {
    const cells = plain.map((row) => (row[column] as string).toLowerCase());
    expect(
      cells.some((cell) => originals.some((name) => cell.includes(name))),
      column,
    ).toBe(true);
  }
  let [named, inRole, used] = [0, 0, 0];
  plain.forEach((row, i) => {
    const other = redacted[i] as typeof row;
    expect(other['eventID']).toBe(row['eventID']);
    const last = (cells: typeof row): string => (cells['via'] as string).split(' → ').at(-1)?.split(' ')[0] ?? '';
    if (row['behind'] !== '' && row['behind'] === row['userName']) {
      named++;
      expect(other['behind']).toBe(other['userName']);
    }
    if (row['role'] !== '' && last(row) === row['role']) {
      inRole++;
      expect(last(other)).toBe(other['role']);
    }
    for (const { address, event } of parseEvidence(other['evidence'] as string).uses) {
      used++;
      const first = redacted.find(
        (cells) => `${cells['eventTime'] as string}/${cells['eventID']?.slice(0, 8) ?? ''}` === event,
      );
      expect(first?.['sourceIPAddress']).toBe(address);
      expect(other['behindHow']).toContain(`${address} (`);
    }
  });
  expect(Math.min(named, inRole, used)).toBeGreaterThan(5);
});
