/** The JSON texts of events and the resources they name; each distinct text is checked and searched once. */
import { compact, plainEnd, QUOTE } from '#shared/format/json-bytes.js';
import type { SecretWatch } from '#scripts/cloudtrail/resources.js';
import type { TargetRule } from '#scripts/cloudtrail/targets.js';
import { takeEscapedLetter } from '#scripts/cloudtrail/json-walk.js';
import { canonicalJson, Fingerprint } from '#scripts/cloudtrail/fingerprint.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { SpanMemo } from '#scripts/cloudtrail/span-memo.js';
import { hashOf } from '#scripts/bytes/byte-dictionary.js';
import { grown } from '#scripts/bytes/grown.js';
import { type EventRule, EventResources } from './event-resources.js';
import { SecretFinder } from '#scripts/redact/secret-finder.js';
import type { TextPool } from './text-pool.js';

const LETTER_N = 0x6e;
/** How many `resources` are remembered, and up to which size. */
const SPAN_SLOTS = 8192;
const SPAN_BYTES = 384;

/** A letter, a digit or one of `-./:` as an escape. Encoders escape `<`, `=` and the like, but none of these. */
const ESCAPED_LETTER = /\\u00(?:2[def]|3[0-9a]|[46][1-9a-f]|[57][0-9a])/i;

/**
 * The sound JSON at bytes[start … end) with all escapes as `JSON.stringify` writes them, where a letter was escaped: to a program `"userN\u0061me"`
 * is a key like any other, and under another spelling it would hide what it names, or a secret. Else undefined.
 */
function respelled(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  const text = decodeUtf8(bytes.subarray(start, end));
  if (!ESCAPED_LETTER.test(text)) return undefined;
  const canonical = canonicalJson(text);
  // Behind an escaped backslash stands no escape.
  return canonical === text ? undefined : new TextEncoder().encode(canonical);
}

/** null, an empty string or nothing at all. */
function isMissing(bytes: Uint8Array, start: number, end: number): boolean {
  return start === end || bytes[start] === LETTER_N || (end - start === 2 && bytes[start] === QUOTE);
}

export class JsonTexts {
  private readonly resources: EventResources;
  /** By text id: the list of what the text names, plus one; 0 for texts that are no JSON of an event. */
  private listOfText = new Uint32Array(1 << 16).fill(1, 0, 1);
  /** The records' own `resources` are in no column as they are; the last ones seen are remembered by their bytes. */
  private readonly spans = new SpanMemo(SPAN_SLOTS, SPAN_BYTES);
  private readonly listOfSlot = new Int32Array(SPAN_SLOTS);
  private scratch = new Uint8Array(1 << 16);
  private scratchView = new DataView(this.scratch.buffer);

  /** By text id, of the few that say so: which step failed; '' where the text holds an error. */
  private readonly failedSteps = new Map<number, string>();

  private readonly secrets = new SecretFinder();
  private readonly watch: SecretWatch | undefined;
  /** Whether `resources` of an event were damaged since this was last set to false: they name nothing, and the event stands. */
  hasDamagedResources = false;
  /** How many secrets were masked so far. */
  masked = 0;
  /** Of the event in hand, what no column shows: secrets before they were masked, and its own `resources`. */
  readonly hidden = new Fingerprint();
  private readonly ofSpan = new Fingerprint();
  private readonly hiddenOfSlot = new Int32Array(SPAN_SLOTS * 2);

  /** @param showSecrets leave secrets as they are */
  constructor(
    private readonly pool: TextPool,
    showSecrets: boolean,
  ) {
    this.resources = new EventResources(pool);
    this.watch = showSecrets ? undefined : this.secrets;
  }

