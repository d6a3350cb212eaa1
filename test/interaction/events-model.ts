/**
 * A plain model of a report, made from its `events.tsv` alone: which events a query finds, in which order they stand and
 * what each cell says. It shares with the page what columns are called and what they hold, so that it knows every one of
 * them, and which spellings of a resource's name mean the same, which has tests of its own; it evaluates queries in its own,
 * simple way.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { COLUMNS } from '#shared/model/columns.js';
import { arnService, AskedName } from '#shared/model/resource-name.js';
import { SIGN_IN_NAMES, SIGN_IN_SERVICE } from '#shared/model/sign-in.js';
import { FIELD_NAMES } from '#shared/query/fields.js';

/** A term of a query, as far as the test writes or meets it. */
export type Term =
  | { readonly kind: 'word'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'field'; readonly column: string; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'regex'; readonly column: string | undefined; readonly source: string }
  | { readonly kind: 'time'; readonly from: number; readonly to: number }
  | { readonly kind: 'not'; readonly of: Term }
  | { readonly kind: 'or' | 'and'; readonly of: readonly Term[] };

/** Its terms must all hold. */
export type Terms = readonly Term[];

/** What the table is sorted by. */
export interface Key {
  readonly column: string;
  readonly isDescending: boolean;
}

/** Columns whose cells are mostly different: they are read from the file when they are asked for. */
const TEXTS = columnsOf('text', 'json');
const JSON_TEXTS = columnsOf('json');
/** Columns of which a cell is several names. */
const LISTS = columnsOf('list');

function columnsOf(...kinds: readonly string[]): ReadonlySet<string> {
  return new Set(COLUMNS.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name));
}

/** In lower case, as queries and links have them. */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...COLUMNS.map(({ name }) => [name.toLowerCase(), name] as const),
  ...FIELD_NAMES,
]);

/** Columns of which `x` finds `x.amazonaws.com`, and which show it so. */
const SHORTENED: ReadonlySet<string> = new Set([
  'eventSource',
  'actor',
  'behind',
  'sourceIPAddress',
  'invokedBy',
  'userAgent',
]);
const SUFFIX = '.amazonaws.com';
export const OUTCOMES = ['change', 'read', 'error'] as const;
export const CHARTED = [
  'behind',
  'eventName',
  'eventSource',
  'sourceIPAddress',
  'awsRegion',
  'errorCode',
  'type',
] as const;
const DENIED = /denied|unauthori[sz]ed|notauthori[sz]ed|authorizationerror|forbidden/i;
/** A sign-in that failed without a code was refused too. */
const DENIALS: Term = {
  kind: 'or',
  of: [
    { kind: 'regex', column: 'errorCode', source: DENIED.source },
    {
      kind: 'and',
      of: [
        { kind: 'not', of: { kind: 'regex', column: 'errorCode', source: '.' } },
        {
          kind: 'or',
          of: [field('eventSource', SIGN_IN_SERVICE), { kind: 'regex', column: 'eventName', source: SIGN_IN_NAMES }],
        },
      ],
    },
  ],
};
const ERRORS: Term = field('outcome', 'error');
const NO_DENIALS: Term = { kind: 'not', of: DENIALS };
const DAY = 86_400_000;

/** One column: each event's number of a value. */
interface Coded {
  readonly values: string[];
  readonly codes: Uint32Array;
}

export class EventsModel {
  readonly size: number;
  readonly times: Float64Array;
  readonly names: readonly string[];
  private readonly coded = new Map<string, Coded>();
  private readonly lines: Float64Array;
  private readonly found = new Map<string, Uint8Array>();

