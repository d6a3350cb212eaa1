/**
 * The `resources` cell of an event: what its parts name, each once, in the order found; a name that is the end of an ARN
 * there is left to the ARN.
 */
import { isArn, ResourceFinder, type ResourceVisitor, type SecretWatch } from '#scripts/cloudtrail/resources.js';
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { ByteWriter, sameBytes } from '#shared/format/bytes.js';
import { LIST_SEPARATOR } from '#shared/model/columns.js';
import { grown } from '#scripts/bytes/grown.js';
import { plainEnd } from '#shared/format/json-bytes.js';
import type { TextPool } from './text-pool.js';
import { decodeJsonString } from './json-string.js';

const [SEMICOLON, SPACE] = Array.from(LIST_SEPARATOR, (character) => character.charCodeAt(0)) as [number, number];

/** Of an event's names with its ARNs; beyond this they are all listed. */
const MAX_COMPARISONS = 10_000;

const COLON = 0x3a;
const SLASH = 0x2f;

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
  /** By name: the last cell that it was collected for. */
  private lastCell = new Uint32Array(1 << 10);
  private cell = 0;
  /** The names of the cell in hand, and which of them are ARNs. Arrays of the engine's would grow anew for each cell. */
  private together = new Uint32Array(64);
  private count = 0;
  private arns = new Uint32Array(64);
  private arnCount = 0;
  private readonly joined = new ByteWriter(4096);

  constructor(private readonly pool: TextPool) {}

  /**
   * The list of what a JSON value names; 0 where it names nothing, -1 where it is no valid JSON.
   * @param watch see `ResourceFinder`
   */
  listOf(bytes: Uint8Array, view: DataView, start: number, end: number, watch?: SecretWatch): number {
    const before = this.flat.length;
    const valid = this.finder.find(bytes, view, start, end, this.addName, watch);
    if (!valid) this.flat.length = before;
    if (this.flat.length === before) return valid ? 0 : -1;
    this.firsts.push(this.flat.length);
    this.cells.push(0);
    return this.firsts.length - 2;
  }

  /** What the last value of `listOf` says of a failure: see `ResourceFinder`. */
  get failedStep(): string | undefined {
    return this.finder.failedStep;
  }

  /** Whether bytes[start … end) is valid JSON; what it names is not kept. */
  isSound(bytes: Uint8Array, view: DataView, start: number, end: number, watch: SecretWatch | undefined): boolean {
    return this.finder.find(bytes, view, start, end, ignore, watch);
  }

  private readonly addName: ResourceVisitor = (view, start, end) => {
    this.flat.push(this.nameOf(view, start, end));
  };

  private nameOf(view: DataView, start: number, end: number): number {
    if (plainEnd(view, start, end) === end) return this.names.code(view, start, end);
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const text = new TextEncoder().encode(decodeJsonString(bytes, start - 1, end + 1));
    return this.names.code(new DataView(text.buffer), 0, text.length);
  }

  /** The text id of the cell that joins the given lists. */
  cellOf(a: number, b: number, c: number, d: number): number {
    const only = a + b + c + d;
    const single = only === 0 || only === a || only === b || only === c || only === d;
    if (single) {
      const known = this.cells[only] as number;
      if (known !== 0 || only === 0) return known;
    }
    this.cell++;
    this.count = 0;
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
    const first = this.firsts[list] as number;
    const stop = this.firsts[list + 1] as number;
    if (this.names.size > this.lastCell.length) this.lastCell = grown(this.lastCell, this.names.size);
    if (this.count + stop - first > this.together.length) {
      this.together = grown(this.together, this.count + stop - first);
      this.arns = new Uint32Array(this.together.length);
    }
    for (let i = first; i < stop; i++) {
      const name = this.flat[i] as number;
      if (this.lastCell[name] === this.cell) continue;
      this.lastCell[name] = this.cell;
      this.together[this.count++] = name;
    }
  }

  private join(): void {
    const { joined, together, names, count } = this;
    const view = names.view();
    this.arnCount = 0;
    for (let i = 0; i < count; i++) {
      const name = together[i] as number;
      if (isArn(view, names.startOf(name), names.endOf(name))) this.arns[this.arnCount++] = name;
    }
    joined.length = 0;
    // An event that names thousands would be compared thousands times thousands times.
    const compares = this.arnCount * count <= MAX_COMPARISONS;
    for (let i = 0; i < count; i++) {
      const name = together[i] as number;
      if (compares && this.isInArn(name)) continue;
      if (joined.length > 0) {
        joined.byte(SEMICOLON);
        joined.byte(SPACE);
      }
      joined.copy(view, names.startOf(name), names.endOf(name));
    }
  }

  /** Whether the name is the last part of one of the cell's ARNs: a bucket need not be listed beside its ARN. */
  private isInArn(name: number): boolean {
    const { names, arns, arnCount } = this;
    const view = names.view();
    const start = names.startOf(name);
    const end = names.endOf(name);
    for (let i = 0; i < arnCount; i++) {
      const arn = arns[i] as number;
      const from = names.endOf(arn) - (end - start);
      if (from <= names.startOf(arn)) continue;
      const before = view.getUint8(from - 1);
      if ((before === COLON || before === SLASH) && sameBytes(view, start, end, view, from)) return true;
    }
    return false;
  }
}
