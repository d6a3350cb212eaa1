/**
 * The sentences of an answer. What is said, and in which order, is known here; a pen writes it: the page as elements that
 * lead to their events, the terminal as text.
 */
import { shownResource, shownValue } from '#shared/model/names.js';
import type { Access } from './accesses.js';
import type { Burst, SignIns } from './bursts.js';
import type { Cause } from './causes.js';
import { DEEDS, type Deed } from './deeds.js';
import type { LogEvent } from './event-log.js';
import type { Failure } from './failures.js';
import { programOf, type Program } from './program.js';
import type { Done, HistoryEvent, ResourceAnswer } from './resource-answer.js';
import type { StandOut } from './stand-outs.js';
import type { Who } from './who.js';

/** The texts that sentences are made of, by their keys in the table of texts. */
type SentenceKey =
  | `answer.${'sentence' | 'burst' | 'guessed' | 'guessed.in' | 'because' | 'perhaps' | 'scope' | 'origin' | 'repeat' | 'times' | 'sameTime' | 'earlier' | 'later'}`
  | `answer.who.${'role' | 'session' | 'sessionOfRole' | 'likely' | 'service' | 'through' | 'unknown'}`
  | `answer.how.${'both' | 'from' | 'with'}`
  | `answer.attempt.${Failure | 'notDone' | 'on' | 'unsaid'}`
  | `answer.${'before' | 'nobody' | 'alive'}${'' | '.page'}`
  | 'answer.accesses.span'
  | `deed.${Deed}`
  | `did.${Deed}`
  | `program.${Program}`;

type Blanks<T> = Readonly<Record<string, T | number>>;

/** Writes the parts of a sentence, in one language. */
export interface Pen<T> {
  /** The text with its blanks filled; `n` chooses the plural. */
  say(key: SentenceKey, blanks?: Blanks<T>): T;
  plain(text: string): T;
  /** Parts one after the other. */
  join(...parts: readonly T[]): T;
  /** Who called; `whole` is the ARN, or the whole name of a service. */
  caller(name: string, kind: 'person' | 'service', whole: string): T;
  /** A resource's name as it is shown, and the whole of it. */
  resource(shown: string, whole: string): T;
  /** A word of the log: an address, a call, an error's code. */
  word(text: string): T;
  /** A call, as a link to its event. */
  call(event: Pick<LogEvent, 'row' | 'eventName'>): T;
  /** An event's time, as a link to it. */
  time(event: LogEvent): T;
  /** A length of time in its largest unit. */
  duration(milliseconds: number): T;
}

/** A paragraph of a verdict: a statement about the whole report, one event, or several of a kind. */
type VerdictPart =
  | { readonly kind: 'statement'; readonly key: 'before' | 'nobody' | 'alive' }
  | { readonly kind: 'done'; readonly done: Done }
  | { readonly kind: 'attempts' | 'repeats' | 'others'; readonly events: readonly HistoryEvent[] };

/** What a verdict says, in order: what decides first. */
export function verdictParts(answer: ResourceAnswer): readonly VerdictPart[] {
  const { verdict, main, made, others, attempts, repeats } = answer;
  const first: VerdictPart[] = main ? [{ kind: 'done', done: main }] : [];
  const last: VerdictPart[] = made ? [{ kind: 'done', done: made }] : [];
  const tried: VerdictPart[] = [
    { kind: 'attempts', events: attempts },
    { kind: 'repeats', events: repeats },
  ];
  const rest: VerdictPart = { kind: 'others', events: others };
  switch (verdict) {
    case 'done':
      return [...first, ...tried, rest, ...last];
    case 'before':
      return [{ kind: 'statement', key: 'before' }, ...tried, ...first, rest, ...last];
    case 'attempts':
      return [{ kind: 'statement', key: 'nobody' }, ...tried, ...first, rest, ...last];
    case 'alive': {
      // It was deleted, and it was created again.
      if (main && made && DEEDS[main.effect.deed] === 'end') return [...first, ...last, rest];
      return [...first, rest, ...last, { kind: 'statement', key: 'alive' }];
    }
  }
}

export class Sentences<T> {
  constructor(private readonly pen: Pen<T>) {}

  /** Who it was: a name with its role, a service, or a caller through a service. */
  who(who: Who): T {
    const { pen } = this;
    if (who.isService)
      return pen.say('answer.who.service', {
        who: pen.caller(shownValue('actor', who.name), 'service', who.name),
      });
    const withRole = this.nameWithRole(who);
    if (who.service === '') return withRole;
    return pen.say('answer.who.through', { who: withRole, service: pen.plain(shownValue('actor', who.service)) });
  }

  /** The person first, then the session. */
  private nameWithRole({ name, behind, isLikely, role, arn }: Who): T {
    const { pen } = this;
    const inRole = pen.plain(role);
    if (behind === '') {
      const shown = name === '' ? pen.say('answer.who.unknown') : pen.caller(name, 'person', arn);
      return role === '' || role === name ? shown : pen.say('answer.who.role', { who: shown, role: inRole });
    }
    const person = pen.caller(behind, 'person', arn);
    const who = isLikely ? pen.say('answer.who.likely', { who: person }) : person;
    const session = pen.plain(name);
    return role === ''
      ? pen.say('answer.who.session', { who, session })
      : pen.say('answer.who.sessionOfRole', { who, role: inRole, session });
  }

