/** Forms of sessions whose author can be known, and of some whose author cannot: what attribution was developed on. */
import { webIdentity } from '../identities.js';
import { isoTime, type Caller } from '../sample/trail.js';
import {
  ABSENT,
  BEGIN,
  BOTO,
  BROWSER,
  CLI,
  GO,
  HOUR,
  MANAGEMENT,
  MINUTE,
  nameOf,
  PRODUCTION,
  STAGING,
  type Actor,
  type World,
} from './world.js';

/** Adds one or more sessions of a form to a world, with their truth. */
export type Form = (world: World, form: string) => void;

const GITHUB = 'arn:aws:iam::222233334444:oidc-provider/token.actions.githubusercontent.com';
const CLUSTER =
  'arn:aws:iam::222233334444:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/3A5C7E9F1B2D4C6E8F0A1B2C3D4E5F60';
export const PERMISSION_SET_PATH = '/aws-reserved/sso.amazonaws.com/eu-west-1/';
export const BEFORE = /before these logs/;
export const OTHER_ACCOUNT = /account 999900001111, whose logs are not here/;

export const FORMS: Readonly<Record<string, Form>> = {
  'an IAM user with a key of their own': (world, form) => {
    const user = world.user(world.anyAccount());
    world.tell(form, world.work(user, world.anytime()), { behind: nameOf(user) });
  },

  'a role that a user assumed': (world, form) => {
    const user = world.user(world.anyAccount());
    const at = world.anytime();
    const session = world.assume(user, { at, account: user.account, role: 'Admin', name: 'cli-session' });
    world.tell(form, world.work(session, at + MINUTE), { behind: nameOf(user) });
  },

  'a chain of two to five roles over three accounts': (world, form) => {
    const user = world.user(world.anyAccount());
    let at = world.anytime();
    let caller = user;
    const steps = 2 + world.random.below(4);
    for (let step = 0; step < steps; step++) {
      at += 2 * MINUTE;
      const role = world.random.pick(['Jump', 'Deploy', 'Admin', 'Audit']);
      caller = world.assume(caller, { at, account: world.anyAccount(), role, name: `step-${step}` });
      world.tell(form, world.work(caller, at + 1000, 1), { behind: nameOf(user) });
    }
  },

  'one session name for two people': (world, form) => {
    const at = world.anytime();
    for (const after of [0, 20 * MINUTE]) {
      const user = world.user(PRODUCTION);
      const role = { at: at + after, account: PRODUCTION, role: 'Shared', name: 'botocore-session' };
      world.tell(form, world.work(world.assume(user, role), at + after + MINUTE), { behind: nameOf(user) });
    }
  },

  'one session name for two people in one second': (world, form) => {
    const at = world.anytime();
    for (let i = 0; i < 2; i++) {
      const user = world.user(STAGING);
      const session = world.assume(user, { at, account: STAGING, role: 'Shared', name: 'terraform' });
      world.tell(form, world.work(session, at + MINUTE), { behind: nameOf(user) });
    }
  },

  'a key that was issued before to somebody else': (world, form) => {
    const key = world.key();
    const at = world.anytime();
    for (const after of [0, 15 * HOUR]) {
      const user = world.user(PRODUCTION);
      const name = world.newName('session');
      const session = world.assume(user, { at: at + after, account: PRODUCTION, role: 'Recycled', name, key });
      world.tell(form, world.work(session, at + after + MINUTE), { behind: nameOf(user) });
    }
  },

  'a recycled key of one role and one session name': (world, form) => {
    const key = world.key();
    const at = world.anytime();
    for (const after of [0, 15 * HOUR]) {
      const user = world.user(STAGING);
      const session = world.assume(user, { at: at + after, account: STAGING, role: 'Recycled', name: 'cli', key });
      world.tell(form, world.work(session, at + after + MINUTE), { behind: nameOf(user) });
    }
  },

  'a role issued before the logs begin': (world, form) => {
    const user = world.user(world.anyAccount());
    const at = BEGIN - HOUR;
    const session = world.assume(user, { at, account: user.account, role: 'Night', name: nameOf(user), lost: 'both' });
    world.tell(form, world.work(session, BEGIN + MINUTE * (1 + world.random.below(50))), { why: BEFORE });
  },

  'a chain whose first role was issued before the logs begin': (world, form) => {
    const user = world.user(MANAGEMENT);
    const first = {
      at: BEGIN - HOUR,
      account: MANAGEMENT,
      role: 'Jump',
      name: world.newName('early'),
      lost: 'both',
    } as const;
    const at = BEGIN + 10 * MINUTE;
    const session = world.assume(world.assume(user, first), { at, account: PRODUCTION, role: 'Deploy', name: 'x' });
    world.tell(form, world.work(session, at + MINUTE), { why: BEFORE });
  },

  'a role in another account, both logs there': (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    const session = world.assume(user, { at, account: PRODUCTION, role: 'CrossAdmin', name: 'ops' });
    world.tell(form, world.work(session, at + MINUTE), { behind: nameOf(user) });
  },

  'a role that was assumed from an account whose logs are not there': (world, form) => {
    const user = world.user(ABSENT);
    const at = world.anytime();
    const session = world.assume(user, { at, account: PRODUCTION, role: 'Vendor', name: 'audit' });
    world.tell(form, world.work(session, at + MINUTE), { why: OTHER_ACCOUNT });
  },

  'a role of an account whose logs are not there, used here': (world, form) => {
    const user = world.user(ABSENT);
    const at = world.anytime();
    const session = world.assume(user, { at, account: ABSENT, role: 'Remote', name: 'backup' });
    world.tell(form, world.work(session, at + MINUTE, 3, PRODUCTION), { why: OTHER_ACCOUNT });
  },

  "a role in another account, the caller's record lost": (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    const role = { at, account: STAGING, role: 'CrossAdmin', name: 'ops', lost: 'caller' } as const;
    world.tell(form, world.work(user, at - MINUTE, 1), { behind: nameOf(user) });
    // The user's ID is known from other calls.
    world.tell(form, world.work(world.assume(user, role), at + MINUTE), { behind: nameOf(user) });
  },

  'two people of one name': (world, form) => {
    const name = world.newName('alex');
    for (const account of [MANAGEMENT, PRODUCTION]) {
      const user = world.user(account, name);
      const at = world.anytime();
      const session = world.assume(user, { at, account: STAGING, role: 'Support', name });
      world.tell(form, world.work(session, at + MINUTE), { behind: `${name} (${account})` });
    }
  },

  "a session name that is a colleague's name": (world, form) => {
    const [colleague, culprit] = [world.user(PRODUCTION), world.user(PRODUCTION)];
    const at = world.anytime();
    world.tell(form, world.work(colleague, at - HOUR), { behind: nameOf(colleague) });
    const role = { at, account: PRODUCTION, role: 'Admin', name: nameOf(colleague) };
    world.tell(form, world.work(world.assume(culprit, role), at + MINUTE), { behind: nameOf(culprit) });
  },

  "a colleague's name as a session name, issued before the logs begin": (world, form) => {
    const [colleague, culprit] = [world.user(PRODUCTION), world.user(PRODUCTION)];
    world.tell(form, world.work(colleague, BEGIN + HOUR), { behind: nameOf(colleague) });
    const role = {
      at: BEGIN - HOUR,
      account: PRODUCTION,
      role: 'Admin',
      name: nameOf(colleague),
      lost: 'both',
    } as const;
    world.tell(form, world.work(world.assume(culprit, role), BEGIN + MINUTE), { why: BEFORE });
  },

  'a federation token that is named after a colleague': (world, form) => {
    const [colleague, culprit] = [world.user(MANAGEMENT), world.user(MANAGEMENT)];
    world.work(colleague, world.anytime());
    const at = world.anytime();
    const token = federate(world, culprit, nameOf(colleague), at);
    world.tell(form, world.work(token, at + MINUTE), { behind: nameOf(culprit) });
  },

  'a federation token from before the logs begin': (world, form) => {
    const user = world.user(MANAGEMENT);
    const token = federate(world, user, 'admin', BEGIN - HOUR);
    world.tell(form, world.work(token, BEGIN + 5 * MINUTE), { behind: nameOf(user) });
  },

  "a user's session token": (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const attributes = { creationDate: isoTime(at), mfaAuthenticated: 'true' };
    const identity = { ...user.identity, accessKeyId: world.key(), sessionContext: { attributes } };
    world.add({
      at,
      account: user.account,
      caller: user,
      service: 'sts',
      name: 'GetSessionToken',
      readOnly: true,
      request: { serialNumber: `arn:aws:iam::${user.account}:mfa/phone`, durationSeconds: 43200 },
      response: { credentials: world.credentials(identity, at) },
    });
    world.tell(form, world.work({ ...user, identity }, at + MINUTE), { behind: nameOf(user) });
    // With it a role is assumed.
    const role = { at: at + 5 * MINUTE, account: STAGING, role: 'MfaOnly', name: 'mfa' };
    world.tell(form, world.work(world.assume({ ...user, identity }, role), at + 6 * MINUTE), { behind: nameOf(user) });
  },

  'a user in the console': (world, form) => {
    const user = world.user(STAGING);
    const at = world.anytime();
    const caller = { ...user, agent: BROWSER, identity: { ...user.identity, accessKeyId: '' } };
    const signIn = consoleLogin(world, caller, at);
    const attributes = { creationDate: isoTime(at), mfaAuthenticated: 'true' };
    const events = [1, 2, 3].flatMap((minute) => {
      const identity = { ...user.identity, accessKeyId: world.key(), sessionContext: { attributes } };
      return world.work({ ...caller, identity, console: true }, at + minute * MINUTE, 2);
    });
    world.tell(form, [signIn, ...events], { behind: nameOf(user) });
  },

  'an assertion of SAML': (world, form) => {
    const name = `${world.newName('saml')}@example.com`;
    const at = world.anytime();
    const identity = {
      type: 'SAMLUser',
      principalId: `${world.random.text('abcdefghijklmnop', 27)}=:${name}`,
      userName: name,
      identityProvider: 'https://idp.example.com/saml2/idp/metadata.php',
    };
    const caller = { account: PRODUCTION, identity, address: world.address(), agent: BROWSER };
    const session = world.assume(caller, {
      at,
      account: PRODUCTION,
      role: 'Federated',
      name,
      event: 'AssumeRoleWithSAML',
      request: { principalArn: `arn:aws:iam::${PRODUCTION}:saml-provider/example-idp` },
    });
    world.tell(form, world.work(session, at + MINUTE), { behind: name });
  },

  'a run of a repository': (world, form) => {
    const name = `example/${world.newName('app')}`;
    const session = withToken(world, GITHUB, `repo:${name}:ref:refs/heads/main`, 'deploy', 'GitHubActions');
    world.tell(form, world.work(session, session.at + MINUTE), { behind: `workload ${name} main` });
  },

  'a service account of Kubernetes': (world, form) => {
    const account = world.newName('reporter');
    const subject = `system:serviceaccount:orders:${account}`;
    const session = withToken(world, CLUSTER, subject, 'reports', `botocore-session-${world.random.below(1e9)}`);
    world.tell(form, world.work(session, session.at + MINUTE), { behind: `workload orders/${account}` });
  },

  'a user of Identity Center, by the assertion': (world, form) => {
    const name = `${world.newName('dana')}@example.com`;
    const at = world.anytime();
    const session = permissionSet(world, name, 'AdministratorAccess', PRODUCTION, at);
    world.tell(form, world.work(session, at + MINUTE), { behind: name });
    const role = { at: at + 5 * MINUTE, account: STAGING, role: 'Deploy', name: 'from-sso' };
    world.tell(form, world.work(world.assume(session, role), at + 6 * MINUTE), { behind: name });
  },

  'a user of Identity Center, issued before the logs begin': (world, form) => {
    const name = `${world.newName('erin')}@example.com`;
    const session = permissionSet(world, name, 'ReadOnly', STAGING, BEGIN - HOUR);
    world.tell(form, world.work(session, BEGIN + 20 * MINUTE), { behind: name });
  },

  'a user of Identity Center who is a GUID but in one step of signing in': (world, form) => {
    const name = `${world.newName('fred')}@example.com`;
    const at = world.anytime();
    const userId = world.random.uuid();
    const events = identityCenterSignIn(world, name, userId, at);
    const identity = identityCenterUser(userId, world.random.uuid());
    const portal = { account: MANAGEMENT, identity, address: world.address(), agent: BROWSER };
    const list = { at: at + MINUTE, account: MANAGEMENT, caller: portal, service: 'sso', readOnly: true } as const;
    world.tell(form, [...events, world.add({ ...list, name: 'ListApplications' })], { behind: name });
  },

  'a user who switches to a role': (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    const name = nameOf(user);
    const session = switchRole(world, user, { at, account: PRODUCTION, role: 'OrganizationAccountAccessRole', name });
    world.tell(form, [session.signIn, ...world.work(session, at + MINUTE)], { behind: name });
  },

  'a user of an account whose logs are not there, who switches to a role': (world, form) => {
    const user = world.user(ABSENT, world.newName('visitor'));
    const at = world.anytime();
    const name = nameOf(user);
    const session = switchRole(world, user, { at, account: PRODUCTION, role: 'OrganizationAccountAccessRole', name });
    world.tell(form, [session.signIn, ...world.work(session, at + MINUTE)], { behind: name });
  },

  'a user of Identity Center who switches to a role': (world, form) => {
    const name = `${world.newName('gina')}@example.com`;
    const at = world.anytime();
    const sso = permissionSet(world, name, 'PowerUser', MANAGEMENT, at);
    const session = switchRole(world, sso, { at: at + 5 * MINUTE, account: STAGING, role: 'Ops', name });
    world.tell(form, [session.signIn, ...world.work(session, at + 6 * MINUTE)], { behind: name });
  },

  AssumeRoot: (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    world.tell(form, world.work(assumeRoot(world, user, PRODUCTION, at), at + MINUTE), { behind: nameOf(user) });
  },

  'AssumeRoot from an account whose logs are not there': (world, form) => {
    const user = world.user(ABSENT);
    const at = world.anytime();
    const session = assumeRoot(world, user, STAGING, at);
    world.tell(form, world.work(session, at + MINUTE), { why: /another account, whose logs are not here/ });
  },

  "root's own credentials": (world, form) => {
    const at = world.anytime();
    const attributes = { creationDate: isoTime(at), mfaAuthenticated: 'true' };
    const arn = `arn:aws:iam::${STAGING}:root`;
    const identity = { type: 'Root', principalId: STAGING, arn, accountId: STAGING, accessKeyId: world.key() };
    const caller = {
      account: STAGING,
      identity: { ...identity, sessionContext: { attributes } },
      address: world.address(),
      agent: BROWSER,
    };
    world.tell(form, world.work(caller, at + MINUTE), { behind: `root@${STAGING}` });
  },

  'an instance': (world, form) => {
    const { session, id, at } = instance(world);
    const events = world.work({ ...session, agent: SSM_AGENT }, at + MINUTE);
    world.tell(form, events, { behind: `workload ${id} (role web-server)`, isElsewhere: false });
  },

  "an instance, its key used by a person's program": (world, form) => {
    const { session, id, at } = instance(world);
    const behind = `workload ${id} (role web-server)`;
    const own = world.work({ ...session, agent: SSM_AGENT }, at + MINUTE, 6);
    const thief = world.user(PRODUCTION, world.newName('thief'), GO);
    world.work(thief, at + MINUTE);
    const stolen = { ...session, address: thief.address, agent: GO };
    world.tell(form, [...own, ...world.work(stolen, at + 2 * MINUTE)], { behind, isElsewhere: true });
  },

  "an instance's second key, used from outside only": (world, form) => {
    const { session, id, at } = instance(world);
    const behind = `workload ${id} (role web-server)`;
    const own = world.work({ ...session, agent: SSM_AGENT }, at + MINUTE, 8);
    world.tell(form, own, { behind, isElsewhere: false });
    const second = deliver(world, 'ec2', {
      at,
      account: PRODUCTION,
      role: 'web-server',
      name: id,
      session: { ec2RoleDelivery: '1.0' },
    });
    const stolen = { ...second, address: world.address(), agent: BOTO };
    world.tell(form, world.work(stolen, at + 3 * MINUTE), { behind, isElsewhere: true });
  },

  'an instance that changes its address': (world, form) => {
    const { session, id, at } = instance(world);
    const events = world.work({ ...session, agent: SSM_AGENT }, at + MINUTE, 3);
    const later = world.work({ ...session, address: world.address(), agent: SSM_AGENT }, at + HOUR, 3);
    const app = world.work({ ...session, address: world.address(), agent: BOTO }, at + 2 * HOUR, 3);
    world.tell(form, [...events, ...later, ...app], { behind: `workload ${id} (role web-server)`, isElsewhere: false });
  },

  'an instance with IPv4, IPv6 and a VPC endpoint': (world, form) => {
    const { session, id, at } = instance(world);
    const events = world.work({ ...session, agent: SSM_AGENT }, at + MINUTE, 4);
    const v6 = world.work(
      { ...session, address: '2a05:d018:f3a:8e00:4f1:9c2:77aa:1', agent: BOTO },
      at + 2 * MINUTE,
      3,
    );
    const inside = world.add({
      at: at + 3 * MINUTE,
      account: PRODUCTION,
      caller: { ...session, address: '10.0.12.7', agent: CLI },
      service: 's3',
      name: 'GetObject',
      readOnly: true,
      fields: { vpcEndpointId: 'vpce-0a1b2c3d4e5f67890' },
    });
    world.tell(form, [...events, ...v6, inside], { behind: `workload ${id} (role web-server)`, isElsewhere: false });
  },

  'an instance issued before the logs begin': (world, form) => {
    const id = instanceId(world);
    const session = world.session(
      { at: BEGIN - HOUR, account: PRODUCTION, role: 'web-server', name: id, session: { ec2RoleDelivery: '2.0' } },
      { identity: {}, address: world.address(), agent: SSM_AGENT },
    );
    world.tell(form, world.work(session, BEGIN + HOUR), { behind: `workload ${id} (role web-server)` });
  },

  'a person whose session is named like an instance': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const session = world.assume(user, { at, account: PRODUCTION, role: 'web-server', name: instanceId(world) });
    world.tell(form, world.work(session, at + MINUTE), { behind: nameOf(user) });
  },

  'a session named like an instance, issued before the logs begin': (world, form) => {
    const user = world.user(PRODUCTION);
    const role = {
      at: BEGIN - HOUR,
      account: PRODUCTION,
      role: 'admin',
      name: instanceId(world),
      lost: 'both',
    } as const;
    world.tell(form, world.work(world.assume(user, role), BEGIN + HOUR), { why: BEFORE });
  },

  'a function': (world, form) => {
    const { session, name, at } = lambda(world);
    const addresses = [0, 1, 2].flatMap((i) =>
      world.work({ ...session, address: world.address() }, at + (i + 1) * MINUTE, 1),
    );
    world.tell(form, addresses, { behind: `workload ${name} (role orders)`, isElsewhere: false });
  },

  'a function, its key used from outside': (world, form) => {
    const { session, name, at } = lambda(world);
    const behind = `workload ${name} (role orders)`;
    const own = world.work(session, at + MINUTE, 4);
    const stolen = world.work({ ...session, address: world.address(), agent: CLI }, at + 2 * MINUTE);
    world.tell(form, [...own, ...stolen], { behind, isElsewhere: true });
  },

  'a task of ECS': (world, form) => {
    const task = world.random.hex(32);
    const at = world.anytime();
    const session = deliver(world, 'ecs-tasks', { at, account: STAGING, role: 'worker', name: task });
    const agent = 'aws-sdk-js/3.750.0 ua/2.1 os/linux#5.10 lang/js md/nodejs#22.13.1 exec-env/AWS_ECS_FARGATE';
    world.tell(form, world.work({ ...session, address: world.address(), agent }, at + MINUTE), {
      behind: `workload ${task} (role worker)`,
      isElsewhere: false,
    });
  },

  'a pod by EKS Pod Identity': (world, form) => {
    const account = world.newName('biller');
    const at = world.anytime();
    const tags = [
      { key: 'kubernetes-namespace', value: 'billing' },
      { key: 'kubernetes-service-account', value: account },
    ];
    const name = `eks-prod-${account}-${world.random.uuid()}`;
    const session = deliver(world, 'pods.eks', { at, account: PRODUCTION, role: 'billing', name, request: { tags } });
    const pod = { ...session, address: world.address(), agent: GO };
    world.tell(form, world.work(pod, at + MINUTE), { behind: `workload billing/${account} (role billing)` });
  },

  'a service-linked role': (world, form) => {
    const at = world.anytime();
    const host = 'autoscaling.amazonaws.com';
    const role = {
      at,
      account: PRODUCTION,
      role: 'AWSServiceRoleForAutoScaling',
      name: 'AutoScaling',
      path: `/aws-service-role/${host}/`,
    };
    const session = { ...deliver(world, 'autoscaling', role), address: host, agent: host };
    const identity = { ...session.identity, invokedBy: host };
    world.tell(form, world.work({ ...session, identity }, at + MINUTE), { behind: host });
  },

  'a role that CloudFormation was given': (world, form) => {
    const at = world.anytime();
    const host = 'cloudformation.amazonaws.com';
    const session = deliver(world, 'cloudformation', {
      at,
      account: STAGING,
      role: 'stack-role',
      name: 'AWSCloudFormation',
    });
    world.tell(form, world.work({ ...session, address: host, agent: host }, at + MINUTE), { behind: host });
  },

  'a call that a service made for somebody': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const session = world.assume(user, { at, account: PRODUCTION, role: 'Admin', name: 'fas' });
    const host = 'cloudformation.amazonaws.com';
    const forwarded = { ...session, identity: { ...session.identity, invokedBy: host }, address: host, agent: host };
    const events = [...world.work(session, at + MINUTE), ...world.work(forwarded, at + 2 * MINUTE)];
    world.tell(form, events, { behind: nameOf(user), isElsewhere: false });
  },

  'a person behind a VPN, then not': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const session = world.assume(user, { at, account: PRODUCTION, role: 'Admin', name: 'vpn' });
    const events = [0, 1, 2, 3].flatMap((i) =>
      world.work({ ...session, address: i % 2 === 0 ? session.address : '45.83.220.17' }, at + i * 10 * MINUTE, 2),
    );
    world.tell(form, events, { behind: nameOf(user), isElsewhere: false });
  },

  'a person behind a pool of addresses with several programs': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const session = world.assume(user, { at, account: PRODUCTION, role: 'Admin', name: 'nat' });
    const pool = ['85.214.10.4', '85.214.11.9', '85.214.13.200'];
    const events = [CLI, BOTO, GO].flatMap((agent, i) =>
      world.work({ ...session, agent, address: pool[i] as string }, at + i * 10_000, 3),
    );
    world.tell(form, events, { behind: nameOf(user), isElsewhere: false });
  },

  'a session that two programs use from two networks at once': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const session = world.assume(user, { at, account: PRODUCTION, role: 'Admin', name: 'leaked' });
    const own = world.work({ ...session, agent: CLI }, at + MINUTE, 8);
    const other = world.work({ ...session, agent: BOTO, address: world.address() }, at + 2 * MINUTE, 3);
    world.tell(form, [...own, ...other], { behind: nameOf(user), isElsewhere: true });
  },

  'a link of the chain whose record is lost': (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    const middle = world.assume(user, {
      at,
      account: MANAGEMENT,
      role: 'Jump',
      name: world.newName('lost'),
      lost: 'both',
    });
    const session = world.assume(middle, { at: at + MINUTE, account: PRODUCTION, role: 'Deploy', name: 'after' });
    world.tell(form, world.work(session, at + 2 * MINUTE), { why: /not in these logs/ });
  },

  'a response that was not recorded': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const name = world.newName('mute');
    const session = world.assume(user, { at, account: PRODUCTION, role: 'Admin', name, isUnanswered: true });
    world.tell(form, world.work(session, at + MINUTE), { behind: nameOf(user) });
  },

  'responses that were not recorded, of two people in one second': (world, form) => {
    const at = world.anytime();
    for (let i = 0; i < 2; i++) {
      const user = world.user(PRODUCTION);
      const session = world.assume(user, { at, account: PRODUCTION, role: 'Twin', name: 'same', isUnanswered: true });
      world.tell(form, world.work(session, at + MINUTE), { why: /ambiguous/ });
    }
  },

  'a source identity, issued before the logs begin': (world, form) => {
    const sourceIdentity = world.newName('source');
    const user = world.user(PRODUCTION);
    const role = {
      at: BEGIN - HOUR,
      account: PRODUCTION,
      role: 'Kept',
      name: 'x',
      sourceIdentity,
      lost: 'both',
    } as const;
    world.tell(form, world.work(world.assume(user, role), BEGIN + HOUR), { behind: sourceIdentity });
  },

  'a chain that leads back to itself': (world, form) => {
    const at = world.anytime();
    const place = { identity: {}, address: world.address(), agent: CLI };
    const [a, b] = ['LoopA', 'LoopB'].map((role) =>
      world.session({ at, account: STAGING, role, name: 'loop' }, place),
    ) as [Actor, Actor];
    for (const [caller, role, next] of [
      [a, 'LoopB', b],
      [b, 'LoopA', a],
    ] as const) {
      world.assume(caller, { at, account: STAGING, role, name: 'loop', key: next.identity['accessKeyId'] as string });
    }
    world.tell(form, world.work(a, at + MINUTE), { why: /leads back to itself/ });
  },

  'a certificate of IAM Roles Anywhere': (world, form) => {
    const at = world.anytime();
    const subject = `CN=${world.newName('host')}.example.com`;
    const serial = world.random.hex(40);
    const session = world.session(
      { at, account: PRODUCTION, role: 'on-premises', name: serial, sourceIdentity: subject },
      { identity: {}, address: world.address(), agent: 'CredHelper/1.4.0 (go1.23; linux; amd64)' },
    );
    const roleArn = `arn:aws:iam::${PRODUCTION}:role/on-premises`;
    const { principalId, arn } = session.identity;
    const assumedRoleUser = { arn, assumedRoleId: principalId };
    world.add({
      at,
      account: PRODUCTION,
      caller: { ...session, identity: { type: 'Unknown', principalId: '', accountId: PRODUCTION } },
      service: 'rolesanywhere',
      name: 'CreateSession',
      readOnly: false,
      request: { roleArn, durationSeconds: 3600, cert: 'MIIB', sessionName: serial },
      response: {
        credentialSet: [
          { assumedRoleUser, credentials: world.credentials(session.identity, at), roleArn, sourceIdentity: subject },
        ],
        subjectArn: `arn:aws:rolesanywhere:eu-west-1:${PRODUCTION}:subject/${world.random.uuid()}`,
      },
    });
    world.tell(form, world.work(session, at + MINUTE), { behind: `workload ${subject} (role on-premises)` });
  },
};

