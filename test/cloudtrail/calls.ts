/** Calls with parameters as CloudTrail writes them, and what each is about. */

export interface AnyCall {
  /** The event's source, without .amazonaws.com. */
  readonly source: string;
  readonly name: string;
  readonly request?: unknown;
  readonly response?: unknown;
  readonly details?: unknown;
  /** The ARNs in the record's own `resources`. */
  readonly own?: readonly string[];
  readonly targets: readonly string[];
}

type More = Pick<AnyCall, 'response' | 'details' | 'own'>;

/** @param about what the call is about: one name, or several with `, ` between them, or nothing */
function call(source: string, name: string, request: unknown, about: string, more: More = {}): AnyCall {
  return { source, name, request, targets: about === '' ? [] : about.split(', '), ...more };
}

const I = 'i-0a1b2c3d4e5f67890';
const J = 'i-0b1b2c3d4e5f67890';
const K = 'i-0c1b2c3d4e5f67890';
const VOL = 'vol-0a1b2c3d4e5f67890';
const SNAP = 'snap-0a1b2c3d4e5f67890';
const AMI = 'ami-0a1b2c3d4e5f67890';
const SG = 'sg-0a1b2c3d4e5f67890';
const VPC = 'vpc-0a1b2c3d4e5f67890';
const SUBNET = 'subnet-0a1b2c3d4e5f67890';
const RTB = 'rtb-0a1b2c3d4e5f67890';
const ENI = 'eni-0a1b2c3d4e5f67890';
const EIP = 'eipalloc-0a1b2c3d4e5f67890';
const IGW = 'igw-0a1b2c3d4e5f67890';
const NAT = 'nat-0a1b2c3d4e5f67890';
const ACL = 'acl-0a1b2c3d4e5f67890';
const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';

function arn(service: string, rest: string): string {
  return `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`;
}

function role(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}

const KEY_ARN = arn('kms', `key/${KEY}`);
const POLICY = `arn:aws:iam::${ACCOUNT}:policy/deploy`;

function items(key: string, ...values: string[]): unknown {
  return { items: values.map((value) => ({ [key]: value })) };
}

const POLICY_TEXT = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS: role('admin') } }] });

const EC2 = (name: string, request: unknown, about: string, response?: unknown): AnyCall =>
  call('ec2', name, request, about, { response });

const INSTANCES: readonly AnyCall[] = [
  EC2('TerminateInstances', { instancesSet: items('instanceId', I, J, K) }, `${I}, ${J}, ${K}`, {
    instancesSet: { items: [{ instanceId: I, currentState: { code: 32 } }] },
  }),
  EC2('StopInstances', { instancesSet: items('instanceId', I), force: false }, I),
  EC2('StartInstances', { instancesSet: items('instanceId', I, J) }, `${I}, ${J}`),
  EC2('RebootInstances', { instancesSet: items('instanceId', I) }, I),
  EC2('MonitorInstances', { instancesSet: items('instanceId', I) }, I),
  EC2(
    'RunInstances',
    {
      instancesSet: { items: [{ imageId: AMI, minCount: 1, keyName: 'ops' }] },
      subnetId: SUBNET,
      iamInstanceProfile: { name: 'web' },
      groupSet: items('groupId', SG),
    },
    I,
    {
      reservationId: 'r-0a1b2c3d4e5f67890',
      instancesSet: {
        items: [
          {
            instanceId: I,
            imageId: AMI,
            subnetId: SUBNET,
            networkInterfaceSet: { items: [{ networkInterfaceId: ENI, vpcId: VPC }] },
          },
        ],
      },
    },
  ),
  EC2('RunInstances', { instancesSet: { items: [{ imageId: AMI, minCount: 1 }] }, subnetId: SUBNET }, ''),
  EC2('ModifyInstanceAttribute', { instanceId: I, disableApiTermination: { value: false } }, I),
  EC2('ModifyInstanceAttribute', { instanceId: I, groupSet: items('groupId', SG) }, I),
  EC2(
    'DescribeInstances',
    { instancesSet: {}, filterSet: { items: [{ name: 'vpc-id', valueSet: items('value', VPC) }] } },
    '',
  ),
  EC2('DescribeInstances', { instancesSet: items('instanceId', I), filterSet: {} }, I),
  EC2('DescribeInstanceAttribute', { instanceId: I, attribute: 'userData' }, I),
  EC2('GetPasswordData', { instanceId: I }, I),
  EC2('GetConsoleScreenshot', { instanceId: I }, I),
  EC2('CreateInstanceExportTask', { instanceId: I, exportToS3: { s3Bucket: 'out' } }, I, {
    exportTask: { exportTaskId: 'export-i-0a1b2c3d', instanceExport: { instanceId: I } },
  }),
  EC2(
    'AssociateIamInstanceProfile',
    { AssociateIamInstanceProfileRequest: { InstanceId: I, IamInstanceProfile: { Name: 'admin' } } },
    I,
  ),
  call('ec2', 'BidEvictedEvent', null, I, { details: { instanceIdSet: [I] } }),
  EC2(
    'CreateTags',
    { resourcesSet: items('resourceId', I, VOL), tagSet: { items: [{ key: 'team', value: 'ops' }] } },
    `${I}, ${VOL}`,
  ),
  EC2('DeleteTags', { resourcesSet: items('resourceId', SNAP), tagSet: {} }, SNAP),
  EC2(
    'CreateFleet',
    { CreateFleetRequest: { LaunchTemplateConfigs: { LaunchTemplateSpecification: { LaunchTemplateName: 'web' } } } },
    I,
    {
      CreateFleetResponse: { fleetInstanceSet: {}, instanceIds: [I] },
      instanceIds: [I],
    },
  ),
  EC2(
    'CancelSpotInstanceRequests',
    { spotInstanceRequestIdSet: items('spotInstanceRequestId', 'sir-abcd1234') },
    'sir-abcd1234',
  ),
  EC2(
    'CreateLaunchTemplate',
    {
      CreateLaunchTemplateRequest: { LaunchTemplateName: 'web', LaunchTemplateData: { ImageId: AMI, KeyName: 'ops' } },
    },
    'web',
    {
      CreateLaunchTemplateResponse: {
        launchTemplate: { launchTemplateId: 'lt-0a1b2c3d4e5f67890', launchTemplateName: 'web' },
      },
    },
  ),
  EC2(
    'DeleteLaunchTemplate',
    { DeleteLaunchTemplateRequest: { LaunchTemplateId: 'lt-0a1b2c3d4e5f67890' } },
    'lt-0a1b2c3d4e5f67890',
  ),
];

