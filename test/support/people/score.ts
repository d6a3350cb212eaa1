/** How well attribution does on a world whose truth is known. */
import { attribute } from '#scripts/investigate/people/attribution.js';
import { cellsOf } from '#scripts/investigate/people/cells.js';
import { recordLog } from './record-log.js';
import type { Form } from './forms.js';
import { World, type Truth } from './world.js';

export interface Score {
  /** Sessions whose author can be known: named rightly, not named, named wrongly. */
  right: number;
  unnamed: number;
  wrong: number;
  /** Sessions whose author nobody can know: with the reason, and without the right one. */
  reasoned: number;
  unreasoned: number;
  /** Marks of credentials used elsewhere: missing, and false alarms. */
  unmarked: number;
  alarms: number;
  /** The first few of what is not right. */
  readonly faults: string[];
}

const MOST_FAULTS = 3;

/** @param times how often each form is told */
export function score(forms: Readonly<Record<string, Form>>, seed: number, times: number): ReadonlyMap<string, Score> {
  const world = new World(seed);
  for (const [name, form] of Object.entries(forms)) for (let i = 0; i < times; i++) form(world, name);
  const records = world.records();
  const log = recordLog(records);
  const attribution = attribute(log);
  const rows = new Map(
    Array.from({ length: log.rows }, (_, row) => [JSON.parse(log.text(row, 'eventID')) as string, row]),
  );
  const scores = new Map<string, Score>();
  for (const truth of world.truths) {
    const tally = scores.get(truth.form) ?? emptyScore();
    scores.set(truth.form, tally);
    const answers = truth.events.map((event) => {
      const row = rows.get(event) as number;
      const session = attribution.ofIdentity[log.identityOf[row] as number] as number;
      return { ...cellsOf(attribution, session, row), isMarked: attribution.elsewhere.has(session) };
    });
    judge(tally, truth, answers);
  }
  return scores;
}

interface Answered {
  readonly behind: string;
  readonly behindHow: string;
  readonly isMarked: boolean;
}

function judge(tally: Score, truth: Truth, answers: readonly Answered[]): void {
  const { behind, why, isElsewhere } = truth;
  const names = [...new Set(answers.map((answer) => answer.behind))];
  const said = answers.map((answer) => `${answer.behind} [${answer.behindHow}]`).join(', ');
  const wanted = behind ?? String(why);
  let isFault = true;
  if (behind === undefined) {
    if (names.some((name) => name !== '')) tally.wrong++;
    else if (why !== undefined && answers.every(({ behindHow }) => why.test(behindHow))) {
      tally.reasoned++;
      isFault = false;
    } else tally.unreasoned++;
  } else if (names.some((name) => name !== '' && name !== behind)) tally.wrong++;
  else if (names.includes('')) tally.unnamed++;
  else {
    tally.right++;
    isFault = false;
  }
  const isMarked = answers.some((answer) => answer.isMarked);
  if (isElsewhere === true && !isMarked) tally.unmarked++;
  if (isElsewhere !== true && isMarked) tally.alarms++;
  if ((isFault || isMarked !== (isElsewhere ?? false)) && tally.faults.length < MOST_FAULTS) {
    tally.faults.push(`wanted ${wanted}, got ${said}`);
  }
}

function emptyScore(): Score {
  return { right: 0, unnamed: 0, wrong: 0, reasoned: 0, unreasoned: 0, unmarked: 0, alarms: 0, faults: [] };
}