const SSM_AGENT = 'aws-sdk-go/1.55.5 (go1.22.9; linux; amd64) amazon-ssm-agent/3.3.1611.0';

function instanceId(world: World): string {
  return `i-0${world.random.hex(16)}`;
}

interface Delivered {
  readonly session: Actor;
  readonly at: number;
}

function instance(world: World): Delivered & { readonly id: string } {
  const [id, at] = [instanceId(world), world.anytime()];
  const role = { at, account: PRODUCTION, role: 'web-server', name: id, session: { ec2RoleDelivery: '2.0' } };
  return { session: { ...deliver(world, 'ec2', role), address: world.address() }, id, at };
}

function lambda(world: World): Delivered & { readonly name: string } {
  const [name, at] = [world.newName('orders-worker'), world.anytime()];
  const agent = `${BOTO} exec-env/AWS_Lambda_python3.12`;
  const session = deliver(world, 'lambda', { at, account: PRODUCTION, role: 'orders', name });
  return { session: { ...session, address: world.address(), agent }, name, at };
}

/** A service hands a role's credentials to a workload. */
export function deliver(world: World, service: string, role: Parameters<World['assume']>[1]): Actor {
  return world.assume(world.service(service), role);
}

function federate(world: World, user: Actor, name: string, at: number): Actor {
  const { account } = user;
  const identity = {
    type: 'FederatedUser',
    principalId: `${account}:${name}`,
    arn: `arn:aws:sts::${account}:federated-user/${name}`,
    accountId: account,
    accessKeyId: world.key(),
    sessionContext: {
      sessionIssuer: {
        type: 'IAMUser',
        principalId: user.identity['principalId'],
        arn: user.identity['arn'],
        accountId: account,
        userName: user.identity['userName'],
      },
      webIdFederationData: {},
      attributes: { creationDate: isoTime(at), mfaAuthenticated: 'false' },
    },
  };
  const { principalId, arn } = identity;
  world.add({
    at,
    account,
    caller: user,
    service: 'sts',
    name: 'GetFederationToken',
    readOnly: true,
    request: { name, durationSeconds: 43200 },
    response: {
      credentials: world.credentials(identity, at),
      federatedUser: { federatedUserId: principalId, arn },
      packedPolicySize: 3,
    },
  });
  return { ...user, identity };
}

