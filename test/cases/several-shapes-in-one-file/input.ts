/** As people put files together: one after another. */
import { record } from '../../support/records.js';

const json = (index: number): string => JSON.stringify(record(index));

export default {
  'all.json': [
    JSON.stringify({ Records: [record(1)] }),
    `2025-03-03T00:00:02Z ${json(2)}`,
    JSON.stringify([record(3)], undefined, 2),
    JSON.stringify({ detail: record(4) }),
    JSON.stringify([json(5)]),
    'a word between',
    JSON.stringify({ Events: [{ CloudTrailEvent: json(6) }] }),
    json(7),
  ].join('\r\n'),
  'damaged.json': [json(8), '{"eventTime":', `2025-03-03T00:00:09Z ${json(9)}`, json(10)].join('\n'),
  'utf-16-without-a-mark.json': Buffer.from(json(11), 'utf16le'),
};