  /** From where, and with what; empty where neither is known. */
  how({ address, agent, isConsole, who }: LogEvent): T {
    const { pen } = this;
    const program = who.service === '' ? programOf(agent, isConsole) : undefined;
    const from = pen.word(address);
    if (who.service !== '' || (address === '' && program === undefined)) return pen.plain('');
    if (program === undefined) return pen.say('answer.how.from', { from });
    const by = pen.say(`program.${program}`);
    return address === '' ? pen.say('answer.how.with', { with: by }) : pen.say('answer.how.both', { from, with: by });
  }

  /** `i-0abc was terminated by alice (role Admin) on … from … with …` */
  deed({ event, effect }: Pick<HistoryEvent, 'event' | 'effect'>, name: T): T {
    return this.ofDeed(effect.deed, event, name, effect.extra, this.how(event));
  }

  /** What one call did, several resources together, and how many calls more did the same. */
  standOut({ event, effect, count }: StandOut): T {
    const { pen } = this;
    const names = effect.objects.slice(0, 3).map(shownResource).join(', ');
    const more = effect.objects.length > 3 ? ` +${(effect.objects.length - 3).toLocaleString('en')}` : '';
    const what = pen.resource(names + more || event.eventName, effect.objects.join('\n'));
    const line = this.ofDeed(effect.deed, event, what, effect.extra, pen.plain(''));
    return count > 1 ? pen.join(line, pen.plain(' '), pen.say('answer.times', { n: count - 1 })) : line;
  }

  private ofDeed(deed: Deed, event: LogEvent, what: T, extra: readonly string[], how: T): T {
    const { pen } = this;
    const done = pen.say(`deed.${deed}`, {
      what,
      who: this.who(event.who),
      extra: pen.plain(extra.join(', ')),
      event: pen.plain(event.eventName),
    });
    return pen.say('answer.sentence', { deed: done, when: pen.time(event), how });
  }

  because({ event, tie, scope }: Cause): T {
    const { pen } = this;
    return pen.say(tie === 'near' ? 'answer.perhaps' : 'answer.because', {
      who: this.who(event.who),
      call: pen.call(event),
      scope: scope === '' ? pen.plain('') : pen.say('answer.scope', { scope: pen.word(scope) }),
      when: pen.time(event),
      how: this.how(event),
    });
  }

  /** Who started a session. */
  origin(origin: LogEvent): T {
    const { pen } = this;
    return pen.say('answer.origin', {
      who: this.who(origin.who),
      call: pen.call(origin),
      when: pen.time(origin),
      how: this.how(origin),
    });
  }

  /** @param than the deed that the attempt's time is told from; undefined: the time itself is enough */
  attempt({ event, failure }: HistoryEvent, than: LogEvent | undefined): T {
    const { pen } = this;
    const time = pen.time(event);
    const when = than
      ? pen.join(this.apart(event, than), pen.plain(' ('), time, pen.plain(')'))
      : pen.say('answer.attempt.on', { time });
    const error = event.errorCode || event.errorMessage;
    return pen.say(`answer.attempt.${failure ?? 'notDone'}`, {
      who: this.who(event.who),
      call: pen.word(event.eventName),
      when,
      error: error === '' ? pen.say('answer.attempt.unsaid') : pen.word(error),
    });
  }

  /** `4 minutes earlier`, or later, than the other event. */
  private apart(event: LogEvent, other: LogEvent): T {
    const { pen } = this;
    const difference = event.time - other.time;
    if (Math.abs(difference) < 1000) return pen.say('answer.sameTime');
    return pen.say(difference < 0 ? 'answer.earlier' : 'answer.later', { time: pen.duration(Math.abs(difference)) });
  }

  /** A call that found the resource in the state that it asked for. */
  repeat({ event }: HistoryEvent): T {
    const { pen } = this;
    return pen.say('answer.repeat', {
      who: this.who(event.who),
      call: pen.word(event.eventName),
      when: pen.time(event),
    });
  }

  /** When and how often a caller reached what is in a resource. */
  span({ first, last, count }: Access): T {
    const { pen } = this;
    const call = pen.word(last.eventName);
    if (count === 1) return pen.join(call, pen.plain(' '), pen.time(last));
    return pen.say('answer.accesses.span', { call, n: count, first: pen.time(first), last: pen.time(last) });
  }

  signIns({ user, address, failures, firstFailure, lastFailure, success }: SignIns): T {
    const { pen } = this;
    return pen.say(success ? 'answer.guessed.in' : 'answer.guessed', {
      n: failures,
      who: pen.caller(user, 'person', ''),
      from: pen.word(address),
      first: pen.time(firstFailure),
      last: pen.time(lastFailure),
      success: success ? pen.time(success) : pen.plain(''),
    });
  }

  burst({ by, eventName, resources, first, last }: Burst): T {
    const { pen } = this;
    return pen.say('answer.burst', {
      who: this.who(by.who),
      call: pen.call({ row: first.row, eventName }),
      n: resources,
      time: pen.duration(Math.max(1000, last.time - first.time)),
      when: pen.time(first),
      from: pen.word(by.address),
    });
  }
}
