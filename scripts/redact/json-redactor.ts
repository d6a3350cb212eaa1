/** Redacts JSON texts. Keys, their order, spaces, and numbers that count or measure stay as written. */
import { isMadeOfKnownWords } from './known-words.js';
import { labelOf, isWordOf } from './vocabulary.js';
import { type Redactor, TOO_LONG } from './redactor.js';

interface Level {
  readonly isObject: boolean;
  /** The key of the current value; in a list, the key of the list. */
  key: string;
  /** The key of the enclosing object or list. */
  readonly around: string;
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Keys of long random values that differ in each event. */
const MACHINE_KEY = /^(?:x-amz-id-2|sessionToken|nextToken|encodedAuthorizationMessage)$/i;
/** Keys of request IDs. Random ones identify nobody, but callers choose some of them. */
const REQUEST_ID_KEY = /(?:requestid|clienttoken|clientrequesttoken|eventid|idempotencytoken)$/i;
const RANDOM = /^(?=.*\d)(?:[0-9A-Fa-f-]{16,64}|[A-Z0-9]{12,32})$/;
/** The keys under these keys are chosen by users. */
const OWN_KEYS =
  /(?:tags|tagset|tagmap|variables|environment|labels|metadata|parameters|arguments|properties|options|settings|headers|claims|attributes|attributenames|attributevalues|requestitems|context|map|^key)$/i;
/** A character that keys chosen by users may have, and keys of an API do not. */
const ODD_KEY = /[^A-Za-z:]/;
const LONGEST_KEY = 200;
const DEEPEST = 8;

export class JsonRedactor {
  constructor(private readonly redactor: Redactor) {}

  /**
   * @param json one valid JSON value
   * @param depth the number of JSON texts around it
   */
  redact(json: string, depth = 0): string {
    let out = '';
    let copied = 0;
    const levels: Level[] = [];
    let level: Level = { isObject: false, key: '', around: '' };
    let isKey = false;
    for (let i = 0; i < json.length;) {
      const character = json[i] as string;
      if (character === '"') {
        const end = stringEnd(json, i);
        const raw = json.slice(i + 1, end - 1);
        const text = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
        const left = isKey ? this.key(text, level.around, depth) : this.text(text, level.key, level.around, depth);
        if (isKey) level.key = text;
        if (left !== text) {
          out += json.slice(copied, i) + JSON.stringify(left);
          copied = end;
        }
        i = end;
        continue;
      }
      if (character === '{' || character === '[') {
        levels.push(level);
        level = { isObject: character === '{', key: character === '{' ? '' : level.key, around: level.key };
        isKey = level.isObject;
      } else if (character === '}' || character === ']') {
        level = levels.pop() as Level;
        isKey = false;
      } else if (character === ',') isKey = level.isObject;
      else if (character === ':') isKey = false;
      else if (character === '-' || (character >= '0' && character <= '9')) {
        NUMBER.lastIndex = i;
        const number = NUMBER.exec(json)?.[0] ?? character;
        const left = this.redactor.number(number, level.key);
        if (left !== undefined) {
          out += json.slice(copied, i) + JSON.stringify(left);
          copied = i + number.length;
        }
        i += number.length;
        continue;
      }
      i++;
    }
    return copied === 0 ? json : out + json.slice(copied);
  }

  private text(text: string, key: string, around: string, depth: number): string {
    const { redactor } = this;
    if (text === '') return text;
    if (MACHINE_KEY.test(key) && text.length > 20) return TOO_LONG;
    const first = text[0];
    if (depth < DEEPEST && (first === '{' || first === '[') && isJson(text)) return this.redact(text, depth + 1);
    if (depth < DEEPEST && /^%7B|^%5B/i.test(text)) {
      const decoded = unescaped(text);
      if (decoded !== undefined && isJson(decoded)) return encodeURIComponent(this.redact(decoded, depth + 1));
    }
    const numeric = redactor.numeric(text, key);
    if (numeric !== undefined) return numeric;
    if (REQUEST_ID_KEY.test(key) && RANDOM.test(text)) return redactor.anywhere(text);
    // currentState: {"code": 48, "name": "terminated"}
    const isWord = isWordOf(key, text) || (key === 'name' && /state$/i.test(around) && isMadeOfKnownWords(text));
    if (isWord && redactor.pseudonyms.find(text) === undefined) return redactor.anywhere(text);
    return /^userAgent$/i.test(key) ? redactor.agent(text) : redactor.value(text, labelOf(key));
  }

  /** Keys of an API stay. Keys chosen by users stay if they consist of known words. */
  private key(text: string, around: string, depth: number): string {
    const { redactor } = this;
    if (!redactor.replaces('names')) return redactor.anywhere(text);
    // The keys of JSON inside a text may come from a template or an application.
    if (depth === 0 && !OWN_KEYS.test(around) && !ODD_KEY.test(text)) return redactor.anywhere(text);
    const known = redactor.pseudonyms.find(text);
    if (known !== undefined) return known;
    if (redactor.anywhere(text) !== text || text.length > LONGEST_KEY) return redactor.value(text, 'field');
    // aws:PrincipalTag/team
    return text.replaceAll(/[^/:]+/g, (part) => (isMadeOfKnownWords(part) ? part : redactor.value(part, 'field')));
  }
}

/** The position after the string that begins at `start`. */
function stringEnd(json: string, start: number): number {
  for (let i = start + 1; ;) {
    const quote = json.indexOf('"', i);
    if (quote < 0) return json.length;
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    i = quote + 1;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
