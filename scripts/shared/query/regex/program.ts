/** Compiles a regular expression's tree into a program for a nondeterministic machine (Thompson's construction). */
import { RegexFault, type Assertion, type RegexTree, type UnitSet } from './syntax.js';

/**
 * One step: accept a character of a set, continue in two places, continue if an assertion holds, or match. Steps refer
 * to each other by index.
 */
type Step =
  | { readonly kind: 'take'; readonly set: number; readonly next: number }
  | Fork
  | { readonly kind: 'assert'; readonly at: Assertion; readonly next: number }
  | { readonly kind: 'done' };

interface Fork {
  readonly kind: 'fork';
  /** Set later for a step that leads back. */
  next: number;
  readonly other: number;
}

export interface Program {
  readonly steps: readonly Step[];
  readonly first: number;
  /** The sets that `take` steps refer to. */
  readonly sets: readonly UnitSet[];
}

/** Counted repeats are expanded, so a short source may make a long program. */
const MAX_STEPS = 2000;

/** Throws {@link RegexFault} if the program would be too long. */
export function compileRegex(tree: RegexTree): Program {
  const steps: Step[] = [{ kind: 'done' }];
  const sets: UnitSet[] = [];
  const numberOf = new Map<string | UnitSet, number>();

  const add = (step: Step): number => {
    if (steps.length >= MAX_STEPS) throw new RegexFault(0);
    return steps.push(step) - 1;
  };

  const setNumber = (set: UnitSet): number => {
    // A repeat uses the same set up to a thousand times.
    const same = numberOf.get(set);
    if (same !== undefined) return same;
    const key = JSON.stringify(set);
    const number = numberOf.get(key) ?? sets.push(set) - 1;
    numberOf.set(key, number);
    numberOf.set(set, number);
    return number;
  };

  /** Adds steps that match the tree and continue at `next`; returns the first of them. */
  const before = (next: number, of: RegexTree): number => {
    switch (of.kind) {
      case 'set':
        return add({ kind: 'take', set: setNumber(of.set), next });
      case 'assertion':
        return add({ kind: 'assert', at: of.at, next });
      case 'sequence':
        return of.of.reduceRight((to, part) => before(to, part), next);
      case 'alternatives':
        return of.of
          .map((side) => before(next, side))
          .reduceRight((other, side) => add({ kind: 'fork', next: side, other }));
      case 'repeat':
        return repeated(next, of.of, of.min, of.max);
    }
  };

  const repeated = (next: number, of: RegexTree, min: number, max: number): number => {
    let to = next;
    if (max === Infinity) {
      const fork: Fork = { kind: 'fork', next: 0, other: next };
      to = add(fork);
      fork.next = before(to, of);
    } else {
      for (let i = min; i < max; i++) to = add({ kind: 'fork', next: before(to, of), other: next });
    }
    for (let i = 0; i < min; i++) {
      const length = steps.length;
      to = before(to, of);
      // Repeating an empty match changes nothing, and nested repeats of it would never end.
      if (steps.length === length) break;
    }
    return to;
  };

  return { first: before(0, tree), steps, sets };
}
