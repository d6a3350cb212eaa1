/** A store's events, as answers see them. */
import { splitLists } from '#scripts/output/html/split-lists.js';
import { findResourceNames } from '#scripts/output/html/embed-blocks.js';
import {
  chunkOf,
  offsetOf,
  textBytes,
  type CodedColumn as StoredColumn,
  type EventStore,
} from '#scripts/store/event-store.js';
import type { Details, Facts } from '#scripts/investigate/facts.js';
import { Dictionary } from '#shared/columnar/dictionary.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import { ListDictionary, listsOf } from '#shared/columnar/list-dictionary.js';
import { targetLists } from '#shared/format/list-table.js';
import type { StringTable } from '#shared/format/string-table.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { columnNamed, TEXT_COLUMNS } from '#shared/model/columns.js';

export class StoreFacts implements Facts {
  private resources: CodedColumn | undefined;

  constructor(private readonly store: EventStore) {}

  get rows(): number {
    return this.store.rows;
  }

  get times(): Float64Array {
    return this.store.times;
  }

  /** Throws for a name that no coded column has. */
  column(name: string): Promise<CodedColumn> {
    return Promise.resolve(this.columnOf(name));
  }

  details(rows: readonly number[]): Promise<readonly Details[]> {
    return Promise.resolve(rows.map((row) => new Map(TEXT_COLUMNS.map(({ name }) => [name, this.text(name, row)]))));
  }

  mentioning(text: string): Promise<readonly number[]> {
    const { poolOf, pools, ids } = this.store.texts;
    const found = pools.map((pool) => this.textsWith(pool, text.toLowerCase()));
    const columns = Object.values(ids);
    const rows: number[] = [];
    for (let row = 0; row < this.rows; row++) {
      const has = found[poolOf[row] as number] as Uint8Array;
      if (columns.some((of) => has[of[row] as number] === 1)) rows.push(row);
    }
    return Promise.resolve(rows);
  }

  /** A text column's cell; '' where missing. */
  text(name: string, row: number): string {
    const bytes = textBytes(this.store.texts, name, row);
    // A decoder takes no shared memory.
    return bytes === undefined ? '' : decodeUtf8(bytes.slice());
  }

  private columnOf(name: string): CodedColumn {
    if (name === 'resources') return this.resourceColumn();
    if (name === 'target') {
      const column = this.resourceColumn();
      const { names, lists } = listsOf(column);
      return { ...column, name, dictionary: new ListDictionary(names, targetLists(lists)) };
    }
    const { identity, identities, coded } = this.store;
    const stored = coded[name];
    if (stored === undefined) throw new Error(`no coded column ${name}`);
    const { codes, values } = stored;
    const dictionary = dictionaryOf(values);
    return columnNamed(name)?.per === 'identity'
      ? { name, keys: identity, keyCount: identities, codeOfKey: codes, dictionary }
      : { name, keys: codes, keyCount: values.length, codeOfKey: undefined, dictionary };
  }

  private resourceColumn(): CodedColumn {
    if (this.resources) return this.resources;
    const { codes, values } = this.store.coded['resources'] as StoredColumn;
    const { names, ...lists } = splitLists(values, findResourceNames(this.store));
    const dictionary = new ListDictionary(dictionaryOf(names), lists);
    return (this.resources = {
      name: 'resources',
      keys: codes,
      keyCount: values.length,
      codeOfKey: undefined,
      dictionary,
    });
  }

  /** A flag for each text of the pool that contains the text, which is in lower case. */
  private textsWith(pool: Pool, text: string): Uint8Array {
    const { chunks, spans } = pool;
    const flags = new Uint8Array(spans.length / 2);
    // As bytes: what is no ASCII is compared once it is decoded.
    const needle = Buffer.from(text).toString('latin1').toLowerCase();
    const byAddress = Uint32Array.from(flags.keys()).sort(
      (a, b) => (spans[2 * a] as number) - (spans[2 * b] as number),
    );
    let next = 0;
    chunks.forEach((chunk, number) => {
      const lower = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1').toLowerCase();
      for (let at = lower.indexOf(needle); at >= 0; at = lower.indexOf(needle, at + 1)) {
        while (next + 1 < byAddress.length && isAtOrBefore(spans[2 * (byAddress[next + 1] as number)], number, at))
          next++;
        const id = byAddress[next] as number;
        if (flags[id] === 0 && this.textOf(pool, id).toLowerCase().includes(text)) flags[id] = 1;
      }
    });
    return flags;
  }

  private textOf({ chunks, spans }: Pool, id: number): string {
    const address = spans[2 * id] as number;
    const length = spans[2 * id + 1] as number;
    if (length === 0) return '';
    const from = offsetOf(address);
    // A decoder takes no shared memory.
    return decodeUtf8((chunks[chunkOf(address)] as Uint8Array).slice(from, from + length));
  }
}

type Pool = EventStore['texts']['pools'][number];

function isAtOrBefore(address: number | undefined, chunk: number, offset: number): boolean {
  if (address === undefined) return false;
  return chunkOf(address) < chunk || (chunkOf(address) === chunk && offsetOf(address) <= offset);
}

/** The values as a dictionary of their own: the store's bytes are everybody's. */
function dictionaryOf({ bytes, ends, length }: StringTable): Dictionary {
  return Dictionary.of({ bytes: bytes.slice(), ends: ends.slice(), length });
}
