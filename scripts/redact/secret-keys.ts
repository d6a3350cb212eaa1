/**
 * Derives from a key or a variable's name what kind of text it has. Names are compared by their ends, in lower case
 * without hyphens, underscores, dots and spaces: `masterUserPassword` names a secret, `passwordLength` does not.
 */

/**
 * IAM API reference (CreateVirtualMFADevice has the seed and its QR code), STS API reference (the tokens and assertions
 * that stand for a person), EC2 API reference (user data, key material, pre-shared keys), Azure's connection strings, and
 * what people call variables.
 */
const SECRET_WORDS = [
  'password passwd passphrase passcode pwd passworddata passwordhash passwort kennwort contraseña contrasena senha',
  'motdepasse wachtwoord hasło пароль パスワード 密码 密碼 비밀번호',
  'secret secretstring secretbinary secretkey secretaccesskey secretvalue secretkeybase',
  'token tokencode mfacode totp authenticationcode authorization bearer jwt',
  'authorizationcode authcode samlassertion apikey apikeyvalue apisecret privatekey privatekeymaterial keymaterial',
  'privatekeypem encryptionkey signingkey hmackey masterkeyvalue connectionstring userdata base32stringseed qrcodepng',
  'cookie xamzsignature xgoogsignature accountkey accesskey sharedkey presharedkey sharedaccesssignature storagekey',
  'subscriptionkey licensekey clientkeydata dockerconfigjson dockercfg recoverycode backupcode mnemonic seedphrase',
].flatMap((line) => line.split(' '));

/** With an optional number: AuthenticationCode1, DB_PASSWORD_2. */
const SECRET = new RegExp(`(?:${SECRET_WORDS.join('|')})s?\\d{0,2}$`);

/** Names of secrets only as whole words: `DB_PASS`, `dbPw`, `_auth`; not `bypass`. */
const SHORT_WORD = /(?:^|[^a-z])(?:pass|pw|psk|otp)\d{0,2}$|^_?auth$/;
/** The same without separators. */
const SHORT_JOINED =
  /^(?:db|database|user|admin|root|mysql|pg|postgres|redis|mail|smtp|ftp|ssh|ldap|http|proxy|my)pass$/;
/** Words before `pass` that change its meaning. */
const NO_PASS =
  /(?:by|com|low|high|band|all|tests?|checks?|first|second|single|multi|boarding|season|sur|tres)[-_. ]?pass$/;

/**
 * Names that end with `token` or similar, but whose values grant nothing: positions in a list, identifiers of a request
 * or a version, counts.
 */
const HARMLESS = new RegExp(
  [
    String.raw`(?:client|clientrequest|request|idempotency|next|page|nextpage|paginat\w{0,6}|forward|backward|sequence|continuation`,
    String.raw`|start|starting|scroll|cursor|resumption|sync|change|lock|concurrency|update|version|retry|creation|caller|creator`,
    String.raw`|http|deduplication|publickey|max|min|input|output|total|prompt|completion|num|cache\w{0,12})tokens?$`,
    // Used to compare or display, not to sign.
    String.raw`|public(?:ssh)?keymaterial$|bypass$|compass$`,
  ].join(''),
);

const UNDERSCORE = 0x5f;
const BACKSLASH = 0x5c;

/** A longer text is not a key. */
const LONGEST_KEY = 80;

/**
 * Keys that say what the value beside them is, as in `{"name": "DB_PASSWORD", "value": …}` (ECS, CodeBuild, tags),
 * `parameterKey` (CloudFormation), `parameterName` (RDS), `optionName` (Elastic Beanstalk).
 */
const LABEL = /^(?:name|key|(?:parameter|variable|option|attribute|property|setting|header)(?:name|key))$/;
const LABELLED = /^(?:(?:parameter|variable|option|attribute|property|setting|header|string)?values?|values?string)$/;

/** Keys of names, paths, checksums and IDs: forty random characters there are not a secret. */
const IDENTIFYING =
  /(?:^key|objectkey|s3key|keyname|keyprefix|prefix|object|path|name|tag|tagkeys|tags|etag|hash|digest|checksum|sha1|sha256|md5|ids?|arns?|ur[il]|marker|bucket|image|commit|revision|ref|source|location|fingerprint|thumbprint|nonce|publickey)$/;

/** Keys in a secret's object whose values describe the secret. */
const ABOUT =
  /(?:^key|^ref|name|names|ids?|arns?|type|status|state|date|time|created|updated|modified|version|stages?|length|policy|enabled|required|region|format|algorithm|count|from|description|label|title|ur[il]|path|mode|kind|provider|engine|usage|rotation|interval|days|hours|ttl|expires|expiry|expiration|size|scopes?|forward|tags?)$/;

/**
 * What kind of text a key has. `label`: the text describes the value beside it. `labelled`: the name beside the text
 * describes it. `machine`: long and random, but not a secret. `identifying`: the text names something.
 */
export type KeyMeaning = 'secret' | 'label' | 'labelled' | 'machine' | 'identifying' | 'plain';

