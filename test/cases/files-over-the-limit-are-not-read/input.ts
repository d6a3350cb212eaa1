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

const many = Array.from({ length: 40 }, () => log(2)).join('\n');

export default {
  'small.json': log(1),
  'large.json': many,
  // Smaller than the limit until it is inflated.
  'large.json.gz': gzipSync(many),
  'cut.json.gz': gzipSync(many).subarray(0, -5),
};