  private constructor(
    private readonly bytes: Buffer,
    readonly manifest: EmbeddedManifest,
  ) {
    const ends: number[] = [];
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at + 1);
    this.lines = Float64Array.from(ends);
    this.size = ends.length - 1;
    this.names = bytes.toString('utf8', 0, (ends[0] ?? 1) - 1).split('\t');
    this.times = new Float64Array(this.size);
    const maps = new Map<string, Map<string, number>>();
    for (const name of this.names) {
      if (TEXTS.has(name) || name === 'eventTime') continue;
      this.coded.set(name, { values: [''], codes: new Uint32Array(this.size) });
      maps.set(name, new Map([['', 0]]));
    }
    for (let row = 0; row < this.size; row++) {
      const cells = this.cells(row);
      this.names.forEach((name, i) => {
        const cell = cells[i] ?? '';
        if (name === 'eventTime') this.times[row] = Date.parse(cell);
        const column = this.coded.get(name);
        const map = maps.get(name);
        if (!column || !map || cell === '') return;
        let code = map.get(cell);
        if (code === undefined) {
          // A copy: a part of a line would keep the whole line.
          const value = Buffer.from(unescaped(cell)).toString();
          code = column.values.push(value) - 1;
          map.set(cell, code);
        }
        column.codes[row] = code;
      });
    }
  }

  /** Reads the report in this folder; it must list every event. */
  static of(folder: string): EventsModel {
    const html = readFileSync(path.join(folder, 'index.html'));
    const start = html.indexOf('>', html.indexOf('<script type="application/json"')) + 1;
    const manifest = JSON.parse(html.toString('utf8', start, html.indexOf('</script>', start))) as EmbeddedManifest;
    const model = new EventsModel(readFileSync(path.join(folder, 'events.tsv')), manifest);
    if (manifest.rows !== model.size) throw new Error('the page does not list every event of events.tsv');
    return model;
  }

  /** Whether the page holds all text of the events: a large one leaves some to `events.tsv`. */
  get isWhole(): boolean {
    const { omitted, shortened } = this.manifest.detail;
    return omitted.length === 0 && Object.keys(shortened).length === 0;
  }

  /** An event's value, without escapes. */
  value(row: number, name: string): string {
    const column = this.coded.get(name);
    if (column) return column.values[column.codes[row] as number] as string;
    const cell = this.cells(row)[this.names.indexOf(name)] ?? '';
    return JSON_TEXTS.has(name) ? unguarded(cell) : unescaped(cell);
  }

  /** The values of a coded column, the empty one first. */
  valuesOf(name: string): readonly string[] {
    return this.coded.get(name)?.values ?? [];
  }

  /** 1 for each event that the terms find. */
  find(terms: Terms): Uint8Array {
    const found = new Uint8Array(this.size).fill(1);
    for (const term of terms) {
      const mask = this.mask(term);
      for (let row = 0; row < found.length; row++) if (mask[row] === 0) found[row] = 0;
    }
    return found;
  }

  /** The events that are marked, in the order of the keys; among equals the newest first. */
  sorted(found: Uint8Array, keys: readonly Key[]): Uint32Array {
    let count = 0;
    for (let row = 0; row < found.length; row++) count += found[row] as number;
    let order = new Uint32Array(count);
    for (let row = found.length - 1, at = 0; row >= 0; row--) if (found[row] === 1) order[at++] = row;
    const [only] = keys;
    if (keys.length === 1 && only?.column === 'eventTime') return only.isDescending ? order : order.reverse();
    // Each pass keeps what the one before put in order: the first key has the last word.
    for (const key of [...keys].reverse()) order = inOrderOf(order, this.ranks(key));
    return order;
  }

  /** How many of the marked events have each value, by outcome. */
  counts(found: Uint8Array, name: string): Map<string, [number, number, number]> {
    const counts = new Map<string, [number, number, number]>();
    const column = this.coded.get(name);
    const outcomes = this.coded.get('outcome');
    if (!column || !outcomes) return counts;
    const places = outcomes.values.map((value) => Math.max(0, OUTCOMES.indexOf(value as 'read')));
    const sums = new Uint32Array(column.values.length * 3);
    for (let row = 0; row < found.length; row++)
      if (found[row] === 1)
        (sums[(column.codes[row] as number) * 3 + (places[outcomes.codes[row] as number] as number)] as number)++;
    column.values.forEach((value, code) => {
      const of = [sums[code * 3], sums[code * 3 + 1], sums[code * 3 + 2]] as [number, number, number];
      if (of[0] + of[1] + of[2] > 0) counts.set(value, of);
    });
    return counts;
  }

  /** What the cell of a table says about an event, in a language and a zone. */
  shown(row: number, name: string, language: 'en' | 'ja', zone: string): string {
    const value = name === 'eventTime' ? '' : this.value(row, name);
    switch (name) {
      case 'eventTime':
        return shownTime(this.times[row] as number, zone);
      case 'outcome':
        return outcomeWord(value, this.isDenied(row), language);
      case 'actor': {
        const role = this.value(row, 'role');
        return shortened(name, value) + (role === '' || role === value ? '' : ` (${role})`);
      }
      case 'resources': {
        const [first = '', ...more] = value.split('; ');
        return withoutArn(first) + (more.length === 0 ? '' : ` +${String(more.length)}`);
      }
      default:
        return shortened(name, value.slice(0, 400));
    }
  }

  /** The event with this time and beginning of its ID; -1 where there is none. */
  rowOf(second: number, id: string): number {
    let row = this.times.findIndex((time) => time >= second);
    for (; row >= 0 && row < this.size && (this.times[row] as number) < second + 1000; row++)
      if (this.value(row, 'eventID').startsWith(id)) return row;
    return -1;
  }

  private isDenied(row: number): boolean {
    const code = this.value(row, 'errorCode');
    if (code !== '') return DENIED.test(code);
    const name = this.value(row, 'eventName');
    return this.value(row, 'eventSource') === SIGN_IN_SERVICE || new RegExp(SIGN_IN_NAMES, 'i').test(name);
  }

  private cells(row: number): string[] {
    return this.bytes.toString('utf8', this.lines[row], (this.lines[row + 1] as number) - 1).split('\t');
  }

  /** Each event's place among the values of a column, from 0; the same for equal values. */
  private ranks({ column: name, isDescending }: Key): Ranks {
    const of = new Uint32Array(this.size);
    const column = this.coded.get(name);
    if (!column) {
      // Events are in the order of their times.
      let last = 0;
      for (let row = 0; row < this.size; row++)
        of[row] = row > 0 && this.times[row] !== this.times[row - 1] ? ++last : last;
      if (isDescending) for (let row = 0; row < this.size; row++) of[row] = last - (of[row] as number);
      return { of, count: last + 1 };
    }
    // By the names of a list one after the other, case ignored, those that differ in case only are equal or not as they come first.
    const values = column.values.map((value, code) => ({
      bytes: Buffer.from(value.toLowerCase().replaceAll('; ', '\0')),
      code,
    }));
    const sorted = values.slice(1).sort((a, b) => Buffer.compare(a.bytes, b.bytes) || a.code - b.code);
    const rankOf = new Uint32Array(column.values.length);
    sorted.forEach(({ code }, rank) => (rankOf[code] = isDescending ? sorted.length - 1 - rank : rank));
    // What has no value is last in both directions.
    rankOf[0] = sorted.length;
    for (let row = 0; row < this.size; row++) of[row] = rankOf[column.codes[row] as number] as number;
    return { of, count: sorted.length + 1 };
  }

  /** Not to be changed. */
  private mask(term: Term): Uint8Array {
    const key = JSON.stringify(term);
    const known = this.found.get(key);
    if (known) return known;
    const mask = this.look(term);
    this.found.set(key, mask);
    for (const oldest of this.found.keys()) {
      if (this.found.size <= 24) break;
      this.found.delete(oldest);
    }
    return mask;
  }

  private look(term: Term): Uint8Array {
    const mask = new Uint8Array(this.size);
    switch (term.kind) {
      case 'not':
        return this.mask(term.of).map((is) => 1 - is);
      case 'or':
        for (const side of term.of) this.mask(side).forEach((is, row) => is === 1 && (mask[row] = 1));
        return mask;
      case 'and':
        return this.find(term.of);
      case 'time':
        for (let row = 0; row < mask.length; row++)
          if ((this.times[row] as number) >= term.from && (this.times[row] as number) < term.to) mask[row] = 1;
        return mask;
      case 'field':
        if (term.column === 'outcome' && /^(?:denied|failed)$/i.test(term.text))
          return this.find([ERRORS, term.text.toLowerCase() === 'denied' ? DENIALS : NO_DENIALS]);
        // A failure need not have a code.
        if (term.column === 'errorCode' && term.text === '*' && !term.quoted) return this.mask(ERRORS);
        if (LISTS.has(term.column) && !term.quoted && !/[*?]/.test(term.text)) this.markNaming(mask, term);
        else this.mark(mask, term.column, fieldTest(term));
        return mask;
      case 'regex': {
        const regex = new RegExp(term.source, 'i');
        const test = (value: string): boolean => regex.test(value);
        for (const name of term.column === undefined ? this.names : [term.column]) this.mark(mask, name, test);
        return mask;
      }
      case 'word': {
        const test = partTest(term.text, term.quoted);
        for (const name of this.names) this.mark(mask, name, test);
        return mask;
      }
    }
  }

  /** Marks the events that name a resource, in whatever spelling: what some mean depends on where the event was. */
  private markNaming(mask: Uint8Array, { column, text }: Extract<Term, { kind: 'field' }>): void {
    const asked = new AskedName(text);
    const known = new Map<string, boolean>();
    for (let row = 0; row < mask.length; row++) {
      const cell = this.value(row, column);
      if (cell === '') continue;
      const account = this.value(row, 'recipientAccountId') || this.value(row, 'accountId');
      const place = {
        account,
        region: this.value(row, 'awsRegion'),
        service: arnService(this.value(row, 'eventSource')),
      };
      const key = [cell, account, place.region, place.service].join('\t');
      let means = known.get(key);
      if (means === undefined) {
        means = cell.split('; ').some((name) => asked.means(name, place));
        known.set(key, means);
      }
      if (means) mask[row] = 1;
    }
  }

  private mark(mask: Uint8Array, name: string, test: (value: string) => boolean): void {
    if (name === 'eventTime') return;
    const column = this.coded.get(name);
    if (column) {
      const hits = column.values.map((value) =>
        (LISTS.has(name) ? value.split('; ') : [value]).some(
          (one) => test(one) || (one.endsWith(SUFFIX) && test(one.slice(0, -SUFFIX.length))),
        ),
      );
      for (let row = 0; row < mask.length; row++) if (hits[column.codes[row] as number]) mask[row] = 1;
      return;
    }
    for (let row = 0; row < mask.length; row++) if (mask[row] === 0 && test(this.value(row, name))) mask[row] = 1;
  }
}

