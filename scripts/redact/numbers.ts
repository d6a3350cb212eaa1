/**
 * Recognizes numbers that identify a person or place, by their form and by the key above them. Counts, sizes and times
 * do not.
 */
import { isAccountId } from './shapes.js';

/** What a number identifies; a `measure` identifies nobody. */
export type NumberKind = 'account' | 'user' | 'phone' | 'address' | 'mac' | 'card' | 'place' | 'measure';

/** By the end of a key, in lower case without hyphens and underscores. `registryId` is ECR's key for an account. */
const KINDS: readonly (readonly [kind: NumberKind, key: RegExp, digits: RegExp])[] = [
  ['place', /(?:latitudes?|longitudes?|^lat|^lng|^lon|^long|coords?|coordinates?)$/, /^[-+]?\d{1,3}(?:\.\d+)?$/],
  ['measure', /^(?:max|min|total|count|num(?!ber)|numberof)/, /^/],
  [
    'account',
    /(?:(?:account|owner|payer|member|administrator|registry)(?:ids?|numbers?|no)?|^aws)$/,
    /^(?!0+$)\d{1,12}$/,
  ],
  // Fewer digits are a count.
  ['account', /(?:accounts|owners|members)$/, /^\d{8,12}$/],
  ['user', /user(?:ids?|numbers?)$/, /^\d{4,}$/],
  [
    'phone',
    /(?:phones?|(?:phone|mobile|fax|contact|destination|origination|caller|cell)(?:numbers?|no|id)|mobile|msisdns?|^tel|^fax|^sms|^cell|whatsapp|(?:destination|origination)identity)$/,
    /^\+?\d{5,}$/,
  ],
  ['mac', /mac(?:s|address(?:es)?)?$/, /^\d{8,}$/],
  ['address', /(?:ips?|ipv[46]|address(?:es)?|addr|host|cidr|gateway)$/, /^\d{8,}$/],
  [
    'card',
    /(?:card(?:numbers?|no)?|^pan|^cc|^ccnumber|ssn|socialsecuritynumber|taxid|passport(?:number|no)?)$/,
    /^\d{8,}$/,
  ],
  ['place', /(?:position|center|centre|point|bbox|location|geometry)$/, /^[-+]?\d{1,3}\.\d{2,}$/],
];

/** Words anywhere in a key that mean a count or a measurement. */
const AMOUNT = new Set('bytes size count duration timestamp seconds millis capacity'.split(' '));
/** Last words of keys whose numbers may be long. */
const MEASURES: ReadonlySet<string> = new Set(
  `size sizes bytes count counts total length offset limit quota capacity time timestamp date datetime at after before
  expires expiration expiry seconds secs millis ms minutes hours days ttl timeout duration sequence revision generation
  epoch iat exp nbf gib mib kib gb mb kb iops throughput max min since until from to start end port version index`.split(
    /\s+/,
  ),
);

/**
 * What a number under a key identifies; undefined if the key does not say.
 * @param number as written in a text or as a JSON number: digits, optionally with a sign and decimals
 */
export function numberUnder(key: string, number: string): NumberKind | undefined {
  const squeezed = key.toLowerCase().replaceAll(/[-_\s]/g, '');
  for (const [kind, keys, digits] of KINDS) if (keys.test(squeezed) && digits.test(number)) return kind;
  const words = key
    .replaceAll(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
  const isMeasure = MEASURES.has(words.at(-1) ?? '') || words.some((word) => AMOUNT.has(word));
  return isMeasure || /sequencenumber$/.test(squeezed) ? 'measure' : undefined;
}

/** What a JSON number identifies by its form alone, if its key does not say. */
export function numberByItself(digits: string): NumberKind | undefined {
  if (isAccountId(digits)) return 'account';
  return /^\d{15,}$/.test(digits) && isCard(digits) ? 'card' : undefined;
}

/** 1.11122223333E11 → 111122223333; a number that is not whole is returned as written. */
export function wholeNumber(written: string): string {
  if (!/[.eE]/.test(written)) return written;
  const value = Number(written);
  return Number.isSafeInteger(value) ? String(value) : written;
}

/** ISO/IEC 7812: 13 to 19 digits, the first of which is that of a card network and the last a check digit (Luhn). */
export function isCard(text: string): boolean {
  const digits = text.replaceAll(/[ -]/g, '');
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 === 0;
}
