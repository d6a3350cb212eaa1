/** Whether a passphrase can resist guessing by someone who has the page. Pure. */

/** Anything shorter can be found by brute force. */
const LEAST_CHARACTERS = 14;
/** The least number of different characters: `aaaaaaaaaaaaaa` is long but no secret. */
const LEAST_DIFFERENT = 7;
/** The least number of characters that remain without common words and predictable runs. */
const LEAST_UNGUESSED = 10;
/** Words that guessers try first, in any spelling; they do not count towards the length. */
const FIRST_GUESSES =
  /passw[o0]rd|passphrase|secret|letmein|welcome|qwerty(?:uiop)?|asdfgh(?:jkl)?|admin|login|monkey|dragon|iloveyou|cloudtrail|culprit|amazon|report|aws|(?:19|20)\d\d/gi;

/**
 * What is wrong with a passphrase, as the end of a sentence that says what to do; undefined for a strong one. Runs such
 * as `abcdef`, `123456` and repetitions count as one character.
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

/** The characters without common words and without those that follow predictably from the previous one. */
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
