/** A worker's work on the store: what its rules find in it, and its lines. */
import { ruleLogOf } from '#scripts/findings/store-log.js';
import type { Expression } from '#scripts/investigate/findings/sigma/expression.js';
import { RuleMatcher } from '#scripts/investigate/findings/sigma/matcher.js';
import { TsvFormatter } from '#scripts/output/tsv/format.js';
import type { EventStore } from '#scripts/store/event-store.js';
import type { Tasks } from './tasks.js';

export class StoreWork {
  private matcher: RuleMatcher | undefined;
  private formatter: TsvFormatter | undefined;

  constructor(private readonly store: EventStore) {}

  /** @param detections those of all rules; before `matchRules` */
  useRules(detections: readonly Expression[]): void {
    this.matcher = new RuleMatcher(ruleLogOf(this.store), detections);
  }

  /** By detection which of rows [from, to) it finds, and those that were given up, with why. */
  matchRules(from: number, to: number): Tasks['matchRules']['response'] {
    const { matcher } = this;
    if (matcher === undefined) throw new Error('there are no rules to match');
    return { found: matcher.match(from, to), faults: [...matcher.faults] };
  }

  /** The lines of rows [from, to). @param guard the same each time @param spare memory to write them into, as far as it goes */
  formatTsv(from: number, to: number, guard: boolean, spare: ArrayBuffer | undefined): Uint8Array {
    this.formatter ??= new TsvFormatter(this.store, guard);
    return this.formatter.format(from, to, spare);
  }
}
