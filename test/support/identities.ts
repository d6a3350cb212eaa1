/**
 * `userIdentity` elements as CloudTrail writes them — AWS CloudTrail user guide, "CloudTrail userIdentity element".
 * Names and keys are of the forms that AWS's documentation uses for examples.
 */

export type UserIdentity = Readonly<Record<string, unknown>>;

/** An IAM user with a long-term key, or in the console where `accessKeyId` is ''. */
export function iamUser(account: string, userName: string, accessKeyId: string): UserIdentity {
  return {
    type: 'IAMUser',
    principalId: `AIDA${idOf(userName)}`,
    arn: `arn:aws:iam::${account}:user/${userName}`,
    accountId: account,
    accessKeyId,
    userName,
  };
}

interface Session {
  readonly account: string;
  readonly role: string;
  /** The role's path, between slashes. */
  readonly path?: string;
  /** roleSessionName. */
  readonly name: string;
  /** When it began, ISO 8601. */
  readonly since: string;
  /** ASIA… */
  readonly accessKeyId: string;
  readonly mfa?: boolean;
  readonly sourceIdentity?: string;
  readonly invokedBy?: string;
  /** The role came to the caller through an EC2 instance profile. */
  readonly onInstance?: boolean;
}

/** A session of a role. */
export function assumedRole(session: Session): UserIdentity {
  const { account, role, path = '/', name, since, accessKeyId, mfa = false, sourceIdentity, invokedBy } = session;
  const roleId = `AROA${idOf(role)}`;
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    accountId: account,
    accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId,
        arn: `arn:aws:iam::${account}:role${path}${role}`,
        accountId: account,
        userName: role,
      },
      webIdFederationData: {},
      attributes: { creationDate: since, mfaAuthenticated: String(mfa) },
      ...(sourceIdentity !== undefined && { sourceIdentity }),
      ...(session.onInstance && { ec2RoleDelivery: '2.0' }),
    },
    ...(invokedBy !== undefined && { invokedBy }),
  };
}

/** The path of the roles that IAM Identity Center makes for permission sets. */
export const IDENTITY_CENTER_PATH = '/aws-reserved/sso.amazonaws.com/eu-west-1/';

export function root(account: string, mfa: boolean, since: string): UserIdentity {
  return {
    type: 'Root',
    principalId: account,
    arn: `arn:aws:iam::${account}:root`,
    accountId: account,
    accessKeyId: '',
    sessionContext: { attributes: { creationDate: since, mfaAuthenticated: String(mfa) } },
  };
}

export function service(invokedBy: string): UserIdentity {
  return { type: 'AWSService', invokedBy };
}

/** A principal of another account, as the account that owns the role or bucket sees it. */
export function otherAccount(account: string, principalId: string): UserIdentity {
  return { type: 'AWSAccount', principalId, accountId: account };
}

/** A workload that signs in with a token of its own identity provider. */
export function webIdentity(provider: string, subject: string): UserIdentity {
  return {
    type: 'WebIdentityUser',
    principalId: `${provider}:sts.amazonaws.com:${subject}`,
    userName: subject,
    identityProvider: provider,
  };
}

/** Seventeen characters of an ID, always the same for one name. */
function idOf(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .padEnd(10, 'X')
    .slice(0, 10)
    .concat('EXAMPLE');
}
