/** `_raw` of Splunk and `event.original` of Elastic are the record's own text. */
import { record } from '../../support/records.js';

const json = (index: number): string => JSON.stringify(record(index));
const hit = (source: object): object => ({ _index: 'logs-aws.cloudtrail', _score: 1, _source: source });

export default {
  'splunk.json': [1, 2]
    .map((index) => `${JSON.stringify({ preview: false, offset: index, result: { _time: 't', sourcetype: 'aws:cloudtrail', _raw: json(index) } })}\n`)
    .join(''),
  'splunk-results.json': JSON.stringify({ results: [{ _time: 't', _raw: json(3) }] }),
  'splunk.csv': `"_time","_raw"\n"t","${json(4).replaceAll('"', '""')}"\n`,
  'elastic.json': JSON.stringify({
    took: 3,
    hits: {
      total: { value: 3, relation: 'eq' },
      hits: [
        hit({ '@timestamp': 't', event: { original: json(5), action: 'TerminateInstances' } }),
        hit({ '@timestamp': 't', message: json(6) }),
        hit({ '@timestamp': 't', aws: { cloudtrail: { event_version: '1.08' } }, event: { action: 'RunInstances' } }),
      ],
    },
  }),
  'elastic.ndjson': `${JSON.stringify(hit({ event: { original: json(7) } }))}\n`,
};
