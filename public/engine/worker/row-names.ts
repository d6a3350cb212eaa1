/** The names of each row's resources, to which the details refer. */
import { namesOf } from '#shared/format/list-table.js';
import type { CasedTexts } from '#shared/columnar/cased-texts.js';
import type { ListColumn } from './block-store.js';

/** The number of texts to cache: those that one search uses in all segments. */
const KEPT = 6;

export class RowNames {
  private readonly found = new Map<string, Uint8Array>();

  constructor(private readonly column: ListColumn) {}

  /** The names of a row's resources. */
  of(row: number): readonly string[] {
    return Array.from(namesOf(this.column.lists, this.column.codes[row] as number), (name) =>
      this.column.names.value(name),
    );
  }

  /** The number of a row's name by its index, from 0 on; undefined if the row has fewer. */
  nameAt(row: number, place: number): number | undefined {
    const { members, ends } = this.column.lists;
    const list = this.column.codes[row] as number;
    const at = (list === 0 ? 0 : (ends[list - 1] as number)) + place;
    return at < (ends[list] as number) ? members[at] : undefined;
  }

  /** All names, by number. */
  get texts(): CasedTexts {
    return this.column.names.texts;
  }

  /** 1 for each name that contains the lower-case text; cached for the last texts. */
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
