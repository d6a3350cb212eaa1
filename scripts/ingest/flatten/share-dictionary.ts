/** String tables that threads can share: handing one over copies nothing. */
import type { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { ByteWriter } from '#shared/format/bytes.js';
import type { StringTable } from '#shared/format/string-table.js';
import { decodeJsonString } from './json-string.js';

const BACKSLASH = 0x5c;
const QUOTE = new Uint8Array([0x22]);

/** The dictionary's entries, which are the insides of JSON strings, as text. Two entries may become the same text. */
export function shareDictionary(dictionary: ByteDictionary): StringTable {
  const raw = dictionary.bytes();
  const rawEnds = dictionary.ends();
  const out = new ByteWriter(raw.length);
  const ends = new Uint32Array(new SharedArrayBuffer(dictionary.size * 4));
  for (let code = 1; code < dictionary.size; code++) {
    const entry = raw.subarray(rawEnds[code - 1], rawEnds[code]);
    out.append(entry.includes(BACKSLASH) ? decoded(entry) : entry);
    ends[code] = out.length;
  }
  const bytes = new Uint8Array(new SharedArrayBuffer(out.length));
  bytes.set(out.written());
  return { length: dictionary.size, bytes, ends };
}

/** A copy of the table in shared memory. */
export function shareTable(table: StringTable): StringTable {
  const bytes = new Uint8Array(new SharedArrayBuffer(table.bytes.length));
  bytes.set(table.bytes);
  const ends = new Uint32Array(new SharedArrayBuffer(table.length * 4));
  ends.set(table.ends);
  return { length: table.length, bytes, ends };
}

function decoded(entry: Uint8Array): Uint8Array {
  const json = new ByteWriter(entry.length + 2);
  json.append(QUOTE);
  json.append(entry);
  json.append(QUOTE);
  return new TextEncoder().encode(decodeJsonString(json.bytes, 0, json.length));
}
