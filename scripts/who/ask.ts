/** Answers a question about the events of a store: what the page's answer says, as text and as data. */
import type { EventStore } from '#scripts/store/event-store.js';
import { answerTo, type Answer } from '#scripts/investigate/answer.js';
import { EventLog, type LogEvent } from '#scripts/investigate/event-log.js';
import { readQuestion } from '#scripts/investigate/question-reading.js';
import { parsedJson } from '#scripts/investigate/json-leaves.js';
import type { CallsAnswer } from '#scripts/investigate/calls-answer.js';
import type { CallerAnswer } from '#scripts/investigate/caller-answer.js';
import type { EventAnswer } from '#scripts/investigate/event-answer.js';
import type { HistoryEvent, ResourceAnswer } from '#scripts/investigate/resource-answer.js';
import { Sentences, verdictParts } from '#scripts/investigate/sentences.js';
import { Suggester } from '#scripts/investigate/suggest.js';
import type { ReportManifest } from '#shared/model/manifest.js';
import { shownResource } from '#shared/model/names.js';
import { printQuery } from '#shared/query/print.js';
import { StoreFacts } from './store-facts.js';
import { ENGLISH, momentOf, say } from './english.js';

/** An event that an answer names. */
export interface NamedEvent {
  readonly eventID: string;
  readonly eventName: string;
  /** ISO 8601, UTC. */
  readonly eventTime: string;
  /** The person or workload at the origin of the session; '' where it is not known. */
  readonly behind: string;
  readonly actor: string;
  /** The first of the resources that the call is about; '' where there is none. */
  readonly target: string;
  /** Why the call failed; '' where it did not. */
  readonly error: string;
}

/** What the question was taken for. */
export type Understood =
  | { readonly kind: 'resource' | 'caller' | 'event'; readonly name: string }
  /** A sentence that says what was done: the words that were understood and those that were not, and its query. */
  | {
      readonly kind: 'calls';
      readonly name: string;
      readonly words: readonly string[];
      readonly missed: readonly string[];
      readonly query: string;
    }
  /** Several resources have the name: `nearest` are the names that tell them apart. `nothing`: similar names. */
  | { readonly kind: 'choice' | 'nothing'; readonly name: string; readonly nearest: readonly string[] }
  /** A sentence without a name that the log has: `nearest` are queries for the page's search box. */
  | { readonly kind: 'sentence'; readonly name: string; readonly nearest: readonly string[] };

/** What `who` says; with --json, this is what it prints. */
export interface Told {
  readonly question: string;
  readonly understood: Understood;
  /** The sentences that answer the question, the deciding one first. */
  readonly verdict: string;
  /** The event that decides; null where there is none. */
  readonly deed: NamedEvent | null;
  /** Calls that failed, newest first. */
  readonly attempts: readonly NamedEvent[];
  /** What else happened, in order of time. */
  readonly history: readonly NamedEvent[];
  readonly coverage: Pick<ReportManifest, 'events' | 'accounts' | 'regions' | 'timeRange' | 'files' | 'lost'>;
}

const SENTENCES = new Sentences(ENGLISH);

/** Names that may be meant. */
const MOST_NEAREST = 8;

/** Answers the question, from all events of the store. */
export async function ask(
  store: EventStore,
  question: string,
  { events, accounts, regions, timeRange, files, lost }: Told['coverage'],
): Promise<Told> {
  const facts = new StoreFacts(store);
  const log = await EventLog.open(facts);
  const coverage = { events, accounts, regions, timeRange, files, ...(lost && { lost }) };
  let final: Answer | undefined;
  for await (const answer of answerTo(log, question)) final = answer;
  const told = final && tellingOf(final, (event) => namedEvent(event, log, facts));
  if (told) return { question, ...told, coverage };
  const last = timeRange === null ? undefined : Date.parse(timeRange.to);
  const reading = readQuestion(question, last);
  const nearest = reading
    ? reading.queries.map(printQuery)
    : new Suggester(log).suggest(question).map(({ value }) => value);
  return {
    question,
    understood: { kind: reading ? 'sentence' : 'nothing', name: question, nearest: nearest.slice(0, MOST_NEAREST) },
    verdict: reading ? say('answer.reading', { what: question }) : say('answer.nothing', { what: question }),
    deed: null,
    attempts: [],
    history: [],
    coverage,
  };
}

type Telling = Omit<Told, 'question' | 'coverage'>;

/** Undefined where the log has nothing by this name. */
function tellingOf({ asked, resource, choice, caller, event, calls }: Answer, name: NameEvent): Telling | undefined {
  if (calls) return ofCalls(calls, asked, name);
  if (choice) {
    const nearest = choice.namesakes.map(({ spelling }) => spelling);
    return {
      understood: { kind: 'choice', name: asked, nearest },
      verdict: say('answer.choice', { what: asked, n: nearest.length }),
      deed: null,
      attempts: [],
      history: [],
    };
  }
  const about = resource ? [ofResource(resource, name)] : [];
  // An instance that makes calls of its own is asked about for what happened to it.
  const isDone = resource?.verdict === 'done';
  const parts = [
    ...(isDone ? about : []),
    ...(event ? [ofEvent(event, name)] : []),
    ...(caller ? [ofCaller(caller, name)] : []),
    ...(isDone ? [] : about),
  ];
  const [first] = parts;
  if (first === undefined) return undefined;
  return {
    understood: first.understood,
    verdict: parts.map(({ verdict }) => verdict).join('\n'),
    deed: parts.find(({ deed }) => deed !== null)?.deed ?? null,
    attempts: parts.flatMap(({ attempts }) => attempts),
    history: parts.flatMap(({ history }) => history),
  };
}

