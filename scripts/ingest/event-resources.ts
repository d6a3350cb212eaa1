/** The `resources` cell of an event: what its parts name, each once, in the order found. */
import { ResourceFinder } from '../cloudtrail/resources.js';
import { ByteDictionary } from '../shared/byte-dictionary.js';
import { ByteWriter } from '../shared/bytes.js';
import { LIST_SEPARATOR } from '../shared/columns.js';
import type { TextPool } from './text-pool.js';
import { decodeJsonString } from './json-string.js';

const SEPARATOR = new TextEncoder().encode(LIST_SEPARATOR);
const BACKSLASH = 0x5c;

export class EventResources {
  private readonly finder = new ResourceFinder();
  private readonly names = new ByteDictionary();
  /** The names of list l are flat[firsts[l] … firsts[l + 1]); list 0 is empty. */
  private readonly flat: number[] = [];
  private readonly firsts: number[] = [0, 0];
  /** Each list's cell by itself, once it was needed. */
  private readonly cells: number[] = [0];
  private readonly seen: number[] = [];
  private event = 0;
  private readonly joined = new ByteWriter(4096);
  private view = new DataView(this.joined.bytes.buffer);

  constructor(private readonly pool: TextPool) {}

  /** The list of what a JSON value names; 0 where it names nothing, -1 where it is no valid JSON. */
  listOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const before = this.flat.length;
    const valid = this.finder.find(bytes, view, start, end, (from, to) => {
      this.flat.push(this.nameOf(bytes, view, from, to));
    });
    if (!valid) this.flat.length = before;
    if (this.flat.length === before) return valid ? 0 : -1;
    this.firsts.push(this.flat.length);
    this.cells.push(0);
    return this.firsts.length - 2;
  }

  private nameOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    for (let i = start; i < end; i++) {
      if (bytes[i] === BACKSLASH) {
        const text = new TextEncoder().encode(decodeJsonString(bytes, start - 1, end + 1));
        return this.names.code(text, new DataView(text.buffer), 0, text.length);
      }
    }
    return this.names.code(bytes, view, start, end);
  }

  /** The text id of the cell that joins the given lists. */
  cellOf(a: number, b: number, c: number, d: number): number {
    const only = a + b + c + d;
    const single = only === 0 || only === a || only === b || only === c || only === d;
    if (single) {
      const known = this.cells[only] as number;
      if (known !== 0 || only === 0) return known;
    }
    this.event++;
    this.joined.length = 0;
    this.append(a);
    this.append(b);
    this.append(c);
    this.append(d);
    const { bytes, length } = this.joined;
    if (this.view.buffer !== bytes.buffer) this.view = new DataView(bytes.buffer);
    const found = this.pool.find(this.view, 0, length);
    const id = found >= 0 ? found : this.pool.add(bytes, 0, length);
    if (single) this.cells[only] = id;
    return id;
  }

  private append(list: number): void {
    const stop = this.firsts[list + 1] as number;
    const ends = this.names.ends();
    for (let i = this.firsts[list] as number; i < stop; i++) {
      const name = this.flat[i] as number;
      if (this.seen[name] === this.event) continue;
      this.seen[name] = this.event;
      if (this.joined.length > 0) this.joined.append(SEPARATOR);
      this.joined.append(this.names.bytes(), ends[name - 1], ends[name]);
    }
  }
}