interface Ranks {
  readonly of: Uint32Array;
  /** How many different ones there are. */
  readonly count: number;
}

/** The rows in the order of their ranks; those of one rank stay as they are. */
function inOrderOf(rows: Uint32Array, { of, count }: Ranks): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(count + 1);
  for (const row of rows) (starts[(of[row] as number) + 1] as number)++;
  for (let rank = 0; rank < count; rank++) (starts[rank + 1] as number) += starts[rank] as number;
  const order = new Uint32Array(rows.length);
  for (const row of rows) order[(starts[of[row] as number] as number)++] = row;
  return order;
}

/** The terms of a query's text; undefined where it has a fault. */
export function parseTerms(text: string): Terms | undefined {
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  const clauses = (): Term[] => {
    const all: Term[] = [];
    while (at < tokens.length && tokens[at] !== ')') all.push(clause());
    return all;
  };
  const clause = (): Term => {
    const sides = [unary()];
    while (tokens[at] === '|') {
      at++;
      sides.push(unary());
    }
    if (sides.length === 1) return sides[0] as Term;
    return { kind: 'or', of: sides.flatMap((side) => (side.kind === 'or' ? side.of : [side])) };
  };
  const unary = (): Term => {
    const token = tokens[at++];
    if (token === undefined || token === '|' || token === ')') throw new Error('a side is missing');
    if (token === '(' || token === '-(') {
      const of = clauses();
      if (tokens[at++] !== ')') throw new Error('a group is open');
      const group: Term = of.length === 1 ? (of[0] as Term) : { kind: 'and', of };
      return token === '(' ? group : { kind: 'not', of: group };
    }
    return token.startsWith('-') && token.length > 1 ? { kind: 'not', of: termOf(token.slice(1)) } : termOf(token);
  };
  try {
    const all = clauses();
    return at < tokens.length ? undefined : all;
  } catch {
    return undefined;
  }
}

