/** Each by its first bytes, whatever its name, also within gzip. */
import { gzipSync } from 'node:zlib';
import { record } from '../../support/records.js';

const event = JSON.stringify(record(1));
const start = (...bytes: readonly number[]): Uint8Array => Uint8Array.from([...bytes, ...new Uint8Array(64)]);
const startsWith = (text: string): Uint8Array => Buffer.from(`${text}${'\0'.repeat(64)}`, 'latin1');

/** A tar of one file; `magic` is "ustar" in all but the oldest ones. */
function tar(magic: string): Uint8Array {
  const head = Buffer.alloc(512);
  head.write('lines.json');
  head.write('0000644\0', 100);
  head.write(event.length.toString(8).padStart(11, '0'), 124);
  head.write(' '.repeat(8), 148);
  head.write(magic, 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([head, Buffer.from(event.padEnd(512, '\0')), Buffer.alloc(1024)]);
}

export default {
  'good.json': event,
  'a.tgz': gzipSync(tar('ustar')),
  'b.json.gz': gzipSync(tar('')),
  'c.tar': tar('ustar'),
  'd.zip': startsWith('PK\u0003\u0004'),
  'e.json.gz': start(0x28, 0xb5, 0x2f, 0xfd),
  'f.bz2': startsWith('BZh91AY&SY'),
  'g.xz': startsWith('\u00fd7zXZ\0'),
  'h.7z': startsWith("7z\u00bc\u00af'\u001c"),
  'i.lz4': start(0x04, 0x22, 0x4d, 0x18),
  'j.sz': startsWith('\u00ff\u0006\0\0sNaPpY'),
  'k.json.gz': gzipSync(startsWith('PAR1')),
  'l.orc': startsWith('ORC'),
  'm.avro': startsWith('Obj\u0001'),
  'n.rar': startsWith('Rar!\u001a\u0007'),
  'o.json': startsWith('SQLite format 3'),
};
