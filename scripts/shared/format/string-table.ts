/**
 * Many strings as one array of UTF-8 and one of ends: 300,000 names are two arrays, not 300,000 objects.
 *
 * Encoding: varint count, varint byte length of each, then the bytes.
 */
import { ByteReader, ByteWriter } from './bytes.js';
import { decodeUtf8 } from './utf8.js';

export interface StringTable {
  readonly length: number;
  /** UTF-8 of all strings, concatenated. */
  readonly bytes: Uint8Array;
  /** The end of string i in `bytes`; it starts at the end of the previous one. */
  readonly ends: Uint32Array;
}

/** A table with arrays of its own. */
interface OwnStringTable extends StringTable {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** String i of the table. */
export function stringAt(table: StringTable, i: number): string {
  const start = i === 0 ? 0 : (table.ends[i - 1] as number);
  return decodeUtf8(table.bytes.subarray(start, table.ends[i]));
}

/** Encodes strings [from, to) of the table. */
export function encodeStringTable(table: StringTable, from = 0, to = table.length): Uint8Array {
  const start = from === 0 ? 0 : (table.ends[from - 1] as number);
  const end = to === 0 ? 0 : (table.ends[to - 1] as number);
  const out = new ByteWriter(end - start + (to - from) * 2 + 16);
  out.varint(to - from);
  let last = start;
  for (let i = from; i < to; i++) {
    const next = table.ends[i] as number;
    out.varint(next - last);
    last = next;
  }
  out.append(table.bytes.subarray(start, end));
  return out.written();
}

/** Decodes a table from its blocks, in order. */
export function decodeStringTables(blocks: readonly Uint8Array[]): OwnStringTable {
  const readers = blocks.map((block) => new ByteReader(block));
  const counts = readers.map((reader) => reader.varint());
  const ends = new Uint32Array(counts.reduce((a, b) => a + b, 0));
  const parts: Uint8Array[] = [];
  let row = 0;
  let end = 0;
  readers.forEach((reader, block) => {
    const start = end;
    for (let i = counts[block] as number; i > 0; i--) {
      end += reader.varint();
      ends[row++] = end;
    }
    parts.push(reader.take(end - start));
  });
  const bytes = new Uint8Array(end);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { length: ends.length, bytes, ends };
}

/** Strings that are encoded together: a call for each takes longer than encoding it. */
const STRINGS_AT_ONCE = 1024;

/** A table of the given strings. */
export function stringTableOf(strings: Iterable<string>): StringTable {
  const list = Array.from(strings);
  const encoder = new TextEncoder();
  const out = new ByteWriter();
  const ends = new Uint32Array(list.length);
  for (let from = 0; from < list.length; from += STRINGS_AT_ONCE) {
    const piece = list.slice(from, from + STRINGS_AT_ONCE);
    const joined = piece.join('');
    const bytes = encoder.encode(joined);
    let end = out.length;
    if (bytes.length === joined.length) {
      // ASCII: each character is one byte.
      out.append(bytes);
      piece.forEach((string, i) => (ends[from + i] = end += string.length));
    } else {
      piece.forEach((string, i) => {
        out.append(encoder.encode(string));
        ends[from + i] = out.length;
      });
    }
  }
  return { length: list.length, bytes: out.written(), ends };
}
