/**
 * The `resources` cell of an event: its target first, then what else its parts name, each once, in the order found; a
 * name that is the end of an ARN there is left to the ARN. A mark stands before the first name that is no target
 * (`shared/model/columns.ts`).
 */
import { NO_TARGET, Part, type PartOfRecord, type TargetRule } from '#scripts/cloudtrail/targets.js';
import { isArn, ResourceFinder, type ResourceVisitor, type SecretWatch } from '#scripts/cloudtrail/resources.js';
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { ByteWriter, sameBytes } from '#shared/format/bytes.js';
import { LIST_SEPARATOR, MENTION_MARK } from '#shared/model/columns.js';
import { grown } from '#scripts/bytes/grown.js';
import { plainEnd } from '#shared/format/json-bytes.js';
import type { TextPool } from './text-pool.js';
import { decodeJsonString } from './json-string.js';

const [SEMICOLON, SPACE] = Array.from(LIST_SEPARATOR, (character) => character.charCodeAt(0)) as [number, number];

/** Of an event's names with its ARNs; beyond this they are all listed. */
const MAX_COMPARISONS = 10_000;

const COLON = 0x3a;
const SLASH = 0x2f;

const [MARK] = new TextEncoder().encode(MENTION_MARK) as unknown as [number];

/** `arn:aws:SERVICE:`, `arn:aws-cn:SERVICE:`: the service is behind the second colon. */
const SERVICE_FROM = 4;

function ignore(): void {
  // Names that are not asked for.
}

/** A rule for one kind of call, with what was found out by it. */
export interface EventRule {
  /** From 1 on. */
  readonly number: number;
  readonly target: TargetRule;
  /** The service in ARNs, and a colon. */
  readonly service: Uint8Array;
  /** By path and part of the record: the rank plus one; 0 where it is not known yet. */
  ranks: Int16Array;
}

export class EventResources {
  private readonly finder = new ResourceFinder();
  private readonly names = new ByteDictionary();
  /** The names of list l are flat[firsts[l] … firsts[l + 1]); list 0 is empty. */
  private flat = new Uint32Array(1 << 14);
  /** Of each of them the path to it, doubled, plus one where it names a resource whether or not it is the target. */
  private paths = new Uint32Array(1 << 14);
  private flatCount = 0;
  private firsts = new Uint32Array(1 << 12);
  private lists = 1;
  /** Each list's cell by itself, as the rule made it that last needed it. */
  private cells = new Uint32Array(1 << 12);
  private cellRules = new Uint32Array(1 << 12);
  private ruleCount = 0;
  /** By name: the last cell that it was collected for. */
  private lastCell = new Uint32Array(1 << 10);
  private cell = 0;
  /** The names of the cell in hand, and which of them are ARNs. Arrays of the engine's would grow anew for each cell. */
  private together = new Uint32Array(64);
  private count = 0;
  private arns = new Uint32Array(64);
  private arnCount = 0;
  /** The targets of the cell in hand, with the rank that they share. */
  private targets = new Uint32Array(64);
  private targetCount = 0;
  private best = Infinity;
  /** By name: the last cell that it was a target of. */
  private lastTarget = new Uint32Array(1 << 10);
  private readonly joined = new ByteWriter(4096);

  constructor(private readonly pool: TextPool) {}

  /**
   * The list of what a JSON value names; 0 where it names nothing, -1 where it is no valid JSON.
   * @param watch see `ResourceFinder`
   */
  listOf(bytes: Uint8Array, view: DataView, start: number, end: number, watch?: SecretWatch): number {
    const before = this.flatCount;
    const valid = this.finder.find(bytes, view, start, end, this.addName, watch);
    if (!valid) this.flatCount = before;
    if (this.flatCount === before) return valid ? 0 : -1;
    const list = this.lists++;
    if (list + 1 === this.firsts.length) {
      this.firsts = grown(this.firsts);
      this.cells = grown(this.cells);
      this.cellRules = grown(this.cellRules);
    }
    this.firsts[list + 1] = this.flatCount;
    return list;
  }

  /** What the last value of `listOf` says of a failure: see `ResourceFinder`. */
  get failedStep(): string | undefined {
    return this.finder.failedStep;
  }

