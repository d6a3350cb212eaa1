/** White space, escapes and the order of a record's fields are its container's; what no column shows is its own. */
import { record } from '../../support/records.js';

const fields = { requestParameters: { name: 'é/', n: 2 }, tlsDetails: { tlsVersion: 'TLSv1.3' } };
const one = record(1, fields);
const hidden = (index: number, tlsVersion: string): string => JSON.stringify(record(index, { tlsDetails: { tlsVersion } }));

export default {
  'log.json': JSON.stringify({ Records: [one] }),
  'pretty.json': JSON.stringify([one], undefined, 4),
  'turned.json': JSON.stringify(Object.fromEntries(Object.entries(one).reverse())),
  'escaped.json': JSON.stringify(one).replace('é/', String.raw`\u00e9\/`),
  'lookup.json': JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(one) }] }),
  'tls-a.json': [hidden(2, 'TLSv1.2'), hidden(3, 'TLSv1.3')].join('\n'),
  'tls-b.json': [hidden(2, 'TLSv1.3'), hidden(3, 'TLSv1.3')].join('\n'),
};
