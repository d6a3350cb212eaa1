/** What a reader may do next, as plain data: the same seed gives the same steps, and a list of them can be done again. */
import type { Random } from '../support/random.js';
import { CHARTED, shownTime, type EventsModel } from './events-model.js';

export type Step = { readonly isBurst?: boolean } & (
  | { readonly do: 'wheel'; readonly by: number; readonly times: number }
  | { readonly do: 'scroll'; readonly share: number }
  /** Scrolls as soon as there are rows. */
  | { readonly do: 'scroll-first'; readonly share: number }
  | { readonly do: 'key'; readonly key: string; readonly held?: 'Control' | 'Shift'; readonly times: number }
  | { readonly do: 'query'; readonly text: string; readonly isTyped: boolean }
  | { readonly do: 'bar'; readonly column: string; readonly place: number; readonly isAdded: boolean }
  | { readonly do: 'outcome'; readonly place: number; readonly isAdded: boolean }
  | { readonly do: 'sort'; readonly column: string; readonly isAdded: boolean }
  | { readonly do: 'row'; readonly share: number }
  | { readonly do: 'next'; readonly by: 1 | -1 }
  | { readonly do: 'tick'; readonly column: string; readonly place: number }
  | { readonly do: 'column'; readonly column: string; readonly place: number }
  | { readonly do: 'list'; readonly column: string; readonly place: number }
  | { readonly do: 'question'; readonly place: number }
  | { readonly do: 'clear' }
  | { readonly do: 'time'; readonly share: number }
  | { readonly do: 'ask'; readonly text: string; readonly isFollowed: boolean }
  | { readonly do: 'resize'; readonly width: number; readonly height: number; readonly zoom: number }
  | { readonly do: 'zone'; readonly zone: string }
  | { readonly do: 'language' }
  | { readonly do: 'back' | 'forward' | 'reload' }
  | { readonly do: 'pause'; readonly ms: number }
);

const SORTED = [
  'eventTime',
  'actor',
  'eventName',
  'eventSource',
  'resources',
  'sourceIPAddress',
  'awsRegion',
  'errorCode',
];
const ZONES = ['UTC', 'Asia/Tokyo', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];
const SIZES = [
  [1440, 900],
  [1280, 720],
  [1920, 1080],
  [1100, 640],
  [800, 700],
  [390, 844],
  [1440, 420],
] as const;
const KEYS = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'ArrowRight', 'ArrowLeft', 'End', 'Home'];

/** The next step. Steps in a burst follow one another without waiting for what they lead to. */
export function nextStep(random: Random, model: EventsModel): Step {
  const isBurst = random.chance(0.45);
  const place = random.below(7);
  const isAdded = random.chance(0.25);
  const steps: readonly (readonly [weight: number, make: () => Step])[] = [
    [14, () => ({ do: 'wheel', by: random.pick([-1, 1, 1]) * (40 + random.below(2000)), times: 1 + random.below(4) })],
    [7, () => ({ do: 'scroll', share: random.pick([0, 1, random.next()]) })],
    [
      7,
      () => ({
        do: 'key',
        key: random.pick(KEYS),
        times: 1 + random.below(5),
        ...(random.chance(0.3) ? { held: 'Control' as const } : {}),
      }),
    ],
    [12, () => ({ do: 'query', text: queryText(random, model), isTyped: random.chance(0.2) })],
    [9, () => ({ do: 'bar', column: random.pick(CHARTED), place, isAdded })],
    [3, () => ({ do: 'outcome', place: random.below(3), isAdded })],
    [7, () => ({ do: 'sort', column: random.pick(SORTED), isAdded })],
    [8, () => ({ do: 'row', share: random.next() })],
    [3, () => ({ do: 'next', by: random.pick([1, -1]) })],
    [3, () => ({ do: 'key', key: 'Escape', times: 1 })],
    [3, () => ({ do: 'tick', column: random.pick(SORTED.slice(1)), place })],
    [3, () => ({ do: 'column', column: random.pick(SORTED), place: random.below(8) })],
    [2, () => ({ do: 'list', column: random.pick([...CHARTED, 'timeline']), place })],
    [2, () => ({ do: 'question', place: random.below(8) })],
    [4, () => ({ do: 'clear' })],
    [2, () => ({ do: 'time', share: random.next() })],
    [2, () => ({ do: 'ask', text: asked(random, model), isFollowed: random.chance(0.5) })],
    [4, () => size(random)],
    [2, () => ({ do: 'zone', zone: random.pick(ZONES) })],
    [1, () => ({ do: 'language' })],
    [4, () => ({ do: random.pick(['back', 'forward']) })],
    [3, () => ({ do: 'reload' })],
    [3, () => idle(random)],
  ];
  return { ...random.weighted(steps)(), ...(isBurst ? { isBurst } : {}) };
}

