/** Secrets in the JSON texts of events: found while a text is read for the first time, and masked in a copy of it. */
import { ByteWriter } from '#shared/format/bytes.js';
import { ALL, isHidden, latin1, MAYBE_PARTS, secretParts, shapeOf } from './secret-shapes.js';
import { isLabelledAfter, LabelledValues } from './labelled-values.js';
import { type KeyMeaning, meaningOf } from './secret-keys.js';

/** What stands in a secret's place: always the same, as its length or a hash of it would help to guess it. */
export const MASK = 'MASKED_BY_CULPRIT';

const MASK_BYTES = new TextEncoder().encode(MASK);
const LONGEST_MARK = 100;
/** From the end of a name to the key of the value right behind it: `","`. */
const BESIDE = 3;

/**
 * Collects the secrets of one JSON text after another. `begin`, `visit` for each string of the text in order, then
 * `count` and `masked`.
 */
export class SecretFinder {
  private readonly meanings: (KeyMeaning | undefined)[] = [];
  /** Where secrets start and end, by turns. */
  private readonly spans: number[] = [];
  private readonly labelled = new LabelledValues();
  private labelEnd = 0;
  private readonly out = new ByteWriter(4096);
  private readonly add = (from: number, to: number): void => {
    this.spans.push(from, to);
  };

  /** Begins a text. */
  begin(): void {
    // Nearly always there are none, and the engine takes its time over making an array empty.
    if (this.spans.length > 0) this.spans.length = 0;
    this.labelled.begin();
    this.labelEnd = 0;
  }

  /** How many secrets the text has so far. */
  get count(): number {
    return this.spans.length / 2;
  }

  /**
   * Looks at a string of the text, bytes[start … end), escapes as written; returns whether it has a secret.
   * @param keyCode a number for the key bytes[keyStart … keyEnd), the same for equal keys of all texts
   */
  visit(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    keyCode: number,
    keyStart: number,
    keyEnd: number,
  ): boolean {
    if (this.labelled.has(start)) return this.addAll(bytes, start, end);
    const meaning = (this.meanings[keyCode] ??= meaningOf(latin1(bytes, keyStart, keyEnd)));
    if (meaning !== 'plain') {
      if (meaning === 'machine') return false;
      if (meaning === 'label') {
        this.labelled.addLabel(bytes, view, start, end);
        this.labelEnd = end;
      } else if (meaning === 'secret' || this.isLabelledLater(bytes, view, end, keyStart)) {
        return this.addAll(bytes, start, end);
      }
    }
    const shape = shapeOf(bytes, view, start, end);
    if (shape === ALL) return this.addAll(bytes, start, end);
    if (shape !== MAYBE_PARTS) return false;
    const before = this.spans.length;
    secretParts(bytes, start, end, this.add);
    return this.spans.length > before;
  }

  /** A copy of the text at [start, end) of a view, with its secrets masked. Valid until the next. */
  masked(view: DataView, start: number, end: number): ByteWriter {
    const { out, spans } = this;
    out.length = 0;
    let at = start;
    for (let i = 0; i < spans.length; i += 2) {
      out.copy(view, at, spans[i] as number);
      out.append(MASK_BYTES);
      at = spans[i + 1] as number;
    }
    out.copy(view, at, end);
    return out;
  }

  private addAll(bytes: Uint8Array, start: number, end: number): boolean {
    // A long text is no mark that somebody left in a secret's place.
    if (end - start <= LONGEST_MARK && isHidden(latin1(bytes, start, end))) return false;
    this.spans.push(start, end);
    return true;
  }

  /** Whether the name of a secret is behind the value that ends at `end`, and none right before its key. */
  private isLabelledLater(bytes: Uint8Array, view: DataView, end: number, keyStart: number): boolean {
    return keyStart - this.labelEnd !== BESIDE && isLabelledAfter(bytes, view, end + 1);
  }
}
