/** The log in which stories happen, each in an account of its own, read through the whole pipeline. */
import { rmSync, writeFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { answerTo, type Answer } from '#scripts/investigate/answer.js';
import { EventLog } from '#scripts/investigate/event-log.js';
import type { Facts } from '#scripts/investigate/facts.js';
import { groupRows } from '#scripts/investigate/tally.js';
import { report } from '../pipeline-run.js';
import { Trail } from '../sample/trail.js';
import { memoryFacts, type Cells } from './memory-facts.js';
import { pageRows } from './page-rows.js';
import { onDay, type Line } from './telling.js';

/** Log files (name → text) in which these calls happen, all in eu-west-1 of one account. */
export function logOf(lines: readonly Line[], account: string): Readonly<Record<string, string>> {
  const trail = new Trail(Number(account) % 2 ** 31);
  for (const [clock, caller, deed] of lines) {
    trail.add({ ...deed, at: onDay(clock), account, region: 'eu-west-1', caller });
  }
  return Object.fromEntries(trail.files().map(({ key, text }) => [key.replace(/\.gz$/, ''), text]));
}

/** What a report of these files holds, split by the account that received each event. */
export async function factsByAccount(files: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, Facts>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'culprit-answer-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, 'logs', name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const { page } = await report([path.join(folder, 'logs')], path.join(folder, 'out'));
    const { times, rows } = await pageRows(page);
    const accountOf = (row: number): string => rows[row]?.['recipientAccountId'] ?? '';
    return new Map(
      [...groupRows([...rows.keys()], accountOf)].map(([account, own]) => [
        account,
        memoryFacts(
          Float64Array.from(own, (row) => times[row] as number),
          own.map((row) => rows[row] as Cells),
        ),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The last, best answer. */
export async function answerOf(facts: Facts, asked: string): Promise<Answer> {
  let last: Answer | undefined;
  for await (const answer of answerTo(await EventLog.open(facts), asked)) last = answer;
  if (!last) throw new Error(`nothing was asked`);
  return last;
}
