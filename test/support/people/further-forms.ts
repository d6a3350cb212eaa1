/** Forms of sessions that attribution was not developed on: written after it, to see how it does on what it has not seen. */
import { root, webIdentity } from '../identities.js';
import { isoTime } from '../sample/trail.js';
import {
  assumeRoot,
  BEFORE,
  consoleLogin,
  deliver,
  identityCenterUser,
  OTHER_ACCOUNT,
  permissionSet,
  switchRole,
  type Form,
} from './forms.js';
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

export const FURTHER_FORMS: Readonly<Record<string, Form>> = {
  "a role's credentials taken to the console": (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    const session = world.assume(user, { at, account: MANAGEMENT, role: 'Admin', name: world.newName('granted') });
    signInToken(world, session, at + MINUTE);
    const console = again(world, session, at + 2 * MINUTE);
    const signIn = consoleLogin(world, withoutKey(console), at + 2 * MINUTE);
    world.tell(form, [signIn, ...world.work(console, at + 3 * MINUTE)], { behind: nameOf(user) });
  },

  'a bucket of another account that a user reads': (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    world.tell(form, world.work(user, at), { behind: nameOf(user) });
    world.tell(form, [foreignRead(world, user, PRODUCTION, at + MINUTE)], { behind: nameOf(user) });
  },

  "a bucket of another account that a role's session reads": (world, form) => {
    const user = world.user(STAGING);
    const at = world.anytime();
    const name = world.newName('reader');
    const session = world.assume(user, { at, account: STAGING, role: 'Reader', name });
    world.work(session, at + MINUTE);
    world.tell(form, [foreignRead(world, session, PRODUCTION, at + 2 * MINUTE)], { behind: nameOf(user) });
  },

  'calls to another account of two people with one session name, by their copies': (world, form) => {
    const at = world.anytime();
    const name = world.newName('twin');
    for (const after of [0, HOUR]) {
      const user = world.user(STAGING);
      const session = world.assume(user, { at: at + after, account: STAGING, role: 'Reader', name });
      const shared = world.random.uuid();
      const events = [
        foreignRead(world, session, PRODUCTION, at + after + MINUTE, shared),
        world.add({
          at: at + after + MINUTE,
          account: STAGING,
          caller: session,
          service: 'kms',
          name: 'Decrypt',
          readOnly: true,
          fields: { sharedEventID: shared },
        }),
      ];
      world.tell(form, events, { behind: nameOf(user) });
    }
  },

  'a user of an account whose logs are not there, who reads a bucket': (world, form) => {
    const user = world.user(ABSENT);
    world.tell(form, [foreignRead(world, user, PRODUCTION, world.anytime())], { why: OTHER_ACCOUNT });
  },

  'nobody with credentials': (world, form) => {
    const identity = { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' };
    const caller = { account: PRODUCTION, identity, address: world.address(), agent: BROWSER };
    world.tell(form, world.work(caller, world.anytime(), 1), { why: /no credentials/ });
  },

  'an application that acts on behalf of a user': (world, form) => {
    const name = `${world.newName('hana')}@example.com`;
    const userId = world.random.uuid();
    const at = world.anytime();
    world.add({
      at,
      account: MANAGEMENT,
      caller: { identity: identityCenterUser(userId, world.random.uuid()), address: world.address(), agent: BROWSER },
      service: 'signin',
      name: 'UserAuthentication',
      readOnly: false,
      fields: { additionalEventData: { AuthWorkflowID: world.random.uuid(), UserName: name, LoginTo: 'portal' } },
    });
    const session = deliver(world, 'redshift', {
      at: at + MINUTE,
      account: PRODUCTION,
      role: 'query-app',
      name: 'redshift',
      session: {
        onBehalfOf: { userId, identityStoreArn: `arn:aws:identitystore::${MANAGEMENT}:identitystore/d-9067000000` },
      },
    });
    world.tell(form, world.work(session, at + 2 * MINUTE), { behind: name });
  },

  'an identity of Cognito': (world, form) => {
    const identityId = `eu-west-1:${world.random.uuid()}`;
    const at = world.anytime();
    const place = { identity: {}, address: world.address(), agent: 'aws-sdk-ios/2.36.0' };
    const session = world.session(
      { at, account: PRODUCTION, role: 'app-user', name: 'CognitoIdentityCredentials' },
      place,
    );
    world.add({
      at,
      account: PRODUCTION,
      caller: { ...place, identity: { type: 'Unknown' } },
      service: 'cognito-identity',
      name: 'GetCredentialsForIdentity',
      readOnly: false,
      request: { identityId },
      response: { credentials: world.credentials(session.identity, at), identityId },
    });
    world.tell(form, world.work(session, at + MINUTE), { behind: identityId });
  },

  'a role in the console that was renewed': (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    const name = nameOf(user);
    const first = switchRole(world, user, { at, account: STAGING, role: 'Ops', name });
    const second = again(world, first, at + HOUR);
    const renewal = world.add({
      at: at + HOUR,
      account: STAGING,
      caller: withoutKey(second),
      service: 'signin',
      name: 'RenewRole',
      readOnly: false,
      response: { RenewRole: 'Success' },
      fields: { eventType: 'AwsConsoleSignIn' },
    });
    const events = [...world.work(first, at + MINUTE), renewal, ...world.work(second, at + HOUR + MINUTE)];
    world.tell(form, events, { behind: name });
  },

  'a sign-in that failed': (world, form) => {
    const user = world.user(STAGING);
    const at = world.anytime();
    world.tell(form, world.work(user, at), { behind: nameOf(user) });
    const caller = {
      ...user,
      agent: BROWSER,
      address: world.address(),
      identity: { ...user.identity, accessKeyId: '' },
    };
    world.tell(form, [consoleLogin(world, caller, at + HOUR, true)], { why: /sign-in failed/ });
  },

  'a user of Identity Center whose password is wrong': (world, form) => {
    const identity = identityCenterUser(world.random.uuid(), world.random.uuid());
    const caller = { identity, address: world.address(), agent: BROWSER };
    const additionalEventData = { AuthWorkflowID: world.random.uuid(), UserName: world.newName('joe') };
    const at = world.anytime();
    const call = { account: MANAGEMENT, caller, service: 'signin', readOnly: false } as const;
    const events = ['CredentialChallenge', 'CredentialVerification'].map((name, i) => {
      const serviceEventDetails = { [name]: i === 0 ? 'Success' : 'Failure' };
      return world.add({ ...call, at: at + i * 3000, name, fields: { additionalEventData, serviceEventDetails } });
    });
    world.tell(form, events, { why: /sign-in failed/ });
  },

  'a pipeline of GitLab': (world, form) => {
    const project = `example/${world.newName('site')}`;
    const subject = `project_path:${project}:ref_type:branch:ref:main`;
    const session = withToken(world, 'gitlab.example.com', subject, 'site-deploy');
    world.tell(form, world.work(session, session.at + MINUTE), { behind: `workload ${project} main` });
  },

  'a workspace of Terraform Cloud': (world, form) => {
    const workspace = world.newName('network');
    const subject = `organization:example:project:core:workspace:${workspace}:run_phase:apply`;
    const session = withToken(world, 'app.terraform.io', subject, 'terraform');
    world.tell(form, world.work(session, session.at + MINUTE), { behind: `workload example/core/${workspace}` });
  },

  'two users of one name who switch to one role': (world, form) => {
    const name = world.newName('chris');
    const at = world.anytime();
    for (const [account, after] of [
      [MANAGEMENT, 0],
      [STAGING, 3 * HOUR],
    ] as const) {
      const user = world.user(account, name);
      const session = switchRole(world, user, { at: at + after, account: PRODUCTION, role: 'SharedOps', name });
      world.tell(form, [session.signIn, ...world.work(session, at + after + MINUTE)], {
        behind: `${name} (${account})`,
      });
    }
  },

  'a role that is switched to from a role': (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    const name = nameOf(user);
    const first = switchRole(world, user, { at, account: STAGING, role: 'First', name });
    world.work(first, at + MINUTE);
    const second = switchRole(world, first, { at: at + 10 * MINUTE, account: PRODUCTION, role: 'Second', name });
    world.tell(form, [second.signIn, ...world.work(second, at + 11 * MINUTE)], { behind: name });
    const back = switchRole(world, second, { at: at + 20 * MINUTE, account: STAGING, role: 'First', name });
    world.tell(form, [back.signIn, ...world.work(back, at + 21 * MINUTE)], { behind: name });
  },

  'a role that is named like a permission set': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const role = 'AWSReservedSSO_AdministratorAccess_fedcba9876543210';
    const session = world.assume(user, { at, account: PRODUCTION, role, name: 'ceo@example.com' });
    world.tell(form, world.work(session, at + MINUTE), { behind: nameOf(user) });
    const early = { at: BEGIN - HOUR, account: PRODUCTION, role, name: 'cfo@example.com', lost: 'both' } as const;
    world.tell(form, world.work(world.assume(user, early), BEGIN + MINUTE), { why: BEFORE });
  },

  'a subject of SAML with the name of an IAM user': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const name = nameOf(user);
    world.tell(form, world.work(user, at), { behind: `${name} (${PRODUCTION})` });
    const identity = {
      type: 'SAMLUser',
      principalId: `q1w2e3=:${name}`,
      userName: name,
      identityProvider: 'https://idp.example.com',
    };
    const caller = { account: PRODUCTION, identity, address: world.address(), agent: BROWSER };
    const role = { at, account: PRODUCTION, role: 'Federated', name, event: 'AssumeRoleWithSAML' };
    world.tell(form, world.work(world.assume(caller, role), at + MINUTE), { behind: `${name} (idp.example.com)` });
  },

  'the beginning of a session in the basic form of ISO 8601': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const session = world.assume(user, { at, account: PRODUCTION, role: 'Admin', name: 'basic', key: world.key() });
    const basic = again(
      world,
      session,
      at,
      session.identity['accessKeyId'] as string,
      isoTime(at).replace(/[-:]/g, ''),
    );
    world.tell(form, world.work(basic, at + MINUTE), { behind: nameOf(user) });
  },

  'AssumeRoot by a role of a user of Identity Center': (world, form) => {
    const name = `${world.newName('ivan')}@example.com`;
    const at = world.anytime();
    const sso = permissionSet(world, name, 'SecurityAdmin', MANAGEMENT, at);
    const role = world.assume(sso, { at: at + MINUTE, account: MANAGEMENT, role: 'RootTasks', name: 'unlock' });
    const session = assumeRoot(world, role, STAGING, at + 2 * MINUTE);
    world.tell(form, world.work(session, at + 3 * MINUTE), { behind: name });
  },

  'a chain through an account whose logs are not there': (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    const middle = world.assume(user, { at, account: ABSENT, role: 'Hub', name: world.newName('hop') });
    const session = world.assume(middle, { at: at + MINUTE, account: PRODUCTION, role: 'Spoke', name: 'spoke' });
    world.tell(form, world.work(session, at + 2 * MINUTE), { behind: nameOf(user) });
  },

  'a call refused to one and granted to another': (world, form) => {
    const [refused, granted] = [world.user(PRODUCTION), world.user(PRODUCTION)];
    const at = world.anytime();
    world.add({
      at,
      account: PRODUCTION,
      caller: refused,
      service: 'sts',
      name: 'AssumeRole',
      readOnly: true,
      request: { roleArn: `arn:aws:iam::${PRODUCTION}:role/Vault`, roleSessionName: 'vault' },
      error: ['AccessDenied', 'User is not authorized to perform: sts:AssumeRole'],
    });
    const role = { at, account: PRODUCTION, role: 'Vault', name: 'vault', isUnanswered: true } as const;
    world.tell(form, world.work(world.assume(granted, role), at + MINUTE), { behind: nameOf(granted) });
  },

  'root in the console': (world, form) => {
    const at = world.anytime();
    const caller = {
      account: PRODUCTION,
      identity: root(PRODUCTION, true, isoTime(at)),
      address: world.address(),
      agent: BROWSER,
    };
    world.tell(form, [consoleLogin(world, caller, at), ...world.work(caller, at + MINUTE)], {
      behind: `root@${PRODUCTION}`,
    });
  },

  'an instance that a person uses by Session Manager': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const id = `i-0${world.random.hex(16)}`;
    const role = { at, account: PRODUCTION, role: 'bastion', name: id, session: { ec2RoleDelivery: '2.0' } };
    const session = { ...deliver(world, 'ec2', role), address: world.address() };
    const agent = 'aws-sdk-go/1.55.5 (go1.22.9; linux; amd64) amazon-ssm-agent/3.3.1611.0';
    const events = world.work({ ...session, agent }, at + MINUTE, 4);
    const request = { target: id };
    world.add({
      at: at + MINUTE,
      account: PRODUCTION,
      caller: user,
      service: 'ssm',
      name: 'StartSession',
      readOnly: false,
      request,
    });
    const byHand = world.work({ ...session, agent: CLI }, at + 2 * MINUTE, 3);
    world.tell(form, [...events, ...byHand], { behind: `workload ${id} (role bastion)`, isElsewhere: false });
  },

  'instances and people behind one gateway': (world, form) => {
    const gateway = world.address();
    const user = { ...world.user(PRODUCTION), address: gateway };
    const at = world.anytime();
    world.work(user, at);
    const id = `i-0${world.random.hex(16)}`;
    const session = deliver(world, 'ec2', {
      at,
      account: PRODUCTION,
      role: 'office',
      name: id,
      session: { ec2RoleDelivery: '2.0' },
    });
    const events = [CLI, BOTO, GO].flatMap((agent, i) =>
      world.work({ ...session, agent, address: gateway }, at + (i + 1) * MINUTE, 3),
    );
    world.tell(form, events, { behind: `workload ${id} (role office)`, isElsewhere: false });
  },

  "a task's key that a person's program uses": (world, form) => {
    const task = world.random.hex(32);
    const at = world.anytime();
    const session = deliver(world, 'ecs-tasks', { at, account: STAGING, role: 'worker', name: task });
    const agent = 'aws-sdk-js/3.750.0 ua/2.1 os/linux#5.10 lang/js md/nodejs#22.13.1 exec-env/AWS_ECS_FARGATE';
    const own = world.work({ ...session, address: world.address(), agent }, at + MINUTE, 6);
    const stolen = world.work({ ...session, address: world.address(), agent: CLI }, at + 2 * MINUTE, 2);
    world.tell(form, [...own, ...stolen], { behind: `workload ${task} (role worker)`, isElsewhere: true });
  },

  'the console with its helpers and CloudShell': (world, form) => {
    const name = `${world.newName('kim')}@example.com`;
    const at = world.anytime();
    const sso = { ...permissionSet(world, name, 'PowerUser', PRODUCTION, at), agent: BROWSER };
    const helper = {
      ...sso,
      agent: 'AWS Internal',
      identity: { ...sso.identity, invokedBy: 'AWS Internal' },
      address: 'AWS Internal',
    };
    const shell = again(world, sso, at);
    const cloudShell = { ...shell, agent: `${BOTO} exec-env/CloudShell`, address: world.address() };
    const events = [sso, helper, cloudShell, sso].flatMap((caller, i) => world.work(caller, at + (i + 1) * MINUTE, 3));
    world.tell(form, events, { behind: name, isElsewhere: false });
  },

  'a federation token taken to the console': (world, form) => {
    const user = world.user(MANAGEMENT);
    const at = world.anytime();
    const principalId = `${MANAGEMENT}:admin`;
    const arn = `arn:aws:sts::${MANAGEMENT}:federated-user/admin`;
    const sessionIssuer = {
      type: 'IAMUser',
      principalId: user.identity['principalId'],
      arn: user.identity['arn'],
      accountId: MANAGEMENT,
    };
    const attributes = { creationDate: isoTime(at), mfaAuthenticated: 'false' };
    const identity = {
      type: 'FederatedUser',
      principalId,
      arn,
      accountId: MANAGEMENT,
      sessionContext: { sessionIssuer, attributes },
    };
    const caller = { ...user, identity, agent: BROWSER };
    world.tell(form, [consoleLogin(world, caller, at), ...world.work(caller, at + MINUTE)], { behind: nameOf(user) });
  },

  'an assertion, then a chain over two accounts': (world, form) => {
    const name = `${world.newName('lena')}@example.com`;
    const at = world.anytime();
    const identity = {
      type: 'SAMLUser',
      principalId: `a9s8d7=:${name}`,
      userName: name,
      identityProvider: 'https://adfs.example.com',
    };
    const caller = { account: MANAGEMENT, identity, address: world.address(), agent: BROWSER };
    const saml = {
      at,
      account: MANAGEMENT,
      role: 'ADFS-Admin',
      name,
      event: 'AssumeRoleWithSAML',
      sourceIdentity: name,
    };
    const first = world.assume(caller, saml);
    const second = world.assume(first, {
      at: at + MINUTE,
      account: PRODUCTION,
      role: 'Hop',
      name: 'x',
      sourceIdentity: name,
    });
    const third = world.assume(second, {
      at: at + 2 * MINUTE,
      account: STAGING,
      role: 'Hop',
      name: 'y',
      sourceIdentity: name,
    });
    world.tell(form, world.work(third, at + 3 * MINUTE), { behind: name });
  },

  'a role in China': (world, form) => {
    const user = world.user(PRODUCTION);
    const at = world.anytime();
    const key = world.key();
    const session = world.assume(user, { at, account: PRODUCTION, role: 'Beijing', name: 'cn', key, lost: 'both' });
    const cn = JSON.parse(JSON.stringify(session).replaceAll('arn:aws:', 'arn:aws-cn:')) as Actor;
    const userCn = JSON.parse(JSON.stringify(user).replaceAll('arn:aws:', 'arn:aws-cn:')) as Actor;
    const request = { roleArn: `arn:aws-cn:iam::${PRODUCTION}:role/Beijing`, roleSessionName: 'cn' };
    const response = { credentials: world.credentials(cn.identity, at) };
    world.add({
      at,
      account: PRODUCTION,
      region: 'cn-north-1',
      caller: userCn,
      service: 'sts',
      name: 'AssumeRole',
      readOnly: true,
      request,
      response,
    });
    world.tell(form, world.work(cn, at + MINUTE), { behind: nameOf(user) });
  },

  'a configuration recorder': (world, form) => {
    const at = world.anytime();
    const host = 'config.amazonaws.com';
    const session = deliver(world, 'config', { at, account: STAGING, role: 'config-role', name: 'AWSConfig-Describe' });
    world.tell(form, world.work({ ...session, address: host, agent: host }, at + MINUTE), { behind: host });
  },

  'a runner of CI that has IPv4 and IPv6': (world, form) => {
    const name = `example/${world.newName('ci')}`;
    const provider = 'token.actions.githubusercontent.com';
    const session = withToken(world, provider, `repo:${name}:environment:production`, 'ci');
    const v6 = { ...session, address: '2603:1030:20e:3::23d', agent: 'aws-cli/2.24.10 os/linux#6.8.0' };
    const events = [session, v6, session].flatMap((caller, i) => world.work(caller, session.at + (i + 1) * MINUTE, 2));
    world.tell(form, events, { behind: `workload ${name} environment:production`, isElsewhere: false });
  },
};

