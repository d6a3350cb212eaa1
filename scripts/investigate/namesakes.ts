/**
 * Different resources that share a name: a role and a user, a database in each of two accounts. What was asked about is
 * one of them, and what happened to the others must not be told of it.
 */
import {
  AskedName,
  isGlobal,
  isSameCase,
  isTypeWord,
  isUniqueName,
  namesOthers,
  readingsOf,
  type Reading,
} from '#shared/model/resource-name.js';
import type { EventLog, LogEvent } from './event-log.js';
import { leavesOf } from './json-leaves.js';
import { groupRows } from './tally.js';
import { placeOf, type Target } from './target.js';

/** One of the resources that a name may mean. */
export interface Namesake {
  /** Asked again, it means this one only. */
  readonly spelling: string;
  /** What is known of it; '' where the log does not say. */
  readonly service: string;
  readonly type: string;
  readonly account: string;
  readonly region: string;
  /** The events that name it, ascending. */
  readonly rows: readonly number[];
}

type Owner = Pick<Reading, 'service' | 'type' | 'account' | 'region' | 'name'>;

/** JSON keys, in lower case, that say of which service and type a bare name under them is, whoever writes it. */
const OWNERS: Readonly<Record<string, readonly [service: string, type: string]>> = {
  rolename: ['iam', 'role'],
  instanceprofilename: ['iam', 'instance-profile'],
  bucketname: ['s3', 'bucket'],
  bucket: ['s3', 'bucket'],
  s3bucket: ['s3', 'bucket'],
  s3bucketname: ['s3', 'bucket'],
  loggroupname: ['logs', 'log-group'],
  functionname: ['lambda', 'function'],
  queuename: ['sqs', ''],
  topicname: ['sns', ''],
  dbinstanceidentifier: ['rds', 'db'],
  dbclusteridentifier: ['rds', 'cluster'],
  dbsnapshotidentifier: ['rds', 'snapshot'],
  dbclustersnapshotidentifier: ['rds', 'cluster-snapshot'],
  stackname: ['cloudformation', 'stack'],
  secretid: ['secretsmanager', 'secret'],
  autoscalinggroupname: ['autoscaling', 'autoscalinggroup'],
  launchconfigurationname: ['autoscaling', 'launchconfiguration'],
  loadbalancername: ['elasticloadbalancing', 'loadbalancer'],
  targetgroupname: ['elasticloadbalancing', 'targetgroup'],
  nodegroupname: ['eks', 'nodegroup'],
  launchtemplatename: ['ec2', 'launch-template'],
};

/** Keys that name what the call's own service has. */
const BARE_KEYS: ReadonlySet<string> = new Set(['name', 'id', 'identifier', 'resourceid', 'resourcename']);

/** The same for keys that mean something else in other services. */
const OWN_KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  iam: { username: 'user', groupname: 'group', policyname: 'policy' },
  ec2: { keyname: 'key-pair', groupname: 'security-group', launchtemplatename: 'launch-template' },
  dynamodb: { tablename: 'table' },
  ecr: { repositoryname: 'repository' },
  ecs: {
    servicename: 'service',
    service: 'service',
    clustername: 'cluster',
    cluster: 'cluster',
    family: 'task-definition',
  },
  eks: { clustername: 'cluster' },
  rds: { dbclusteridentifier: 'cluster' },
  events: { rulename: 'rule' },
  kinesis: { streamname: 'stream' },
  codebuild: { projectname: 'project' },
  cloudwatch: { alarmname: 'alarm', alarmnames: 'alarm' },
  cloudtrail: { trailname: 'trail' },
};

/** Kinds of calls looked into for what their names are, the newest call of each. */
const MOST_KINDS = 80;

/** The resources that the events name by what was asked about, the one with most events first; one where it is clear. */
export async function namesakesOf(
  log: EventLog,
  target: Target,
  rows: readonly number[],
): Promise<readonly Namesake[]> {
  if (rows.length === 0 || target.readings.every(({ name }) => isUniqueName(name))) return [];
  const kinds = groupRows(rows, (row) =>
    [
      log.code('resources', row),
      log.code('eventSource', row),
      log.code('eventName', row),
      log.value('recipientAccountId', row) || log.value('accountId', row),
      log.code('awsRegion', row),
    ].join(),
  );
  const keysOf = await bareKeys(log, target, [...kinds.values()]);
  const owned = new Map<string, { owner: Owner; arn: string; rows: number[] }>();
  for (const group of kinds.values()) {
    const event = log.event(group[0] as number);
    for (const { owner, arn } of ownersIn(event, target, keysOf)) {
      const key = Object.values(owner).join('\n');
      const known = owned.get(key);
      if (!known) owned.set(key, { owner, arn, rows: [...group] });
      else {
        known.rows.push(...group);
        if (known.arn === '' || (arn !== '' && arn.length < known.arn.length)) known.arn = arn;
      }
    }
  }
  return told(target, merged([...owned.values()]));
}

