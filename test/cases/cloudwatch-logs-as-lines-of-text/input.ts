/** What an export task, `aws logs tail` and `aws logs filter-log-events --output text` write. */
import { gzipSync } from 'node:zlib';
import { record } from '../../support/records.js';

const json = (index: number): string => JSON.stringify(record(index));

export default {
  'aws-logs-write-test': 'Permission Check Successful',
  'exported/1a2b/111111111111_CloudTrail_eu-west-1/000000.gz': gzipSync(
    `2025-03-03T00:00:01.000Z ${json(1)}\n2025-03-03T00:00:02.000Z ${json(2)}\n`,
  ),
  'tail.json': `2025-03-03T00:00:03+00:00 111111111111_CloudTrail_eu-west-1 ${json(3)}\r\n2025-03-03T00:00:04+00:00 111111111111_CloudTrail_eu-west-1 ${json(4)}\r\n`,
  'tail-format-json.json': `\u001b[32m2025-03-03T00:00:05+00:00\u001b[0m stream ${JSON.stringify(record(5), undefined, 4)}\n2025-03-03T00:00:06+00:00 stream ${JSON.stringify(record(6), undefined, 4)}\n`,
  'filter-log-events.json': `EVENTS\t3709\t1740960007000\tstream\t${json(7)}\t1740960007000\nEVENTS\t3710\t1740960008000\tstream\t${json(8)}\t1740960008000\nSEARCHEDLOGSTREAMS\tTrue\tstream\n`,
  'syslog.json': `<134>Mar  3 00:00:09 host cloudtrail[7]: ${json(9)}\n`,
  'cut.json': `2025-03-03T00:00:10.000Z ${json(10)}\n2025-03-03T00:00:11.000Z ${json(11).slice(0, 300)}\n2025-03-03T00:00:12.000Z ${json(12)}\n`,
  'with-other-lines.json': `START RequestId: 1\nEND RequestId: 1\n2025-03-03T00:00:13.000Z ${json(13)}\nREPORT\n`,
};
