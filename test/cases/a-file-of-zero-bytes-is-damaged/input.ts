import { gzipSync } from 'node:zlib';
import { record } from '../../support/records.js';

export default {
  'good.json': JSON.stringify(record(1)),
  'empty.json': '',
  'spaces.json': ' \n',
  'byte-order-mark.json': '\ufeff',
  'empty.json.gz': gzipSync(''),
  'cut.json.gz': gzipSync(JSON.stringify(record(2))).subarray(0, 12),
};
