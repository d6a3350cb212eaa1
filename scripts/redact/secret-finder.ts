/** Finds secrets in the JSON of events while it is first read, and masks them in a copy. */
import type { SecretWatch } from '#scripts/cloudtrail/resources.js';
import { walkInnerJson } from '#scripts/cloudtrail/json-walk.js';
import { ByteWriter } from '#shared/format/bytes.js';
import { OPEN_BRACE, OPEN_BRACKET, skipNested } from '#shared/format/json-bytes.js';
import { isLabelledAfter, LabelledValues } from './labelled-values.js';
import { latin1 } from './latin1.js';
import { compacted, peeled, unescaped } from './peeled.js';
import {
  isAboutSecret,
  isCount,
  isNoSecretObject,
  type KeyMeaning,
  mayNameSecret,
  meaningOf,
  namesSecret,
} from './secret-keys.js';
import { base64In, isUserAndPassword, mayHoldSecret, secretsIn } from './secret-text.js';
import { isAccessKey, isHarmlessValue, isHidden } from './secret-values.js';

/** Replaces a secret. Always the same: a length or hash would help to guess the secret. */
export const MASK = 'MASKED_BY_CULPRIT';

/** Shorter texts are not searched for secrets; `pw=abc` is the shortest that can contain one. */
const SHORTEST = 6;
/** The length of an AWS secret access key. */
const ACCESS_KEY_LENGTH = 40;
/** The shortest Base64 that is decoded. */
const SHORTEST_BASE64 = 24;
/** A longer text is neither a placeholder for a secret nor a command-line option. */
const LONGEST_MARK = 200;
/**
 * The distance between a string's end and the next string of a list, or between a name and the key of the value after
 * it: `","`.
 */
const BESIDE = 3;
/** The most layers of quoting that are removed from a text. */
const DEEPEST = 8;
/** The most nested layers of Base64. */
const DEEPEST_BASE64 = 3;
/** A position that is far from every real one. */
const NOWHERE = -100;
const HYPHEN = 0x2d;
const LETTER_A = 0x41;
const BACKSLASH = '\\';

/**
 * Secrets are stored as three numbers [from, to, quotes]; `quotes` is the number of enclosing strings for a secret that
 * is a number and therefore needs quotes.
 */
