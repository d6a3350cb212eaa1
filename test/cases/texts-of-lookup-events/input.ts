/** `aws cloudtrail lookup-events --query 'Events[].CloudTrailEvent'`, as JSON and as text, and its whole text output. */
import { record } from '../../support/records.js';

const json = (index: number): string => JSON.stringify(record(index));

export default {
  'query.json': JSON.stringify([json(1), json(2)], undefined, 4),
  'query-lists.json': JSON.stringify([[json(3)], [json(4)]]),
  'query-with-other-texts.json': JSON.stringify([json(5), 'no event', null]),
  'query-text.json': `${json(6)}\t${json(7)}\n${json(8)}\n`,
  'text.json': `EVENTS\tAKIAEXAMPLE\t${json(9)}\tid-9\tTerminateInstances\tec2.amazonaws.com\t2025-03-03T00:00:09+00:00\tfalse\talice\nRESOURCES\ti-0123456789abcdef0\tAWS::EC2::Instance\n`,
  'jq.json': `${JSON.stringify(json(10))}\n${JSON.stringify(json(11))}\n`,
};