  /**
   * The id of the JSON value at bytes[start … end), compacted; 0 where it is null, an empty string or an empty range;
   * -1 where it is damaged.
   */
  idOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    if (isMissing(bytes, start, end)) return 0;
    const id = this.compactId(bytes, view, start, end);
    if (id >= 0) return id;
    const length = this.compactToScratch(bytes, start, end);
    return length === end - start ? -1 : this.compactId(this.scratch, this.scratchView, 0, length);
  }

  /** Like `idOf`, for texts that are different in nearly every event, so a search for an earlier copy rarely finds one. */
  idOfUnique(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    if (isMissing(bytes, start, end)) return 0;
    const id = this.uniqueId(bytes, view, start, end);
    if (id >= 0) return id;
    const length = this.compactToScratch(bytes, start, end);
    return this.uniqueId(this.scratch, this.scratchView, 0, length);
  }

  private uniqueId(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    this.secrets.begin();
    takeEscapedLetter();
    if (!this.resources.isSound(bytes, view, start, end, this.watch)) return -1;
    const plain = takeEscapedLetter() ? respelled(bytes, start, end) : undefined;
    if (plain) return this.uniqueId(plain, new DataView(plain.buffer), 0, plain.length);
    if (this.secrets.count === 0) return this.pool.append(view, start, end);
    this.masked += this.secrets.count;
    this.hidden.addCompact(bytes, view, start, end);
    const copy = this.secrets.masked(view, start, end);
    return this.pool.append(copy.view, 0, copy.length);
  }

  /** Like `idOf`, for the IDs of events and requests: strings without escapes that never come again. */
  idOfId(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    if (isMissing(bytes, start, end)) return 0;
    if (bytes[start] !== QUOTE) return this.idOf(bytes, view, start, end);
    if (plainEnd(view, start + 1, end) === end - 1) return this.pool.append(view, start, end);
    // Copies are found by the ID's bytes, however an exporter escaped its characters.
    const id = new TextEncoder().encode(canonicalJson(decodeUtf8(bytes.subarray(start, end))));
    return this.idOf(id, new DataView(id.buffer), 0, id.length);
  }

  /** The rule for one kind of call, as `resourcesId` takes it. */
  ruleOf(target: TargetRule): EventRule {
    return this.resources.ruleOf(target);
  }

  /**
   * The id of an event's `resources` cell: what its own `resources`, at bytes[start … end), and the texts a (request),
   * b (response) and c (service details) name.
   */
  resourcesId(
    rule: EventRule,
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    a: number,
    b: number,
    c: number,
  ): number {
    const { listOfText: lists } = this;
    return this.resources.cellOf(
      rule,
      start === end ? 0 : this.soundList(this.listOfResources(bytes, view, start, end)),
      (lists[a] as number) - 1,
      (lists[b] as number) - 1,
      (lists[c] as number) - 1,
    );
  }

  /** The step that the text says has failed, '' where it holds an error, undefined where it says nothing of the kind. */
  failedStep(id: number): string | undefined {
    return this.failedSteps.size === 0 ? undefined : this.failedSteps.get(id);
  }

  /** -1 where the value is not compact, or damaged. */
  private compactId(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const known = this.pool.find(view, start, end);
    if (known >= 0 && (this.listOfText[known] ?? 0) !== 0) return known;
    this.secrets.begin();
    takeEscapedLetter();
    const list = this.resources.listOf(bytes, view, start, end, this.watch);
    if (list < 0) return -1;
    const plain = takeEscapedLetter() ? respelled(bytes, start, end) : undefined;
    if (plain) return this.compactId(plain, new DataView(plain.buffer), 0, plain.length);
    const id =
      this.secrets.count > 0
        ? this.maskedId(bytes, view, start, end)
        : known >= 0
          ? known
          : this.pool.add(view, start, end);
    this.setList(id, list);
    const { failedStep } = this.resources;
    if (failedStep !== undefined) this.failedSteps.set(id, failedStep);
    return id;
  }

  /** The text itself is not kept, so it is masked anew each time it comes; secrets seldom come twice. */
  private maskedId(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    this.masked += this.secrets.count;
    this.hidden.addCompact(bytes, view, start, end);
    const copy = this.secrets.masked(view, start, end);
    const known = this.pool.find(copy.view, 0, copy.length);
    return known >= 0 ? known : this.pool.add(copy.view, 0, copy.length);
  }

  private setList(id: number, list: number): void {
    if (id >= this.listOfText.length) this.listOfText = grown(this.listOfText, id + 1);
    this.listOfText[id] = list + 1;
  }

  private soundList(list: number): number {
    if (list >= 0) return list;
    this.hasDamagedResources = true;
    return 0;
  }

  /** -1 where they are damaged. */
  private listOfResources(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const slot = hashOf(view, start, end) & (SPAN_SLOTS - 1);
    const { hidden, ofSpan, hiddenOfSlot } = this;
    if (this.spans.match(slot, view, start, end) === end) {
      hidden.a = (hidden.a + (hiddenOfSlot[slot * 2] as number)) | 0;
      hidden.b = (hidden.b + (hiddenOfSlot[slot * 2 + 1] as number)) | 0;
      return this.listOfSlot[slot] as number;
    }
    ofSpan.clear();
    ofSpan.add(bytes, view, start, end);
    hidden.a = (hidden.a + ofSpan.a) | 0;
    hidden.b = (hidden.b + ofSpan.b) | 0;
    const list = this.listOfOwn(bytes, view, start, end);
    if (this.spans.remember(slot, view, start, end)) {
      this.listOfSlot[slot] = list;
      hiddenOfSlot[slot * 2] = ofSpan.a;
      hiddenOfSlot[slot * 2 + 1] = ofSpan.b;
    }
    return list;
  }

  /** As `listOfResources`, each time anew. */
  private listOfOwn(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    takeEscapedLetter();
    const list = this.resources.listOf(bytes, view, start, end);
    if (list < 0) {
      const length = this.compactToScratch(bytes, start, end);
      return length === end - start ? -1 : this.listOfOwn(this.scratch, this.scratchView, 0, length);
    }
    const plain = takeEscapedLetter() ? respelled(bytes, start, end) : undefined;
    return plain ? this.listOfOwn(plain, new DataView(plain.buffer), 0, plain.length) : list;
  }

  private compactToScratch(bytes: Uint8Array, start: number, end: number): number {
    if (this.scratch.length < end - start) {
      this.scratch = new Uint8Array((end - start) * 2);
      this.scratchView = new DataView(this.scratch.buffer);
    }
    return compact(bytes, start, end, this.scratch);
  }
}
