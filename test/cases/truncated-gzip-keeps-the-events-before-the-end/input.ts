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

const three = gzipSync([log(1), log(2), log(3)].join('\n'), { level: 0 });

export default {
  // Stored, not deflated, so that the cut lies in the third event.
  'cut.json.gz': three.subarray(0, -30),
  'only-a-header.json.gz': gzipSync(log(4)).subarray(0, 10),
};