/** What a reader does first who wants to see how much there is: scrolls, and then reads. The page works ahead meanwhile. */
export function firstLook(random: Random): readonly Step[] {
  return [{ do: 'scroll-first', share: random.pick([1, random.next()]), isBurst: true }, idle(random)];
}

/** Nothing for as long as a reader reads. */
function idle(random: Random): Step {
  return { do: 'pause', ms: 1000 + random.below(3000) };
}

function size(random: Random): Step {
  const [width, height] = random.pick(SIZES);
  const zoom = random.pick([1, 1, 1.25, 2, 0.8]);
  return { do: 'resize', width: Math.round(width / zoom), height: Math.round(height / zoom), zoom };
}

/** A query of one to three terms that the model understands; rarely one with a fault. */
function queryText(random: Random, model: EventsModel): string {
  if (random.chance(0.06)) return random.pick(['(', 'who:', '"open', 'time:2025-13', 'a |', 'event:/(/']);
  const terms = Array.from({ length: 1 + random.below(3) }, () => termText(random, model));
  return terms.join(random.chance(0.15) ? '|' : ' ');
}

function termText(random: Random, model: EventsModel): string {
  const row = random.below(model.size);
  const sign = random.chance(0.25) ? '-' : '';
  const [name, column] = random.pick([
    ['who', 'actor'],
    ['event', 'eventName'],
    ['service', 'eventSource'],
    ['region', 'awsRegion'],
    ['from', 'sourceIPAddress'],
    ['error', 'errorCode'],
    ['resource', 'resources'],
    ['type', 'type'],
    ['outcome', 'outcome'],
    ['role', 'role'],
  ] as const);
  const whole = model.value(row, column).split('; ')[0] ?? '';
  const value = name === 'resource' ? spelling(random, whole) : whole;
  // A slash at its beginning would make it a regular expression.
  const plain = /^[\w.:-][\w.:/-]*$/.test(value);
  return random.weighted<() => string>([
    [6, () => `${sign}${name}:${plain ? value : quoted(value)}`],
    [3, () => `${sign}${name}:${plain ? `${value.slice(0, 1 + random.below(value.length))}*` : '*'}`],
    [1, () => `${sign}${name}:${random.pick(['*', '""', 'nobody-at-all'])}`],
    [
      2,
      () =>
        `time:${random.pick(['>=', '<', ''])}${new Date(model.times[row] as number).toISOString().slice(0, random.pick([10, 16]))}`,
    ],
    [1, () => random.pick(['readonly', 'outcome:denied', 'outcome:failed', '-outcome:read'])],
    // Of a large report the page holds some of the text only, and the model would take long.
    [
      model.isWhole && model.size < 50_000 ? 3 : 0,
      () => sign + (/\w{3,12}/.exec(model.value(row, 'requestParameters'))?.[0] ?? 'Get'),
    ],
    [model.isWhole && model.size < 50_000 ? 1 : 0, () => `${sign}request:*`],
  ])();
}

/** A resource's name as a log has it, as the path that the page shows of an ARN, or as the short name that people use. */
function spelling(random: Random, name: string): string {
  const path = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(name)?.[1] ?? name;
  return random.pick([name, path, /[^/:]+$/.exec(path)?.[0] ?? path]);
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function asked(random: Random, model: EventsModel): string {
  const row = random.below(model.size);
  const value = model.value(row, random.pick(['resources', 'actor', 'resources'])).split('; ')[0] ?? '';
  return value === '' || random.chance(0.1)
    ? `nothing-${shownTime(model.times[row] as number, 'UTC').slice(11)}`
    : value;
}