type NameEvent = (event: LogEvent) => NamedEvent;

function ofResource(answer: ResourceAnswer, name: NameEvent): Telling {
  const { verdict, main, attempts, history } = answer;
  const about = (one: HistoryEvent): string => SENTENCES.deed(one, shownResource(answer.name));
  const lines = verdictParts(answer).flatMap((part): string[] => {
    switch (part.kind) {
      case 'statement':
        return [say(`answer.${part.key}`, { what: shownResource(answer.name) })];
      case 'done': {
        const { causes, origins } = part.done;
        return [
          about(part.done),
          ...causes.map((one) => SENTENCES.because(one)),
          ...origins.map((one) => SENTENCES.origin(one)),
        ];
      }
      case 'attempts':
        return part.events.map((one) => SENTENCES.attempt(one, verdict === 'done' ? main?.event : undefined));
      case 'repeats':
        return part.events.map((one) => SENTENCES.repeat(one));
      case 'others':
        return part.events.map(about);
    }
  });
  return {
    understood: { kind: 'resource', name: answer.name },
    verdict: lines.join('\n'),
    deed: main ? name(main.event) : null,
    attempts: attempts.map((one) => name(one.event)),
    history: history.map((one) => name(one.event)),
  };
}

function ofCaller(answer: CallerAnswer, name: NameEvent): Telling {
  const { first, last, events, origins, bursts, signIns, standOuts } = answer;
  const counts = [
    say('answer.caller.changes', { n: answer.changes }),
    say('answer.caller.reads', { n: answer.reads }),
    ...(answer.signedIn > 0 ? [say('answer.caller.signIns', { n: answer.signedIn })] : []),
    say('answer.caller.failed', { n: answer.errors }),
  ];
  const seen = say(first.row === last.row ? 'answer.caller.once' : 'answer.caller', {
    who: answer.name,
    n: events,
    counts: counts.join(', '),
    first: momentOf(first.time),
    last: momentOf(last.time),
  });
  return {
    understood: { kind: 'caller', name: answer.name },
    verdict: [
      seen,
      ...origins.map((one) => SENTENCES.origin(one)),
      ...signIns.map((one) => SENTENCES.signIns(one)),
      ...bursts.map((one) => SENTENCES.burst(one)),
      ...standOuts.all.map((one) => SENTENCES.standOut(one)),
    ].join('\n'),
    deed: null,
    attempts: [],
    history: [...standOuts.all].sort((a, b) => a.event.row - b.event.row).map((one) => name(one.event)),
  };
}

function ofCalls({ reading, query, deeds, attempts }: CallsAnswer, asked: string, name: NameEvent): Telling {
  const [newest] = deeds;
  return {
    understood: {
      kind: 'calls',
      name: asked,
      words: reading.understood,
      missed: reading.missed,
      query: printQuery(query),
    },
    verdict: [
      ...deeds.map((one) => SENTENCES.standOut(one)),
      ...attempts.map((one) => SENTENCES.attempt(one, undefined)),
      ...(reading.missed.length > 0 ? [say('answer.reading.missed', { words: reading.missed.join(', ') })] : []),
    ].join('\n'),
    deed: newest ? name(newest.event) : null,
    attempts: attempts.map((one) => name(one.event)),
    history: deeds.map((one) => name(one.event)).reverse(),
  };
}

function ofEvent(answer: EventAnswer, name: NameEvent): Telling {
  const { succeeded, failed, lastDone, last, callers } = answer;
  const decides = lastDone ?? last;
  const call = answer.name;
  const counted =
    succeeded === 0
      ? say('answer.event.onlyFailed', { call, n: failed })
      : say('answer.event', { call, n: succeeded }) + (failed > 0 ? say('answer.event.failed', { n: failed }) : '');
  const latest = say(lastDone ? 'answer.event.last' : 'answer.event.lastFailed', {
    who: SENTENCES.who(decides.who),
    when: momentOf(decides.time),
    how: SENTENCES.how(decides),
  });
  const byCaller = callers.map((caller) => {
    const counts = [
      say('answer.caller.done', { n: caller.succeeded }),
      ...(caller.failed > 0 ? [say('answer.caller.failed', { n: caller.failed })] : []),
    ];
    return `${SENTENCES.who(caller.last.who)}: ${counts.join(', ')}.`;
  });
  return {
    understood: { kind: 'event', name: call },
    verdict: [counted + latest, ...byCaller].join('\n'),
    deed: lastDone ? name(lastDone) : null,
    attempts: lastDone ? [] : [name(last)],
    history: callers.map((caller) => name(caller.last)).reverse(),
  };
}

function namedEvent(event: LogEvent, log: EventLog, facts: StoreFacts): NamedEvent {
  const eventID = parsedJson(facts.text('eventID', event.row));
  return {
    eventID: typeof eventID === 'string' ? eventID : '',
    eventName: event.eventName,
    eventTime: new Date(event.time).toISOString(),
    behind: log.value('behind', event.row),
    actor: log.value('actor', event.row),
    target: event.targets[0] ?? '',
    error: event.errorCode,
  };
}
