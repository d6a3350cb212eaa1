/**
 * Tests cells against a regular expression without composing them: all cells of a template go through the machine
 * together, one piece or slot at a time. The transition of the machine over a piece, or over a value that many cells
 * have, is the same for all of them and computed once.
 */
import { isReference } from '#shared/format/segment.js';
import { MATCHED, START, type RegexMatcher } from '#shared/query/regex/matcher.js';
import type { KeptSection } from './kept-section.js';

/** The number of states for which a piece's transitions are cached; few expressions have more. */
const STATES = 16;
const UNKNOWN = -1;

export class CellMachine {
  /** The current piece's transition from each state. */
  private readonly pieceWays = new Int32Array(STATES);
  /** The candidates of the current template, as indexes of its cells, and the state of each. */
  private ranks = new Uint32Array(1024);
  private states = new Int32Array(1024);
  /** The transition over each value of the current stream from the state that most cells are in. */
  private valueWays = new Int32Array(1024);

  constructor(private readonly matcher: RegexMatcher) {}

  /**
   * Sets marks[cell] for each candidate that matches, in templates for which a match is possible. May throw a
   * SlowPattern.
   */
  search(
    section: KeptSection,
    candidates: Uint8Array,
    marks: Uint8Array,
    isPossible: (template: string) => boolean,
  ): void {
    const { firstCell, cellsBy } = section.parts;
    for (let template = 0; template + 1 < firstCell.length; template++) {
      if (!isPossible(section.templates[template] as string)) continue;
      const from = firstCell[template] as number;
      const to = firstCell[template + 1] as number;
      if (to - from > this.ranks.length) this.makeRoom(to - from);
      let count = 0;
      for (let i = from; i < to; i++) {
        const cell = cellsBy[i] as number;
        if (candidates[cell] === 1 && marks[cell] === 0) this.ranks[count++] = i - from;
      }
      if (count === 0) continue;
      const { generation } = this.matcher;
      this.readTemplate(section, template, count);
      const isValid = this.matcher.generation === generation;
      for (let i = 0; i < count; i++) {
        const cell = cellsBy[from + (this.ranks[i] as number)] as number;
        const state = this.states[i] as number;
        // If the machine has discarded its states meanwhile, each cell is tested from its start.
        const matches = isValid ? this.matcher.ends(state) : this.matcher.test(section.lowerCell(cell));
        if (matches) marks[cell] = 1;
      }
    }
  }

  /** Advances the states of the template's candidates to the ends of their cells. */
  private readTemplate(section: KeptSection, template: number, count: number): void {
    const pieces = section.lowerPieces(template);
    const firstStream = section.parts.firstStream[template] as number;
    this.states.fill(START, 0, count);
    this.readPiece(pieces[0] as string, count);
    for (let slot = 0; slot + 1 < pieces.length; slot++) {
      if (section.parts.streams.chosenAt[firstStream + slot] === -1)
        this.readValues(section, firstStream + slot, count);
      else this.readChosen(section, template, firstStream + slot, count);
      this.readPiece(pieces[slot + 1] as string, count);
    }
  }

  private readPiece(piece: string, count: number): void {
    const { states, pieceWays, matcher } = this;
    pieceWays.fill(UNKNOWN);
    for (let i = 0; i < count; i++) {
      const state = states[i] as number;
      if (state === MATCHED) continue;
      let next = state < STATES ? (pieceWays[state] as number) : UNKNOWN;
      if (next === UNKNOWN) {
        next = matcher.read(state, piece, 0, piece.length);
        if (state < STATES) pieceWays[state] = next;
      }
      states[i] = next;
    }
  }

  /** A slot with one value per cell. */
  private readValues({ parts, values }: KeptSection, stream: number, count: number): void {
    const { states, ranks, matcher } = this;
    const { lower } = values;
    const first = parts.streams.firstValue[stream] as number;
    for (let i = 0; i < count; i++) {
      const state = states[i] as number;
      if (state === MATCHED) continue;
      const value = first + (ranks[i] as number);
      states[i] = matcher.read(state, lower, values.startOf(value), values.ends[value] as number);
    }
  }

  /** A slot whose values repeat, or refer to names of the rows' resources. */
  private readChosen(section: KeptSection, template: number, stream: number, count: number): void {
    const { parts, values, names } = section;
    const { states, ranks, matcher } = this;
    const { streams, cellsBy } = parts;
    const first = streams.firstValue[stream] as number;
    const distinct = (streams.firstValue[stream + 1] as number) - first;
    if (distinct > this.valueWays.length) this.valueWays = new Int32Array(distinct * 2);
    const { valueWays } = this;
    valueWays.fill(UNKNOWN, 0, distinct);
    const begin = states[0] as number;
    const firstCell = parts.firstCell[template] as number;
    const at = streams.chosenAt[stream] as number;
    for (let i = 0; i < count; i++) {
      const state = states[i] as number;
      if (state === MATCHED) continue;
      const rank = ranks[i] as number;
      const choice = streams.chosen[at + rank] as number;
      if (isReference(choice)) {
        const { from, to } = section.referredSpan(choice, cellsBy[firstCell + rank] as number);
        states[i] = matcher.read(state, names.texts.lower, from, to);
        continue;
      }
      let next = state === begin ? (valueWays[choice - first] as number) : UNKNOWN;
      if (next === UNKNOWN) {
        next = matcher.read(state, values.lower, values.startOf(choice), values.ends[choice] as number);
        if (state === begin) valueWays[choice - first] = next;
      }
      states[i] = next;
    }
  }

  private makeRoom(count: number): void {
    this.ranks = new Uint32Array(count * 2);
    this.states = new Int32Array(count * 2);
  }
}