/** Under which keys names of the target stand in an event of this source and name. */
async function bareKeys(
  log: EventLog,
  target: Target,
  kinds: readonly (readonly number[])[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const newest = new Map<string, number>();
  for (const group of kinds) {
    const row = group.at(-1) as number;
    const key = `${log.value('eventSource', row)} ${log.value('eventName', row)}`;
    if (row > (newest.get(key) ?? -1)) newest.set(key, row);
  }
  const read = await log.events([...newest.values()].sort((a, b) => b - a).slice(0, MOST_KINDS));
  return new Map(
    read.map((event) => [
      `${event.eventSource} ${event.eventName}`,
      new Set(
        leavesOf([event.request, event.response, event.serviceDetails])
          .filter(({ value }) => !value.startsWith('arn:') && target.meansIn(event, value))
          .map(({ key }) => key.toLowerCase()),
      ),
    ]),
  );
}

function ownersIn(
  event: LogEvent,
  target: Target,
  keysOf: ReadonlyMap<string, ReadonlySet<string>>,
): readonly { owner: Owner; arn: string }[] {
  const names = event.resources.filter((name) => target.meansIn(event, name));
  const owners: { owner: Owner; arn: string }[] = [];
  for (const name of names) {
    const [reading] = readingsOf(name);
    if (!reading || (reading.service === '' && reading.account === '')) continue;
    const { service, type, account, region } = reading;
    owners.push({ owner: { service, type, account, region, name: reading.name }, arn: name });
  }
  if (owners.length > 0) return owners;
  const place = placeOf(event);
  const [bare = target.text] = names;
  const service = namesOthers(place.service) ? '' : place.service;
  const keys = [...(keysOf.get(`${event.eventSource} ${event.eventName}`) ?? [])];
  const kinds = keys.map((key): Kind => {
    const own = OWN_KEYS[place.service]?.[key];
    if (own !== undefined) return [place.service, own];
    return OWNERS[key] ?? [BARE_KEYS.has(key) ? service : '', ''];
  });
  // `alias/orders` says itself what it is.
  const typed = readingsOf(bare).find((one) => one.type !== '' && one.service === place.service && !one.isGuess);
  const distinct = new Map(
    (kinds.length > 0 && !typed ? kinds : [[service, typed?.type ?? ''] as const]).map((kind) => [kind.join(), kind]),
  );
  return [...distinct.values()].map(([owning, type]) => {
    const account = owning === 's3' ? '' : place.account;
    const region = isGlobal(owning) ? '' : place.region;
    return { owner: { service: owning, type, account, region, name: typed?.name ?? bare }, arn: '' };
  });
}

type Kind = readonly [service: string, type: string];

interface Owned {
  owner: Owner;
  arn: string;
  rows: number[];
}

/** Joins what may be one: those of which more is known come first, and take in those of which less is. */
function merged(all: readonly Owned[]): readonly Owned[] {
  const known = ({ owner }: Owned): number =>
    [owner.service, owner.type, owner.account, owner.region].filter((value) => value !== '').length;
  const groups: Owned[] = [];
  for (const one of [...all].sort((a, b) => known(b) - known(a))) {
    const fitting = groups.filter(({ owner }) => mayBe(owner, one.owner));
    for (const group of fitting) {
      group.rows.push(...one.rows);
      if (group.arn === '') group.arn = one.arn;
    }
    if (fitting.length === 0) groups.push({ ...one, rows: [...one.rows] });
  }
  return groups;
}

function mayBe(a: Owner, b: Owner): boolean {
  const fits = (x: string, y: string): boolean => x === '' || y === '' || x === y;
  return (
    fits(a.service, b.service) &&
    fits(a.type, b.type) &&
    fits(a.account, b.account) &&
    fits(a.region, b.region) &&
    isSameCase(a.service || b.service, a.name, b.name)
  );
}

/** The groups that the question leaves, with the spellings that tell them apart. */
function told(target: Target, groups: readonly Owned[]): readonly Namesake[] {
  const asked = target.readings;
  let left: readonly Owned[] = groups.filter(({ owner }) => asked.some((one) => !one.isGuess && isAsked(one, owner)));
  if (left.length === 0) left = groups;
  const exact = left.filter(({ owner }) => target.asked.includes(owner.name));
  // Where upper and lower case count, what was written as it is asked is meant.
  if (exact.length > 0 && new Set(left.map(({ owner }) => owner.name)).size > 1) left = exact;
  const differs = (field: keyof Owner): boolean => new Set(left.map(({ owner }) => owner[field])).size > 1;
  return left
    .map(({ owner, arn, rows }): Namesake => {
      const qualifiers: string[] = [];
      const isTyped = differs('type') && isTypeWord(owner.type);
      if (differs('service') && !isTyped && owner.service !== '') qualifiers.push(`service:${owner.service}`);
      for (const field of ['account', 'region'] as const)
        if (differs(field) && owner[field] !== '') qualifiers.push(`${field}:${owner[field]}`);
      const name = isTyped ? `${owner.type}/${owner.name}` : owner.name;
      const { service, type, account, region } = owner;
      return {
        spelling: arn === '' ? [name, ...qualifiers].join(' ') : arn,
        service,
        type,
        account,
        region,
        rows: [...new Set(rows)].sort((a, b) => a - b),
      };
    })
    .sort((a, b) => b.rows.length - a.rows.length || a.spelling.localeCompare(b.spelling));
}

/** Whether the question, as it is spelt, can be about the owner. */
function isAsked(asked: Reading, owner: Owner): boolean {
  const fits = (x: string, y: string): boolean => x === '' || y === '' || x === y;
  const isTyped = asked.type === '' || asked.type === owner.type || owner.type === '';
  return (
    isTyped &&
    fits(asked.service, owner.service) &&
    fits(asked.account, owner.account) &&
    fits(asked.region, owner.region) &&
    new AskedName(owner.name).readings.some(({ name }) =>
      [asked.name, ...asked.aliases].some((one) => one.toLowerCase() === name.toLowerCase()),
    )
  );
}
