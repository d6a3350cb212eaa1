/**
 * The flattened events of a pack, and what was said of each of its files. Layout: a mark, the CRC-32 of all that follows,
 * the length of the reports as JSON, the reports, the rows at a multiple of eight.
 */
import { crc32 } from 'node:zlib';
import type { FileReport } from '../read/file-report.js';
import { readWhole, writeWhole } from './pack.js';

interface KeptRows {
  readonly reports: readonly FileReport[];
  readonly rows: Uint8Array;
}

const MARK = Buffer.from('CULROWS1');
const HEAD_BYTES = 16;

/** Throws the system's error. */
export function writeRows(path: string, { reports, rows }: KeptRows): void {
  const json = Buffer.from(JSON.stringify(reports));
  const padding = Buffer.alloc((8 - ((HEAD_BYTES + json.length) % 8)) % 8);
  const head = Buffer.alloc(HEAD_BYTES);
  MARK.copy(head);
  head.writeUInt32LE(json.length, 12);
  const crc = [json, padding, rows].reduce((value, piece) => crc32(piece, value), crc32(head.subarray(12)));
  head.writeUInt32LE(crc, 8);
  writeWhole(path, [head, json, padding, rows]);
}

/** Undefined where the file is none of these, is damaged or has gone. */
export function readRows(path: string): KeptRows | undefined {
  let file: Uint8Array;
  try {
    file = readWhole(path);
  } catch {
    return undefined;
  }
  const head = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (head.length < HEAD_BYTES || !head.subarray(0, MARK.length).equals(MARK)) return undefined;
  if (crc32(head.subarray(12)) !== head.readUInt32LE(8)) return undefined;
  const end = HEAD_BYTES + head.readUInt32LE(12);
  const reports = JSON.parse(head.toString('utf8', HEAD_BYTES, end)) as readonly FileReport[];
  return { reports, rows: file.subarray(Math.ceil(end / 8) * 8) };
}