const STORAGE: readonly AnyCall[] = [
  EC2('CreateVolume', { size: '8', zone: 'eu-west-1a', snapshotId: SNAP }, VOL, { volumeId: VOL, snapshotId: SNAP }),
  EC2('DeleteVolume', { volumeId: VOL }, VOL),
  EC2('AttachVolume', { volumeId: VOL, instanceId: I, device: '/dev/sdf' }, VOL, { volumeId: VOL, instanceId: I }),
  EC2('DetachVolume', { volumeId: VOL, instanceId: I }, VOL),
  EC2('ModifyVolume', { ModifyVolumeRequest: { VolumeId: VOL, Size: 100 } }, VOL),
  EC2('CreateSnapshot', { volumeId: VOL, description: 'x' }, SNAP, {
    snapshotId: SNAP,
    volumeId: VOL,
    ownerId: ACCOUNT,
  }),
  EC2('CreateSnapshots', { CreateSnapshotsRequest: { InstanceSpecification: { InstanceId: I } } }, SNAP, {
    CreateSnapshotsResponse: { snapshotSet: { item: { snapshotId: SNAP, volumeId: VOL } } },
    snapshotSet: { items: [{ snapshotId: SNAP, volumeId: VOL }] },
  }),
  EC2('CopySnapshot', { sourceRegion: 'us-east-1', sourceSnapshotId: 'snap-0fffffffffffffff0' }, SNAP, {
    snapshotId: SNAP,
  }),
  EC2('DeleteSnapshot', { snapshotId: SNAP, force: false }, SNAP),
  EC2(
    'ModifySnapshotAttribute',
    {
      snapshotId: SNAP,
      createVolumePermission: { add: items('userId', OTHER) },
      attributeType: 'CREATE_VOLUME_PERMISSION',
    },
    SNAP,
  ),
  EC2('CreateImage', { instanceId: I, name: 'backup', noReboot: true }, AMI, { imageId: AMI }),
  EC2('CopyImage', { sourceImageId: 'ami-0fffffffffffffff0', sourceRegion: 'us-east-1', name: 'copy' }, AMI, {
    imageId: AMI,
  }),
  EC2('RegisterImage', { name: 'mine', blockDeviceMapping: { items: [{ ebs: { snapshotId: SNAP } }] } }, AMI, {
    imageId: AMI,
  }),
  EC2('DeregisterImage', { imageId: AMI }, AMI),
  EC2('ModifyImageAttribute', { imageId: AMI, launchPermission: { add: items('userId', OTHER) } }, AMI),
  EC2('DescribeSnapshots', { snapshotSet: {}, ownersSet: items('owner', ACCOUNT), sharedUsersSet: {} }, ''),
  EC2('EnableEbsEncryptionByDefault', { EnableEbsEncryptionByDefaultRequest: '' }, ''),
];

const NETWORKS: readonly AnyCall[] = [
  EC2('CreateSecurityGroup', { groupName: 'open', groupDescription: 'x', vpcId: VPC }, SG, {
    groupId: SG,
    _return: true,
  }),
  EC2('CreateSecurityGroup', { groupName: 'open', groupDescription: 'x', vpcId: VPC }, 'open'),
  EC2('DeleteSecurityGroup', { groupId: SG }, SG),
  EC2(
    'AuthorizeSecurityGroupIngress',
    {
      groupId: SG,
      ipPermissions: { items: [{ groups: { items: [{ groupId: 'sg-0fffffffffffffff0', userId: OTHER }] } }] },
    },
    SG,
    {
      securityGroupRuleSet: { items: [{ groupId: SG, securityGroupRuleId: 'sgr-0a1b2c3d4e5f67890' }] },
    },
  ),
  EC2('RevokeSecurityGroupEgress', { groupId: SG, ipPermissions: {} }, SG),
  EC2(
    'ModifySecurityGroupRules',
    {
      ModifySecurityGroupRulesRequest: {
        GroupId: SG,
        SecurityGroupRule: { SecurityGroupRuleId: 'sgr-0a1b2c3d4e5f67890' },
      },
    },
    SG,
  ),
  EC2('CreateVpc', { cidrBlock: '10.0.0.0/16' }, VPC, { vpc: { vpcId: VPC, dhcpOptionsId: 'dopt-0a1b2c3d4e5f67890' } }),
  EC2('DeleteVpc', { vpcId: VPC }, VPC),
  EC2('ModifyVpcAttribute', { vpcId: VPC, enableDnsHostnames: { value: true } }, VPC),
  EC2('CreateSubnet', { vpcId: VPC, cidrBlock: '10.0.1.0/24' }, arn('ec2', `subnet/${SUBNET}`), {
    subnet: { subnetId: SUBNET, vpcId: VPC, subnetArn: arn('ec2', `subnet/${SUBNET}`) },
  }),
  EC2('DeleteSubnet', { subnetId: SUBNET }, SUBNET),
  EC2('CreateRouteTable', { vpcId: VPC }, RTB, { routeTable: { routeTableId: RTB, vpcId: VPC } }),
  EC2('CreateRoute', { routeTableId: RTB, destinationCidrBlock: '0.0.0.0/0', gatewayId: IGW }, RTB),
  EC2('DeleteRoute', { routeTableId: RTB, destinationCidrBlock: '0.0.0.0/0' }, RTB),
  EC2('AssociateRouteTable', { routeTableId: RTB, subnetId: SUBNET }, RTB, {
    associationId: 'rtbassoc-0a1b2c3d4e5f67890',
  }),
  EC2('DeleteRouteTable', { routeTableId: RTB }, RTB),
  EC2('CreateInternetGateway', {}, IGW, { internetGateway: { internetGatewayId: IGW } }),
  EC2('AttachInternetGateway', { internetGatewayId: IGW, vpcId: VPC }, IGW),
  EC2('DeleteInternetGateway', { internetGatewayId: IGW }, IGW),
  EC2('CreateNatGateway', { CreateNatGatewayRequest: { AllocationId: EIP, SubnetId: SUBNET } }, NAT, {
    CreateNatGatewayResponse: { natGateway: { natGatewayId: NAT, subnetId: SUBNET, vpcId: VPC } },
  }),
  EC2('DeleteNatGateway', { DeleteNatGatewayRequest: { NatGatewayId: NAT } }, NAT),
  EC2('CreateNetworkAclEntry', { networkAclId: ACL, ruleNumber: 100 }, ACL),
  EC2('DeleteNetworkAclEntry', { networkAclId: ACL, ruleNumber: 100 }, ACL),
  EC2('CreateNetworkInterface', { subnetId: SUBNET, groupSet: items('groupId', SG) }, ENI, {
    networkInterface: { networkInterfaceId: ENI, subnetId: SUBNET, vpcId: VPC },
  }),
  EC2('AttachNetworkInterface', { networkInterfaceId: ENI, instanceId: I }, ENI, {
    attachmentId: 'eni-attach-0a1b2c3d4e5f67890',
  }),
  EC2('DeleteNetworkInterface', { networkInterfaceId: ENI }, ENI),
  EC2('ModifyNetworkInterfaceAttribute', { networkInterfaceId: ENI, groupSet: items('groupId', SG) }, ENI),
  EC2('AllocateAddress', { domain: 'vpc' }, EIP, { publicIp: '198.51.100.7', allocationId: EIP }),
  EC2('AssociateAddress', { allocationId: EIP, instanceId: I }, EIP, { associationId: 'eipassoc-0a1b2c3d4e5f67890' }),
  EC2('ReleaseAddress', { allocationId: EIP }, EIP),
  EC2('ReleaseAddress', { publicIp: '198.51.100.7' }, '198.51.100.7'),
  EC2('CreateKeyPair', { keyName: 'ops' }, 'ops', { keyName: 'ops', keyPairId: 'key-0a1b2c3d4e5f67890' }),
  EC2('ImportKeyPair', { keyName: 'ops', publicKeyMaterial: 'c3No' }, 'ops'),
  EC2('DeleteKeyPair', { keyName: 'ops' }, 'ops'),
  EC2(
    'CreateFlowLogs',
    { CreateFlowLogsRequest: { ResourceId: { tag: 1, content: VPC }, LogGroupName: 'flows' } },
    'fl-0a1b2c3d4e5f67890',
    {
      CreateFlowLogsResponse: { flowLogIdSet: { item: 'fl-0a1b2c3d4e5f67890' } },
    },
  ),
  EC2(
    'DeleteFlowLogs',
    { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: 'fl-0a1b2c3d4e5f67890' } } },
    'fl-0a1b2c3d4e5f67890',
  ),
  EC2(
    'CreateVpcEndpoint',
    { CreateVpcEndpointRequest: { VpcId: VPC, ServiceName: 'com.amazonaws.eu-west-1.s3' } },
    'vpce-0a1b2c3d4e5f67890',
    {
      CreateVpcEndpointResponse: { vpcEndpoint: { vpcEndpointId: 'vpce-0a1b2c3d4e5f67890', vpcId: VPC } },
    },
  ),
  EC2(
    'DeleteVpcEndpoints',
    { DeleteVpcEndpointsRequest: { VpcEndpointId: { tag: 1, content: 'vpce-0a1b2c3d4e5f67890' } } },
    'vpce-0a1b2c3d4e5f67890',
  ),
  EC2(
    'CreateVpcPeeringConnection',
    { vpcId: VPC, peerVpcId: 'vpc-0fffffffffffffff0', peerOwnerId: OTHER },
    'pcx-0a1b2c3d4e5f67890',
    {
      vpcPeeringConnection: { vpcPeeringConnectionId: 'pcx-0a1b2c3d4e5f67890', requesterVpcInfo: { vpcId: VPC } },
    },
  ),
  EC2('AcceptVpcPeeringConnection', { vpcPeeringConnectionId: 'pcx-0a1b2c3d4e5f67890' }, 'pcx-0a1b2c3d4e5f67890'),
  EC2('CreateVpnConnection', { customerGatewayId: 'cgw-0a1b2c3d4e5f67890', type: 'ipsec.1' }, 'vpn-0a1b2c3d4e5f67890', {
    vpnConnection: { vpnConnectionId: 'vpn-0a1b2c3d4e5f67890', customerGatewayId: 'cgw-0a1b2c3d4e5f67890' },
  }),
  EC2('DescribeSecurityGroups', { securityGroupSet: {}, securityGroupIdSet: items('groupId', SG), filterSet: {} }, SG),
  EC2('DescribeRegions', { regionSet: {} }, ''),
];

