/**
 * The `resources` cell of an event: what its parts name, each once, in the order found; a name that is the end of an ARN
 * there is left to the ARN.
 */
import { isArn, ResourceFinder, type SecretWatch } from '../cloudtrail/resources.js';
import { ByteDictionary } from '../shared/byte-dictionary.js';
import { ByteWriter } from '../shared/bytes.js';
import { LIST_SEPARATOR } from '../shared/columns.js';
import { plainEnd } from '../shared/json-bytes.js';
import type { TextPool } from './text-pool.js';
import { decodeJsonString } from './json-string.js';

const SEPARATOR = new TextEncoder().encode(LIST_SEPARATOR);

/** Of an event's names with its ARNs; beyond this they are all listed. */
const MAX_COMPARISONS = 10_000;

function ignore(): void {
  // Names nobody asked for.
}

export class EventResources {
  private readonly finder = new ResourceFinder();
  private readonly names = new ByteDictionary();
  /** The names of list l are flat[firsts[l] … firsts[l + 1]); list 0 is empty. */
  private readonly flat: number[] = [];
  private readonly firsts: number[] = [0, 0];
  /** Each list's cell by itself, once it was needed. */
  private readonly cells: number[] = [0];
  private readonly seen: number[] = [];
  private readonly together: number[] = [];
  private readonly arns: number[] = [];
  private event = 0;
  private readonly joined = new ByteWriter(4096);

  constructor(private readonly pool: TextPool) {}

  /**
   * The list of what a JSON value names; 0 where it names nothing, -1 where it is no valid JSON.
   * @param isSecret see `ResourceFinder`
   */
  listOf(bytes: Uint8Array, view: DataView, start: number, end: number, isSecret?: SecretWatch): number {
    const before = this.flat.length;
    const add = (from: number, to: number): void => {
      this.flat.push(this.nameOf(bytes, view, from, to));
    };
    const valid = this.finder.find(bytes, view, start, end, add, isSecret);
    if (!valid) this.flat.length = before;
    if (this.flat.length === before) return valid ? 0 : -1;
    this.firsts.push(this.flat.length);
    this.cells.push(0);
    return this.firsts.length - 2;
  }

  /** Whether bytes[start … end) is valid JSON; what it names is not kept. */
  isSound(bytes: Uint8Array, view: DataView, start: number, end: number, isSecret: SecretWatch | undefined): boolean {
    return this.finder.find(bytes, view, start, end, ignore, isSecret);
  }

  private nameOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    if (plainEnd(view, start, end) === end) return this.names.code(bytes, view, start, end);
    const text = new TextEncoder().encode(decodeJsonString(bytes, start - 1, end + 1));
    return this.names.code(text, new DataView(text.buffer), 0, text.length);
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
    this.together.length = 0;
    this.collect(a);
    this.collect(b);
    this.collect(c);
    this.collect(d);
    this.join();
    const { view, length } = this.joined;
    const found = this.pool.find(view, 0, length);
    const id = found >= 0 ? found : this.pool.add(view, 0, length);
    if (single) this.cells[only] = id;
    return id;
  }

  private collect(list: number): void {
    const stop = this.firsts[list + 1] as number;
    for (let i = this.firsts[list] as number; i < stop; i++) {
      const name = this.flat[i] as number;
      if (this.seen[name] === this.event) continue;
      this.seen[name] = this.event;
      this.together.push(name);
    }
  }

  private join(): void {
    const { joined, together, names, arns } = this;
    const ends = names.ends();
    const bytes = names.bytes();
    arns.length = 0;
    for (const name of together) if (isArn(bytes, ends[name - 1] as number, ends[name] as number)) arns.push(name);
    joined.length = 0;
    // An event that names thousands would be compared thousands times thousands times.
    const compares = arns.length * together.length <= MAX_COMPARISONS;
    for (const name of together) {
      const start = ends[name - 1] as number;
      const end = ends[name] as number;
      if (compares && arns.some((arn) => endsIn(bytes, ends[arn - 1] as number, ends[arn] as number, start, end)))
        continue;
      if (joined.length > 0) joined.append(SEPARATOR);
      joined.copy(names.view(), start, end);
    }
  }
}

/** Whether an ARN's last part is the name: a bucket need not be listed beside its ARN. */
function endsIn(bytes: Uint8Array, arnStart: number, arnEnd: number, start: number, end: number): boolean {
  const offset = arnEnd - end;
  const before = bytes[start + offset - 1];
  if (start + offset <= arnStart || (before !== 0x3a && before !== 0x2f)) return false;
  for (let i = start; i < end; i++) if (bytes[i] !== bytes[i + offset]) return false;
  return true;
}