/** @param key the key, with its escapes */
export function meaningOf(key: string): KeyMeaning {
  const text = unescapedKey(key);
  const plain = plainKey(text);
  // Amazon S3's extended request ID is in every S3 event.
  if (plain === 'xamzid2' || HARMLESS.test(plain)) return 'machine';
  if (isLabelKey(plain)) return 'label';
  if (LABELLED.test(plain)) return 'labelled';
  if (isSecret(text, plain)) return 'secret';
  return IDENTIFYING.test(plain) ? 'identifying' : 'plain';
}

/** Whether the text under a key says what the value beside it is. */
export function isLabel(key: string): boolean {
  return isLabelKey(plainKey(unescapedKey(key)));
}

function isLabelKey(plain: string): boolean {
  return LABEL.test(plain);
}

/** Whether the text under a key is described by the name beside it. */
export function isLabelled(key: string): boolean {
  return LABELLED.test(plainKey(unescapedKey(key)));
}

/** Whether a name beside a value, such as that of a variable or parameter, is a secret's name. */
export function namesSecret(name: string): boolean {
  const text = unescapedKey(name);
  // A filter by tag: its values are values of tags.
  if (text.startsWith('tag:')) return false;
  return isSecret(text, plainKey(text));
}

/** Whether a value under this key, in a secret's object, only describes the secret. */
export function isAboutSecret(key: string): boolean {
  return ABOUT.test(plainKey(unescapedKey(key)));
}

/** Whether a number under this key is a count: `maxTokens`, `secrets`. */
export function isCount(key: string): boolean {
  return /(?:tokens|secrets|cookies)$/.test(plainKey(unescapedKey(key)));
}

/** Whether an object under this key is not a secret: CloudFront's `cookies` says which cookies are forwarded. */
export function isNoSecretObject(key: string): boolean {
  return /(?:cookies?|authorization|accesskey)$/.test(plainKey(unescapedKey(key)));
}

/** How many last letters decide whether a name may be a secret's; the second number is for short words. */
const [LONG, SHORT] = [6, 3];
/** Indexed by a hash of six letters, or by three letters with five bits each. */
const LONG_ENDINGS = new Uint8Array(1 << 15);
const SHORT_ENDINGS = new Uint8Array(1 << 15);
for (const word of [...SECRET_WORDS, 'pass', 'psk', 'otp', 'auth', 'pw'].flatMap((word) => [word, `${word}s`])) {
  // Words with other characters are handled below.
  if (!/^[a-z0-9]+$/.test(word)) continue;
  const letters = word.replaceAll(/\d/g, '');
  const size = letters.length < LONG - 1 ? SHORT : LONG;
  const ending = Array.from(letters.slice(-size), (letter) => letter.charCodeAt(0) & 0x1f);
  const rest = ending.reduce((sum, letter) => (sum << 5) | letter, 0);
  // A shorter ending may follow any letter.
  for (let first = 0; first < (ending.length < size ? 32 : 1); first++) {
    const sum = (first << (5 * (size - 1))) | rest;
    if (size === SHORT) SHORT_ENDINGS[sum] = 1;
    else LONG_ENDINGS[hashOfSix(sum)] = 1;
  }
}

function hashOfSix(ending: number): number {
  return Math.imul(ending, 0x9e3779b1) >>> 17;
}

/** How many last characters of a name are examined: its last letters and a number after them. */
const ENDING = 24;

/**
 * False if bytes[start … end) are certainly not a name that {@link namesSecret} accepts. Each object in S3 has a different
 * `key`, so this check avoids making a string of every one.
 */
export function mayNameSecret(bytes: Uint8Array, start: number, end: number): boolean {
  let ending = 0;
  let bits = 0;
  for (let at = end - 1; at >= start && at > end - ENDING; at--) {
    const byte = bytes[at] as number;
    // An escape may stand for any letter, and a non-ASCII character may be part of a word in another language.
    if (byte === BACKSLASH || byte > 0x7f) return true;
    if (byte < 0x41 || byte === UNDERSCORE) continue;
    ending |= (byte & 0x1f) << bits;
    bits += 5;
    if (bits === 5 * LONG) {
      if (bytes[at - 1] === BACKSLASH) return true;
      break;
    }
  }
  return LONG_ENDINGS[hashOfSix(ending)] === 1 || SHORT_ENDINGS[ending & 0x7fff] === 1;
}

/** The key's text with one byte of UTF-8 per character and JSON's escapes decoded. */
function unescapedKey(key: string): string {
  if (!/[^\x00-\x5b\x5d-\x7f]/.test(key)) return key;
  const text = Buffer.from(key, 'latin1').toString('utf8');
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

function plainKey(key: string): string {
  return key.toLowerCase().replaceAll(/[-_. ]/g, '');
}

function isSecret(text: string, plain: string): boolean {
  if (plain.length > LONGEST_KEY || HARMLESS.test(plain)) return false;
  if (SECRET.test(plain)) return true;
  // `dbPass` has a word boundary before its capital.
  const words = text.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return (SHORT_WORD.test(words) || SHORT_JOINED.test(plain)) && !NO_PASS.test(words);
}
