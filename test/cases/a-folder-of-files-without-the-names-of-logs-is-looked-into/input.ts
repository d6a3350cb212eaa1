import { record } from '../../support/records.js';

export default {
  cloudtrail: JSON.stringify({ Records: [record(1)] }),
  'old/trail.log': `${JSON.stringify(record(2))}\n${JSON.stringify(record(3))}\n`,
  'old/readme.txt': 'These are the logs of last year.\n',
};