function withToken(
  world: World,
  provider: string,
  subject: string,
  role: string,
  name: string,
): Actor & { readonly at: number } {
  const at = world.anytime();
  const caller = { account: PRODUCTION, identity: webIdentity(provider, subject), address: world.address(), agent: GO };
  const event = 'AssumeRoleWithWebIdentity';
  return { ...world.assume(caller, { at, account: PRODUCTION, role, name, event }), at };
}

/** A session of a permission set, as Identity Center makes it. */
export function permissionSet(world: World, name: string, set: string, account: string, at: number): Actor {
  const identity = {
    type: 'SAMLUser',
    principalId: `bm90LWEtcmVhbC1pZA==:${name}`,
    userName: name,
    identityProvider: 'bm90LWEtcmVhbC1pZA==',
  };
  const caller = { account, identity, address: world.address(), agent: 'aws-internal/3' };
  return world.assume(caller, {
    at,
    account,
    role: `AWSReservedSSO_${set}_0123456789abcdef`,
    path: PERMISSION_SET_PATH,
    name,
    event: 'AssumeRoleWithSAML',
    request: { principalArn: `arn:aws:iam::${account}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE` },
  });
}

export function identityCenterUser(userId: string, credentialId: string): Caller['identity'] {
  const identityStoreArn = `arn:aws:identitystore::${MANAGEMENT}:identitystore/d-9067000000`;
  return { type: 'IdentityCenterUser', accountId: MANAGEMENT, onBehalfOf: { userId, identityStoreArn }, credentialId };
}

