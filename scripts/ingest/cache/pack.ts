/**
 * Files of one folder as one file: thousands of logs of 2 kB would fill a disk with their blocks' empty ends. Layout: a
 * mark, the length and CRC-32 of the index, the index as JSON, the files' bytes one after another.
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** A file in a pack. */
export interface PackedFile {
  /** Without its folder. */
  readonly name: string;
  /** Its ETag. */
  readonly version: string;
  readonly bytes: number;
  /** CRC-32 of its bytes. */
  readonly crc: number;
}

const MARK = Buffer.from('CULPACK1');
const HEAD_BYTES = MARK.length + 8;
/** What is read at first: the index of most packs. */
const FIRST_READ = 1 << 15;

/** Writes a pack to a new file. Throws the system's error. */
export function writePack(
  path: string,
  files: readonly { readonly name: string; readonly version: string; readonly content: Uint8Array }[],
): void {
  const index: PackedFile[] = files.map(({ name, version, content }) => ({
    name,
    version,
    bytes: content.length,
    crc: crc32(content),
  }));
  const json = Buffer.from(JSON.stringify(index));
  const head = Buffer.alloc(HEAD_BYTES);
  MARK.copy(head);
  head.writeUInt32LE(json.length, MARK.length);
  head.writeUInt32LE(crc32(json), MARK.length + 4);
  writeWhole(path, [head, json, ...files.map(({ content }) => content)]);
}

/** What is in a pack; undefined where it is none, is damaged or has gone. */
export function readPackIndex(path: string): readonly PackedFile[] | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      let bytes = Buffer.alloc(FIRST_READ);
      const bytesRead = readSync(file, bytes, 0, FIRST_READ, 0);
      const end = indexEnd(bytes.subarray(0, bytesRead));
      if (end > bytesRead) {
        bytes = Buffer.alloc(end);
        if (readSync(file, bytes, 0, end, 0) !== end) return undefined;
      }
      return parseIndex(bytes.subarray(0, end));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** The files of a pack by name, those whose bytes are what was written. */
export async function readPack(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  try {
    const bytes = await readFile(path);
    let at = indexEnd(bytes);
    for (const { name, bytes: length, crc } of parseIndex(bytes.subarray(0, at)) ?? []) {
      const content = bytes.subarray(at, at + length);
      at += length;
      if (content.length === length && crc32(content) === crc) files.set(name, content);
    }
  } catch {
    // It has gone: another run was short of room.
  }
  return files;
}

/** Where the index ends; 0 where this is no pack. */
function indexEnd(bytes: Buffer): number {
  if (bytes.length < HEAD_BYTES || !bytes.subarray(0, MARK.length).equals(MARK)) return 0;
  return HEAD_BYTES + bytes.readUInt32LE(MARK.length);
}

function parseIndex(bytes: Buffer): readonly PackedFile[] | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  const json = bytes.subarray(HEAD_BYTES);
  return crc32(json) === bytes.readUInt32LE(MARK.length + 4)
    ? (JSON.parse(json.toString()) as readonly PackedFile[])
    : undefined;
}

/** Writes pieces to a new file. Throws the system's error. */
export function writeWhole(path: string, pieces: readonly Uint8Array[]): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (const piece of pieces) for (let at = 0; at < piece.length;) at += writeSync(file, piece, at);
  } finally {
    closeSync(file);
  }
}

/** Reads a whole file, which does not change, into memory that begins at a multiple of eight bytes. Throws the system's error. */
export function readWhole(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    // Not of the pool that small Buffers share.
    const whole = Buffer.allocUnsafeSlow(fstatSync(file).size);
    let at = 0;
    for (let read = -1; at < whole.length && read !== 0; at += read)
      read = readSync(file, whole, at, whole.length - at, null);
    return new Uint8Array(whole.buffer, 0, at);
  } finally {
    closeSync(file);
  }
}