/** Signs that stand alone, and terms: a quoted text or a regular expression may hold blanks. */
const TOKEN =
  /-?\(|\)|\||-?(?:[A-Za-z]+:)?(?:[<>]=?)?(?:"(?:\\["\\]|[^"])*"|\/(?:\\.|[^/\\])+\/(?=[\s)|]|$)|[^\s()|]+)/g;

function termOf(token: string): Term {
  if (/^readonly$/i.test(token)) return { kind: 'or', of: [field('readOnly', 'true'), field('outcome', 'read')] };
  const named = /^([A-Za-z]+):/.exec(token);
  const name = named?.[1] ?? '';
  const column = columnNamed(name);
  if (!named || column === undefined || /^arn:aws/i.test(token)) return wordOf(token);
  const rest = token.slice(named[0].length);
  if (column === 'eventTime') return timeOf(rest);
  if (rest.startsWith('/')) return regexOf(column, rest);
  if (rest === '') throw new Error('a value is missing');
  const quoted = rest.startsWith('"');
  const text = quoted ? unquoted(rest) : rest;
  return { kind: 'field', column, text, quoted };
}

function wordOf(token: string): Term {
  if (/^\/.+\/$/s.test(token)) return regexOf(undefined, token);
  const quoted = token.startsWith('"');
  return { kind: 'word', text: quoted ? unquoted(token) : token, quoted };
}