/** The name stands in one of the three steps. */
function identityCenterSignIn(world: World, name: string, userId: string, at: number): string[] {
  const identity = identityCenterUser(userId, world.random.uuid());
  const caller = { identity, address: world.address(), agent: BROWSER };
  const AuthWorkflowID = world.random.uuid();
  return ['CredentialChallenge', 'CredentialVerification', 'UserAuthentication'].map((step, i) =>
    world.add({
      at: at + i * 4000,
      account: MANAGEMENT,
      caller,
      service: 'signin',
      name: step,
      readOnly: false,
      fields: {
        eventType: 'AwsServiceEvent',
        additionalEventData: { AuthWorkflowID, CredentialType: 'PASSWORD', ...(i === 0 && { UserName: name }) },
        serviceEventDetails: { [step]: 'Success' },
      },
    }),
  );
}

export function consoleLogin(world: World, caller: Actor, at: number, isFailed = false): string {
  return world.add({
    at,
    account: caller.account,
    region: 'us-east-1',
    caller,
    service: 'signin',
    name: 'ConsoleLogin',
    readOnly: false,
    response: { ConsoleLogin: 'Success' },
    fields: {
      ...(isFailed && { errorMessage: 'Failed authentication', responseElements: { ConsoleLogin: 'Failure' } }),
      additionalEventData: {
        LoginTo: 'https://console.aws.amazon.com/console/home',
        MobileVersion: 'No',
        MFAUsed: 'Yes',
      },
      eventType: 'AwsConsoleSignIn',
    },
  });
}

