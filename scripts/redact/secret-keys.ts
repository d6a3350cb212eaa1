/**
 * Keys whose text is a secret, by how they end: `masterUserPassword` is one, `passwordLength` is not. Keys are compared
 * in lower case without hyphens, underscores and dots.
 */

/**
 * IAM API reference (CreateVirtualMFADevice has the seed and its QR code), STS API reference (the tokens and assertions
 * that stand for a person), EC2 API reference (user data, key material), and what people call variables.
 */
const SECRET_WORDS = [
  'password passwd passphrase passcode pwd secret secretstring secretbinary secretkey secretaccesskey secretvalue',
  'token tokencode mfacode totp authenticationcode authorization',
  'authorizationcode authcode samlassertion apikey apikeyvalue privatekey privatekeymaterial keymaterial privatekeypem',
  'encryptionkey signingkey connectionstring userdata base32stringseed qrcodepng cookie xamzsignature',
]
  .flatMap((line) => line.split(' '))
  // One after the other: AuthenticationCode1, AuthenticationCode2
  .concat(Array.from('0123456789', (digit) => `authenticationcode${digit}`));

const SECRET = new RegExp(`(?:${SECRET_WORDS.join('|')})s?$`);

/** The last three letters of these, as numbers; of many of them too, which end in an `s` more. */
const SECRET_ENDS: ReadonlySet<number> = new Set(
  SECRET_WORDS.flatMap((word) => [word, `${word}s`]).map((word) =>
    Array.from(word.slice(-3)).reduce((sum, letter) => (sum << 8) | letter.charCodeAt(0), 0),
  ),
);

/** What ends in `token` and opens nothing: places in a list, and marks of one request or one version. */
const HARMLESS =
  /(?:client|clientrequest|request|idempotency|next|page|forward|backward|sequence|continuation|pagination|start|change|lock|concurrency|update|version|retry|creation|caller|creator|http)tokens?$/;

const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;
const DOT = 0x2e;

/** Longer ones are no key but somebody's text. */
const LONGEST_KEY = 80;

/**
 * Keys under which stands what the value beside it is, as in `{"name": "DB_PASSWORD", "value": …}` (ECS, CodeBuild,
 * tags), `parameterKey` (CloudFormation), `parameterName` (RDS), `optionName` (Elastic Beanstalk).
 */
const LABEL = /^(?:name|key|(?:parameter|variable|option|attribute|property|setting|header)(?:name|key))$/;
const LABELLED = /^(?:(?:parameter|variable|option|attribute|property|setting|header|string)?values?|values?string)$/;

/**
 * What a key says of the text that stands under it; `machine`: long and random, and yet no secret.
 */
export type KeyMeaning = 'secret' | 'label' | 'labelled' | 'machine' | 'plain';

/** @param key the key, escapes as written */
export function meaningOf(key: string): KeyMeaning {
  const plain = plainKey(key);
  // Amazon S3's second request ID is in every event of it.
  if (plain === 'xamzid2' || HARMLESS.test(plain)) return 'machine';
  if (LABEL.test(plain)) return 'label';
  if (LABELLED.test(plain)) return 'labelled';
  return isSecret(plain) ? 'secret' : 'plain';
}

/** Whether the text under a key says what the value beside it is. */
export function isLabel(key: string): boolean {
  return LABEL.test(plainKey(key));
}

/** Whether the text under a key is what the name beside it says. */
export function isLabelled(key: string): boolean {
  return LABELLED.test(plainKey(key));
}

/** Whether a name that stands beside a value, as a variable's or a parameter's, is that of a secret. */
export function namesSecret(name: string): boolean {
  return isSecret(plainKey(name));
}

/**
 * False where bytes[start … end) surely are no name that {@link namesSecret} knows. Objects in S3 have a `key` each, all
 * different, so this is asked before a string is made of it.
 */
export function mayNameSecret(bytes: Uint8Array, start: number, end: number): boolean {
  let ending = 0;
  for (let at = end - 1, shift = 0; at >= start && shift < 24; at--) {
    const byte = bytes[at] as number;
    if (byte === HYPHEN || byte === UNDERSCORE || byte === DOT) continue;
    // A capital letter's small one.
    ending |= (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) << shift;
    shift += 8;
  }
  return SECRET_ENDS.has(ending);
}

function plainKey(key: string): string {
  return key.toLowerCase().replaceAll(/[-_.]/g, '');
}

function isSecret(plain: string): boolean {
  return plain.length <= LONGEST_KEY && SECRET.test(plain) && !HARMLESS.test(plain);
}
