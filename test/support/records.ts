/** CloudTrail log files as text, for tests that need events but not their details. */

/** A record like CloudTrail's; `fields` replace or add. Records of different `index` differ in ID and second. */
export function record(index: number, fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    eventVersion: '1.08',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: 'arn:aws:iam::111111111111:user/alice',
      accountId: '111111111111',
      accessKeyId: 'AKIAEXAMPLE',
      userName: 'alice',
    },
    eventTime: new Date(Date.UTC(2025, 2, 3) + index * 1000).toISOString().replace('.000Z', 'Z'),
    eventSource: 'ec2.amazonaws.com',
    eventName: 'TerminateInstances',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.1',
    userAgent: 'aws-cli/2.15.0',
    requestParameters: { instancesSet: { items: [{ instanceId: 'i-0123456789abcdef0' }] } },
    responseElements: null,
    requestID: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    eventID: `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111111111111',
    eventCategory: 'Management',
    ...fields,
  };
}

/** A log file of these records, as CloudTrail writes it before gzip. */
export function logFile(...records: readonly Record<string, unknown>[]): string {
  return JSON.stringify({ Records: records });
}
