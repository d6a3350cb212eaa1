/** The names of each row's resources, which the details refer to. */
import { namesOf } from '../../scripts/shared/list-table.js';
import type { ListColumn } from './block-store.js';

/** Texts whose answers are kept: those that one search asks for, segment by segment. */
const KEPT = 6;

export class RowNames {
  private readonly found = new Map<string, Uint8Array>();

  constructor(private readonly column: ListColumn) {}

  /** The names of a row's resources. */
  of(row: number): readonly string[] {
    return Array.from(this.numbersOf(row), (name) => this.column.names.value(name));
  }

  /** The names of a row's resources, in lower case. */
  lowerOf(row: number): readonly string[] {
    return Array.from(this.numbersOf(row), (name) => this.column.names.lower(name));
  }

  /** The numbers of the names of a row's resources. */
  numbersOf(row: number): Uint32Array {
    return namesOf(this.column.lists, this.column.codes[row] as number);
  }

  /** 1 for each name that contains the lower-case text; remembered for the texts that were asked for last. */
  containing(text: string): Uint8Array {
    let flags = this.found.get(text);
    if (!flags) {
      flags = new Uint8Array(this.column.names.size);
      this.column.names.forEachWith(text, (name) => ((flags as Uint8Array)[name] = 1));
      for (const oldest of this.found.keys()) {
        if (this.found.size < KEPT) break;
        this.found.delete(oldest);
      }
      this.found.set(text, flags);
    }
    return flags;
  }
}
