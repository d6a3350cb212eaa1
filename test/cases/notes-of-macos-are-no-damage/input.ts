/** What the Finder puts into archives beside each file. */
import { record } from '../../support/records.js';

const appleDouble = Uint8Array.from([0x00, 0x05, 0x16, 0x07, 0x00, 0x02, 0x00, 0x00, ...Buffer.from('Mac OS X        ')]);

export default {
  'logs/a.json': JSON.stringify(record(1)),
  'logs/._a.json': appleDouble,
  '__MACOSX/logs/._a.json': appleDouble,
  // Only its name is like that.
  'logs/._b.json': JSON.stringify(record(2)),
};
