/**
 * Places in a text where a secret may be, found by four characters in a row: the one look that every text of every event
 * gets. Whatever is known of secrets has such four characters, `passw`, `token`, `ghp_`, and few other texts do.
 */

/**
 * The kinds that characters are told apart by: a letter by itself, whatever its case, and what begins and joins tokens;
 * everything else is one kind.
 */
const KIND = new Uint8Array(256);
const [DIGIT, OTHER, BITS_OF_KIND] = [27, 0, 5];
for (let letter = 0; letter < 26; letter++) KIND[0x41 + letter] = KIND[0x61 + letter] = letter + 1;
for (let digit = 0; digit < 10; digit++) KIND[0x30 + digit] = DIGIT;
for (const [i, mark] of Array.from('_-.:').entries()) KIND[mark.charCodeAt(0)] = DIGIT + 1 + i;

const FOUR = (1 << (4 * BITS_OF_KIND)) - 1;

/** Letters and digits, which `?` stands for. */
const WORD_KINDS = Array.from({ length: DIGIT }, (_, kind) => kind + 1);
const DIGITS_AND_HEX = [1, 2, 3, 4, 5, 6, DIGIT];

/** The kinds that a character of an anchor stands for: `0` any digit, `?` a letter or digit, `#` one of hexadecimal, ` ` anything else. */
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

/** Anchors, each with the number of what it stands for. */
export class Anchors {
  /** By four kinds: the number, or 0. */
  private readonly numbers = new Uint8Array(FOUR + 1);
  /** By four kinds: a bit; an eighth of the memory, which is nearer to the processor. */
  private readonly bits = new Int32Array((FOUR + 1) >>> 5);

  /** @param anchors by number, from 1 on; of two that are equal the first counts */
  constructor(anchors: readonly (readonly string[])[]) {
    for (const [i, ofNumber] of anchors.entries()) {
      for (const four of ofNumber.flatMap(expand)) {
        this.numbers[four] ||= i + 1;
        this.bits[four >>> 5] = (this.bits[four >>> 5] as number) | (1 << (four & 31));
      }
    }
  }

  /** Whether any anchor is in bytes[start … end). */
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
   * Calls `visit` with the number of each anchor of a text, whose characters are one byte each, and where it ends. It
   * returns where to look on.
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
