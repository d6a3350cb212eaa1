/**
 * What a key or a variable's name says of the text under it. Names are compared by how they end, in lower case without
 * hyphens, underscores, dots and spaces: `masterUserPassword` names a secret, `passwordLength` does not.
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

/** Several are numbered: AuthenticationCode1, DB_PASSWORD_2. */
const SECRET = new RegExp(`(?:${SECRET_WORDS.join('|')})s?\\d{0,2}$`);

/** Names that are secrets' only as a whole word: `DB_PASS`, `dbPw`, `_auth`; not `bypass`. */
const SHORT_WORD = /(?:^|[^a-z])(?:pass|pw|psk|otp)\d{0,2}$|^_?auth$/;
/** The same with nothing between the words. */
const SHORT_JOINED =
  /^(?:db|database|user|admin|root|mysql|pg|postgres|redis|mail|smtp|ftp|ssh|ldap|http|proxy|my)pass$/;
/** A word before `pass` that makes it something else. */
const NO_PASS =
  /(?:by|com|low|high|band|all|tests?|checks?|first|second|single|multi|boarding|season|sur|tres)[-_. ]?pass$/;

/** What ends in `token` or the like and opens nothing: places in a list, marks of one request or one version, counts. */
const HARMLESS = new RegExp(
  [
    String.raw`(?:client|clientrequest|request|idempotency|next|page|nextpage|paginat\w{0,6}|forward|backward|sequence|continuation`,
    String.raw`|start|starting|scroll|cursor|resumption|sync|change|lock|concurrency|update|version|retry|creation|caller|creator`,
    String.raw`|http|deduplication|publickey|max|min|input|output|total|prompt|completion|num|cache\w{0,12})tokens?$`,
    // Compared with, or shown, and not used to sign.
    String.raw`|public(?:ssh)?keymaterial$|bypass$|compass$`,
  ].join(''),
);

const UNDERSCORE = 0x5f;
const BACKSLASH = 0x5c;

/** Longer ones are no key but somebody's text. */
const LONGEST_KEY = 80;

/**
 * Keys under which stands what the value beside it is, as in `{"name": "DB_PASSWORD", "value": …}` (ECS, CodeBuild,
 * tags), `parameterKey` (CloudFormation), `parameterName` (RDS), `optionName` (Elastic Beanstalk).
 */
const LABEL = /^(?:name|key|(?:parameter|variable|option|attribute|property|setting|header)(?:name|key))$/;
const LABELLED = /^(?:(?:parameter|variable|option|attribute|property|setting|header|string)?values?|values?string)$/;

/** Keys of names, paths, sums and IDs: forty random characters are none's secret there. */
const IDENTIFYING =
  /(?:^key|objectkey|s3key|keyname|keyprefix|prefix|object|path|name|tag|tagkeys|tags|etag|hash|digest|checksum|sha1|sha256|md5|ids?|arns?|ur[il]|marker|bucket|image|commit|revision|ref|source|location|fingerprint|thumbprint|nonce|publickey)$/;

/** Under a secret's key, what an object says of the secret and is not it. */
const ABOUT =
  /(?:^key|^ref|name|names|ids?|arns?|type|status|state|date|time|created|updated|modified|version|stages?|length|policy|enabled|required|region|format|algorithm|count|from|description|label|title|ur[il]|path|mode|kind|provider|engine|usage|rotation|interval|days|hours|ttl|expires|expiry|expiration|size|scopes?|forward|tags?)$/;

/**
 * What a key says of the text that stands under it; `machine`: long and random, and yet no secret; `identifying`: the
 * text names something.
 */
export type KeyMeaning = 'secret' | 'label' | 'labelled' | 'machine' | 'identifying' | 'plain';

/** @param key the key, escapes as written */
export function meaningOf(key: string): KeyMeaning {
  const text = unescapedKey(key);
  const plain = plainKey(text);
  // Amazon S3's second request ID is in every event of it.
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

/** Whether the text under a key is what the name beside it says. */
export function isLabelled(key: string): boolean {
  return LABELLED.test(plainKey(unescapedKey(key)));
}

/** Whether a name that stands beside a value, as a variable's or a parameter's, is that of a secret. */
export function namesSecret(name: string): boolean {
  const text = unescapedKey(name);
  // A filter by a tag: what it is compared with is in the tags.
  if (text.startsWith('tag:')) return false;
  return isSecret(text, plainKey(text));
}

/** Whether what stands under this key, within a secret's object, only tells about the secret. */
export function isAboutSecret(key: string): boolean {
  return ABOUT.test(plainKey(unescapedKey(key)));
}

/** Whether a number under this key counts something: `maxTokens`, `secrets`. */
export function isCount(key: string): boolean {
  return /(?:tokens|secrets|cookies)$/.test(plainKey(unescapedKey(key)));
}

/** Whether an object under this key is no secret: Amazon CloudFront's `cookies` says which are handed on. */
export function isNoSecretObject(key: string): boolean {
  return /(?:cookies?|authorization|accesskey)$/.test(plainKey(unescapedKey(key)));
}

/** How many of a name's last letters tell whether it may be a secret's, and of a short word's. */
const [LONG, SHORT] = [6, 3];
/** By a hash of six letters, and by three: five bits each. */
const LONG_ENDINGS = new Uint8Array(1 << 15);
const SHORT_ENDINGS = new Uint8Array(1 << 15);
for (const word of [...SECRET_WORDS, 'pass', 'psk', 'otp', 'auth', 'pw'].flatMap((word) => [word, `${word}s`])) {
  // For others see below.
  if (!/^[a-z0-9]+$/.test(word)) continue;
  const letters = word.replaceAll(/\d/g, '');
  const size = letters.length < LONG - 1 ? SHORT : LONG;
  const ending = Array.from(letters.slice(-size), (letter) => letter.charCodeAt(0) & 0x1f);
  const rest = ending.reduce((sum, letter) => (sum << 5) | letter, 0);
  // One letter less than that stands behind any.
  for (let first = 0; first < (ending.length < size ? 32 : 1); first++) {
    const sum = (first << (5 * (size - 1))) | rest;
    if (size === SHORT) SHORT_ENDINGS[sum] = 1;
    else LONG_ENDINGS[hashOfSix(sum)] = 1;
  }
}

function hashOfSix(ending: number): number {
  return Math.imul(ending, 0x9e3779b1) >>> 17;
}

/** Looked at of a name, from its end: its last letters, and what may number them. */
const ENDING = 24;

/**
 * False where bytes[start … end) surely are no name that {@link namesSecret} knows. Objects in S3 have a `key` each, all
 * different, so this is asked before a string is made of it.
 */
export function mayNameSecret(bytes: Uint8Array, start: number, end: number): boolean {
  let ending = 0;
  let bits = 0;
  for (let at = end - 1; at >= start && at > end - ENDING; at--) {
    const byte = bytes[at] as number;
    // An escape may be any letter, and what is not ASCII may be of a word of another language.
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

/** The key's text: bytes of UTF-8, one a character, and JSON's escapes become what they stand for. */
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
  // `dbPass` has a boundary where the letters turn small.
  const words = text.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return (SHORT_WORD.test(words) || SHORT_JOINED.test(plain)) && !NO_PASS.test(words);
}