  /** Whether bytes[start … end) is valid JSON; what it names is not kept. */
  isSound(bytes: Uint8Array, view: DataView, start: number, end: number, watch: SecretWatch | undefined): boolean {
    return this.finder.find(bytes, view, start, end, ignore, watch);
  }

  /** The rule for one kind of call, as `cellOf` takes it. */
  ruleOf(target: TargetRule): EventRule {
    return {
      number: ++this.ruleCount,
      target,
      service: new TextEncoder().encode(`${target.arnService}:`),
      ranks: new Int16Array(64),
    };
  }

  private readonly addName: ResourceVisitor = (view, start, end, path, isResource) => {
    if (this.flatCount === this.flat.length) {
      this.flat = grown(this.flat);
      this.paths = grown(this.paths);
    }
    this.flat[this.flatCount] = this.nameOf(view, start, end);
    this.paths[this.flatCount++] = path * 2 + (isResource ? 1 : 0);
  };

  private nameOf(view: DataView, start: number, end: number): number {
    if (plainEnd(view, start, end) === end) return this.names.code(view, start, end);
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const text = new TextEncoder().encode(decodeJsonString(bytes, start - 1, end + 1));
    // Whoever writes a log may not say what is a target.
    for (let i = 0; i < text.length; i++) if (text[i] === MARK) text[i] = SPACE;
    return this.names.code(new DataView(text.buffer), 0, text.length);
  }

  /** The text id of the cell that joins the given lists: of the record's own `resources`, and of its three JSON texts. */
  cellOf(rule: EventRule, own: number, request: number, response: number, details: number): number {
    const only = own + request + response + details;
    const isSingle = only === 0 || only === own || only === request || only === response || only === details;
    if (isSingle && (only === 0 || this.cellRules[only] === rule.number)) return this.cells[only] as number;
    this.cell++;
    this.count = 0;
    this.targetCount = 0;
    this.best = Infinity;
    this.collect(rule, request, Part.Request);
    this.collect(rule, response, Part.Response);
    this.collect(rule, details, Part.Details);
    this.seekOwn(rule, own);
    // What the record itself lists comes first among the mentions.
    this.collectMentions(own);
    this.collectMentions(request);
    this.collectMentions(response);
    this.collectMentions(details);
    this.join(rule);
    const { view, length } = this.joined;
    if (length === 0) return 0;
    const found = this.pool.find(view, 0, length);
    const id = found >= 0 ? found : this.pool.add(view, 0, length);
    if (isSingle) {
      this.cells[only] = id;
      this.cellRules[only] = rule.number;
    }
    return id;
  }

  /** Looks for targets: the names with the best rank. */
  private collect(rule: EventRule, list: number, part: PartOfRecord): void {
    const stop = this.firsts[list + 1] as number;
    for (let i = this.firsts[list] as number; i < stop; i++) {
      const path = (this.paths[i] as number) >>> 1;
      if (path === 0) continue;
      const place = path * 4 + part;
      const rank = rankAt(rule, place) || this.rankOf(rule, part, path);
      if (rank - 1 !== NO_TARGET && rank - 1 <= this.best) this.addTarget(this.flat[i] as number, rank - 1);
    }
  }

  /** Finds out a rank, which `ranks` then holds, plus one. */
  private rankOf(rule: EventRule, part: PartOfRecord, path: number): number {
    const place = path * 4 + part;
    if (place >= rule.ranks.length) {
      const more = new Int16Array(place * 2);
      more.set(rule.ranks);
      rule.ranks = more;
    }
    return (rule.ranks[place] = rule.target.rank(part, this.finder.pathOf(path)) + 1);
  }

  /** Looks for targets among the ARNs that the record itself lists. */
  private seekOwn(rule: EventRule, list: number): void {
    const { target } = rule;
    if (target.own > this.best && target.ownObject > this.best) return;
    const stop = this.firsts[list + 1] as number;
    const view = this.names.view();
    for (let i = this.firsts[list] as number; i < stop; i++) {
      const name = this.flat[i] as number;
      const start = this.names.startOf(name);
      const end = this.names.endOf(name);
      if (!isArn(view, start, end) || !isOfService(view, start, end, rule.service)) continue;
      const rank = this.hasSlash(name) ? target.ownObject : target.own;
      if (rank !== NO_TARGET && rank <= this.best) this.addTarget(name, rank);
    }
  }

