/**
 * Tests the cells of a section against an expression without putting them together: where a piece of a template, or a
 * value that many cells have, leads the machine from one of its states is the same in each of them, and read once.
 */
import { isReference, choiceAt, referred } from '../../scripts/shared/segment.js';
import { MATCHED, START, type RegexMatcher } from '../../scripts/shared/query/regex/matcher.js';
import type { KeptSection } from './kept-section.js';

/** States that a piece's ways are remembered from; few expressions have more. */
const STATES = 16;
const UNKNOWN = -1;

/** Where the values of a stream lead from one state. */
interface StreamWays {
  readonly from: number;
  readonly to: Int32Array;
}

export class CellMachine {
  /** Where each piece leads: the pieces of all templates, one after another, by {@link STATES}. */
  private readonly pieceWays: Int32Array;
  private streamWays: (StreamWays | undefined)[] = [];
  private generation: number;

  constructor(
    private readonly matcher: RegexMatcher,
    private readonly section: KeptSection,
  ) {
    const { firstStream, streams } = section.parts;
    this.pieceWays = new Int32Array((firstStream.length + streams.chosenAt.length) * STATES).fill(UNKNOWN);
    this.generation = matcher.generation;
  }

  /** Sets marks[cell] of each candidate that matches. May throw a SlowPattern. */
  search(candidates: Uint8Array, marks: Uint8Array): void {
    const { firstCell, cellsBy } = this.section.parts;
    for (let template = 0; template + 1 < firstCell.length; template++) {
      const to = firstCell[template + 1] as number;
      let pieces: readonly string[] | undefined;
      for (let i = firstCell[template] as number; i < to; i++) {
        const cell = cellsBy[i] as number;
        if (candidates[cell] === 0 || marks[cell] === 1) continue;
        pieces ??= this.section.lowerPieces(template);
        if (this.matches(template, pieces, cell)) marks[cell] = 1;
      }
    }
  }

  private matches(template: number, pieces: readonly string[], cell: number): boolean {
    const { parts, names } = this.section;
    const first = parts.firstStream[template] as number;
    const rank = parts.rankOf[cell] as number;
    let state = this.afterPiece(first + template, pieces[0] as string, START);
    for (let slot = 0; slot + 1 < pieces.length && state !== MATCHED; slot++) {
      const choice = choiceAt(parts.streams, first + slot, rank);
      if (isReference(choice)) {
        const name = referred(choice, names.lowerOf(parts.rowOf[cell] as number));
        state = this.matcher.read(state, name, 0, name.length);
      } else {
        state = this.afterValue(first + slot, choice, state);
      }
      state = this.afterPiece(first + template + slot + 1, pieces[slot + 1] as string, state);
    }
    return this.matcher.ends(state);
  }

  private afterPiece(number: number, piece: string, state: number): number {
    if (state < 0 || state >= STATES) return this.matcher.read(state, piece, 0, piece.length);
    const known = this.pieceWays[number * STATES + state] as number;
    if (known !== UNKNOWN && this.isCurrent()) return known;
    const to = this.matcher.read(state, piece, 0, piece.length);
    if (this.isCurrent()) this.pieceWays[number * STATES + state] = to;
    return to;
  }

  private afterValue(stream: number, value: number, state: number): number {
    const { values, parts } = this.section;
    const { firstValue, chosenAt } = parts.streams;
    const read = (): number =>
      this.matcher.read(state, values.lower, values.startOf(value), values.ends[value] as number);
    // Values that do not repeat are not remembered.
    if ((chosenAt[stream] as number) < 0) return read();
    const first = firstValue[stream] as number;
    let ways = this.isCurrent() ? this.streamWays[stream] : undefined;
    if (!ways) {
      const to = new Int32Array((firstValue[stream + 1] as number) - first).fill(UNKNOWN);
      this.streamWays[stream] = ways = { from: state, to };
    }
    if (ways.from !== state) return read();
    const known = ways.to[value - first] as number;
    if (known !== UNKNOWN) return known;
    const to = read();
    if (this.isCurrent()) ways.to[value - first] = to;
    return to;
  }

  /** Forgets what was known where the machine has forgotten its states; gives whether it had not. */
  private isCurrent(): boolean {
    if (this.generation === this.matcher.generation) return true;
    this.generation = this.matcher.generation;
    this.pieceWays.fill(UNKNOWN);
    this.streamWays = [];
    return false;
  }
}
