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

export default {
  'each-a-file.json.gz': Buffer.concat([gzipSync(log(1)), gzipSync(log(2))]),
  'one-file-cut-in-two.json.gz': Buffer.concat([gzipSync(log(3).slice(0, 40)), gzipSync(log(3).slice(40))]),
};
