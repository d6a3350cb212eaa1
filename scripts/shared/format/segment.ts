/**
 * A segment: the text and json cells of some rows, without repetitions.
 *
 * Every cell is JSON text (a `text` cell is a JSON string, including its quotes); a missing cell is empty. Equal cells
 * of a column are one **cell**. A cell consists of its **template**, the JSON without the contents of its strings and
 * without its numbers (each is replaced by a 0x00 byte, a slot), and of the values. The parameters of all calls of one
 * kind share a template, and the values in one slot of one template form a **stream**. Compact JSON contains no byte
 * below 0x20, so 0x00, the 0x0a that terminates each value and the 0x1a of a shortened one are free.
 *
 * A value that is the name of a resource, or the end of one, refers to the row's cell in the `resources` column, which
 * is in the page anyway: to the n-th name in it, after its m-th `:` or `/`. Rows that share a cell with references have
 * equal resources.
 *
 * Encoding: varint number of rows, then for each column: varint size of the section, and the section:
 *  varint number of templates; each: varint byte length, bytes
 *  varint number of cells
 *  each row: 0 for none, 1 for the next cell, c + 2 for cell c of an earlier row; one byte: planes, then planes
 *    (`codes.ts`)
 *  the template of each cell, as planes likewise
 *  each stream, template by template and slot by slot: one byte of {@link STREAM} bits, and a varint if a bit says so
 *  references: for each stream that has some, one byte per cell: n, or 0 for a value of its own
 *  skips: for each reference one byte: m
 *  choices: for each stream with a dictionary, per value of its own: 0 for the next value in the dictionary, v + 1 for
 *    the v-th, as planes
 *  packed values: for each stream of GUIDs or hexadecimal values, 16 bytes or half the length each
 *  texts: for each other stream, the bytes of each value, and 0x0a
 * If a stream has a dictionary, its packed values or texts are the distinct ones, in order of first appearance.
 */
export const SLOT = 0x00;
export const VALUE_END = 0x0a;
/** The end of a value that was shortened for the page; displayed as an ellipsis. ASCII, so that a search stays fast. */
export const CUT = 0x1a;
/** Displayed at the end of a shortened value. */
export const ELLIPSIS = '…';

/** The properties of a stream's values, as bits. */
export const STREAM = {
  /** Some values refer to names of the row's resources. */
  references: 1,
  /** Values repeat; a varint gives the number of distinct ones. */
  dictionary: 2,
  /** All values are GUIDs. */
  guid: 4,
  /** All values are lower-case hexadecimal; a varint gives their length. */
  hex: 8,
} as const;

/** Marks a reference among value indexes: the other bits are the name's position, from 1 on, and m << 8. */
export const REFERENCE = 0x80000000;

export interface Template {
  /** The JSON between the slots: one piece more than there are slots. */
  readonly pieces: readonly string[];
}

/** One column of a decoded segment; the page searches it without composing the cells. */
export interface SegmentSection {
  readonly templates: readonly Template[];
  /** Each row's cell, from 1 on; 0 for none. */
  readonly cellOfRow: Uint32Array | Uint16Array;
  /** The first row of each cell. */
  readonly rowOf: Uint32Array | Uint16Array;
  readonly templateOf: Uint32Array | Uint16Array;
  /** The number of earlier cells with the same template. */
  readonly rankOf: Uint32Array | Uint16Array;
  /** The cells, ordered by template; those of a template start at firstCell[template]. */
  readonly cellsBy: Uint32Array | Uint16Array;
  readonly firstCell: Uint32Array;
  /** Each template's first stream; there is one stream per slot. */
  readonly firstStream: Uint32Array;
  readonly streams: Streams;
  /** The bytes of the distinct values, each terminated by 0x0a. */
  readonly values: Uint8Array;
  /** The end of each value: the position of its 0x0a. */
  readonly ends: Uint32Array;
}

/** Which value each cell has in each stream. */
interface Streams {
  /** Each stream's first value, plus the number of values at the end. */
  readonly firstValue: Uint32Array;
  /** The start of a stream's cells in `chosen`; -1 if the cell of rank r has value firstValue + r. */
  readonly chosenAt: Int32Array;
  /** Indexes of values, or references. */
  readonly chosen: Uint32Array;
  readonly hasReferences: Uint8Array;
}

/** The value of the cell with this rank in a stream: the index of a value, or a reference. */
export function choiceAt({ firstValue, chosenAt, chosen }: Streams, stream: number, rank: number): number {
  const at = chosenAt[stream] as number;
  return at < 0 ? (firstValue[stream] as number) + rank : (chosen[at + rank] as number);
}

/** Whether a choice is a reference. */
export function isReference(choice: number): boolean {
  return choice >= REFERENCE;
}

/** The text of a reference, given the names of the row's resources. */
function referred(choice: number, names: readonly string[]): string {
  const name = names[(choice & 0xff) - 1];
  if (name === undefined) throw new RangeError('a segment refers to a resource that its row has not');
  let from = 0;
  for (let skip = (choice >>> 8) & 0xff; skip > 0; from++) {
    const letter = name[from];
    if (letter === ':' || letter === '/') skip--;
    else if (letter === undefined) throw new RangeError('a segment refers to a part that a name has not');
  }
  return name.slice(from);
}

/** Composes a cell's text from its parts. */
export function joinCell(
  section: Pick<SegmentSection, 'firstStream' | 'templateOf' | 'rankOf' | 'streams'>,
  cell: number,
  pieces: readonly string[],
  valueText: (value: number) => string,
  names: () => readonly string[],
): string {
  const stream = section.firstStream[section.templateOf[cell] as number] as number;
  const rank = section.rankOf[cell] as number;
  let text = pieces[0] as string;
  for (let slot = 0; slot < pieces.length - 1; slot++) {
    const choice = choiceAt(section.streams, stream + slot, rank);
    text += isReference(choice) ? referred(choice, names()) : valueText(choice);
    text += pieces[slot + 1] as string;
  }
  return text;
}
