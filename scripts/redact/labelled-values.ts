/**
 * Values of which a name beside them says what they are: `{"name": "DB_PASSWORD", "value": "…"}`, and the same with the
 * value first. Services write lists of variables, parameters and tags in either order.
 */
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipString,
} from '#shared/format/json-bytes.js';
import { latin1 } from './latin1.js';
import { isLabel, isLabelled, mayNameSecret, namesSecret } from './secret-keys.js';

/** How far is looked, in strings and single bytes: a hostile text may have a name beside each of a million values. */
const MOST_STEPS = 120;
/** Longer ones are no name, but somebody's text. */
const LONGEST_LABEL = 100;

/** Told of each member: its key is bytes[keyStart … keyEnd), its value bytes[start … end). Returns false to hear no more. */
type MemberVisitor = (keyStart: number, keyEnd: number, start: number, end: number) => boolean;

/** The values that a name of the text says to be secrets, as far as they have not been reached. */
export class LabelledValues {
  /** Where they start and end, by turns; the next one is last. */
  private readonly ahead: number[] = [];

  /** Begins a text. */
  begin(): void {
    if (this.ahead.length > 0) this.ahead.length = 0;
  }

  /** A name bytes[start … end): if it is that of a secret, the values that follow it in its object are. */
  addLabel(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    if (end - start > LONGEST_LABEL) return;
    if (!mayNameSecret(bytes, start, end) || !namesSecret(latin1(bytes, start, end))) return;
    const values: number[] = [];
    membersAfter(bytes, view, end + 1, (keyFrom, keyTo, from, to) => {
      if (isShort(keyFrom, keyTo) && isLabelled(latin1(bytes, keyFrom, keyTo))) values.unshift(from, to);
      return true;
    });
    this.ahead.push(...values);
  }

  /** Whether the string that starts at `start` is in such a value. To be asked in the order of the text. */
  has(start: number): boolean {
    const { ahead } = this;
    while (ahead.length > 0 && (ahead.at(-1) as number) <= start) ahead.length -= 2;
    return ahead.length > 0 && (ahead.at(-2) as number) <= start;
  }
}

/** Whether the name of a secret follows the value that ends before `at`, in the same object. */
export function isLabelledAfter(bytes: Uint8Array, view: DataView, at: number): boolean {
  let found = false;
  membersAfter(bytes, view, at, (keyStart, keyEnd, start, end) => {
    if (bytes[start] !== QUOTE || end - start > LONGEST_LABEL) return true;
    if (!isShort(keyStart, keyEnd) || !isLabel(latin1(bytes, keyStart, keyEnd))) return true;
    found = namesSecret(latin1(bytes, start + 1, end - 1));
    return !found;
  });
  return found;
}

/** Whether a key is as long as one of those asked for may be. */
function isShort(start: number, end: number): boolean {
  return end - start >= 3 && end - start <= 20;
}

/** The members that follow in the object that is open at `at`, which is behind a value of it or in a list. */
function membersAfter(bytes: Uint8Array, view: DataView, at: number, visit: MemberVisitor): void {
  const end = bytes.length;
  let depth = 0;
  let [keyStart, keyEnd, valueStart] = [0, 0, -1];
  let i = at;
  for (let steps = 0; steps < MOST_STEPS && i < end; steps++) {
    const byte = bytes[i] as number;
    if (byte === QUOTE) {
      const stop = skipString(view, i + 1, end);
      if (stop < 0) return;
      if (depth === 0 && bytes[stop] === COLON) {
        [keyStart, keyEnd, valueStart] = [i + 1, stop - 1, stop + 1];
        i = stop + 1;
        continue;
      }
      i = stop;
    } else {
      i++;
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if (depth > 0) depth -= byte === CLOSE_BRACE || byte === CLOSE_BRACKET ? 1 : 0;
      else if (byte === COMMA || byte === CLOSE_BRACE) {
        // A number, true, false or null ends here.
        if (valueStart >= 0 && !visit(keyStart, keyEnd, valueStart, i - 1)) return;
        if (byte === CLOSE_BRACE) return;
        valueStart = -1;
        continue;
      } else continue;
    }
    if (depth > 0 || valueStart < 0) continue;
    if (!visit(keyStart, keyEnd, valueStart, i)) return;
    valueStart = -1;
  }
  // Too long to be looked at whole: as far as that was.
  if (valueStart >= 0) visit(keyStart, keyEnd, valueStart, i);
}
