/**
 * Columns of all parts, in the order of the events. A merged dictionary numbers its values as they first appear in that
 * order, so that it is the same whichever worker read which file.
 */
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { IDENTITY_COLUMNS, LIST_SEPARATOR, MENTION_MARK } from '#shared/model/columns.js';
import { stringAt, stringTableOf } from '#shared/format/string-table.js';
import { chunkOf, type CodedColumn, offsetOf, type SharedTexts } from '#scripts/store/event-store.js';
import { cellOf, partOf, rowOf } from '../flatten/part-row.js';
import { type DictionarySlot, type Part, ROWS_PER_BLOCK, SLOT, SLOT_STRIDE, type SlotName } from '../flatten/part.js';
import { shareTable } from '../flatten/share-dictionary.js';
import { touched } from '#scripts/bytes/touched.js';

const MARK = MENTION_MARK.charCodeAt(0);

/** Each event's number in a slot, as it is in its part. */
export function mergeIds(parts: readonly Part[], entries: Uint32Array, name: SlotName): Uint32Array {
  const slot = SLOT[name];
  const ids = sharedNumbers(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as number;
    ids[i] = cellOf(parts[partOf(entry)] as Part, rowOf(entry), slot);
  }
  return ids;
}

/** A dictionary slot's column. */
export function mergeCodes(parts: readonly Part[], entries: Uint32Array, name: DictionarySlot): CodedColumn {
  return merge(parts, entries, name, (part) => {
    const table = part.dictionaries[name];
    const view = new DataView(table.bytes.buffer);
    return {
      size: table.length,
      bytes: table.bytes.length,
      add: (code, dictionary) =>
        dictionary.code(view, code === 0 ? 0 : (table.ends[code - 1] as number), table.ends[code] as number),
    };
  });
}

/** The `resources` column, with its targets as `EventStore.targetEnds`. */
export interface MergedResources {
  readonly column: CodedColumn;
  readonly targetEnds: Uint32Array;
}

export function mergeResources(parts: readonly Part[], entries: Uint32Array): MergedResources {
  const column = merge(parts, entries, 'resources', ({ texts, blocks, rows }) => {
    const views = texts.chunks.map((chunk) => new DataView(chunk.buffer));
    return {
      size: texts.spans.length / 2,
      bytes: bytesOfTexts(texts, blocks, rows, SLOT.resources),
      add(id, dictionary) {
        const address = texts.spans[id * 2] as number;
        const chunk = chunkOf(address);
        const start = offsetOf(address);
        const end = start + (texts.spans[id * 2 + 1] as number);
        return dictionary.code(views[chunk] as DataView, start, end);
      },
    };
  });
  return withoutMarks(column);
}

/** Takes the marks out of the cells, where they lie. */
function withoutMarks({ codes, values }: CodedColumn): MergedResources {
  const { bytes, ends, length } = values;
  const targetEnds = sharedNumbers(length);
  let taken = 0;
  let start = 0;
  let mark = bytes.indexOf(MARK);
  for (let i = 0; i < length; i++) {
    const end = ends[i] as number;
    if (mark >= 0 && mark < end) {
      // A mark at the beginning has no separator before it.
      targetEnds[i] = Math.max(start, mark - LIST_SEPARATOR.length) - taken;
      bytes.copyWithin(start - taken, start, mark);
      bytes.copyWithin(mark - taken, mark + 1, end);
      taken++;
      mark = bytes.indexOf(MARK, end);
    } else {
      bytes.copyWithin(start - taken, start, end);
      targetEnds[i] = end - taken;
    }
    ends[i] = end - taken;
    start = end;
  }
  return { column: { codes, values: { length, ends, bytes: bytes.subarray(0, start - taken) } }, targetEnds };
}

interface Source {
  /** How many numbers the part uses. */
  readonly size: number;
  /** How many bytes their values have together, each counted once. */
  readonly bytes: number;
  /** The merged code of one of them. */
  add(number: number, dictionary: ByteDictionary): number;
}

function merge(
  parts: readonly Part[],
  entries: Uint32Array,
  name: SlotName,
  sourceOf: (part: Part) => Source,
): CodedColumn {
  const slot = SLOT[name];
  const sources = parts.map(sourceOf);
  // Enough for all values, in shared memory at once: growing and copying would touch three times as much, and new memory
  // is what costs most.
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
  const dictionary = new ByteDictionary(new SharedArrayBuffer(bytes));
  // Merged code plus one; 0 is not known yet.
  const known = sources.map(({ size }) => touched(new Uint32Array(size)));
  const codes = sharedNumbers(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as number;
    const p = partOf(entry);
    const number = cellOf(parts[p] as Part, rowOf(entry), slot);
    if (number === 0) continue;
    const ofPart = known[p] as Uint32Array;
    let code = ofPart[number] as number;
    if (code === 0) {
      code = (sources[p] as Source).add(number, dictionary) + 1;
      ofPart[number] = code;
    }
    codes[i] = code - 1;
  }
  const ends = sharedNumbers(dictionary.size);
  ends.set(dictionary.ends());
  return { codes, values: { length: dictionary.size, bytes: dictionary.bytes(), ends } };
}

/** The bytes of the texts that a slot's cells name, each text counted once. */
function bytesOfTexts(texts: SharedTexts, blocks: readonly Uint32Array[], rows: number, slot: number): number {
  const seen = new Uint8Array(texts.spans.length / 2);
  let bytes = 0;
  blocks.forEach((block, b) => {
    const from = slot * SLOT_STRIDE;
    for (let i = from; i < from + Math.min(ROWS_PER_BLOCK, rows - b * ROWS_PER_BLOCK); i++) {
      const id = block[i] as number;
      if (seen[id] === 0) bytes += texts.spans[id * 2 + 1] as number;
      seen[id] = 1;
    }
  });
  return bytes;
}

interface MergedIdentities {
  /** Row → identity. */
  readonly identity: Uint32Array;
  readonly identities: number;
  /** The identity columns by name, codes per identity. */
  readonly columns: Readonly<Record<string, CodedColumn>>;
}

/** The identities of all parts, each distinct one once, numbered as they first appear. */
export function mergeIdentities(parts: readonly Part[], entries: Uint32Array): MergedIdentities {
  const distinct = new Map<string, number>();
  const slot = SLOT.identity;
  const known = parts.map((part) => new Int32Array(part.identities.length).fill(-1));
  const identity = sharedNumbers(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as number;
    const p = partOf(entry);
    const number = cellOf(parts[p] as Part, rowOf(entry), slot);
    const ofPart = known[p] as Int32Array;
    let merged = ofPart[number] as number;
    if (merged < 0) {
      const cells = stringAt((parts[p] as Part).identities, number);
      merged = distinct.get(cells) ?? distinct.size;
      distinct.set(cells, merged);
      ofPart[number] = merged;
    }
    identity[i] = merged;
  }
  const rows = Array.from(distinct.keys(), (cells) => JSON.parse(cells) as string[]);
  const columns = Object.fromEntries(
    IDENTITY_COLUMNS.map(({ name }, i) => [name, codesOf(rows.map((cells) => cells[i] as string))]),
  );
  return { identity, identities: rows.length, columns };
}

function codesOf(values: readonly string[]): CodedColumn {
  const distinct = new Map<string, number>([['', 0]]);
  const codes = sharedNumbers(values.length);
  values.forEach((value, i) => {
    const code = distinct.get(value) ?? distinct.size;
    distinct.set(value, code);
    codes[i] = code;
  });
  return { codes, values: shareTable(stringTableOf(distinct.keys())) };
}

function sharedNumbers(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}
