/**
 * Tests values against a regular expression in time that grows with the value's length only, whatever the expression:
 * the browser's own engine can take hours for one value. The machine's sets of places become states as they are met
 * (a lazy DFA), so that a character usually costs one look into a table.
 */
import { compileRegex, type Program } from './program.js';
import { parseRegex, type UnitSet } from './syntax.js';

/** An expression makes new states with nearly every character; the search for it is to be given up. */
export class SlowPattern extends Error {
  constructor(
    /** The expression. */
    readonly source: string,
  ) {
    super(`/${source}/ takes too long`);
  }
}

/** Transitions of a state are unknown at first. */
const UNKNOWN = -1;
/** The state of a value of which some part matches, whatever follows. */
export const MATCHED = -2;

/** States that are remembered; then all are forgotten. */
const MAX_STATES = 4000;
/** Steps that may be followed to make states, on one account: about half a second. */
const MAX_WORK = 10_000_000;

/** The steps that were followed to make states. The matchers of one query share an account: its time is for all of them. */
export class WorkAccount {
  steps = 0;
}

/** What a new state takes beside its steps, in steps. */
const WORK_OF_A_STATE = 20;

/** What stood before: nothing, a letter, digit or underscore, or anything else. */
type Before = 'nothing' | 'word' | 'other';

/** The class of the value's end; characters' classes follow. */
const END = 0;

interface State {
  /** Where the machine is, ascending. */
  readonly places: readonly number[];
  readonly before: Before;
}

/** The state before a value's first character. */
export const START = 0;

export class RegexMatcher {
  /** Goes up when states are forgotten. */
  generation = 0;
  private readonly program: Program;
  private readonly hasWordEdges: boolean;
  private readonly hasStart: boolean;
  /** Class of each ASCII character. */
  private readonly asciiClasses: Uint16Array;
  private readonly otherClasses = new Map<number, number>();
  private readonly classOfSignature = new Map<string, number>([['end', END]]);
  /** Of each class: which sets hold its characters, and whether they are of words. */
  private readonly classes: { readonly inSet: readonly boolean[]; readonly isWord: boolean }[] = [
    { inSet: [], isWord: false },
  ];
  /** How many classes a state's row has room for. */
  private room = 32;
  private states: State[] = [];
  private stateOfKey = new Map<string, number>();
  private transitions = new Int32Array(0);
  private readonly seen: Uint32Array;
  private visit = 0;

  /** Throws a RegexFault where the source is not understood. */
  constructor(
    private readonly source: string,
    private readonly work = new WorkAccount(),
  ) {
    this.program = compileRegex(parseRegex(source));
    const asserted = new Set(this.program.steps.map((step) => (step.kind === 'assert' ? step.at : '')));
    this.hasWordEdges = asserted.has('word-edge') || asserted.has('no-word-edge');
    this.hasStart = asserted.has('start');
    this.seen = new Uint32Array(this.program.steps.length);
    this.asciiClasses = Uint16Array.from({ length: 128 }, (_, unit) => this.findClass(unit));
    this.forget();
  }

  /** Whether any part of the lower-case value matches. Throws {@link SlowPattern} where that takes too much work. */
  test(value: string): boolean {
    return this.ends(this.read(START, value, 0, value.length));
  }

  /**
   * The state after text[from … to), begun in a state: {@link START}, or one that this gave; {@link MATCHED} stays. States
   * hold as long as `generation` is the same. Throws {@link SlowPattern} where that takes too much work.
   */
  read(begin: number, text: string, from: number, to: number): number {
    let state = begin;
    if (state === MATCHED) return MATCHED;
    const { asciiClasses } = this;
    let { transitions, room } = this;
    for (let i = from; i < to; i++) {
      const unit = text.charCodeAt(i);
      const kind = unit < 128 ? (asciiClasses[unit] as number) : this.classOf(unit);
      // A class that was met just now may have no room yet.
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
    const inSet = this.program.sets.map((set) => isIn(set, unit));
    const isWord = /\w/.test(String.fromCharCode(unit));
    const signature = `${inSet.map(Number).join('')} ${String(isWord)}`;
    const known = this.classOfSignature.get(signature);
    if (known !== undefined) return known;
    this.classOfSignature.set(signature, this.classes.length);
    return this.classes.push({ inSet, isWord }) - 1;
  }

  /** Finds where a state leads with a class, and remembers it. */
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

  /** Visits the sets that a state's places take characters of. Gives whether the machine is done here. */
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

  /** Begins again with the first state only, and with room for the classes that were met. */
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

/** Whether a set holds a lower-case character, or the same in upper case. */
function isIn({ ranges, negated }: UnitSet, unit: number): boolean {
  const upper = String.fromCharCode(unit).toUpperCase();
  const other = upper.length === 1 ? upper.charCodeAt(0) : unit;
  return (
    ranges.some(([first, last]) => (unit >= first && unit <= last) || (other >= first && other <= last)) !== negated
  );
}
