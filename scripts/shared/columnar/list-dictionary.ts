/**
 * The distinct cells of a list column (`shared/format/list-table.ts`), with each name stored once: joined, the
 * resources of a million events are 42 MB of text; their names are 23 MB. Searches go by names.
 */
import { LIST_SEPARATOR } from '../model/columns.js';
import { namesOf, type Lists } from '../format/list-table.js';
import type { Dictionary } from './dictionary.js';
import type { CodedColumn } from './event-columns.js';
import { listOrder } from './list-order.js';
import type { Values } from './values.js';

export class ListDictionary implements Values {
  private order: Uint32Array | undefined;
  private ordering: ReturnType<typeof listOrder> | undefined;

  constructor(
    readonly names: Dictionary,
    readonly lists: Lists,
  ) {}

  get size(): number {
    return this.lists.ends.length;
  }

  value(code: number): string {
    return this.joined(code, (name) => this.names.value(name));
  }

  lower(code: number): string {
    return this.joined(code, (name) => this.names.lower(name));
  }

  /** The names of a cell, as indexes. */
  namesOf(code: number): Uint32Array {
    return namesOf(this.lists, code);
  }

  forEachWith(text: string, visit: (code: number) => void): void {
    if (text === '') {
      for (let code = 0; code < this.size; code++) visit(code);
      return;
    }
    // Text across two names contains the separator between them, or its end.
    if (text.includes(SEMICOLON) || text.startsWith(' ')) {
      const [longest = ''] = text.split(/; ?|^ /).sort((a, b) => b.length - a.length);
      this.forEachNaming(this.flagged(longest), (code) => {
        if (this.lower(code).includes(text)) visit(code);
      });
    } else {
      this.forEachNaming(this.flagged(text), visit);
    }
  }

  /** Calls `visit` with each code, in ascending order, whose cell contains a flagged name. */
  forEachNaming(flags: Uint8Array, visit: (code: number) => void): void {
    const { members, ends } = this.lists;
    let at = 0;
    for (let code = 0; code < ends.length; code++) {
      const end = ends[code] as number;
      let found = 0;
      for (; at < end; at++) found |= flags[members[at] as number] as number;
      if (found !== 0) visit(code);
    }
  }

  /** The number of occurrences of each name, given those of each cell; an empty cell counts as the empty name. */
  countNames(counts: Uint32Array): Uint32Array {
    const { members, ends } = this.lists;
    const byName = new Uint32Array(this.names.size);
    byName[0] = counts[0] ?? 0;
    let at = 0;
    for (let code = 0; code < ends.length; code++) {
      const count = counts[code] as number;
      for (const end = ends[code] as number; at < end; at++) (byName[members[at] as number] as number) += count;
    }
    return byName;
  }

  ranks(): Uint32Array {
    while (!this.order) this.rankStep();
    return this.order;
  }

  rankStep(): boolean {
    if (this.order) return true;
    if (!this.names.rankStep()) return false;
    this.ordering ??= listOrder(this.lists, this.names.ranks());
    const { value: ranks } = this.ordering.next();
    if (!ranks) return false;
    this.order = ranks;
    this.ordering = undefined;
    return true;
  }

  /** 1 for each name that contains the text. */
  private flagged(text: string): Uint8Array {
    const flags = new Uint8Array(this.names.size);
    this.names.forEachWith(text, (name) => (flags[name] = 1));
    return flags;
  }

  private joined(code: number, text: (name: number) => string): string {
    const names = this.namesOf(code);
    let joined = '';
    for (let i = 0; i < names.length; i++) joined += (i > 0 ? LIST_SEPARATOR : '') + text(names[i] as number);
    return joined;
  }
}

const SEMICOLON = ';';

/** The values of a list column. */
export function listsOf({ name, dictionary }: CodedColumn): ListDictionary {
  if (!(dictionary instanceof ListDictionary)) throw new Error(`the cells of ${name} are no lists`);
  return dictionary;
}
