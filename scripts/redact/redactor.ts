/** Replaces names and identifiers in texts with pseudonyms. AWS's own words, numbers, times and the structure stay. */
import type { Redactable } from '#shared/model/redaction.js';
import { BY_ASSUME_ROOT } from '#scripts/cloudtrail/identity.js';
import { isMadeOfKnownWords } from './known-words.js';
import { isVocabulary, isHostLabel, isKeptSegment, isRegion, labelOf, programIn } from './vocabulary.js';
import type { Label, Pseudonyms } from './pseudonyms.js';
import { isCard, numberByItself, type NumberKind, numberUnder, wholeNumber } from './numbers.js';
import {
  ANYWHERE,
  isAccountId,
  isDecimalAddress,
  isEmail,
  isGuid,
  isMac,
  isPhone,
  isPlace,
  isUniqueId,
  networkOf,
  resourceIdPrefix,
  WHOLE_FORMS,
} from './shapes.js';

/** Longer texts would only fill the table; all of them get the same replacement. */
const LONGEST = 1024;
const LONGEST_WORD = 200;
export const TOO_LONG = 'REDACTED';
const HOST = /^[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10}$/;
const URL_PARTS = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)([^?#]*)(.*)$/i;

export class Redactor {
  private readonly has: ReadonlySet<Redactable>;

  constructor(
    what: readonly Redactable[],
    readonly pseudonyms: Pseudonyms,
  ) {
    this.has = new Set(what);
  }

  /** Whether this kind of data is replaced. */
  replaces(what: Redactable): boolean {
    return this.has.has(what);
  }

  account(id: string): string {
    return isAccountId(id) && this.has.has('accounts') ? this.pseudonyms.of(id, 'account') : id;
  }

  /** An account ID that may have been a number, and then has lost its leading zeros. */
  accountCell(text: string): string {
    return this.numeric(text, 'accountId') ?? this.value(text, 'account');
  }

  /**
   * The pseudonym of a JSON number, the same as that of its digits as a text; undefined if it stays.
   * @param written the number as written
   */
  number(written: string, key: string): string | undefined {
    const digits = wholeNumber(written);
    const kind = numberUnder(key, digits) ?? numberByItself(digits);
    const left = this.ofKind(kind, digits);
    return left === digits ? undefined : left;
  }

  /**
   * The same for a text that consists of a number; returns the text if its key says that the number identifies nobody.
   */
  numeric(text: string, key: string): string | undefined {
    if (!/^[-+]?\d{1,40}(?:\.\d{1,20})?$/.test(text) || isAccountId(text)) return undefined;
    const kind = numberUnder(key, text);
    return kind === 'measure' && text.length > 13 ? undefined : this.ofKind(kind, text);
  }

  private ofKind(kind: NumberKind | undefined, digits: string): string | undefined {
    const known = this.knownAccount(digits);
    if (known !== undefined) return known;
    const { pseudonyms } = this;
    const [what, label]: readonly [Redactable, Label] =
      kind === 'address' || kind === 'mac' ? ['addresses', kind === 'mac' ? 'mac' : 'ip'] : ['names', kind ?? ''];
    if (kind === undefined) return undefined;
    if (kind === 'account' || (kind === 'user' && isAccountId(digits))) {
      return this.has.has('accounts') ? this.pseudonyms.of(digits.padStart(12, '0'), 'account') : digits;
    }
    if (kind === 'measure' || !this.has.has(what)) return digits;
    return kind === 'address' ? pseudonyms.ofAddress(digits, digits) : pseudonyms.of(digits, label);
  }

  /** The pseudonym of a known account, also without its leading zeros. */
  private knownAccount(digits: string): string | undefined {
    return /^\d{8,12}$/.test(digits) ? this.pseudonyms.find(digits.padStart(12, '0')) : undefined;
  }

  /** `sourceIPAddress`: the names of AWS services stay. */
  source(text: string): string {
    return isVocabulary(text) ? text : (this.shaped(text) ?? this.name(text, 'host'));
  }

  /** A user agent: the names of well-known programs and of services stay. */
  agent(text: string): string {
    if (text === '' || isVocabulary(text)) return text;
    if (!this.has.has('agents')) return this.anywhere(text);
    const program = programIn(text);
    const pseudonym = this.pseudonyms.of(text, 'agent');
    return program === '' ? pseudonym : `${program}/${pseudonym}`;
  }

  /** An actor's name. The names of another account's root and principals are composed of several parts. */
  actor(text: string): string {
    if (text.startsWith('root@')) {
      const session = text.endsWith(BY_ASSUME_ROOT) ? BY_ASSUME_ROOT : '';
      return `root@${this.segment(text.slice(5, text.length - session.length), 'account-alias')}${session}`;
    }
    const [, account, principal] = /^(\d{12}) \((.*)\)$/.exec(text) ?? [];
    if (account !== undefined && principal !== undefined) {
      return `${this.account(account)} (${this.principal(principal)})`;
    }
    return this.person(text);
  }

  /** A caller's name: one name even if it looks like a path, as those of web identities do. */
  person(text: string): string {
    if (isVocabulary(text) || text.startsWith('arn:') || !/[/:\s]/.test(text)) return this.value(text, 'user');
    const shaped = this.shaped(text, 'user');
    return shaped ?? (text.length > LONGEST ? TOO_LONG : this.name(text, 'user'));
  }

  /**
   * principalId: the ID of a role, an account or an identity provider, optionally followed by a colon and the session's
   * or user's name.
   */
  principal(text: string): string {
    const colon = text.indexOf(':');
    if (colon < 0 || text.startsWith('arn:')) return this.person(text);
    return `${this.value(text.slice(0, colon), 'name')}:${this.person(text.slice(colon + 1))}`;
  }

  /** An ARN, with pseudonyms for its account and for the names in its last part; names that AWS owns stay. */
  arn(text: string): string {
    const [arn = '', partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
    if (account === 'aws' && isMadeOfKnownWords(text)) return text;
    const names = this.has.has('names') || this.has.has('arns');
    const accounts = this.has.has('accounts') || this.has.has('arns');
    const owner = accounts && isAccountId(account) ? this.pseudonyms.of(account, 'account') : account;
    const resource = rest.join(':');
    const head = [
      arn,
      names ? this.known(partition, 'partition') : partition,
      names ? this.known(service, 'service') : service,
      names && !isRegion(region) ? this.known(region, 'region') : region,
      owner,
    ].join(':');
    if (rest.length === 0) return head;
    return `${head}:${names ? this.resource(service, resource) : this.anywhere(resource)}`;
  }

  /** The text under a key, replaced according to its form. @param label the noun if its form does not say */
  value(text: string, label: Label): string {
    if (text === '' || isVocabulary(text)) return text;
    if (text.startsWith('arn:')) return this.isPlainArn(text) ? this.arn(text) : this.anywhereOrText(text);
    const shaped = this.shaped(text, label);
    if (shaped !== undefined) return shaped;
    if (!this.has.has('names')) return this.anywhere(text);
    if (text.length > LONGEST) return TOO_LONG;
    if (/\s/.test(text)) return this.pseudonyms.of(text, label === 'user' ? label : 'text');
    const known = this.pseudonyms.find(text);
    if (known !== undefined) return known;
    const url = URL_PARTS.exec(text);
    if (url) return this.url(url);
    if (!/[/:]/.test(text)) return this.segment(text, label);
    return this.segments(text, label);
  }

  /** A sentence written by a service, such as an error message: its words stay, names in it are replaced. */
  sentence(text: string): string {
    return this.around(ANYWHERE, text, (part) => this.words(part));
  }

  /** Replaces what has these forms with pseudonyms, and applies `redact` to the text between. */
  private around(forms: RegExp, text: string, redact: (part: string) => string): string {
    let left = '';
    let last = 0;
    for (const { 0: found, index } of text.matchAll(forms)) {
      const pseudonym = this.anywhere(found);
      // 10:20:30 resembles an address but is not one.
      if (pseudonym === found) continue;
      left += redact(text.slice(last, index)) + pseudonym;
      last = index + found.length;
    }
    return left + redact(text.slice(last));
  }

  /** Replaces only parts that are identifiers by their form alone. */
  anywhere(text: string): string {
    return text.replace(ANYWHERE, (found) => {
      if (found.startsWith('arn:')) {
        const end = /[.:]*$/.exec(found)?.[0] ?? '';
        return this.arn(found.slice(0, found.length - end.length)) + end;
      }
      return this.shaped(found) ?? found;
    });
  }

  /**
   * The pseudonym of an account, address, key, ID or e-mail address; the text itself if it stays; undefined for any
   * other text.
   * @param label the noun if its form does not say
   */
  private shaped(text: string, label: Label = ''): string | undefined {
    if (isAccountId(text)) return this.account(text);
    if (isUniqueId(text)) return this.has.has('keys') ? this.pseudonyms.ofUniqueId(text) : text;
    if (isEmail(text)) {
      if (this.has.has('emails')) return this.pseudonyms.of(text, label === 'user' ? label : 'email');
      return this.has.has('names') ? undefined : text;
    }
    const known = this.knownAccount(text);
    if (known !== undefined) return known;
    if (isMac(text) && networkOf(text) === undefined) {
      return this.has.has('addresses') ? this.pseudonyms.of(text, 'mac') : undefined;
    }
    if (isDecimalAddress(text) && this.has.has('addresses')) return this.pseudonyms.ofAddress(text, text);
    if (isCard(text)) return this.has.has('names') ? this.pseudonyms.of(text, 'card') : text;
    if (isPlace(text)) return this.has.has('names') ? this.pseudonyms.of(text, 'place') : text;
    if (isPhone(text)) return this.has.has('names') ? this.pseudonyms.of(text, 'phone') : text;
    const [address = '', bits] = text.split('/');
    const network = networkOf(address);
    if (network !== undefined && (bits === undefined || /^\d{1,3}$/.test(bits))) {
      if (!this.has.has('addresses')) return text;
      return this.pseudonyms.ofAddress(address, network) + (bits === undefined ? '' : `/${bits}`);
    }
    return undefined;
  }

  private name(text: string, label: Label): string {
    return this.has.has('names') ? this.pseudonyms.of(text, label) : this.anywhere(text);
  }

  /** A part of a path, without separators. */
  private segment(text: string, label: Label): string {
    if (isKeptSegment(text)) return text;
    const shaped = this.shaped(text, label);
    if (shaped !== undefined) return shaped;
    const prefix = resourceIdPrefix(text);
    if (prefix !== undefined) return this.pseudonyms.ofResourceId(text, prefix);
    if (HOST.test(text) && text.endsWith('.amazonaws.com')) return this.host(text);
    return this.pseudonyms.of(text, isGuid(text) && (label === 'value' || label === 'name') ? 'id' : label);
  }

  /** The part of an ARN after the account. Its first word is the type: `role/…`, `function:…`. */
  private resource(service: string, text: string): string {
    if (service === 's3') {
      const slash = text.indexOf('/');
      if (slash < 0) return this.segments(text, 'bucket');
      return this.segments(text.slice(0, slash), 'bucket') + this.segments(text.slice(slash), 'object');
    }
    const [type = '', separator = ''] = /^([a-z][a-zA-Z-]*)([/:])/.exec(text)?.slice(1) ?? [];
    // The ARN of a topic's subscription begins with the topic's name.
    if (separator === '' || !isMadeOfKnownWords(type)) return this.segments(text, SINGLE[service] ?? 'name');
    const rest = text.slice(type.length + 1);
    if (type === 'assumed-role') {
      const [role = '', ...session] = rest.split('/');
      return `${type}/${this.segments(role, 'role')}${session.length > 0 ? `/${this.segments(session.join('/'), 'user')}` : ''}`;
    }
    const label = type === 'federated-user' ? 'user' : type === 'key' ? type : labelOf(type);
    // In IAM, the name follows a path.
    const name = service === 'iam' ? rest.lastIndexOf('/') + 1 : 0;
    return type + separator + this.segments(rest.slice(0, name), 'path') + this.segments(rest.slice(name), label);
  }

  private segments(text: string, label: Label): string {
    if (text.length > LONGEST) return TOO_LONG;
    return this.around(WHOLE_FORMS, text, (part) =>
      part.replaceAll(/[^/:]+/g, (segment) => this.segment(segment, label)),
    );
  }

  private url([, scheme = '', host = '', path = '', query = '']: readonly string[]): string {
    const rest = query.length > 1 ? `${query[0] ?? ''}${this.pseudonyms.of(query.slice(1), 'value')}` : query;
    return scheme + this.host(host) + this.segments(path, 'name') + rest;
  }

  private host(text: string): string {
    const shaped = this.shaped(text);
    if (shaped !== undefined) return shaped;
    if (!/\.(?:amazonaws\.com|aws\.amazon\.com)(?:\.cn)?$/.test(text)) return this.pseudonyms.of(text, 'host');
    return text
      .split('.')
      .map((label) => (isHostLabel(label) ? label : (this.shaped(label) ?? this.pseudonyms.of(label, 'host'))))
      .join('.');
  }

  private words(text: string): string {
    if (!this.has.has('names')) return text;
    return text.replaceAll(
      /(['"`]?)([\p{L}\p{M}\p{N}_+=,.@:/*$%~-]+)(['"`]?)/gu,
      (_, before: string, word: string, after: string) => {
        const end = /[.,:;=]*$/.exec(word)?.[0] ?? '';
        const bare = word.slice(0, word.length - end.length);
        return before + this.word(bare, before !== '' && before === after) + end + after;
      },
    );
  }

  /**
   * One word of a sentence. It is a name if it is quoted, contains digits or underscores, or is not made of known
   * words.
   */
  private word(text: string, isQuoted: boolean): string {
    if (text === '' || isVocabulary(text)) return text;
    const known = this.pseudonyms.find(text);
    if (known !== undefined) return known;
    // For example, an encoded authorization failure message.
    if (text.length > LONGEST_WORD) return TOO_LONG;
    if (/[/:]/.test(text)) {
      return text.includes('://')
        ? this.value(text, 'name')
        : text.replaceAll(/[^/:]+/g, (segment) => this.word(segment, isQuoted));
    }
    if (isQuoted || /[\d_]/.test(text)) return this.segment(text, 'name');
    return this.knownParts(text);
  }

  /** Replaces known names between the dots, hyphens and so on of a word; treats the rest as words. */
  private knownParts(text: string): string {
    const parts = text.split(/([.,=+@-])/);
    if (parts.length > 15) return this.pseudonyms.of(text, 'name');
    for (let length = parts.length; length > 0; length -= 2) {
      for (let from = 0; from + length <= parts.length; from += 2) {
        const known = this.pseudonyms.find(parts.slice(from, from + length).join(''));
        if (known === undefined) continue;
        const before = this.knownParts(parts.slice(0, from).join(''));
        return before + known + this.knownParts(parts.slice(from + length).join(''));
      }
    }
    // In `bucket=kane,key=…`, each part between these is separate.
    return text.replaceAll(/[^,=]+/g, (part) => {
      const [, before = '', word = '', after = ''] = /^([.+@-]*)(.*?)([.+@-]*)$/.exec(part) ?? [];
      return before + this.known(word, 'name') + after;
    });
  }

  /** The text itself if it is made of known words, else its pseudonym. */
  private known(text: string, label: Label): string {
    return isMadeOfKnownWords(text) ? text : this.pseudonyms.of(text, label);
  }

  private isPlainArn(text: string): boolean {
    return text.length <= LONGEST && !/\s/.test(text) && text.split(':').length >= 6;
  }

  private anywhereOrText(text: string): string {
    return this.has.has('names') ? this.pseudonyms.of(text.slice(0, LONGEST), 'text') : this.anywhere(text);
  }
}

/** The noun for services whose ARNs end with a plain name. */
const SINGLE: Readonly<Record<string, Label>> = { sns: 'topic', sqs: 'queue', s3: 'bucket' };
