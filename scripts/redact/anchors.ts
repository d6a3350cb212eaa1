/**
 * Finds the places in a text where a secret may be, by four characters in a row. This scan runs on every text of every
 * event. All known forms of secrets contain such an anchor (`passw`, `token`, `ghp_`), and few other texts do.
 */

/**
 * The classes of characters that the scan distinguishes: each letter, whatever its case, and the characters that begin
 * and join tokens; all others form one class.
 */
const KIND = new Uint8Array(256);
const [DIGIT, OTHER, BITS_OF_KIND] = [27, 0, 5];
for (let letter = 0; letter < 26; letter++) KIND[0x41 + letter] = KIND[0x61 + letter] = letter + 1;
for (let digit = 0; digit < 10; digit++) KIND[0x30 + digit] = DIGIT;
for (const [i, mark] of Array.from('_-.:').entries()) KIND[mark.charCodeAt(0)] = DIGIT + 1 + i;

const FOUR = (1 << (4 * BITS_OF_KIND)) - 1;

/** The classes of letters and digits, for `?`. */
const WORD_KINDS = Array.from({ length: DIGIT }, (_, kind) => kind + 1);
const DIGITS_AND_HEX = [1, 2, 3, 4, 5, 6, DIGIT];

/**
 * The classes that a character of an anchor matches: `0` any digit, `?` a letter or digit, `#` a hexadecimal digit, ` `
 * any other character.
 */
function kindsOf(character: string): readonly number[] {
  if (character === '?') return WORD_KINDS;
  if (character === '#') return DIGITS_AND_HEX;
  return character === ' ' ? [OTHER] : [KIND[character.charCodeAt(0)] as number];
}

function expand(anchor: string): number[] {
  return Array.from(anchor, kindsOf).reduce<number[]>(
    (sums, kinds) => sums.flatMap((sum) => kinds.map((kind) => (sum << BITS_OF_KIND) | kind)),
    [0],
  );
}

/** A set of anchors, each with a number for what it stands for. */
export class Anchors {
  /** By four classes: the number, or 0. */
  private readonly numbers = new Uint8Array(FOUR + 1);
  /** By four classes: one bit. An eighth of the size of `numbers`, so it fits into the processor's cache. */
  private readonly bits = new Int32Array((FOUR + 1) >>> 5);

  /** @param anchors by number, starting at 1; of two equal anchors the first one counts */
  constructor(anchors: readonly (readonly string[])[]) {
    for (const [i, ofNumber] of anchors.entries()) {
      for (const four of ofNumber.flatMap(expand)) {
        this.numbers[four] ||= i + 1;
        this.bits[four >>> 5] = (this.bits[four >>> 5] as number) | (1 << (four & 31));
      }
    }
  }

  /** Whether bytes[start … end) contain an anchor. */
  isIn(bytes: Uint8Array, start: number, end: number): boolean {
    const { bits } = this;
    let four = 0;
    for (let i = start; i < end; i++) {
      four = ((four << BITS_OF_KIND) | (KIND[bytes[i] as number] as number)) & FOUR;
      if (((bits[four >>> 5] as number) & (1 << (four & 31))) !== 0) return true;
    }
    return false;
  }

  /**
   * Calls `visit` for each anchor of a text, whose characters are one byte each, with the anchor's number and end.
   * `visit` returns the position at which to continue.
   */
  visit(text: string, visit: (number: number, end: number) => number): void {
    const { numbers } = this;
    let four = 0;
    for (let i = 0; i < text.length;) {
      four = ((four << BITS_OF_KIND) | (KIND[text.charCodeAt(i++) & 0xff] as number)) & FOUR;
      const number = numbers[four] as number;
      if (number === 0) continue;
      const next = visit(number, i);
      if (next <= i) continue;
      i = next;
      four = 0;
    }
  }
}
