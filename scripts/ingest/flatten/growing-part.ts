/** A worker's part while it grows. */
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { IdentityTable } from './identity-table.js';
import { DICTIONARY_SLOTS, type DictionarySlot, type Part, RowBlocks } from './part.js';
import { shareDictionary } from './share-dictionary.js';
import { TextPool } from './text-pool.js';

export class GrowingPart {
  readonly rows = new RowBlocks();
  readonly pool = new TextPool();
  readonly identities = new IdentityTable();
  readonly dictionaries = Object.fromEntries(DICTIONARY_SLOTS.map((name) => [name, new ByteDictionary()])) as Readonly<
    Record<DictionarySlot, ByteDictionary>
  >;
  private readonly files = { starts: [] as number[], names: [] as string[] };

  /** How many rows there are. */
  get size(): number {
    return this.rows.rows;
  }

  /** Names the file that rows [from, to) are from, if these are any. */
  addFile(name: string, from: number, to = this.size): void {
    if (to === from) return;
    this.files.starts.push(from);
    this.files.names.push(name);
  }

  /** The part, in shared memory. This object must not be used afterwards. */
  finish(): Part {
    const { rows, blocks, times } = this.rows;
    return {
      rows,
      blocks,
      times,
      dictionaries: Object.fromEntries(
        DICTIONARY_SLOTS.map((name) => [name, shareDictionary(this.dictionaries[name])]),
      ) as Part['dictionaries'],
      identities: this.identities.share(),
      texts: this.pool.share(),
      files: this.files,
    };
  }
}
