/** Logs that are wrong, odd or damaged in ways that are told apart: of records, of what they come in, of text, of bytes. */
import { gzipSync } from 'node:zlib';
import { Random } from '../support/random.js';

/** A record's members as JSON text. */
type Members = [key: string, value: string][];
/** A record, or what stands in the place of one. */
type Item = Members | string;

/** A log on its way: records become text, text becomes bytes, bytes become files. */
interface Log {
  items: Item[];
  /** Makes text of the items. */
  shape: (items: readonly string[]) => string;
  space: string;
  text: ((text: string) => string)[];
  bytes: ((bytes: Buffer) => Buffer)[];
  /** Below the log's own folder. */
  name: string;
  /** Beside it, under this name, the same bytes again. */
  copies: string[];
}

type Mutate = (log: Log, random: Random) => void;

const list = (key: string) => (items: readonly string[]) => `{"${key}":[${items.join(',\n')}]}`;

const SHAPES: readonly Log['shape'][] = [
  list('Records'),
  (items) => items.join('\n'),
  (items) => `[${items.join(',')}]`,
  (items) => items.join(''),
  (items) => items.join(',\n'),
  (items) => `{"Records":[]}${list('Records')(items)}`,
  (items) => `{"x":{"y":[1,"z"]},"Records":[${items.join(',')}],"NextToken":"a"}`,
  (items) => `{"Records":[${items.slice(0, 1).join('')}],"Records":[${items.slice(1).join(',')}]}`,
  (items) => `{"Records":null,"Records":[${items.join(',')}]}`,
  (items) => `{"R\\u0065cords":[${items.join(' , ')}]}`,
  (items) => list('Events')(items.map((item) => `{"EventId":"1","CloudTrailEvent":${JSON.stringify(item)}}`)),
  (items) =>
    `{"messageType":"DATA_MESSAGE","logEvents":[${items.map((item) => `{"id":"1","timestamp":1,"message":${JSON.stringify(item)}}`).join(',')}]}`,
  (items) => list('events')(items.map((item) => `{"logStreamName":"s","message":${JSON.stringify(item)}}`)),
  (items) =>
    items.map((item) => `{"version":"0","detail-type":"AWS API Call via CloudTrail","detail":${item}}`).join('\n'),
  (items) => `[${items.map((item) => list('Records')([item])).join(',')}]`,
  (items) => JSON.stringify(list('Records')(items)),
];

const member = (record: Members, key: string): [string, string] | undefined => record.find(([name]) => name === key);

/** The records that are still records, one by chance. */
function anyRecord({ items }: Log, random: Random): Members {
  const records = items.filter((item) => typeof item !== 'string');
  return records.length === 0 ? [] : random.pick(records);
}

function set(record: Members, key: string, value: string): void {
  const known = member(record, key);
  if (known === undefined) record.push([key, value]);
  else known[1] = value;
}

const VALUES = ['null', 'true', 'false', '0', '-0', '1.0', '1e5', '1.10E-7', '12345678901234567890', '0.1e+2', '""', '"x"', '"\\u0041\\n\\t\\"\\\\\\/"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\udc00x"', '"\\u0000"', '[]', '{}', '[1,"a",null]', '{"a":{"b":[1.50]}}', '"{\\"a\\":1}"', '"日本語 ß İ"', '"=1+1"', '" "', '"\\u2028\\ufeff"', '"a\\\\tb"', '{"":0,"__proto__":1}']; // prettier-ignore
const TIMES = ['"2025-03-03T10:00:00Z"', '"2025-03-03T10:00:00.123Z"', '"2025-03-03T10:00:00+09:00"', '"20250303T100000Z"', '"2025-03-03 10:00:00"', '"2025-02-30T10:00:00Z"', '"2025-03-03T10:00:60Z"', '"never"', 'null', '""', '0', '"1969-12-31T23:59:59Z"', '"2106-02-07T06:28:16Z"', '"2025-13-01T00:00:00Z"', '"2025-03-03"', '"\\u0032025-03-03T10:00:00Z"']; // prettier-ignore
const KEYS = ['eventName', 'eventSource', 'awsRegion', 'sourceIPAddress', 'userAgent', 'errorCode', 'errorMessage', 'requestParameters', 'responseElements', 'additionalEventData', 'userIdentity', 'requestID', 'eventType', 'readOnly', 'recipientAccountId', 'resources', 'tlsDetails', 'madeUpField', 'eventVersion', 'serviceEventDetails', 'sharedEventID', 'addendum', 'apiVersion', 'managementEvent']; // prettier-ignore

