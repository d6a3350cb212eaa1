import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import '../support/one-worker.js';
import { report, run } from '../support/pipeline-run.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';

interface FindingsFile {
  readonly findings: readonly Readonly<Record<string, unknown>>[];
  readonly notEvaluable: readonly Readonly<Record<string, string>>[];
  readonly suppressed: readonly Readonly<Record<string, unknown>>[];
  readonly expiredSuppressions: readonly unknown[];
}

const STOP = {
  eventSource: 'cloudtrail.amazonaws.com',
  eventName: 'StopLogging',
  requestParameters: { name: 'main' },
};
const user = (userName: string): Readonly<Record<string, unknown>> => ({
  userIdentity: { type: 'IAMUser', userName, accountId: '111111111111' },
});
const LOG = logFile(record(0, STOP), record(60, { ...STOP, ...user('bob') }), record(90, user('bob')));

const RULE = `
title: Instance ended
name: ended
level: critical
logsource: {product: aws, service: cloudtrail}
detection: {call: {eventName: TerminateInstances}, condition: call}
`;

/** What findings.json says of the log, with these files beside it and these options; {} stands for the folder. */
async function findings(
  options: string,
  files: Readonly<Record<string, string>> = {},
  log = LOG,
): Promise<FindingsFile & { readonly counts: unknown }> {
  const folder = temporaryFolder({ 'log/events.json': log, ...files });
  const args = options.split(' ').filter((part) => part !== '');
  const { folder: out, manifest } = await report(
    [path.join(folder, 'log'), ...args.map((arg) => arg.replace('{}', folder))],
    path.join(folder, 'out'),
  );
  const file = JSON.parse(readFileSync(path.join(out, 'findings.json'), 'utf8')) as FindingsFile;
  return { ...file, counts: manifest.findings };
}

test('findings.json says what was found, by whom, when and where', async () => {
  const { findings: found, notEvaluable, suppressed } = await findings('');
  expect(found[0]).toEqual({
    rule: 'trail-stopped',
    title: 'CloudTrail logging was stopped, or a trail was deleted',
    level: 'high',
    techniques: ['T1562.008'],
    cis: ['5.5'],
    count: 2,
    first: '2025-03-03T00:00:00Z',
    last: '2025-03-03T00:01:00Z',
    people: ['alice', 'bob'],
    targets: ['main'],
    accounts: ['111111111111'],
    events: ['11111111-1111-4111-8111-000000000000', '11111111-1111-4111-8111-000000000060'],
  });
  expect({ notEvaluable, suppressed }).toEqual({ notEvaluable: [], suppressed: [] });
});

test('rules from files and folders are evaluated, and those that cannot be are named', async () => {
  const files = {
    'rules/one.yml': RULE,
    'rules/deeper/other.yaml': RULE.replace('eventName', 'insightDetails.state').replace('name: ended', 'name: other'),
    'rules/broken.yml': 'title: [',
    'rules/notes.txt': 'no rule',
  };
  const { findings: found, notEvaluable, counts } = await findings('--rules {}/rules', files);
  expect(found[0]).toMatchObject({ rule: 'ended', level: 'critical', count: 1, people: ['bob'] });
  expect(notEvaluable).toEqual([
    {
      rule: 'broken',
      title: 'broken',
      why: expect.stringMatching(/^The file cannot be read as YAML: .*\.$/) as string,
    },
    { rule: 'other', title: 'Instance ended', why: 'The field insightDetails.state is not kept in the report.' },
  ]);
  expect(counts).toMatchObject({ critical: 1, high: 1, notEvaluable: 2, suppressed: 0 });
});

test('a rule without an ID that has the name of one of ours is named, and ours is evaluated', async () => {
  const { findings: found, notEvaluable } = await findings('--rules {}/mine.yml', {
    'mine.yml': RULE.replace('name: ended', 'name: trail-stopped'),
  });
  expect(found.map(({ rule }) => rule)).toContain('trail-stopped');
  expect(notEvaluable).toEqual([
    { rule: 'trail-stopped', title: 'Instance ended', why: 'Another rule has the same ID.' },
  ]);
});

test('what is suppressed is counted and listed, until its time is over', async () => {
  const known = `
- {rule: trail-stopped, actor: ALI*, until: 2025-06-01, reason: The trail moves.}
- {rule: trail-*, actor: bob, until: 2024-12-31, reason: It is over.}
- {rule: machines-terminated, resource: i-0123456789abcdef0, reason: Known.}
`;
  const result = await findings('--suppress {}/known.yml', { 'known.yml': known });
  expect(result.findings.find(({ rule }) => rule === 'trail-stopped')).toMatchObject({ count: 1, people: ['bob'] });
  expect(result.suppressed).toMatchObject([
    {
      rule: 'trail-stopped',
      count: 1,
      people: ['alice'],
      by: { rule: 'trail-stopped', actor: 'ALI*', until: '2025-06-01', reason: 'The trail moves.' },
    },
    { rule: 'machines-terminated', count: 1, people: ['bob'] },
  ]);
  expect(result.counts).toMatchObject({ high: 1, suppressed: 2 });
  expect(result.expiredSuppressions).toEqual([
    { rule: 'trail-*', actor: 'bob', until: '2024-12-31', reason: 'It is over.' },
  ]);
});

test('with pseudonyms, nobody and nothing is named in findings.json either', async () => {
  const known = '- {rule: trail-stopped, actor: alice, reason: alice is known}\n';
  const result = await findings('--redact --suppress {}/known.yml', { 'known.yml': known });
  expect(result.findings[0]).toMatchObject({ rule: 'trail-stopped', count: 1 });
  expect(result.suppressed).toMatchObject([{ rule: 'trail-stopped', by: { rule: 'trail-stopped' } }]);
  expect(JSON.stringify(result)).not.toMatch(/alice|bob|111111111111|"main"/);
});

test.each([
  ['--rules {}/nowhere', 'does not exist. Name a file of Sigma rules, or a folder of them.'],
  ['--rules {}/log', 'holds no file that ends in .yml or .yaml.'],
  ['--suppress {}/nowhere.yml', 'cannot be read'],
  ['--suppress {}/list.yml', 'list.yml, entry 1, "reason" is not a suppression.'],
  ['--suppress {}/text.yml', 'text.yml is not a suppression.'],
])('%s is refused before anything is read', async (options, said) => {
  const folder = temporaryFolder({ 'log/events.json': LOG, 'list.yml': '- {rule: x}', 'text.yml': 'no list' });
  const args = [path.join(folder, 'log'), ...options.replace('{}', folder).split(' ')];
  const refused = await run(args, path.join(folder, 'out'));
  expect(refused).toMatchObject({ exitCode: 2, message: expect.stringContaining(said) as string });
});