  private hasSlash(name: number): boolean {
    const view = this.names.view();
    for (let i = this.names.startOf(name); i < this.names.endOf(name); i++) if (view.getUint8(i) === SLASH) return true;
    return false;
  }

  private addTarget(name: number, rank: number): void {
    if (rank < this.best) this.targetCount = 0;
    this.best = rank;
    if (this.targetCount === this.targets.length) this.targets = grown(this.targets);
    this.targets[this.targetCount++] = name;
  }

  private collectMentions(list: number): void {
    const first = this.firsts[list] as number;
    const stop = this.firsts[list + 1] as number;
    this.reserve(stop - first);
    for (let i = first; i < stop; i++) {
      const name = this.flat[i] as number;
      if (((this.paths[i] as number) & 1) === 0 || this.lastCell[name] === this.cell) continue;
      this.lastCell[name] = this.cell;
      this.together[this.count++] = name;
    }
  }

  private reserve(more: number): void {
    if (this.names.size > this.lastCell.length) this.lastCell = grown(this.lastCell, this.names.size);
    if (this.names.size > this.lastTarget.length) this.lastTarget = grown(this.lastTarget, this.names.size);
    if (this.count + more > this.together.length) {
      this.together = grown(this.together, this.count + more);
      this.arns = new Uint32Array(this.together.length);
    }
  }

  private join(rule: EventRule): void {
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
    for (let i = 0; i < this.targetCount; i++) {
      const target = this.targets[i] as number;
      const arn = compares ? this.arnOf(target, rule) : 0;
      const name = arn === 0 ? target : arn;
      if (this.lastTarget[name] === this.cell) continue;
      this.lastTarget[name] = this.lastTarget[target] = this.cell;
      this.append(name);
    }
    let isMarked = false;
    for (let i = 0; i < count; i++) {
      const name = together[i] as number;
      if (this.lastTarget[name] === this.cell || (compares && this.isInArn(name))) continue;
      if (joined.length > 0) {
        joined.byte(SEMICOLON);
        joined.byte(SPACE);
      }
      if (!isMarked) joined.byte(MARK);
      isMarked = true;
      joined.copy(view, names.startOf(name), names.endOf(name));
    }
  }

  private append(name: number): void {
    const { joined, names } = this;
    if (joined.length > 0) {
      joined.byte(SEMICOLON);
      joined.byte(SPACE);
    }
    joined.copy(names.view(), names.startOf(name), names.endOf(name));
  }

  /** The ARN, of the service that was called, whose last part the name is; 0 where the cell has none. */
  private arnOf(name: number, { service }: EventRule): number {
    const { names, arns, arnCount } = this;
    const view = names.view();
    for (let i = 0; i < arnCount; i++) {
      const arn = arns[i] as number;
      if (this.isEnd(name, arn) && isOfService(view, names.startOf(arn), names.endOf(arn), service)) return arn;
    }
    return 0;
  }

  /** Whether the name is the last part of one of the cell's ARNs: a bucket need not be listed beside its ARN. */
  private isInArn(name: number): boolean {
    for (let i = 0; i < this.arnCount; i++) if (this.isEnd(name, this.arns[i] as number)) return true;
    return false;
  }

  private isEnd(name: number, arn: number): boolean {
    const { names } = this;
    const view = names.view();
    const start = names.startOf(name);
    const end = names.endOf(name);
    const from = names.endOf(arn) - (end - start);
    if (from <= names.startOf(arn)) return false;
    // A parameter's name begins with a slash itself.
    const before = view.getUint8(from - 1);
    const first = view.getUint8(start);
    return (before === COLON || before === SLASH || first === SLASH) && sameBytes(view, start, end, view, from);
  }
}

function rankAt({ ranks }: EventRule, place: number): number {
  return place < ranks.length ? (ranks[place] as number) : 0;
}

/** Whether an ARN's service is this one; `service` ends in its colon. */
function isOfService(view: DataView, start: number, end: number, service: Uint8Array): boolean {
  let at = start + SERVICE_FROM;
  while (at < end && view.getUint8(at) !== COLON) at++;
  at++;
  if (at + service.length > end) return false;
  for (let i = 0; i < service.length; i++) if (view.getUint8(at + i) !== service[i]) return false;
  return true;
}
