/** A log file of one event. */
function log(second: number): string {
  return JSON.stringify({
    Records: [
      {
        eventTime: `2024-05-01T10:00:0${second}Z`,
        eventSource: 'ec2.amazonaws.com',
        eventName: 'StartInstances',
        awsRegion: 'eu-west-1',
        userIdentity: { type: 'IAMUser', userName: 'alice' },
        eventID: `event-${second}`,
      },
    ],
  });
}

const bigEndian = Buffer.from(`\ufeff${log(2)}`, 'utf16le').swap16();

export default {
  'little-endian.json': Buffer.from(`\ufeff${log(1)}\r\n`, 'utf16le'),
  'big-endian.json': bigEndian,
};
