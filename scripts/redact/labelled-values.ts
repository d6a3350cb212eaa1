/**
 * Finds values whose meaning is given by a name beside them: `{"name": "DB_PASSWORD", "value": "…"}`, in either order.
 * Services write lists of variables, parameters and tags this way.
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

/**
 * The most strings and single bytes to scan per value: a hostile text may have a name beside each of a million values.
 */
const MOST_STEPS = 120;
/** A longer text is not a name. */
const LONGEST_LABEL = 100;

/**
 * Receives each member of an object: its key is bytes[keyStart … keyEnd), its value bytes[start … end). Returns false
 * to stop.
 */
type MemberVisitor = (keyStart: number, keyEnd: number, start: number, end: number) => boolean;

/** The values that a name marks as secrets and that the scan has not reached yet. */
export class LabelledValues {
  /** Their starts and ends, alternating; the next value is last. */
  private readonly ahead: number[] = [];

  /** Begins a new text. */
  begin(): void {
    if (this.ahead.length > 0) this.ahead.length = 0;
  }

  /** Adds a name bytes[start … end): if it is a secret's name, the values after it in the same object are secrets. */
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

  /** Whether the string that starts at `start` is in such a value. Call it in text order. */
  has(start: number): boolean {
    const { ahead } = this;
    while (ahead.length > 0 && (ahead.at(-1) as number) <= start) ahead.length -= 2;
    return ahead.length > 0 && (ahead.at(-2) as number) <= start;
  }
}

/** Whether a secret's name follows the value that ends before `at`, in the same object. */
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

/** Whether a key is short enough to be one of the relevant keys. */
function isShort(start: number, end: number): boolean {
  return end - start >= 3 && end - start <= 20;
}

/** Visits the remaining members of the object that is open at `at`, which is after a value of it or within a list. */
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
        // The end of a number, true, false or null.
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
  // The scan reached its limit: report the part that was scanned.
  if (valueStart >= 0) visit(keyStart, keyEnd, valueStart, i);
}
