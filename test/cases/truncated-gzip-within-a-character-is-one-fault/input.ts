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

const text = `${log(1)}\n{"eventName":"\u00e9`;
const stored = gzipSync(text, { level: 0 });

export default {
  // The cut is between the two bytes of the last character; behind it are eight bytes of check sum and length.
  'cut.json.gz': stored.subarray(0, -9),
};
