/** The answer to a question: as a resource, as who called, as an event's name, whichever of these it is in the log. */
import { answerCaller, type CallerAnswer } from './caller-answer.js';
import { answerEvent, type EventAnswer } from './event-answer.js';
import type { EventLog } from './event-log.js';
import { answerResource, type Choice, type ResourceAnswer } from './resource-answer.js';
import { Target } from './target.js';

export interface Answer {
  readonly asked: string;
  readonly resource: ResourceAnswer | undefined;
  /** Instead of `resource`, where several go by the name. */
  readonly choice: Choice | undefined;
  readonly caller: CallerAnswer | undefined;
  readonly event: EventAnswer | undefined;
  /** Whether more may still be found. */
  readonly isPartial: boolean;
}

/** The answer, better each time; the last is final. */
export async function* answerTo(log: EventLog, asked: string): AsyncGenerator<Answer, void> {
  const target = new Target(asked);
  const answer: { resource?: ResourceAnswer; choice?: Choice; caller?: CallerAnswer; event?: EventAnswer } = {};
  const now = (isPartial: boolean): Answer => ({
    asked,
    resource: answer.resource,
    choice: answer.choice,
    caller: answer.caller,
    event: answer.event,
    isPartial,
  });
  if (target.text === '') return;
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
  yield now(false);
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
