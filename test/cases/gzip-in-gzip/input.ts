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
  'twice.json.gz': gzipSync(gzipSync(log(1))),
  'thrice.json.gz': gzipSync(gzipSync(gzipSync(log(2)))),
};
