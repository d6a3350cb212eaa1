import { gzipSync } from 'node:zlib';

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

const wrongSum = gzipSync([log(1), log(2)].join('\n'));
wrongSum[wrongSum.length - 8] = (wrongSum[wrongSum.length - 8] as number) ^ 0xff;

export default {
  'wrong-check-sum.json.gz': wrongSum,
  'second-member.json.gz': Buffer.concat([gzipSync(log(3)), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff])]),
};
