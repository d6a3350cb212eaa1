/**
 * The answer to a question: as a resource, as who called, as an event's name, whichever of these it is in the log; of a
 * sentence, what it asks for.
 */
import { answerCalls, type CallsAnswer } from './calls-answer.js';
import { answerCaller, type CallerAnswer } from './caller-answer.js';
import { answerEvent, type EventAnswer } from './event-answer.js';
import type { EventLog } from './event-log.js';
import { readQuestion } from './question-reading.js';
import { answerResource, type Choice, type ResourceAnswer } from './resource-answer.js';
import { Target } from './target.js';

export interface Answer {
  /** The name that is answered, or the whole question. */
  readonly asked: string;
  readonly resource: ResourceAnswer | undefined;
  /** Instead of `resource`, where several go by the name. */
  readonly choice: Choice | undefined;
  readonly caller: CallerAnswer | undefined;
  readonly event: EventAnswer | undefined;
  readonly calls: CallsAnswer | undefined;
  /** Whether more may still be found. */
  readonly isPartial: boolean;
}

/** Whether the log has nothing on what was asked. */
export function isEmpty({ resource, choice, caller, event, calls }: Answer): boolean {
  return !resource && !choice && !caller && !event && !calls;
}

/** The answer, better each time; the last is final. A sentence is answered where the log has nothing by that name. */
export async function* answerTo(log: EventLog, asked: string): AsyncGenerator<Answer, void> {
  const whole = yield* answerName(log, asked);
  if (whole === undefined || !isEmpty(whole)) {
    if (whole) yield whole;
    return;
  }
  const reading = readQuestion(asked, log.facts.times.at(-1));
  // A name that the log has says more than the calls of everybody.
  for (const name of reading?.names ?? []) {
    const answer = yield* answerName(log, name);
    if (answer && !isEmpty(answer) && !(answer.caller && reading?.calls)) {
      yield answer;
      return;
    }
  }
  const calls = reading && (await answerCalls(log, reading));
  yield { ...whole, calls };
}

/** Yields what is known early, and returns what is known in the end; undefined for an empty name. */
async function* answerName(log: EventLog, asked: string): AsyncGenerator<Answer, Answer | undefined> {
  const target = new Target(asked);
  const answer: { resource?: ResourceAnswer; choice?: Choice; caller?: CallerAnswer; event?: EventAnswer } = {};
  const now = (isPartial: boolean): Answer => ({
    asked,
    resource: answer.resource,
    choice: answer.choice,
    caller: answer.caller,
    event: answer.event,
    calls: undefined,
    isPartial,
  });
  if (target.text === '') return undefined;
  // In turns, so that what is known early is shown early.
  const turns = [
    stepsOf(answerEvent(log, target), (event) => (answer.event = event)),
    stepsOf(answerCaller(log, target), (caller) => (answer.caller = caller)),
    stepsOf(answerResource(log, target), (resource) => {
      if (resource.kind === 'choice') {
        answer.choice = resource;
        delete answer.resource;
      } else {
        answer.resource = resource;
      }
    }),
  ];
  while (turns.length > 0) {
    for (const turn of [...turns]) {
      if (await turn()) yield now(true);
      else turns.splice(turns.indexOf(turn), 1);
    }
  }
  return now(false);
}

/** Takes one answer of a generator at each call; false when there are no more. */
function stepsOf<T>(answers: AsyncGenerator<T, void>, take: (answer: T) => void): () => Promise<boolean> {
  return async () => {
    const next = await answers.next();
    if (next.done === true) return false;
    take(next.value);
    return true;
  };
}