const STEP = 3;
/** The mask by level of quotes: none, its own, its own inside a string, and so on. */
const MARKS: readonly Uint8Array[] = Array.from({ length: DEEPEST + 3 }, (_, quotes) => {
  let mark = quotes === 0 ? MASK : `"${MASK}"`;
  for (let depth = 1; depth < quotes; depth++) mark = mark.replaceAll(/[\\"]/g, String.raw`\$&`);
  return new TextEncoder().encode(mark);
});

type FoundPart = (from: number, to: number, quotes?: number) => void;

/**
 * Collects the secrets of one JSON text at a time. Call `begin`, then `string` and `other` for all values of the text
 * in order, then `count` and `masked`.
 */
export class SecretFinder implements SecretWatch {
  private readonly meanings: (KeyMeaning | undefined)[] = [];
  private readonly spans: number[] = [];
  private isSorted = true;
  private readonly labelled = new LabelledValues();
  private labelEnd = NOWHERE;
  /** The start of the string that is a secret because of the previous string of its list; NOWHERE if there is none. */
  private expected = NOWHERE;
  /** Whether that string continues a private key. */
  private isKeyOpen = false;
  /** The end of the object or list under a secret's name. */
  private heldUntil = 0;
  private out: ByteWriter | undefined;
  /** For JSON within a string of this text. */
  private inner: SecretFinder | undefined;

  /** @param depth the number of strings around the text */
  constructor(private readonly depth = 0) {}

  /** Begins a new text. */
  begin(): void {
    // Emptying an array is slow, and it is nearly always empty.
    if (this.spans.length > 0) this.spans.length = 0;
    this.isSorted = true;
    this.labelled.begin();
    this.labelEnd = NOWHERE;
    this.expected = NOWHERE;
    this.heldUntil = 0;
  }

  /** The number of secrets found in the text so far. */
  get count(): number {
    this.sort();
    return this.spans.length / STEP;
  }

  string(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    keyCode: number,
    keyStart: number,
    keyEnd: number,
  ): boolean {
    const meaning = (this.meanings[keyCode] ??= meaningOf(latin1(bytes, keyStart, keyEnd)));
    return this.look(bytes, view, start, end, meaning, keyStart, keyEnd);
  }

  private look(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    meaning: KeyMeaning,
    keyStart: number,
    keyEnd: number,
  ): boolean {
    if (this.labelled.has(start)) return this.addAll(bytes, start, end, '');
    if (start === this.expected) return this.addExpected(bytes, start, end);
    if (start < this.heldUntil && !isAboutSecret(latin1(bytes, keyStart, keyEnd))) {
      if (this.addAll(bytes, start, end, '')) return true;
    }
    if (meaning !== 'plain' && meaning !== 'identifying') {
      if (meaning === 'machine') return false;
      if (meaning === 'label') {
        this.labelled.addLabel(bytes, view, start, end);
        this.labelEnd = end;
      } else if (meaning === 'secret' || this.isLabelledLater(bytes, view, end, keyStart)) {
        const key = meaning === 'secret' ? latin1(bytes, keyStart, keyEnd) : '';
        if (this.addAll(bytes, start, end, key)) return true;
      }
    }
    const length = end - start;
    // The ID of an access key alone, which many events contain.
    if (length < SHORTEST || (length === 20 && bytes[start] === LETTER_A)) return false;
    if (bytes[start] === HYPHEN && length <= LONGEST_MARK) this.expectOption(bytes, start, end);
    if (length === ACCESS_KEY_LENGTH && meaning !== 'identifying' && meaning !== 'label') {
      if (isAccessKey(latin1(bytes, start, end))) return this.addAll(bytes, start, end, '');
    }
    if (!mayHoldSecret(bytes, start, end) && !mayBeBase64(bytes, start, end)) return false;
    return this.addParts(bytes, start, end);
  }

  other(bytes: Uint8Array, view: DataView, at: number, keyStart: number, keyEnd: number): void {
    if (at >= this.heldUntil && !mayNameSecret(bytes, keyStart, keyEnd) && !mayBeValue(view, keyStart, keyEnd)) return;
    this.lookAtOther(bytes, view, at, meaningOf(latin1(bytes, keyStart, keyEnd)), keyStart, keyEnd);
  }

  /** A number, an object or a list. */
  private lookAtOther(
    bytes: Uint8Array,
    view: DataView,
    at: number,
    meaning: KeyMeaning,
    keyStart: number,
    keyEnd: number,
  ): void {
    const isNested = bytes[at] === OPEN_BRACE || bytes[at] === OPEN_BRACKET;
    const key = latin1(bytes, keyStart, keyEnd);
    if (isNested) {
      if (at < this.heldUntil || meaning !== 'secret' || isNoSecretObject(key)) return;
      const stop = skipNested(view, at + 1, bytes.length);
      // A value without an end is damaged, and all of it is rejected.
      this.heldUntil = stop < 0 ? bytes.length : stop;
      return;
    }
    let end = at + 1;
    while (end < bytes.length && /[\d.eE+-]/.test(String.fromCharCode(bytes[end] as number))) end++;
    const isSecret =
      this.labelled.has(at) ||
      (at < this.heldUntil && !isAboutSecret(key)) ||
      (meaning === 'secret' && !isCount(key)) ||
      // It ends where a string's closing quote would be.
      (meaning === 'labelled' && this.isLabelledLater(bytes, view, end - 1, keyStart));
    if (isSecret) this.span(at, end, 1);
  }

  /** A copy of the text at [start, end) of a view, with its secrets masked. Valid until the next call. */
  masked(view: DataView, start: number, end: number): ByteWriter {
    this.sort();
    const { spans } = this;
    const out = (this.out ??= new ByteWriter(4096));
    out.length = 0;
    let at = start;
    for (let i = 0; i < spans.length; i += STEP) {
      out.copy(view, at, spans[i] as number);
      out.append(MARKS[spans[i + 2] as number] as Uint8Array);
      at = spans[i + 1] as number;
    }
    out.copy(view, at, end);
    return out;
  }

  private span(from: number, to: number, quotes: number): void {
    const { spans } = this;
    if (spans.length > 0 && from < (spans.at(-2) as number)) this.isSorted = false;
    spans.push(from, to, quotes);
  }

  /** Sorts the spans and removes overlaps. */
  private sort(): void {
    if (this.isSorted) return;
    this.isSorted = true;
    const { spans } = this;
    const order = Array.from({ length: spans.length / STEP }, (_, i) => spans.slice(i * STEP, i * STEP + STEP));
    order.sort((a, b) => (a[0] as number) - (b[0] as number) || (b[1] as number) - (a[1] as number));
    spans.length = 0;
    for (const [from = 0, to = 0, quotes = 0] of order) {
      const last = spans.length > 0 ? (spans.at(-2) as number) : -1;
      if (from < last) spans[spans.length - 2] = Math.max(last, to);
      else spans.push(from, to, quotes);
    }
  }

  private addAll(bytes: Uint8Array, start: number, end: number, key: string): boolean {
    if (end - start <= LONGEST_MARK) {
      const text = latin1(bytes, start, end);
      if (isHidden(text) || isHarmlessValue(text, key)) return false;
      if (/^_?auth$/i.test(key) && !isUserAndPassword(text)) return false;
    }
    this.span(start, end, 0);
    return true;
  }

  /** The argument of an option, or the next line of a private key. */
  private addExpected(bytes: Uint8Array, start: number, end: number): boolean {
    const text = latin1(bytes, start, Math.min(end, start + 4096));
    this.expected = NOWHERE;
    if (!this.isKeyOpen) return !text.startsWith('-') && this.addAll(bytes, start, end, '');
    if (!text.includes('-----END')) this.expected = end + BESIDE;
    return this.addAll(bytes, start, end, '');
  }

  /** `["--password", "…"]`: the next string of the list is a secret. */
  private expectOption(bytes: Uint8Array, start: number, end: number): void {
    const text = latin1(bytes, start, end);
    if (!/^--?[\w.-]+$/.test(text) || !namesSecret(text.replace(/^-+/, ''))) return;
    this.expected = end + BESIDE;
    this.isKeyOpen = false;
  }

  private addParts(bytes: Uint8Array, start: number, end: number): boolean {
    const before = this.spans.length;
    const raw = latin1(bytes, start, end);
    let isOpen: boolean;
    if (raw.includes(BACKSLASH)) {
      const { text, origins } = unescaped(raw);
      isOpen = this.inText(text, 0, this.depth, (from, to, quotes = 0) => {
        this.span(start + (origins[from] as number), start + (origins[to] as number), quotes);
      });
    } else isOpen = this.inText(raw, 0, this.depth, (from, to) => this.span(start + from, start + to, 0));
    if (isOpen) [this.expected, this.isKeyOpen] = [end + BESIDE, true];
    return this.spans.length > before;
  }

  /**
   * Reports the secrets of a text, with one byte per character, and of texts within it; returns whether a private key
   * does not end.
   */
  private inText(text: string, base64: number, depth: number, found: FoundPart): boolean {
    if (depth > DEEPEST) return false;
    if (/^\s*[[{]/.test(text) && this.inJson(text, found)) return false;
    const isOpen = secretsIn(text, found);
    if (base64 < DEEPEST_BASE64) base64In(text, (decoded) => this.isSecretIn(decoded, base64 + 1, depth + 1), found);
    const inner = peeled(text);
    if (inner === undefined) return isOpen;
    const { origins } = inner;
    this.inText(inner.text, base64, depth + 1, (from, to) => found(origins[from] as number, origins[to] as number));
    return isOpen;
  }

  private isSecretIn(text: string, base64: number, depth: number): boolean {
    let isSecret = false;
    this.inText(text, base64, depth, () => (isSecret = true));
    return isSecret;
  }

  /** Reports the secrets of a text that is JSON as a whole; false if it is not JSON. */
  private inJson(text: string, found: FoundPart): boolean {
    const { text: json, origins } = compacted(text);
    const bytes = new Uint8Array(Buffer.from(json, 'latin1'));
    const view = new DataView(bytes.buffer);
    const inner = (this.inner ??= new SecretFinder(this.depth + 1));
    inner.begin();
    const isSound = walkInnerJson(
      bytes,
      view,
      0,
      bytes.length,
      (start, end, keyStart, keyEnd) => {
        if (start === end) return;
        inner.look(bytes, view, start, end, meaningOf(latin1(bytes, keyStart, keyEnd)), keyStart, keyEnd);
      },
      (at, keyStart, keyEnd) => {
        inner.lookAtOther(bytes, view, at, meaningOf(latin1(bytes, keyStart, keyEnd)), keyStart, keyEnd);
      },
    );
    if (!isSound) return false;
    inner.sort();
    const { spans } = inner;
    for (let i = 0; i < spans.length; i += STEP) {
      const quotes = spans[i + 2] as number;
      found(
        origins[spans[i] as number] as number,
        origins[spans[i + 1] as number] as number,
        quotes === 0 ? 0 : quotes + 1,
      );
    }
    return true;
  }

  /** Whether a secret's name follows the value that ends at `end`, and none directly precedes its key. */
  private isLabelledLater(bytes: Uint8Array, view: DataView, end: number, keyStart: number): boolean {
    return keyStart - this.labelEnd !== BESIDE && isLabelledAfter(bytes, view, end + 1);
  }
}

/** Whether bytes[start … end) may be Base64 of a text: the first of every three bytes is below 0x80. */
function mayBeBase64(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < SHORTEST_BASE64) return false;
  for (let i = start; i < start + SHORTEST_BASE64; i += 4) {
    const byte = bytes[i] as number;
    if (byte < 0x41 || byte > 0x66 || (byte > 0x5a && byte < 0x61)) return false;
  }
  return true;
}

/** `alue` as a little-endian number. */
const ALUE = 0x65756c61;

/** Whether a key ends with `value` or `values`. */
function mayBeValue(view: DataView, start: number, end: number): boolean {
  return end - start >= 5 && (view.getInt32(end - 4, true) === ALUE || view.getInt32(end - 5, true) === ALUE);
}
