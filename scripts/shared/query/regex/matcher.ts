/**
 * Tests values against a regular expression in time linear in the value's length: the browser's own engine can take
 * hours for one value. The sets of places of the nondeterministic machine become states when they are first reached (a
 * lazy DFA), so a character usually costs one table lookup.
 */
import { compileRegex, type Program } from './program.js';
import { parseRegex, type UnitSet } from './syntax.js';

/** The expression needs new states for nearly every character, so the search is given up. */
export class SlowPattern extends Error {
  constructor(
    /** The expression. */
    readonly source: string,
  ) {
    super(`/${source}/ takes too long`);
  }
}

/** The transitions of a new state are unknown. */
const UNKNOWN = -1;
/** The state of a value that contains a match, whatever follows. */
export const MATCHED = -2;

/** The most states to store; beyond that, all are discarded. */
const MAX_STATES = 4000;
/** The most steps to follow for new states, per account: about half a second. */
const MAX_WORK = 10_000_000;

/** Counts the steps for new states. All matchers of a query share an account, and thus its time limit. */
export class WorkAccount {
  steps = 0;
}

/** The cost of a new state in addition to its steps. */
const WORK_OF_A_STATE = 20;

/** The previous character: none, a letter, digit or underscore, or any other. */
type Before = 'nothing' | 'word' | 'other';

/** The class for the end of a value; classes of characters follow. */
const END = 0;

interface State {
  /** The machine's places, ascending. */
  readonly places: readonly number[];
  readonly before: Before;
}

/** The state before the first character of a value. */
export const START = 0;

export class RegexMatcher {
  /** Increases when states are discarded. */
  generation = 0;
  private readonly program: Program;
  private readonly hasWordEdges: boolean;
  private readonly hasStart: boolean;
  /** The class of each ASCII character. */
  private readonly asciiClasses: Uint16Array;
  private readonly otherClasses = new Map<number, number>();
  private readonly classOfSignature = new Map<string, number>([['end', END]]);
  /** For each class: the sets that contain its characters, and whether they are word characters. */
  private readonly classes: { readonly inSet: readonly boolean[]; readonly isWord: boolean }[] = [
    { inSet: [], isWord: false },
  ];
  /** The number of classes for which a state's row has room. */
  private room = 32;
  private states: State[] = [];
  private stateOfKey = new Map<string, number>();
  private transitions = new Int32Array(0);
  private readonly seen: Uint32Array;
  private visit = 0;

  /**
   * Throws a RegexFault if the source is invalid.
   * @param isCased case matters; if not, values are given in lower case
   */
  constructor(
    private readonly source: string,
    private readonly work = new WorkAccount(),
    private readonly isCased = false,
  ) {
    this.program = compileRegex(parseRegex(source));
    const asserted = new Set(this.program.steps.map((step) => (step.kind === 'assert' ? step.at : '')));
    this.hasWordEdges = asserted.has('word-edge') || asserted.has('no-word-edge');
    this.hasStart = asserted.has('start');
    this.seen = new Uint32Array(this.program.steps.length);
    this.asciiClasses = Uint16Array.from({ length: 128 }, (_, unit) => this.findClass(unit));
    this.forget();
  }

  /** Whether any part of the value matches. Throws {@link SlowPattern} if that takes too much work. */
  test(value: string): boolean {
    return this.ends(this.read(START, value, 0, value.length));
  }

  /**
   * The state after text[from … to), starting in state {@link START} or in one that this method returned; {@link
   * MATCHED} stays. States are valid while `generation` is unchanged. Throws {@link SlowPattern} if that takes too much
   * work.
   */
  read(begin: number, text: string, from: number, to: number): number {
    let state = begin;
    if (state === MATCHED) return MATCHED;
    const { asciiClasses } = this;
    let { transitions, room } = this;
    for (let i = from; i < to; i++) {
      const unit = text.charCodeAt(i);
      const kind = unit < 128 ? (asciiClasses[unit] as number) : this.classOf(unit);
      // There may be no room yet for a new class.
      let next = kind < room ? (transitions[state * room + kind] as number) : UNKNOWN;
      if (next === UNKNOWN) {
        next = this.follow(state, kind);
        ({ transitions, room } = this);
      }
      if (next === MATCHED) return MATCHED;
      state = next;
    }
    return state;
  }