const IAM = (name: string, request: unknown, about: string, response?: unknown): AnyCall =>
  call('iam', name, request, about, { response });

const PEOPLE: readonly AnyCall[] = [
  IAM('CreateUser', { userName: 'eve' }, `arn:aws:iam::${ACCOUNT}:user/eve`, {
    user: { path: '/', userName: 'eve', userId: 'AIDAEXAMPLEEXAMPLE12', arn: `arn:aws:iam::${ACCOUNT}:user/eve` },
  }),
  IAM('CreateUser', { userName: 'eve' }, 'eve'),
  IAM('DeleteUser', { userName: 'eve' }, 'eve'),
  IAM('UpdateUser', { userName: 'eve', newUserName: 'adam' }, 'eve'),
  IAM('GetUser', null, ''),
  IAM('ListUsers', { maxItems: 100 }, ''),
  IAM('CreateAccessKey', { userName: 'eve' }, 'eve', {
    accessKey: { accessKeyId: 'AKIAEXAMPLEEXAMPLE12', userName: 'eve' },
  }),
  IAM('DeleteAccessKey', { userName: 'eve', accessKeyId: 'AKIAEXAMPLEEXAMPLE12' }, 'eve'),
  IAM('UpdateAccessKey', { userName: 'eve', accessKeyId: 'AKIAEXAMPLEEXAMPLE12', status: 'Inactive' }, 'eve'),
  IAM('CreateLoginProfile', { userName: 'eve', passwordResetRequired: false }, 'eve', {
    loginProfile: { userName: 'eve' },
  }),
  IAM('UpdateLoginProfile', { userName: 'eve' }, 'eve'),
  IAM('DeleteLoginProfile', { userName: 'eve' }, 'eve'),
  IAM('UploadSSHPublicKey', { userName: 'eve' }, 'eve', {
    sSHPublicKey: { sSHPublicKeyId: 'APKAEXAMPLEEXAMPLE12', userName: 'eve' },
  }),
  IAM('CreateServiceSpecificCredential', { userName: 'eve', serviceName: 'codecommit.amazonaws.com' }, 'eve'),
  IAM('EnableMFADevice', { userName: 'eve', serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/eve-phone` }, 'eve'),
  IAM('DeactivateMFADevice', { userName: 'eve', serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/eve-phone` }, 'eve'),
  IAM('CreateVirtualMFADevice', { virtualMFADeviceName: 'phone' }, `arn:aws:iam::${ACCOUNT}:mfa/phone`, {
    virtualMFADevice: { serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/phone` },
  }),
  IAM(
    'DeleteVirtualMFADevice',
    { serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/phone` },
    `arn:aws:iam::${ACCOUNT}:mfa/phone`,
  ),
  IAM('CreateRole', { roleName: 'web', assumeRolePolicyDocument: POLICY_TEXT }, role('web'), {
    role: { roleName: 'web', roleId: 'AROAEXAMPLEEXAMPLE12', arn: role('web') },
  }),
  IAM('DeleteRole', { roleName: 'web' }, 'web'),
  IAM('UpdateAssumeRolePolicy', { roleName: 'web', policyDocument: POLICY_TEXT }, 'web'),
  IAM('AttachRolePolicy', { roleName: 'web', policyArn: POLICY }, 'web'),
  IAM('DetachRolePolicy', { roleName: 'web', policyArn: POLICY }, 'web'),
  IAM('PutRolePolicy', { roleName: 'web', policyName: 'inline', policyDocument: POLICY_TEXT }, 'web'),
  IAM('DeleteRolePolicy', { roleName: 'web', policyName: 'inline' }, 'web'),
  IAM('DeleteRolePermissionsBoundary', { roleName: 'web' }, 'web'),
  IAM('TagRole', { roleName: 'web', tags: [{ key: 'name', value: 'x' }] }, 'web'),
  IAM('ListAttachedRolePolicies', { roleName: 'web' }, 'web'),
  IAM('AttachUserPolicy', { userName: 'eve', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }, 'eve'),
  IAM('PutUserPolicy', { userName: 'eve', policyName: 'inline' }, 'eve'),
  IAM('DeleteUserPolicy', { userName: 'eve', policyName: 'inline' }, 'eve'),
  IAM('PutGroupPolicy', { groupName: 'admins', policyName: 'inline' }, 'admins'),
  IAM('AttachGroupPolicy', { groupName: 'admins', policyArn: POLICY }, 'admins'),
  IAM('CreateGroup', { groupName: 'admins' }, 'admins'),
  IAM('AddUserToGroup', { groupName: 'admins', userName: 'eve' }, 'eve'),
  IAM('RemoveUserFromGroup', { groupName: 'admins', userName: 'eve' }, 'eve'),
  IAM('CreatePolicy', { policyName: 'deploy', policyDocument: POLICY_TEXT }, POLICY, {
    policy: { policyName: 'deploy', policyId: 'ANPAEXAMPLEEXAMPLE12', arn: POLICY },
  }),
  IAM('CreatePolicyVersion', { policyArn: POLICY, setAsDefault: true }, POLICY, { policyVersion: { versionId: 'v2' } }),
  IAM('SetDefaultPolicyVersion', { policyArn: POLICY, versionId: 'v1' }, POLICY),
  IAM('DeletePolicy', { policyArn: POLICY }, POLICY),
  IAM('CreateInstanceProfile', { instanceProfileName: 'web' }, 'web'),
  IAM('AddRoleToInstanceProfile', { instanceProfileName: 'profile', roleName: 'web' }, 'profile'),
  IAM('RemoveRoleFromInstanceProfile', { roleName: 'web', instanceProfileName: 'profile' }, 'profile'),
  IAM('DeleteInstanceProfile', { instanceProfileName: 'web' }, 'web'),
  IAM('CreateSAMLProvider', { name: 'okta' }, 'okta'),
  IAM(
    'UpdateSAMLProvider',
    { sAMLProviderArn: `arn:aws:iam::${ACCOUNT}:saml-provider/okta` },
    `arn:aws:iam::${ACCOUNT}:saml-provider/okta`,
  ),
  IAM(
    'CreateOpenIDConnectProvider',
    { url: 'https://idp.example.com' },
    `arn:aws:iam::${ACCOUNT}:oidc-provider/idp.example.com`,
    {
      openIDConnectProviderArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/idp.example.com`,
    },
  ),
  IAM(
    'DeleteSAMLProvider',
    { sAMLProviderArn: `arn:aws:iam::${ACCOUNT}:saml-provider/okta` },
    `arn:aws:iam::${ACCOUNT}:saml-provider/okta`,
  ),
  IAM('CreateServiceLinkedRole', { aWSServiceName: 'ecs.amazonaws.com' }, 'AWSServiceRoleForECS', {
    role: { roleName: 'AWSServiceRoleForECS' },
  }),
  IAM('CreateAccountAlias', { accountAlias: 'acme' }, 'acme'),
  IAM('UpdateAccountPasswordPolicy', { minimumPasswordLength: 6 }, ''),
  call('sts', 'AssumeRole', { roleArn: role('web'), roleSessionName: 'alice' }, role('web'), {
    response: {
      credentials: { accessKeyId: 'ASIAEXAMPLEEXAMPLE12' },
      assumedRoleUser: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/web/alice` },
    },
    own: [role('web')],
  }),
  call(
    'sts',
    'AssumeRoleWithSAML',
    { roleArn: role('sso'), principalArn: `arn:aws:iam::${ACCOUNT}:saml-provider/okta` },
    role('sso'),
  ),
  call(
    'sts',
    'AssumeRoleWithWebIdentity',
    { roleArn: role('ci'), roleSessionName: 'run', providerId: 'idp.example.com' },
    role('ci'),
  ),
  call('sts', 'GetCallerIdentity', null, ''),
  call('sts', 'GetSessionToken', { serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/eve` }, ''),
  call('signin', 'ConsoleLogin', null, '', { response: { ConsoleLogin: 'Success' } }),
  call('signin', 'SwitchRole', { roleName: 'web' }, ''),
  call('signin', 'CredentialChallenge', null, '', { details: { CredentialChallenge: 'Success' } }),
];

const S3 = (name: string, request: object, about: string, own?: readonly string[]): AnyCall =>
  call('s3', name, { bucketName: 'media', Host: 'media.s3.amazonaws.com', ...request }, about, own ? { own } : {});

const OBJECTS = ['arn:aws:s3:::media/a/b.txt', 'arn:aws:s3:::media'];

const BUCKETS: readonly AnyCall[] = [
  S3('CreateBucket', {}, 'media'),
  S3('DeleteBucket', {}, 'arn:aws:s3:::media', ['arn:aws:s3:::media']),
  S3(
    'PutBucketPolicy',
    {
      bucketPolicy: {
        Statement: [
          { Sid: 'x', Principal: { AWS: [`arn:aws:iam::${OTHER}:root`] }, Resource: ['arn:aws:s3:::media/*'] },
        ],
      },
    },
    'media',
  ),
  S3('DeleteBucketPolicy', { policy: '' }, 'media'),
  S3(
    'PutBucketAcl',
    {
      AccessControlPolicy: {
        AccessControlList: { Grant: [{ Grantee: { ID: 'abc', DisplayName: 'x' } }] },
        Owner: { ID: 'abc' },
      },
    },
    'media',
  ),
  S3(
    'PutBucketEncryption',
    {
      ServerSideEncryptionConfiguration: { Rule: { ApplyServerSideEncryptionByDefault: { KMSMasterKeyID: KEY_ARN } } },
    },
    'media',
  ),
  S3(
    'PutBucketLogging',
    { BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: 'x/' } } },
    'media',
  ),
  S3(
    'PutBucketNotification',
    { NotificationConfiguration: { TopicConfiguration: { Id: 'n', Topic: arn('sns', 'alerts') } } },
    'media',
  ),
  S3(
    'PutBucketReplication',
    {
      ReplicationConfiguration: {
        Role: role('copy'),
        Rule: { ID: 'r', Destination: { Bucket: 'arn:aws:s3:::elsewhere' } },
      },
    },
    'media',
  ),
  S3('DeleteBucketPublicAccessBlock', { publicAccessBlock: '' }, 'media'),
  S3('PutBucketLifecycle', { LifecycleConfiguration: { Rule: { ID: 'nuke', Expiration: { Days: 1 } } } }, 'media'),
  S3('GetBucketAcl', { acl: '' }, 'media'),
  S3('ListObjects', { prefix: 'a/' }, 'arn:aws:s3:::media', ['arn:aws:s3:::media']),
  S3('GetObject', { key: 'a/b.txt' }, 'arn:aws:s3:::media/a/b.txt', OBJECTS),
  S3('PutObject', { key: 'a/b.txt' }, 'arn:aws:s3:::media/a/b.txt', OBJECTS),
  S3('DeleteObject', { key: 'a/b.txt' }, 'arn:aws:s3:::media/a/b.txt', OBJECTS),
  S3('DeleteObject', { key: 'a/b.txt' }, 'a/b.txt'),
  S3('CopyObject', { key: 'copy.txt', 'x-amz-copy-source': 'media/a/b.txt' }, 'copy.txt'),
  S3('PutObjectAcl', { key: 'a/b.txt', acl: '' }, 'a/b.txt'),
  S3('CompleteMultipartUpload', { key: 'big.bin', uploadId: 'u' }, 'big.bin'),
  S3('DeleteObjects', { delete: '' }, 'arn:aws:s3:::media', ['arn:aws:s3:::media']),
  call('s3', 'ListBuckets', { Host: 's3.amazonaws.com' }, ''),
];

const DATA: readonly AnyCall[] = [
  call(
    'rds',
    'CreateDBInstance',
    { dBInstanceIdentifier: 'shop', dBSubnetGroupName: 'private', engine: 'mysql' },
    arn('rds', 'db:shop'),
    {
      response: {
        dBInstanceArn: arn('rds', 'db:shop'),
        dBInstanceIdentifier: 'shop',
        dBSubnetGroup: { dBSubnetGroupName: 'private', vpcId: VPC },
      },
    },
  ),
  call(
    'rds',
    'DeleteDBInstance',
    { dBInstanceIdentifier: 'shop', skipFinalSnapshot: true, finalDBSnapshotIdentifier: 'last' },
    'shop',
    {
      response: {
        endpoint: { address: 'shop.example.com', hostedZoneId: 'Z2R2ITUGPM61AM' },
        vpcSecurityGroups: [{ vpcSecurityGroupId: SG }],
        kmsKeyId: KEY_ARN,
      },
    },
  ),
  call(
    'rds',
    'ModifyDBInstance',
    { dBInstanceIdentifier: 'shop', publiclyAccessible: true, vpcSecurityGroupIds: [SG] },
    'shop',
  ),
  call('rds', 'StopDBInstance', { dBInstanceIdentifier: 'shop' }, 'shop'),
  call('rds', 'RebootDBInstance', { dBInstanceIdentifier: 'shop' }, 'shop'),
  call('rds', 'CreateDBSnapshot', { dBInstanceIdentifier: 'shop', dBSnapshotIdentifier: 'shop-1' }, 'shop-1'),
  call('rds', 'DeleteDBSnapshot', { dBSnapshotIdentifier: 'shop-1' }, 'shop-1'),
  call(
    'rds',
    'ModifyDBSnapshotAttribute',
    { dBSnapshotIdentifier: 'shop-1', attributeName: 'restore', valuesToAdd: [OTHER] },
    'shop-1',
  ),
  call(
    'rds',
    'CopyDBSnapshot',
    { sourceDBSnapshotIdentifier: 'shop-1', targetDBSnapshotIdentifier: 'shop-2' },
    'shop-2',
  ),
  call(
    'rds',
    'RestoreDBInstanceFromDBSnapshot',
    { dBInstanceIdentifier: 'new', dBSnapshotIdentifier: 'shop-1' },
    'new',
  ),
  call(
    'rds',
    'RestoreDBInstanceToPointInTime',
    { sourceDBInstanceIdentifier: 'shop', targetDBInstanceIdentifier: 'new' },
    'new',
  ),
  call(
    'rds',
    'CreateDBInstanceReadReplica',
    { dBInstanceIdentifier: 'replica', sourceDBInstanceIdentifier: 'shop' },
    'replica',
  ),
  call('rds', 'DeleteDBCluster', { dBClusterIdentifier: 'aurora' }, 'aurora'),
  call('rds', 'DeleteDBClusterSnapshot', { dBClusterSnapshotIdentifier: 'aurora-1' }, 'aurora-1'),
  call('rds', 'AddRoleToDBCluster', { dBClusterIdentifier: 'aurora', roleArn: role('s3') }, 'aurora'),
  call('rds', 'CreateDBSubnetGroup', { dBSubnetGroupName: 'private', subnetIds: [SUBNET] }, 'private'),
  call(
    'rds',
    'AddTagsToResource',
    { resourceName: arn('rds', 'db:shop'), tags: [{ key: 'a', value: 'b' }] },
    arn('rds', 'db:shop'),
  ),
  call('rds', 'DescribeDBInstances', null, ''),
  call('dynamodb', 'CreateTable', { tableName: 'orders', keySchema: [] }, 'orders'),
  call('dynamodb', 'DeleteTable', { tableName: 'orders' }, 'orders'),
  call(
    'dynamodb',
    'UpdateTable',
    { tableName: 'orders', globalSecondaryIndexUpdates: [{ delete: { indexName: 'by-date' } }] },
    'orders',
  ),
  call('dynamodb', 'UpdateContinuousBackups', { tableName: 'orders' }, 'orders'),
  call('dynamodb', 'GetItem', { tableName: 'orders', key: { id: 'x' } }, arn('dynamodb', 'table/orders'), {
    own: [arn('dynamodb', 'table/orders')],
  }),
  call(
    'dynamodb',
    'BatchGetItem',
    { requestItems: { orders: {} } },
    `${arn('dynamodb', 'table/orders')}, ${arn('dynamodb', 'table/users')}`,
    {
      own: [arn('dynamodb', 'table/orders'), arn('dynamodb', 'table/users')],
    },
  ),
  call(
    'dynamodb',
    'RestoreTableFromBackup',
    { targetTableName: 'orders2', backupArn: arn('dynamodb', 'table/orders/backup/01') },
    'orders2',
  ),
  call('elasticache', 'DeleteCacheCluster', { cacheClusterId: 'hot' }, 'hot'),
  call('elasticache', 'ModifyReplicationGroup', { replicationGroupId: 'hot', securityGroupIds: [SG] }, 'hot'),
  call('redshift', 'DeleteCluster', { clusterIdentifier: 'dw', skipFinalClusterSnapshot: true }, 'dw'),
  call('redshift', 'CreateClusterSnapshot', { clusterIdentifier: 'dw', snapshotIdentifier: 'dw-1' }, 'dw-1'),
  call('redshift', 'AuthorizeSnapshotAccess', { snapshotIdentifier: 'dw-1', accountWithRestoreAccess: OTHER }, 'dw-1'),
  call('es', 'DeleteElasticsearchDomain', { domainName: 'search' }, 'search'),
  call('es', 'UpdateDomainConfig', { domainName: 'search', accessPolicies: POLICY_TEXT }, 'search'),
  call('glue', 'DeleteTable', { databaseName: 'lake', name: 'events' }, 'events'),
  call(
    'glue',
    'CreateTable',
    { databaseName: 'lake', tableInput: { name: 'events', storageDescriptor: { columns: [{ name: 'id' }] } } },
    'events',
  ),
  call('glue', 'CreateDatabase', { databaseInput: { name: 'lake' } }, 'lake'),
  call('glue', 'StartJobRun', { jobName: 'etl' }, 'etl', { response: { jobRunId: 'jr_1' } }),
  call('glue', 'DeleteCrawler', { name: 'crawl' }, 'crawl'),
  call(
    'athena',
    'StartQueryExecution',
    { workGroup: 'primary', queryExecutionContext: { database: 'lake' } },
    'primary',
    { response: { queryExecutionId: KEY } },
  ),
  call('athena', 'DeleteWorkGroup', { workGroup: 'team' }, 'team'),
  call('elasticfilesystem', 'DeleteFileSystem', { fileSystemId: 'fs-0a1b2c3d' }, 'fs-0a1b2c3d'),
  call('elasticfilesystem', 'PutFileSystemPolicy', { fileSystemId: 'fs-0a1b2c3d', policy: POLICY_TEXT }, 'fs-0a1b2c3d'),
  call('elasticfilesystem', 'CreateFileSystem', { creationToken: 'x' }, 'fs-0a1b2c3d', {
    response: { fileSystemId: 'fs-0a1b2c3d', ownerId: ACCOUNT },
  }),
  call(
    'backup',
    'DeleteRecoveryPoint',
    { backupVaultName: 'vault', recoveryPointArn: arn('ec2', `snapshot/${SNAP}`) },
    arn('ec2', `snapshot/${SNAP}`),
  ),
  call('backup', 'DeleteBackupVault', { backupVaultName: 'vault' }, 'vault'),
  call('backup', 'PutBackupVaultAccessPolicy', { backupVaultName: 'vault', policy: POLICY_TEXT }, 'vault'),
  call(
    'backup',
    'StartBackupJob',
    { backupVaultName: 'vault', resourceArn: arn('ec2', `volume/${VOL}`), iamRoleArn: role('backup') },
    arn('ec2', `volume/${VOL}`),
    { response: { backupJobId: KEY } },
  ),
  call('kinesis', 'DeleteStream', { streamName: 'clicks' }, 'clicks'),
  call('firehose', 'DeleteDeliveryStream', { deliveryStreamName: 'to-s3' }, 'to-s3'),
];

const SECRETS: readonly AnyCall[] = [
  call('kms', 'CreateKey', { policy: POLICY_TEXT }, KEY_ARN, {
    response: { keyMetadata: { aWSAccountId: ACCOUNT, keyId: KEY, arn: KEY_ARN } },
    own: [KEY_ARN],
  }),
  call('kms', 'ScheduleKeyDeletion', { keyId: KEY, pendingWindowInDays: 7 }, KEY_ARN, { own: [KEY_ARN] }),
  call('kms', 'ScheduleKeyDeletion', { keyId: KEY, pendingWindowInDays: 7 }, KEY),
  call('kms', 'DisableKey', { keyId: KEY_ARN }, KEY_ARN),
  call('kms', 'PutKeyPolicy', { keyId: KEY, policyName: 'default', policy: POLICY_TEXT }, KEY),
  call('kms', 'CreateGrant', { keyId: KEY, granteePrincipal: role('web') }, KEY_ARN, {
    response: { grantId: 'abc' },
    own: [KEY_ARN],
  }),
  call('kms', 'CreateAlias', { aliasName: 'alias/app', targetKeyId: KEY }, 'alias/app', { own: [KEY_ARN] }),
  call('kms', 'Decrypt', { encryptionContext: { SecretARN: arn('secretsmanager', 'secret:db-AbCdEf') } }, KEY_ARN, {
    own: [KEY_ARN],
  }),
  call(
    'kms',
    'GenerateDataKey',
    { keyId: 'alias/aws/s3', encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::media' } },
    KEY_ARN,
    { own: [KEY_ARN] },
  ),
  call('kms', 'RotateKey', null, KEY, { details: { keyId: KEY } }),
  call('secretsmanager', 'CreateSecret', { name: 'db', description: 'x' }, 'db', {
    response: { arn: arn('secretsmanager', 'secret:db-AbCdEf') },
  }),
  call('secretsmanager', 'GetSecretValue', { secretId: 'db' }, 'db'),
  call('secretsmanager', 'PutSecretValue', { secretId: 'db' }, 'db'),
  call(
    'secretsmanager',
    'DeleteSecret',
    { secretId: arn('secretsmanager', 'secret:db-AbCdEf'), forceDeleteWithoutRecovery: true },
    arn('secretsmanager', 'secret:db-AbCdEf'),
  ),
  call('secretsmanager', 'PutResourcePolicy', { secretId: 'db', resourcePolicy: POLICY_TEXT }, 'db'),
  call('secretsmanager', 'UpdateSecret', { secretId: 'db', kmsKeyId: KEY }, 'db'),
  call('ssm', 'PutParameter', { name: '/app/db', type: 'SecureString', keyId: 'alias/app' }, '/app/db'),
  call('ssm', 'GetParameter', { name: '/app/db', withDecryption: true }, arn('ssm', 'parameter/app/db'), {
    own: [arn('ssm', 'parameter/app/db')],
  }),
  call('ssm', 'GetParameters', { names: ['/app/db', '/app/api'] }, '/app/db, /app/api'),
  call('ssm', 'DeleteParameter', { name: '/app/db' }, '/app/db'),
  call('ssm', 'DeleteParameters', { names: ['/app/db'] }, '/app/db'),
  call('ssm', 'GetParametersByPath', { path: '/app', recursive: true }, '/app'),
  call('ssm', 'StartSession', { target: I }, I, { response: { sessionId: 'alice-0a1b2c3d4e5f67890' } }),
  call('ssm', 'TerminateSession', { sessionId: 'alice-0a1b2c3d4e5f67890' }, 'alice-0a1b2c3d4e5f67890'),
  call('ssm', 'SendCommand', { instanceIds: [I, J], documentName: 'AWS-RunShellScript' }, `${I}, ${J}`, {
    response: { command: { commandId: KEY, documentName: 'AWS-RunShellScript' } },
  }),
  call('ssm', 'DeleteDocument', { name: 'runbook' }, 'runbook'),
  call('ssm', 'AddTagsToResource', { resourceType: 'Parameter', resourceId: '/app/db' }, '/app/db'),
  call('ec2-instance-connect', 'SendSSHPublicKey', { instanceId: I, instanceOSUser: 'ec2-user' }, I),
  call('ec2-instance-connect', 'SendSerialConsoleSSHPublicKey', { instanceId: I, serialPort: 0 }, I),
  call('acm', 'RequestCertificate', { domainName: 'shop.example.com' }, arn('acm', `certificate/${KEY}`), {
    response: { certificateArn: arn('acm', `certificate/${KEY}`) },
  }),
  call(
    'acm',
    'DeleteCertificate',
    { certificateArn: arn('acm', `certificate/${KEY}`) },
    arn('acm', `certificate/${KEY}`),
  ),
];

const WATCH: readonly AnyCall[] = [
  call('cloudtrail', 'CreateTrail', { name: 'main', s3BucketName: 'logs' }, arn('cloudtrail', 'trail/main'), {
    response: { name: 'main', s3BucketName: 'logs', trailARN: arn('cloudtrail', 'trail/main') },
  }),
  call('cloudtrail', 'StopLogging', { name: 'main' }, 'main'),
  call('cloudtrail', 'UpdateTrail', { name: 'main', s3BucketName: 'logs', snsTopicName: 'x' }, 'main'),
  call('cloudtrail', 'DeleteTrail', { name: arn('cloudtrail', 'trail/main') }, arn('cloudtrail', 'trail/main')),
  call(
    'cloudtrail',
    'PutEventSelectors',
    { trailName: 'main', eventSelectors: [{ dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }] },
    'main',
  ),
  call('cloudtrail', 'LookupEvents', { lookupAttributes: [{ attributeKey: 'ResourceName', attributeValue: 'x' }] }, ''),
  call('config', 'StopConfigurationRecorder', { configurationRecorderName: 'default' }, 'default'),
  call(
    'config',
    'PutConfigurationRecorder',
    { configurationRecorder: { name: 'default', roleARN: role('config') } },
    'default',
  ),
  call('config', 'DeleteDeliveryChannel', { deliveryChannelName: 'default' }, 'default'),
  call('config', 'PutDeliveryChannel', { deliveryChannel: { name: 'default', s3BucketName: 'logs' } }, 'default'),
  call('config', 'DeleteConfigRule', { configRuleName: 's3-public' }, 's3-public'),
  call(
    'config',
    'PutConfigRule',
    { configRule: { configRuleName: 's3-public', source: { owner: 'AWS' } } },
    's3-public',
  ),
  call('guardduty', 'CreateDetector', { enable: true }, '12abc34d567e8fa901bc2d34e56789f0', {
    response: { detectorId: '12abc34d567e8fa901bc2d34e56789f0' },
  }),
  call(
    'guardduty',
    'DeleteDetector',
    { detectorId: '12abc34d567e8fa901bc2d34e56789f0' },
    '12abc34d567e8fa901bc2d34e56789f0',
  ),
  call(
    'guardduty',
    'UpdateDetector',
    { detectorId: '12abc34d567e8fa901bc2d34e56789f0', enable: false },
    '12abc34d567e8fa901bc2d34e56789f0',
  ),
  call(
    'guardduty',
    'DeleteMembers',
    { detectorId: '12abc34d567e8fa901bc2d34e56789f0', accountIds: [OTHER] },
    '12abc34d567e8fa901bc2d34e56789f0',
  ),
  call('securityhub', 'DisableSecurityHub', null, ''),
  call(
    'securityhub',
    'BatchDisableStandards',
    { standardsSubscriptionArns: [arn('securityhub', 'subscription/cis')] },
    arn('securityhub', 'subscription/cis'),
  ),
  call('logs', 'CreateLogGroup', { logGroupName: '/app/web' }, '/app/web'),
  call('logs', 'DeleteLogGroup', { logGroupName: '/app/web' }, '/app/web'),
  call('logs', 'DeleteLogStream', { logGroupName: '/app/web', logStreamName: 'one' }, 'one'),
  call('logs', 'PutRetentionPolicy', { logGroupName: '/app/web', retentionInDays: 1 }, '/app/web'),
  call(
    'logs',
    'PutSubscriptionFilter',
    { logGroupName: '/app/web', filterName: 'out', destinationArn: arn('lambda', 'function:out') },
    '/app/web',
  ),
  call('logs', 'DeleteMetricFilter', { logGroupName: '/app/web', filterName: 'errors' }, '/app/web'),
  call(
    'monitoring',
    'PutMetricAlarm',
    { alarmName: 'cpu', alarmActions: [arn('sns', 'alerts')], dimensions: [{ name: 'InstanceId', value: I }] },
    'cpu',
  ),
  call('monitoring', 'DeleteAlarms', { alarmNames: ['cpu', 'disk'] }, 'cpu, disk'),
  call('monitoring', 'DisableAlarmActions', { alarmNames: ['cpu'] }, 'cpu'),
  call('events', 'PutRule', { name: 'nightly', scheduleExpression: 'rate(1 day)' }, 'nightly'),
  call('events', 'DisableRule', { name: 'nightly' }, 'nightly'),
  call(
    'events',
    'PutTargets',
    { rule: 'nightly', targets: [{ id: '1', arn: arn('lambda', 'function:out') }] },
    'nightly',
  ),
  call('events', 'DeleteRule', { name: 'nightly' }, 'nightly'),
  call('budgets', 'CreateBudget', { accountId: ACCOUNT, budget: { budgetName: 'monthly' } }, 'monthly'),
  call('budgets', 'DeleteBudget', { accountId: ACCOUNT, budgetName: 'monthly' }, 'monthly'),
];

const ACCOUNTS: readonly AnyCall[] = [
  call('organizations', 'CreateAccount', { accountName: 'dev', email: 'x' }, 'dev'),
  call('organizations', 'RemoveAccountFromOrganization', { accountId: OTHER }, OTHER),
  call(
    'organizations',
    'MoveAccount',
    { accountId: OTHER, sourceParentId: 'r-abcd', destinationParentId: 'ou-abcd-12345678' },
    OTHER,
  ),
  call('organizations', 'InviteAccountToOrganization', { target: { id: OTHER, type: 'ACCOUNT' } }, OTHER),
  call('organizations', 'AttachPolicy', { policyId: 'p-12345678', targetId: 'ou-abcd-12345678' }, 'ou-abcd-12345678'),
  call('organizations', 'DetachPolicy', { policyId: 'p-12345678', targetId: OTHER }, OTHER),
  call('organizations', 'CreatePolicy', { name: 'deny-all', content: POLICY_TEXT }, 'deny-all'),
  call('organizations', 'DeletePolicy', { policyId: 'p-12345678' }, 'p-12345678'),
  call('organizations', 'LeaveOrganization', null, ''),
  call(
    'sso',
    'CreateAccountAssignment',
    {
      instanceArn: 'arn:aws:sso:::instance/ssoins-1',
      targetId: OTHER,
      targetType: 'AWS_ACCOUNT',
      permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1',
      principalId: KEY,
    },
    'arn:aws:sso:::permissionSet/ssoins-1/ps-1',
  ),
  call(
    'sso',
    'DeletePermissionSet',
    { instanceArn: 'arn:aws:sso:::instance/ssoins-1', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1' },
    'arn:aws:sso:::permissionSet/ssoins-1/ps-1',
  ),
  call('cognito-idp', 'CreateUserPool', { poolName: 'app' }, 'eu-west-1_abc', {
    response: { userPool: { id: 'eu-west-1_abc', name: 'app' } },
  }),
  call('cognito-idp', 'DeleteUserPool', { userPoolId: 'eu-west-1_abc' }, 'eu-west-1_abc'),
  call('cognito-idp', 'AdminDeleteUser', { userPoolId: 'eu-west-1_abc', username: 'eve' }, 'eve'),
  call('cognito-idp', 'AdminSetUserPassword', { userPoolId: 'eu-west-1_abc', username: 'eve' }, 'eve'),
];

const COMPUTE: readonly AnyCall[] = [
  call(
    'lambda',
    'CreateFunction20150331',
    { functionName: 'resize', role: role('lambda'), vpcConfig: { subnetIds: [SUBNET] } },
    arn('lambda', 'function:resize'),
    { response: { functionName: 'resize', functionArn: arn('lambda', 'function:resize'), role: role('lambda') } },
  ),
  call('lambda', 'DeleteFunction20150331', { functionName: 'resize' }, 'resize'),
  call('lambda', 'UpdateFunctionCode20150331v2', { functionName: 'resize', s3Bucket: 'code' }, 'resize'),
  call(
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    { functionName: 'resize', layers: [arn('lambda', 'layer:x:1')] },
    'resize',
  ),
  call(
    'lambda',
    'AddPermission20150331v2',
    { functionName: 'resize', statementId: 's', principal: '*', sourceArn: 'arn:aws:s3:::media' },
    'resize',
  ),
  call('lambda', 'RemovePermission20150331v2', { functionName: 'resize', statementId: 's' }, 'resize'),
  call(
    'lambda',
    'CreateEventSourceMapping20150331',
    { functionName: 'resize', eventSourceArn: arn('sqs', 'jobs') },
    'resize',
  ),
  call('lambda', 'Invoke', { functionName: 'resize', invocationType: 'Event' }, 'resize'),
  call('lambda', 'PublishLayerVersion20181031', { layerName: 'libs' }, 'libs'),
  call('lambda', 'ListFunctions20150331', null, ''),
  call('cloudformation', 'CreateStack', { stackName: 'shop', roleARN: role('cfn') }, 'shop', {
    response: { stackId: arn('cloudformation', `stack/shop/${KEY}`) },
  }),
  call('cloudformation', 'DeleteStack', { stackName: 'shop' }, 'shop'),
  call('cloudformation', 'UpdateStack', { stackName: 'shop' }, 'shop'),
  call('cloudformation', 'ExecuteChangeSet', { stackName: 'shop', changeSetName: 'c1' }, 'shop'),
  call('cloudformation', 'DeleteStackInstances', { stackSetName: 'base', accounts: [OTHER] }, 'base'),
  call('ecs', 'DeleteService', { service: 'web', cluster: 'prod' }, 'web'),
  call('ecs', 'UpdateService', { service: 'web', cluster: 'prod', desiredCount: 0, taskDefinition: 'web:7' }, 'web'),
  call('ecs', 'CreateService', { serviceName: 'web', cluster: 'prod', taskDefinition: 'web:7' }, 'web'),
  call('ecs', 'RunTask', { cluster: 'prod', taskDefinition: 'web:7' }, arn('ecs', 'task/prod/abc'), {
    response: {
      tasks: [
        {
          taskArn: arn('ecs', 'task/prod/abc'),
          clusterArn: arn('ecs', 'cluster/prod'),
          containers: [{ taskArn: arn('ecs', 'task/prod/abc'), name: 'web' }],
        },
      ],
      failures: [],
    },
  }),
  call('ecs', 'StopTask', { cluster: 'prod', task: 'abc' }, 'abc'),
  call('ecs', 'ExecuteCommand', { cluster: 'prod', task: 'abc', command: 'sh' }, 'abc'),
  call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:7' }, 'web:7'),
  call('ecs', 'DeleteCluster', { cluster: 'prod' }, 'prod'),
  call(
    'eks',
    'CreateCluster',
    { name: 'prod', roleArn: role('eks'), resourcesVpcConfig: { subnetIds: [SUBNET] } },
    'prod',
  ),
  call('eks', 'DeleteCluster', { name: 'prod' }, 'prod'),
  call('eks', 'DeleteNodegroup', { clusterName: 'prod', nodegroupName: 'spot' }, 'spot'),
  call('eks', 'CreateAccessEntry', { clusterName: 'prod', principalArn: role('admin') }, 'prod'),
  call('ecr', 'DeleteRepository', { repositoryName: 'web', force: true }, 'web'),
  call('ecr', 'BatchDeleteImage', { repositoryName: 'web', imageIds: [{ imageTag: 'v1' }] }, 'web'),
  call('ecr', 'SetRepositoryPolicy', { repositoryName: 'web', policyText: POLICY_TEXT }, 'web'),
  call(
    'autoscaling',
    'CreateAutoScalingGroup',
    {
      autoScalingGroupName: 'web',
      launchTemplate: { launchTemplateName: 'lt' },
      targetGroupARNs: [arn('elasticloadbalancing', 'targetgroup/web/1')],
    },
    'web',
  ),
  call('autoscaling', 'UpdateAutoScalingGroup', { autoScalingGroupName: 'web', desiredCapacity: 0 }, 'web'),
  call('autoscaling', 'SetDesiredCapacity', { autoScalingGroupName: 'web', desiredCapacity: 0 }, 'web'),
  call(
    'autoscaling',
    'TerminateInstanceInAutoScalingGroup',
    { instanceId: I, shouldDecrementDesiredCapacity: true },
    I,
  ),
  call('autoscaling', 'DeleteLaunchConfiguration', { launchConfigurationName: 'lc' }, 'lc'),
  call('autoscaling', 'PutScalingPolicy', { autoScalingGroupName: 'web', policyName: 'up' }, 'web'),
  call(
    'elasticloadbalancing',
    'CreateLoadBalancer',
    { name: 'front', subnets: [SUBNET], securityGroups: [SG] },
    arn('elasticloadbalancing', 'loadbalancer/app/front/1'),
    {
      response: {
        loadBalancers: [{ loadBalancerArn: arn('elasticloadbalancing', 'loadbalancer/app/front/1'), vpcId: VPC }],
      },
    },
  ),
  call(
    'elasticloadbalancing',
    'DeleteLoadBalancer',
    { loadBalancerArn: arn('elasticloadbalancing', 'loadbalancer/app/front/1') },
    arn('elasticloadbalancing', 'loadbalancer/app/front/1'),
  ),
  call('elasticloadbalancing', 'DeleteLoadBalancer', { loadBalancerName: 'classic' }, 'classic'),
  call(
    'elasticloadbalancing',
    'DeregisterTargets',
    { targetGroupArn: arn('elasticloadbalancing', 'targetgroup/web/1'), targets: [{ id: I }] },
    arn('elasticloadbalancing', 'targetgroup/web/1'),
  ),
  call(
    'elasticloadbalancing',
    'DeleteListener',
    { listenerArn: arn('elasticloadbalancing', 'listener/app/front/1/2') },
    arn('elasticloadbalancing', 'listener/app/front/1/2'),
  ),
  call(
    'elasticloadbalancing',
    'DeregisterInstancesFromLoadBalancer',
    { loadBalancerName: 'classic', instances: [{ instanceId: I }] },
    'classic',
  ),
  call(
    'states',
    'DeleteStateMachine',
    { stateMachineArn: arn('states', 'stateMachine:flow') },
    arn('states', 'stateMachine:flow'),
  ),
  call(
    'states',
    'StartExecution',
    { stateMachineArn: arn('states', 'stateMachine:flow'), name: 'run' },
    arn('states', 'stateMachine:flow'),
    { response: { executionArn: arn('states', 'execution:flow:run') } },
  ),
  call(
    'states',
    'StopExecution',
    { executionArn: arn('states', 'execution:flow:run') },
    arn('states', 'execution:flow:run'),
  ),
  call('apigateway', 'DeleteRestApi', { restApiId: 'a1b2c3' }, 'a1b2c3'),
  call(
    'apigateway',
    'CreateDeployment',
    { restApiId: 'a1b2c3', createDeploymentInput: { stageName: 'prod' } },
    'a1b2c3',
    { response: { id: 'dep1' } },
  ),
  call('elasticmapreduce', 'TerminateJobFlows', { jobFlowIds: ['j-ABC', 'j-DEF'] }, 'j-ABC, j-DEF'),
  call('elasticmapreduce', 'RunJobFlow', { name: 'etl', instances: { ec2KeyName: 'ops' } }, 'j-ABC', {
    response: { jobFlowId: 'j-ABC' },
  }),
  call('elasticbeanstalk', 'TerminateEnvironment', { environmentName: 'shop-prod' }, 'shop-prod'),
];

const EDGE: readonly AnyCall[] = [
  call('sns', 'CreateTopic', { name: 'alerts' }, arn('sns', 'alerts'), {
    response: { topicArn: arn('sns', 'alerts') },
  }),
  call('sns', 'DeleteTopic', { topicArn: arn('sns', 'alerts') }, arn('sns', 'alerts')),
  call('sns', 'Subscribe', { topicArn: arn('sns', 'alerts'), protocol: 'email', endpoint: 'x' }, arn('sns', 'alerts'), {
    response: { subscriptionArn: arn('sns', 'alerts:1') },
  }),
  call('sns', 'Unsubscribe', { subscriptionArn: arn('sns', 'alerts:1') }, arn('sns', 'alerts:1')),
  call(
    'sns',
    'SetTopicAttributes',
    { topicArn: arn('sns', 'alerts'), attributeName: 'Policy', attributeValue: POLICY_TEXT },
    arn('sns', 'alerts'),
  ),
  call('sqs', 'CreateQueue', { queueName: 'jobs' }, 'jobs', {
    response: { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs` },
  }),
  call(
    'sqs',
    'DeleteQueue',
    { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs` },
    `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs`,
  ),
  call(
    'sqs',
    'SetQueueAttributes',
    { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs`, attributes: { Policy: POLICY_TEXT } },
    `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs`,
  ),
  call('route53', 'DeleteHostedZone', { id: 'Z123' }, 'Z123'),
  call(
    'route53',
    'ChangeResourceRecordSets',
    {
      hostedZoneId: 'Z123',
      changeBatch: {
        changes: [
          { action: 'DELETE', resourceRecordSet: { name: 'www.example.com.', aliasTarget: { hostedZoneId: 'Z999' } } },
        ],
      },
    },
    'Z123',
  ),
  call('route53', 'AssociateVPCWithHostedZone', { hostedZoneId: 'Z123', vPC: { vPCId: VPC } }, 'Z123'),
  call('cloudfront', 'DeleteDistribution', { id: 'E123', ifMatch: 'x' }, 'E123'),
  call('wafv2', 'DeleteWebACL', { name: 'front', id: KEY, scope: 'REGIONAL', lockToken: 'x' }, 'front'),
  call(
    'wafv2',
    'DisassociateWebACL',
    { resourceArn: arn('elasticloadbalancing', 'loadbalancer/app/front/1') },
    arn('elasticloadbalancing', 'loadbalancer/app/front/1'),
  ),
  call('codebuild', 'StartBuild', { projectName: 'shop' }, 'shop', {
    response: { build: { id: 'shop:1', arn: arn('codebuild', 'build/shop:1'), projectName: 'shop' } },
  }),
  call('codepipeline', 'DeletePipeline', { name: 'release' }, 'release'),
  call('sagemaker', 'DeleteNotebookInstance', { notebookInstanceName: 'lab' }, 'lab'),
  call('newservice', 'DeleteWidget', { widgetId: 'w-1', ownerName: 'x' }, 'w-1'),
  call('newservice', 'PutWidgetPolicy', { widgetName: 'w', policyName: 'p' }, 'w'),
  call(
    'newservice',
    'TagResource',
    { resourceArn: arn('newservice', 'widget/w'), tags: { name: 'x' } },
    arn('newservice', 'widget/w'),
  ),
  call('newservice', 'ListWidgets', { maxResults: 10 }, ''),
];

export const CALLS: readonly AnyCall[] = [
  ...INSTANCES,
  ...STORAGE,
  ...NETWORKS,
  ...PEOPLE,
  ...BUCKETS,
  ...DATA,
  ...SECRETS,
  ...WATCH,
  ...ACCOUNTS,
  ...COMPUTE,
  ...EDGE,
];