function withoutKey(actor: Actor): Actor {
  const { accessKeyId: _, ...identity } = actor.identity;
  return { ...actor, identity };
}

/** The same principal with a session that began later, and another key. */
function again(world: World, actor: Actor, at: number, accessKeyId = world.key(), creationDate = isoTime(at)): Actor {
  const context = actor.identity['sessionContext'] as Readonly<Record<string, unknown>>;
  const sessionContext = { ...context, attributes: { creationDate, mfaAuthenticated: 'false' } };
  return { ...actor, identity: { ...actor.identity, accessKeyId, sessionContext } };
}

function signInToken(world: World, caller: Actor, at: number): void {
  world.add({
    at,
    account: caller.account,
    caller,
    service: 'signin',
    name: 'GetSigninToken',
    readOnly: false,
    response: { GetSigninToken: 'Success' },
    fields: { eventType: 'AwsConsoleSignIn', additionalEventData: { MobileVersion: 'No', MFAUsed: 'No' } },
  });
}

function foreignRead(world: World, caller: Actor, account: string, at: number, sharedEventID?: string): string {
  const identity = { type: 'AWSAccount', principalId: caller.identity['principalId'], accountId: caller.account };
  return world.add({
    at,
    account,
    caller: { ...caller, identity },
    service: 's3',
    name: 'GetObject',
    readOnly: true,
    request: { bucketName: 'shared', key: 'a.csv' },
    fields: { eventCategory: 'Data', managementEvent: false, ...(sharedEventID !== undefined && { sharedEventID }) },
  });
}

function withToken(world: World, provider: string, subject: string, role: string): Actor & { readonly at: number } {
  const at = world.anytime();
  const identity = webIdentity(`arn:aws:iam::${PRODUCTION}:oidc-provider/${provider}`, subject);
  const caller = { account: PRODUCTION, identity, address: world.address(), agent: GO };
  const name = world.newName('run');
  return { ...world.assume(caller, { at, account: PRODUCTION, role, name, event: 'AssumeRoleWithWebIdentity' }), at };
}