/** Fields that are objects where AWS writes them; in others an object is text, spaces and all. */
const IS_JSON = /Parameters|Elements|Data|Details|userIdentity|resources/;

/** Spaces the JSON of a compact text out, but not within strings. */
function spaced(json: string, random: Random): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|[[\]{},:]/g, (token) =>
    random.chance(0.3) ? `${token}${random.pick([' ', '\n', '\t', '\r\n  ', '   '])}` : token,
  );
}

function escaped(json: string, random: Random): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replace(/[a-zA-Z0-9]/g, (letter) =>
      random.chance(0.2) ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter,
    ),
  );
}

/** As Java's, Go's, PHP's and Python's encoders do it. */
function escapedAsEncodersDo(json: string, random: Random): string {
  const set = random.pick([/[/]/g, /[<>&'=]/g, /[^ -~]/g]);
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replace(set, (character) =>
      character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
}

function copyOf(log: Log, random: Random, change: (copy: Members) => void): void {
  const copy = anyRecord(log, random).map(([key, value]): [string, string] => [key, value]);
  if (copy.length === 0) return;
  change(copy);
  log.items.splice(random.below(log.items.length + 1), 0, copy);
}

const RECORDS: Readonly<Record<string, Mutate>> = {
  'a value of any kind': (log, random) => set(anyRecord(log, random), random.pick(KEYS), random.pick(VALUES)),
  'a field of the identity': (log, random) =>
    set(
      anyRecord(log, random),
      'userIdentity',
      `{"type":${random.pick(VALUES)},"userName":${random.pick(VALUES)},"arn":${random.pick(VALUES)},"sessionContext":${random.pick(VALUES)}}`,
    ),
  'a key twice': (log, random) => {
    const record = anyRecord(log, random);
    if (record.length > 0) record.splice(random.below(record.length), 0, [random.pick(KEYS), random.pick(VALUES)]);
  },
  'no such key': (log, random) => {
    const record = anyRecord(log, random);
    if (record.length > 0) record.splice(random.below(record.length), 1);
  },
  'another order': (log, random) => void anyRecord(log, random).sort(() => random.next() - 0.5),
  'another name': (log, random) => {
    const record = anyRecord(log, random);
    if (record.length > 0)
      random.pick(record)[0] = random.pick(['EventName', 'eventname', '', 'eventTime ', 'x', 'Records']);
  },
  'deep nesting': (log, random) => {
    const depth = random.pick([3, 30, 300, 1500]);
    const [open, close] = random.pick([
      ['[', ']'],
      ['{"a":', '}'],
    ] as const);
    set(anyRecord(log, random), random.pick(KEYS), `${open.repeat(depth)}1${close.repeat(depth)}`);
  },
  'a huge text': (log, random) =>
    set(
      anyRecord(log, random),
      random.pick(KEYS),
      `"${random.pick(['x', 'ä', '\\u00e4', '\\\\', ' ']).repeat(random.pick([100, 5000, 70_000]))}"`,
    ),
  'another time': (log, random) => set(anyRecord(log, random), 'eventTime', random.pick(TIMES)),
  'another kind': (log, random) => {
    const [key, value] = random.pick([
      ['eventCategory', '"Insight"'],
      ['eventType', '"AwsCloudTrailInsight"'],
      ['eventCategory', '"Aggregated"'],
      ['eventSource', '"aws:s3"'],
      ['digestStartTime', '"2025-03-03T10:00:00Z"'],
    ] as const);
    set(anyRecord(log, random), key, value);
  },
  'no record': ({ items }, random) =>
    void items.splice(
      random.below(items.length + 1),
      0,
      random.pick(['null', '1', '"x"', '[]', '{}', 'true', '{"a":1}', '[[]]', '""']),
    ),
  escapes: (log, random) => {
    const record = anyRecord(log, random);
    for (const entry of record) entry[1] = escaped(entry[1], random);
  },
  'a copy': (log, random) => copyOf(log, random, () => undefined),
  'a copy in another order': (log, random) => copyOf(log, random, (copy) => copy.reverse()),
  'a copy with escapes': (log, random) =>
    copyOf(log, random, (copy) => {
      for (const entry of copy) entry[1] = escapedAsEncodersDo(entry[1], random);
    }),
  'a copy spaced out': (log, random) =>
    copyOf(log, random, (copy) => {
      for (const entry of copy) if (IS_JSON.test(entry[0])) entry[1] = spaced(entry[1], random);
    }),
  'a copy that differs': (log, random) =>
    copyOf(log, random, (copy) => set(copy, random.pick(KEYS), random.pick(VALUES))),
};

const at = (text: string, random: Random): number => random.below(text.length + 1);
const replaced = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

const TEXTS: Readonly<Record<string, (random: Random) => (text: string) => string>> = {
  'cut off': (random) => (text) => text.slice(0, at(text, random)),
  'a beginning that is gone': (random) => (text) => text.slice(at(text, random)),
  'a character less': (random) => (text) => {
    const i = at(text, random);
    return replaced(text, i, i + 1, '');
  },
  'a character more': (random) => (text) => {
    const i = at(text, random);
    return replaced(
      text,
      i,
      i,
      random.pick(['{', '}', '[', ']', ',', ':', '"', '\\', '\u0000', '\n', 'x', '\u0007', '\ufeff', ' ', '0']),
    );
  },
  'another character': (random) => (text) => {
    const i = at(text, random);
    return replaced(text, i, i + 1, random.pick(['{', '}', '[', ']', ',', ':', '"', '\\', '\u0000', 'x', '-', '\t']));
  },
  'a piece less': (random) => (text) => {
    const i = at(text, random);
    return replaced(text, i, i + random.below(3000), '');
  },
  'a piece twice': (random) => (text) => {
    const i = at(text, random);
    return replaced(text, i, i, text.slice(i, i + random.below(3000)));
  },
  'something behind it': (random) => (text) =>
    text +
    random.pick([
      '}',
      ']',
      ',',
      '\n\n',
      'garbage',
      '\u0000\u0000',
      '{"Records":[]}',
      '{',
      ' ',
      'null',
      '\n{"Records":[',
      '"',
      '\n}\n',
    ]),
  'something before it': (random) => (text) =>
    random.pick(['\ufeff', '\n \t', ',', '}', 'null', '{"Records":[]}', '[]', '{}', '\ufeff\ufeff', 'x\n']) + text,
  'space all over': (random) => (text) => spaced(text, random),
  twice: () => (text) => text + text,
};

const BYTES: Readonly<Record<string, (random: Random) => (bytes: Buffer) => Buffer>> = {
  'no UTF-8': (random) => (bytes) => {
    const i = random.below(bytes.length + 1);
    const wrong = random.pick([[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf8], [0x80]]);
    return Buffer.concat([bytes.subarray(0, i), Buffer.from(wrong), bytes.subarray(i)]);
  },
  'a bit flipped': (random) => (bytes) => {
    const copy = Buffer.from(bytes);
    const i = random.below(bytes.length);
    if (bytes.length > 0) copy[i] = (copy[i] as number) ^ (1 << random.below(8));
    return copy;
  },
  'UTF-16': (random) => (bytes) => {
    const utf16 = Buffer.from(random.pick(['\ufeff', '']) + bytes.toString(), 'utf16le');
    return random.chance(0.3) && utf16[0] === 0xff ? utf16.swap16() : utf16;
  },
  'nothing at all': () => () => Buffer.alloc(0),
  'zeros behind it': () => (bytes) => Buffer.concat([bytes, Buffer.alloc(600)]),
  tar: () => (bytes) => tar(bytes),
  'the head of an archive': (random) => (bytes) =>
    Buffer.concat([
      Buffer.from(random.pick(['504b0304', '28b52ffd', 'fd377a585a00', '377abcaf271c', '50415231']), 'hex'),
      bytes,
    ]),
  gzip: () => (bytes) => gzipSync(bytes),
  'gzip twice': () => (bytes) => gzipSync(gzipSync(bytes)),
  'gzip of two members': (random) => (bytes) => {
    const i = random.below(bytes.length + 1);
    return Buffer.concat([gzipSync(bytes.subarray(0, i)), gzipSync(bytes.subarray(i))]);
  },
  'gzip that ends early': (random) => (bytes) => {
    const whole = gzipSync(bytes);
    return whole.subarray(0, 10 + random.below(whole.length - 10));
  },
  'gzip with a bit flipped': (random) => (bytes) => {
    const whole = gzipSync(bytes);
    const i = 10 + random.below(whole.length - 10);
    whole[i] = (whole[i] as number) ^ (1 << random.below(8));
    return whole;
  },
  'gzip with something behind it': (random) => (bytes) =>
    Buffer.concat([
      gzipSync(bytes),
      random.pick([Buffer.alloc(100), Buffer.from('garbage'), bytes, Buffer.from([0x1f]), Buffer.from([0x1f, 0x8b])]),
    ]),
};

function tar(bytes: Buffer): Buffer {
  const head = Buffer.alloc(512);
  head.write('log.json');
  head.write('0000644\0', 100);
  head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write('        ', 148);
  head.write('0', 156);
  head.write('ustar\0', 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([head, bytes, Buffer.alloc(512 - (bytes.length % 512) + 1024)]);
}

const DAY = 'AWSLogs/111122223333';
const FILES: Readonly<Record<string, Mutate>> = {
  'another name of the file': (log, random) => {
    log.name = random.pick([
      'a.JSON',
      'log',
      'a.log.txt',
      'x.json.gz',
      'ä 日本.jsonl',
      `${DAY}/CloudTrail/eu-west-1/2025/03/03/a.json.gz`,
      `${DAY}/CloudTrail-Digest/eu-west-1/2025/03/03/a.json.gz`,
      `${DAY}/CloudTrail-Insight/eu-west-1/2025/03/03/a.json.gz`,
      `${DAY}/Config/eu-west-1/a.json`,
      'a/b/c.ndjson',
      '._a.json',
      '__MACOSX/a.json',
    ]);
  },
  'a copy of the file': ({ copies }, random) =>
    void copies.push(random.pick(['copy.json', 'b/copy.json.gz', '0.json'])),
};

const SHAPE: Mutate = (log, random) => void (log.shape = random.pick(SHAPES));
const SPACE: Mutate = (log) => void (log.space = ' ');

/** Every mutation by name, with how often it comes. */
const ALL: readonly (readonly [weight: number, name: string, mutate: Mutate])[] = [
  ...Object.entries(RECORDS).map(([name, mutate]) => [2, name, mutate] as const),
  [6, 'another shape', SHAPE],
  [1, 'spaces', SPACE],
  ...Object.entries(TEXTS).map(
    ([name, make]) => [2, name, ({ text }: Log, random: Random) => void text.push(make(random))] as const,
  ),
  ...Object.entries(BYTES).map(
    ([name, make]) => [1, name, ({ bytes }: Log, random: Random) => void bytes.push(make(random))] as const,
  ),
  ...Object.entries(FILES).map(([name, mutate]) => [2, name, mutate] as const),
];

/** One mutation of a log, made again from its seed. */
export interface Step {
  readonly name: string;
  readonly seed: number;
}

export interface MutatedLog {
  /** Files by their names below the log's own folder. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** What the real reader is given in their place: a fault that the comparison must find. */
  readonly planted?: ReadonlyMap<string, Buffer>;
  /** In the IDs of its events. */
  readonly mark: string;
}

/** A log to begin with: its records as JSON, or text as it was found. */
export type Original = { readonly records: readonly string[] } | { readonly text: string };

/** Up to four mutations. */
export function someSteps(random: Random): Step[] {
  const count = 1 + random.below(4);
  return Array.from({ length: count }, () => ({
    name: random.weighted(ALL.map(([weight, name]) => [weight, name] as const)),
    seed: random.below(2 ** 31),
  }));
}

/** @param mark told apart from all others; it goes into every eventID */
export function mutated(original: Original, steps: readonly Step[], mark: string): MutatedLog {
  const log: Log = {
    items: 'records' in original ? original.records.map(itemOf) : [],
    shape: list('Records'),
    space: '',
    text: [],
    bytes: [],
    name: 'log.json',
    copies: [],
  };
  let unique = 0;
  for (const item of log.items)
    if (typeof item !== 'string') set(item, 'eventID', `"${mark}-${String(unique++).padStart(4, '0')}"`);
  for (const { name, seed } of steps) {
    const known = ALL.find(([, other]) => other === name);
    known?.[2](log, new Random(seed));
  }
  const { space } = log;
  const items = log.items.map((item) =>
    typeof item === 'string'
      ? item
      : `{${space}${item.map(([key, value]) => `${JSON.stringify(key)}:${space}${value}`).join(`,${space}`)}}`,
  );
  let text =
    'text' in original
      ? original.text.replace(
          /("eventID\\?"\s*:\s*\\?")([^"\\]*)/g,
          (_, before: string, id: string) => `${before}${mark}-${id}`,
        )
      : log.shape(items);
  for (const change of log.text) text = change(text);
  let bytes = Buffer.from(text);
  for (const change of log.bytes) bytes = change(bytes) as Buffer<ArrayBuffer>;
  return { files: new Map([log.name, ...log.copies].map((name) => [name, bytes])), mark };
}

/** The members of a record that is sound JSON, each value as it is written there; what is no object stays as it is. */
function itemOf(record: string): Item {
  const value = JSON.parse(record) as unknown;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return record;
  return Object.entries(value).map(([key, field]) => [key, JSON.stringify(field)]);
}
