/** Who and what the sample is about. Addresses, accounts and domains are those reserved for documentation. */
import { assumedRole, IDENTITY_CENTER_PATH, iamUser, otherAccount, root, service } from '../identities.js';
import { isoTime, type Caller } from './trail.js';

export const PRODUCTION = '111122223333';
export const STAGING = '444455556666';
const MONITORING_VENDOR = '777788889999';

export const IRELAND = 'eu-west-1';
export const TOKYO = 'ap-northeast-1';
/** Where global services such as IAM, and most sign-ins, are logged. */
export const VIRGINIA = 'us-east-1';

/** The instance of the story: the database that everybody misses. */
export const LOST_INSTANCE = 'i-0a1b2c3d4e5f67890';
export const LOST_SECURITY_GROUP = 'sg-0d4e5f67890a1b2c3';
export const LOST_VOLUME = 'vol-0f67890a1b2c3d4e5';
export const SNAPSHOT = 'snap-07890a1b2c3d4e5f6';
export const IMAGE = 'ami-0b2c3d4e5f67890a1';
export const SUBNET = 'subnet-0e5f67890a1b2c3d4';
export const RESTORED_INSTANCE = 'i-0c3d4e5f67890a1b2';
export const WEB_INSTANCES = ['i-01111111111111111', 'i-02222222222222222', 'i-03333333333333333'] as const;

export const KEY_ARN = `arn:aws:kms:${IRELAND}:${PRODUCTION}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const ORDERS_BUCKET = 'example-orders';
export const ARTIFACTS_BUCKET = 'example-build-artifacts';

const OFFICE = '203.0.113.24';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0';
const CLI = 'aws-cli/2.24.16 md/awscrt#0.23.8 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.9';

/** A person who signed in through IAM Identity Center at `since`, in the console. */
export function person(name: string, permissionSet: string, since: number): Caller {
  return {
    identity: assumedRole({
      account: PRODUCTION,
      role: `AWSReservedSSO_${permissionSet}_0123456789abcdef`,
      path: IDENTITY_CENTER_PATH,
      name: `${name}@example.com`,
      since: isoTime(since),
      accessKeyId: `ASIA${name.toUpperCase().padEnd(9, 'X')}EXAMPLE`,
    }),
    address: name === 'alice' ? OFFICE : '203.0.113.61',
    agent: BROWSER,
    console: true,
  };
}

/** An IAM user of the staging account, with her own key. */
export const CAROL: Caller = {
  identity: iamUser(STAGING, 'carol', 'AKIAIOSFODNN7EXAMPLE'),
  address: '203.0.113.88',
  agent: CLI,
};

/** Carol in the console: IAM users have no key there. */
export const CAROL_IN_BROWSER: Caller = {
  identity: iamUser(STAGING, 'carol', ''),
  address: CAROL.address,
  agent: BROWSER,
};

/** Carol again, by the role for emergencies in the other account; her name travels as the source identity. */
export function carolInEmergency(since: number): Caller {
  return {
    identity: assumedRole({
      account: PRODUCTION,
      role: 'break-glass',
      name: 'restore-payments-db',
      since: isoTime(since),
      accessKeyId: 'ASIABREAKGLASEXAMPLE',
      mfa: true,
      sourceIdentity: 'carol',
    }),
    address: CAROL.address,
    agent: CLI,
  };
}

/** The root user, from an address that nobody knows, without MFA. */
export function rootUser(since: number): Caller {
  return { identity: root(STAGING, false, isoTime(since)), address: '198.51.100.200', agent: BROWSER, console: true };
}

/** The pipeline that builds and deploys; each run is a session of its own. */
export function pipeline(run: number, since: number): Caller {
  return {
    identity: assumedRole({
      account: PRODUCTION,
      role: 'deploy',
      name: `deploy-run-${run}`,
      since: isoTime(since),
      accessKeyId: 'ASIADEPLOYRUNEXAMPLE',
    }),
    address: '198.51.100.17',
    agent: 'aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.24.1 md/GOOS#linux exec-env/CI',
  };
}

/** A workload's role, as its function or instance uses it. */
export function workload(role: string, name: string, address: string, since: number): Caller {
  return {
    identity: assumedRole({
      account: PRODUCTION,
      role,
      name,
      since: isoTime(since),
      accessKeyId: 'ASIAWORKLOADXEXAMPLE',
      onInstance: name.startsWith('i-'),
    }),
    address,
    agent: 'aws-sdk-js/3.758.0 ua/2.1 os/linux lang/js md/nodejs#22.14.0 exec-env/AWS_Lambda_nodejs22.x',
  };
}

/** The role of a service, used by the service itself: its address is the service's name. */
export function serviceLinked(role: string, name: string, by: string, since: number): Caller {
  return {
    identity: assumedRole({
      account: PRODUCTION,
      role,
      path: `/aws-service-role/${by}/`,
      name,
      since: isoTime(since),
      accessKeyId: 'ASIASERVICEXXEXAMPLE',
      invokedBy: by,
    }),
    address: by,
    agent: by,
  };
}

/** An AWS service in its own name. */
export function awsService(name: string): Caller {
  return { identity: service(name), address: name, agent: name };
}

/** A company that watches the accounts from its own. */
export function vendor(since: number): Caller {
  return {
    identity: assumedRole({
      account: PRODUCTION,
      role: 'monitoring-reader',
      name: 'example-monitoring',
      since: isoTime(since),
      accessKeyId: 'ASIAMONITORXXEXAMPLE',
    }),
    address: '198.51.100.99',
    agent: 'Boto3/1.37.8 md/Botocore#1.37.8 ua/2.0 os/linux lang/python#3.13.2',
  };
}

/** The vendor before it has a role: a principal of another account. */
export const VENDOR_PRINCIPAL: Caller = {
  identity: otherAccount(MONITORING_VENDOR, 'AROAVENDORXXXXEXAMPLE:collector'),
  address: '198.51.100.99',
  agent: 'Boto3/1.37.8 md/Botocore#1.37.8 ua/2.0 os/linux lang/python#3.13.2',
};
