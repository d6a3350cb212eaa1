/**
 * Decides whether a text can cross an edge of a template: begin in a piece and continue in the value after it, or begin
 * in a value and continue in the piece after it. Most templates rule this out whatever their values are: a quoted value
 * contains no quote except after a backslash, and its quote ends it; a number contains digits, and any other character
 * ends it.
 */

const NUMBER_PART = /[-+.\de]/;
const BACKSLASH = '\\';
const QUOTE = '"';

export class EdgeCheck {
  /** The positions at which the text could leave a value in which it begins: a quoted value, and a number. */
  private readonly leavesQuoted: readonly number[];
  private readonly leavesNumber: readonly number[];
  private readonly known = new Map<string, boolean>();

  /** @param text in lower case */
  constructor(private readonly text: string) {
    this.leavesQuoted = quotesFrom(text, 1);
    this.leavesNumber = numberEnd(text, 0).filter((end) => end > 0);
  }

  /** Whether the text can cross an edge of the template, which has 0x00 for each slot. */
  isPossible(template: string): boolean {
    const known = this.known.get(template) ?? this.check(template.split('\0'));
    this.known.set(template, known);
    return known;
  }

  private check(pieces: readonly string[]): boolean {
    for (let slot = 0; slot + 1 < pieces.length; slot++) {
      const before = pieces[slot] as string;
      const after = pieces[slot + 1] as string;
      if (this.entersAfter(before, after) || this.leavesBefore(after)) return true;
    }
    return false;
  }

  /** Whether it can begin in the piece and continue in the value, possibly up to the next piece. */
  private entersAfter(before: string, after: string): boolean {
    const { text } = this;
    const last = before[before.length - 1];
    for (let at = 1; at < text.length; at++) {
      if (text[at - 1] !== last || !before.endsWith(text.slice(0, at))) continue;
      const ends = last === QUOTE ? quotesFrom(text, at) : numberEnd(text, at);
      if (ends.some((end) => end === text.length || goesOn(text, end, after))) return true;
    }
    return false;
  }

  /** Whether it can begin in the value and continue in the piece. */
  private leavesBefore(after: string): boolean {
    const leaves = after.startsWith(QUOTE) ? this.leavesQuoted : this.leavesNumber;
    return leaves.some((end) => end < this.text.length && goesOn(this.text, end, after));
  }
}

/** Whether the text from `at` on is compatible with the beginning of the piece. */
function goesOn(text: string, at: number, piece: string): boolean {
  const length = Math.min(text.length - at, piece.length);
  return text.startsWith(piece.slice(0, length), at);
}

/**
 * Where a quoted value that contains the text from `from` on can end: at a quote, or after the text, which is its
 * length.
 */
function quotesFrom(text: string, from: number): number[] {
  const ends: number[] = [];
  for (let at = from; at < text.length; at++) {
    if (text[at] !== QUOTE) continue;
    ends.push(at);
    // After a backslash, the quote may be part of the value.
    if (at === 0 || text[at - 1] !== BACKSLASH) return ends;
  }
  return [...ends, text.length];
}

/** Where a number that contains the text from `from` on ends. */
function numberEnd(text: string, from: number): number[] {
  let at = from;
  while (at < text.length && NUMBER_PART.test(text[at] as string)) at++;
  return [at];
}
