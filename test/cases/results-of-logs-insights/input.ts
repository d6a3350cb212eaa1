/** What the console of CloudWatch Logs Insights and `aws logs get-query-results` give. */
import { record } from '../../support/records.js';

const json = (index: number): string => JSON.stringify(record(index));
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const row = (...cells: readonly (readonly [string, string])[]): object[] =>
  cells.map(([field, value]) => ({ field, value }));

export default {
  'console.json': JSON.stringify([{ '@timestamp': '1', '@message': record(1) }, { '@timestamp': '2', '@message': json(2) }]),
  'get-query-results.json': JSON.stringify({
    results: [
      row(['@timestamp', '1'], ['@message', json(3)], ['@ptr', 'x']),
      row(['@message', json(4)], ['@ptr', 'y']),
      row(['eventName', 'RunInstances'], ['@ptr', 'z']),
    ],
    statistics: { recordsMatched: 3 },
    status: 'Complete',
  }),
  'rows.json': JSON.stringify([row(['@message', json(5)], ['@ptr', 'x'])]),
  'console.csv': `@timestamp,@message\r\n1,${quoted(json(6))}\r\n2,${quoted(json(7))}\r\n`,
  'byte-order-mark.csv': `\ufeff"@message","@logStream"\n${quoted(json(8))},"a, b"\n,"without a message"\n`,
  'cut.csv': `@timestamp,@message\n1,${quoted(json(9))}\n2,${quoted(json(10)).slice(0, 500)}`,
  'lines-in-cells.csv': `@message\n${quoted(JSON.stringify(record(11), undefined, 2))}\n`,
};