/** Throws where it is no regular expression. */
function regexOf(column: string | undefined, text: string): Term {
  const source = /^\/(.+)\/$/s.exec(text)?.[1]?.replaceAll('\\/', '/');
  if (source === undefined) throw new Error('a regular expression is open');
  new RegExp(source);
  return { kind: 'regex', column, source };
}

function unquoted(text: string): string {
  if (text.length < 2 || !text.endsWith('"')) throw new Error('a quote is open');
  return text.slice(1, -1).replace(/\\(["\\])/g, '$1');
}

export function field(column: string, text: string): Term {
  return { kind: 'field', column, text, quoted: /[*?]/.test(text) };
}

/** What a time of so many characters covers, in milliseconds; a year and a month are not always as long. */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [4, NaN],
  [7, NaN],
  [10, DAY],
  [13, 3_600_000],
  [16, 60_000],
  [19, 1000],
  [23, 1],
]);

/** Times with an operator or none. Throws where it is none. */
function timeOf(text: string): Term {
  const match = /^([<>]=?)?"?([^"]+?)"?$/.exec(text);
  const written = match?.[2] ?? '';
  const from = Date.parse(`${written}${'2000-01-01T00:00:00.000'.slice(written.length)}Z`);
  if (Number.isNaN(from) || !LENGTHS.has(written.length)) throw new Error('this is no time');
  const month = new Date(from);
  const to =
    written.length === 4
      ? Date.UTC(month.getUTCFullYear() + 1, 0)
      : written.length === 7
        ? Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1)
        : from + (LENGTHS.get(written.length) ?? 0);
  switch (match?.[1]) {
    case '>=':
      return { kind: 'time', from, to: Infinity };
    case '>':
      return { kind: 'time', from: to, to: Infinity };
    case '<':
      return { kind: 'time', from: -Infinity, to: from };
    case '<=':
      return { kind: 'time', from: -Infinity, to };
    default:
      return { kind: 'time', from, to };
  }
}

function fieldTest({ column, text, quoted }: Extract<Term, { kind: 'field' }>): (value: string) => boolean {
  if (text === '*' && !quoted) return (value) => value !== '';
  if (TEXTS.has(column)) return partTest(text, quoted);
  if (quoted || !/[*?]/.test(text)) {
    const wanted = text.toLowerCase();
    return (value) => value.toLowerCase() === wanted;
  }
  const regex = new RegExp(`^${wild(text)}$`, 'is');
  return (value) => regex.test(value);
}

function partTest(text: string, quoted: boolean): (value: string) => boolean {
  const regex = new RegExp(quoted ? escaped(text) : wild(text), 'is');
  return (value) => regex.test(value);
}

function wild(text: string): string {
  return escaped(text).replaceAll('\\*', '.*').replaceAll('\\?', '.');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** The column that a link or a query names. */
export function columnNamed(name: string): string | undefined {
  return BY_NAME.get(name.toLowerCase());
}

function unguarded(cell: string): string {
  return /^'[=+\-@"\s]/.test(cell) ? cell.slice(1) : cell;
}

function unescaped(cell: string): string {
  const letters: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n', '\\': '\\' };
  return unguarded(cell).replace(/\\(.)/g, (_, letter: string) => letters[letter] ?? `\\${letter}`);
}

function shortened(name: string, value: string): string {
  return SHORTENED.has(name) && value.endsWith(SUFFIX) && value.length > SUFFIX.length
    ? value.slice(0, -SUFFIX.length)
    : value;
}

function withoutArn(name: string): string {
  return /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(name)?.[1] ?? name;
}

const WORDS = {
  en: { change: 'changed', read: 'read', denied: 'denied', failed: 'failed' },
  ja: { change: '変更', read: '参照', denied: '拒否', failed: '失敗' },
} as const;

function outcomeWord(outcome: string, isDenied: boolean, language: 'en' | 'ja'): string {
  const words = WORDS[language];
  if (outcome === 'error') return isDenied ? words.denied : words.failed;
  return words[outcome as 'read'];
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

/** Such as `2025-03-06 02:14:37`, with milliseconds where there are some. */
export function shownTime(time: number, zone: string): string {
  let clock = CLOCKS.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    CLOCKS.set(zone, clock);
  }
  const ms = time % 1000;
  return clock.format(time) + (ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`);
}