/** A session of the console that somebody switched to: its sign-in, and calls with keys that nothing issued. */
export function switchRole(
  world: World,
  from: Actor,
  role: Parameters<World['session']>[0],
): Actor & { readonly signIn: string } {
  const session = world.session(role, { ...from, agent: BROWSER });
  const { type, principalId, arn, accountId } = session.identity;
  const signIn = world.add({
    at: role.at,
    account: role.account,
    region: 'us-east-1',
    caller: { ...session, identity: { type, principalId, arn, accountId } },
    service: 'signin',
    name: 'SwitchRole',
    readOnly: false,
    response: { SwitchRole: 'Success' },
    fields: {
      additionalEventData: {
        SwitchFrom: from.identity['arn'],
        RedirectTo: 'https://console.aws.amazon.com/console/home',
      },
      eventType: 'AwsConsoleSignIn',
    },
  });
  return { ...session, console: true, signIn };
}

export function assumeRoot(world: World, caller: Actor, account: string, at: number): Actor {
  const identity = {
    type: 'Root',
    principalId: account,
    arn: `arn:aws:iam::${account}:root`,
    accountId: account,
    accessKeyId: world.key(),
    sessionContext: { attributes: { creationDate: isoTime(at), mfaAuthenticated: 'false' }, assumedRoot: 'true' },
  };
  world.add({
    at,
    account: caller.account,
    caller,
    service: 'sts',
    name: 'AssumeRoot',
    readOnly: true,
    request: {
      targetPrincipal: account,
      taskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy' },
    },
    response: { credentials: world.credentials(identity, at) },
  });
  return { ...caller, account, identity };
}
