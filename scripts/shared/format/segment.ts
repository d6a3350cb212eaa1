/**
 * A segment: the text and json cells of some rows, with what repeats taken out.
 *
 * Every cell is JSON text (a `text` cell is a JSON string, quotes included); a missing cell is empty. Equal cells of a
 * column are one **cell**. A cell is split into its **template**, the JSON with the contents of its string values and its
 * numbers cut out (a 0x00 byte, a slot, stands for each), and the values. One call's parameters share a template with all
 * calls of its kind, and the values in one slot of one template are a **stream**. Compact JSON holds no byte below 0x20, so
 * 0x00, the 0x0a that ends each value and the 0x1a of a cut one are free.
 *
 * A value that is the name of a resource, or the end of one, refers to the row's cell in the `resources` column, which is
 * in the page already: the n-th name there, from after its m-th `:` or `/` on. Rows whose cell refers have equal resources.
 *
 * Encoded: varint rows, then per column: varint size of the section, and the section:
 *   varint number of templates; each: varint byte length, bytes
 *   varint number of cells
 *   each row: 0 it has none, 1 the next cell, c + 2 cell c that an earlier row has; one byte: planes, then planes (`codes.ts`)
 *   each cell's template, as planes likewise
 *   each stream, template by template and slot by slot: one byte of {@link STREAM} bits, a varint where a bit says so
 *   references: of each stream that has some, per cell one byte: n, or 0 for a value of its own
 *   skips: of each reference one byte: m
 *   choices: of each stream with a dictionary, per value of its own: 0 the next one in the dictionary, v + 1 the v-th, as planes
 *   packed values: of each stream of GUIDs or hexadecimal values, 16 bytes or half the length each
 *   texts: of each other stream, the bytes of each value, and 0x0a
 * Where a stream has a dictionary, its packed values or texts are the distinct ones, as they first appear.
 */
export const SLOT = 0x00;
export const VALUE_END = 0x0a;
/** At the end of a value that was cut for the page; a reader sees an ellipsis. ASCII, so that a search stays fast. */
export const CUT = 0x1a;
/** What a reader sees at the end of a cut value. */
export const ELLIPSIS = '…';

/** What a stream's values are. */
export const STREAM = {
  /** Some refer to names of the row's resources. */
  references: 1,
  /** They repeat; a varint says how many distinct ones there are. */
  dictionary: 2,
  /** All are GUIDs. */
  guid: 4,
  /** All are lower-case hexadecimal; a varint says how long each is. */
  hex: 8,
} as const;

/** Marks a reference among the numbers of values: the rest is the name's place from 1 on, and m << 8. */
export const REFERENCE = 0x80000000;

export interface Template {
  /** The JSON between the slots, so one more than there are slots. */
  readonly pieces: readonly string[];
}

/** One column of a segment, taken apart; the page searches it without putting cells together. */
export interface SegmentSection {
  readonly templates: readonly Template[];
  /** Each row's cell, from 1 on; 0 where it has none. */
  readonly cellOfRow: Uint32Array | Uint16Array;
  /** The first row of each cell. */
  readonly rowOf: Uint32Array | Uint16Array;
  readonly templateOf: Uint32Array | Uint16Array;
  /** How many cells before this one have the same template. */
  readonly rankOf: Uint32Array | Uint16Array;
  /** The cells by template, in order; each template's from firstCell[template] on. */
  readonly cellsBy: Uint32Array | Uint16Array;
  readonly firstCell: Uint32Array;
  /** Each template's first stream; there is one for each slot. */
  readonly firstStream: Uint32Array;
  readonly streams: Streams;
  /** The distinct values' bytes, each ended by 0x0a. */
  readonly values: Uint8Array;
  /** Where each value ends, at its 0x0a. */
  readonly ends: Uint32Array;
}

/** Which value stands where. */
interface Streams {
  /** Each stream's first value, and at the end the number of values. */
  readonly firstValue: Uint32Array;
  /** Where a stream's cells are in `chosen`; -1 where the cell of rank r has value firstValue + r. */
  readonly chosenAt: Int32Array;
  /** Numbers of values, or references. */
  readonly chosen: Uint32Array;
  readonly hasReferences: Uint8Array;
}

/** What the cell of a rank has in a stream: the number of a value, or a reference. */
export function choiceAt({ firstValue, chosenAt, chosen }: Streams, stream: number, rank: number): number {
  const at = chosenAt[stream] as number;
  return at < 0 ? (firstValue[stream] as number) + rank : (chosen[at + rank] as number);
}

/** Whether a choice is a reference. */
export function isReference(choice: number): boolean {
  return choice >= REFERENCE;
}

/** What a reference stands for, given the names of the row's resources. */
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

/** A cell's text from its parts. */
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
