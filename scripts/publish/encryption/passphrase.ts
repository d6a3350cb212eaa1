/** Whether a passphrase can stand up to somebody who has the page and guesses. Pure. */

/** Fewer characters are found by trying, whatever they are. */
const LEAST_CHARACTERS = 14;
/** Different ones among them: `aaaaaaaaaaaaaa` is long and no secret. */
const LEAST_DIFFERENT = 7;
/** Characters that are left of it without what anybody would guess. */
const LEAST_UNGUESSED = 10;
/** What guessers try first, in any spelling: a passphrase must be long enough without these. */
const FIRST_GUESSES =
  /passw[o0]rd|passphrase|secret|letmein|welcome|qwerty(?:uiop)?|asdfgh(?:jkl)?|admin|login|monkey|dragon|iloveyou|cloudtrail|culprit|amazon|report|aws|(?:19|20)\d\d/gi;

/**
 * What is wrong with a passphrase, as the end of a sentence that says what to do; undefined where nothing is. Runs such as
 * `abcdef`, `123456` and repetitions count once.
 */
export function passphraseFault(passphrase: string): string | undefined {
  const characters = Array.from(passphrase);
  if (characters.length === 0) return 'is empty. Use four or more random words';
  if (characters.length < LEAST_CHARACTERS) {
    return `has ${characters.length} characters; the minimum is ${LEAST_CHARACTERS}. Use four or more random words`;
  }
  const rest = unguessed(passphrase);
  if (rest.length < LEAST_UNGUESSED || new Set(rest).size < LEAST_DIFFERENT) {
    return 'is easy to guess: it has repetitions, sequences or common words. Use four or more random words';
  }
  return undefined;
}

/** The characters without common words, and without those that the one before predicts. */
function unguessed(passphrase: string): string[] {
  const characters = Array.from(passphrase.toLowerCase().replace(FIRST_GUESSES, '*'));
  return characters.filter((character, i) => {
    const step = codeOf(character) - codeOf(characters[i - 1]);
    return i === 0 || Math.abs(step) > 1;
  });
}

function codeOf(character: string | undefined): number {
  return character?.codePointAt(0) ?? -2;
}