  /** Whether a value that ends in this state matches. */
  ends(state: number): boolean {
    if (state === MATCHED) return true;
    const end = this.transitions[state * this.room + END] as number;
    return (end === UNKNOWN ? this.follow(state, END) : end) === MATCHED;
  }

  private classOf(unit: number): number {
    let found = this.otherClasses.get(unit);
    if (found === undefined) {
      found = this.findClass(unit);
      this.otherClasses.set(unit, found);
    }
    return found;
  }

  private findClass(unit: number): number {
    const inSet = this.program.sets.map((set) => isIn(set, unit, this.isCased));
    const isWord = /\w/.test(String.fromCharCode(unit));
    const signature = `${inSet.map(Number).join('')} ${String(isWord)}`;
    const known = this.classOfSignature.get(signature);
    if (known !== undefined) return known;
    this.classOfSignature.set(signature, this.classes.length);
    return this.classes.push({ inSet, isWord }) - 1;
  }

  /** Computes and stores the transition of a state for a class. */
  private follow(from: number, to: number): number {
    if (this.work.steps > MAX_WORK) throw new SlowPattern(this.source);
    this.work.steps += WORK_OF_A_STATE;
    const { places, before } = this.states[from] as State;
    const { inSet, isWord } = this.classes[to] as (typeof this.classes)[number];
    const next: number[] = [];
    const matched = this.closure(places, before, to === END, isWord, (set, place) => {
      if (to !== END && inSet[set] === true) next.push(place);
    });
    if (matched) return this.remember(from, to, MATCHED);
    next.push(this.program.first);
    const after: Before = this.hasWordEdges && isWord ? 'word' : 'other';
    const reached: State = { places: [...new Set(next)].sort((a, b) => a - b), before: after };
    const key = `${after} ${reached.places.join()}`;
    const known = this.stateOfKey.get(key);
    if (known !== undefined) return this.remember(from, to, known);
    if (this.states.length >= MAX_STATES || this.classes.length > this.room) {
      this.forget();
      return this.addState(key, reached);
    }
    return this.remember(from, to, this.addState(key, reached));
  }

  /** Visits the sets whose characters a state's places accept. Returns whether the machine has matched. */
  private closure(
    places: readonly number[],
    before: Before,
    isEnd: boolean,
    isWord: boolean,
    take: (set: number, next: number) => void,
  ): boolean {
    const { steps } = this.program;
    const visit = ++this.visit;
    const open = [...places];
    const edge = (before === 'word') !== isWord;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.seen[at] === visit) continue;
      this.seen[at] = visit;
      this.work.steps++;
      const step = steps[at];
      switch (step?.kind) {
        case 'done':
          return true;
        case 'take':
          take(step.set, step.next);
          break;
        case 'fork':
          open.push(step.other, step.next);
          break;
        case 'assert': {
          const holds = { start: before === 'nothing', end: isEnd, 'word-edge': edge, 'no-word-edge': !edge };
          if (holds[step.at]) open.push(step.next);
        }
      }
    }
    return false;
  }

  private remember(from: number, to: number, state: number): number {
    if (to < this.room) this.transitions[from * this.room + to] = state;
    return state;
  }

  /** Starts over with the first state only, and with room for all known classes. */
  private forget(): void {
    this.generation++;
    while (this.room < this.classes.length) this.room *= 2;
    this.states = [];
    this.stateOfKey = new Map();
    this.transitions = new Int32Array(16 * this.room).fill(UNKNOWN);
    this.addState('first', {
      places: [this.program.first],
      before: this.hasStart || this.hasWordEdges ? 'nothing' : 'other',
    });
  }

  private addState(key: string, state: State): number {
    const number = this.states.push(state) - 1;
    this.stateOfKey.set(key, number);
    if (this.states.length * this.room > this.transitions.length) {
      const longer = new Int32Array(this.transitions.length * 2).fill(UNKNOWN);
      longer.set(this.transitions);
      this.transitions = longer;
    }
    return number;
  }
}

/** Whether a set contains a character; if case does not matter, a lower-case character or its upper-case form. */
function isIn({ ranges, negated }: UnitSet, unit: number, isCased: boolean): boolean {
  const upper = isCased ? '' : String.fromCharCode(unit).toUpperCase();
  const other = upper.length === 1 ? upper.charCodeAt(0) : unit;
  return (
    ranges.some(([first, last]) => (unit >= first && unit <= last) || (other >= first && other <= last)) !== negated
  );
}
