/** The identities of the benchmark's logs: a few hundred, as a company's accounts have, of every common type. */
import {
  assumedRole,
  IDENTITY_CENTER_PATH,
  iamUser,
  otherAccount,
  root,
  service,
  type UserIdentity,
} from '../support/identities.js';
import type { Random } from '../support/random.js';

export interface BenchCaller {
  readonly identity: UserIdentity;
  readonly address: string;
  readonly agent: string;
}

const KEY = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const AGENTS = [
  'aws-sdk-js/3.758.0 ua/2.1 os/linux#5.10 lang/js md/nodejs#22.14.0 api/s3#3.758.0 exec-env/AWS_Lambda_nodejs22.x',
  'Boto3/1.37.8 md/Botocore#1.37.8 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.2 md/pyimpl#CPython',
  'aws-cli/2.24.16 md/awscrt#0.23.8 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.9 cfg/retry-mode#standard',
  'APN/1.0 HashiCorp/1.0 Terraform/1.11.1 (+https://www.terraform.io) terraform-provider-aws/5.90.0 aws-sdk-go-v2/1.36.3',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36',
] as const;
const SERVICES = ['autoscaling', 'lambda', 'ecs-tasks', 'config', 'cloudtrail', 'rds'].map(
  (name) => `${name}.amazonaws.com`,
);

/** What made-up sessions of one account look like; the sessions change every few hours, as real ones do. */
export function callersOf(account: string, random: Random): (time: string) => BenchCaller {
  const address = (): string => `${random.pick(['203.0.113', '198.51.100', '192.0.2'])}.${1 + random.below(254)}`;
  const key = (): string => `ASIA${random.text(KEY, 16)}`;
  const roles = Array.from({ length: 24 }, (_, i) => `service-role-${i}`);
  const session = (time: string): BenchCaller => {
    const role = random.pick(roles);
    const onInstance = random.chance(0.3);
    const name = onInstance ? `i-0${random.hex(16)}` : `${role}-${random.below(50)}`;
    const since = `${time.slice(0, 13)}:00:00Z`;
    const identity = assumedRole({ account, role, name, since, accessKeyId: key(), onInstance });
    return { identity, address: address(), agent: random.pick(AGENTS) };
  };
  const make: readonly (readonly [number, (time: string) => BenchCaller])[] = [
    [60, session],
    [
      12,
      () => {
        const by = random.pick(SERVICES);
        return { identity: service(by), address: by, agent: by };
      },
    ],
    [
      14,
      () => {
        const identity = iamUser(account, `user-${random.below(40)}`, `AKIA${random.text(KEY, 16)}`);
        return { identity, address: address(), agent: random.pick(AGENTS) };
      },
    ],
    [
      10,
      (time) => ({
        identity: assumedRole({
          account,
          role: `AWSReservedSSO_${random.pick(['PowerUser', 'ReadOnly', 'Billing'])}_${random.hex(16)}`,
          path: IDENTITY_CENTER_PATH,
          name: `person${random.below(80)}@example.com`,
          since: time,
          accessKeyId: key(),
          mfa: true,
        }),
        address: address(),
        agent: AGENTS[4],
      }),
    ],
    [
      3,
      () => ({
        identity: otherAccount('999988887777', `AROA${random.text(KEY, 17)}:collector`),
        address: address(),
        agent: AGENTS[1],
      }),
    ],
    [1, (time) => ({ identity: root(account, random.chance(0.8), time), address: address(), agent: AGENTS[4] })],
  ];
  const known: BenchCaller[] = [];
  return (time) => {
    // Most events come from somebody who called before.
    if (known.length > 0 && random.chance(0.96))
      return known[Math.floor(random.next() ** 2 * known.length)] as BenchCaller;
    const caller = random.weighted(make)(time);
    if (known.length < 150) known.push(caller);
    else known[random.below(known.length)] = caller;
    return caller;
  };
}
