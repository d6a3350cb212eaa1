/** What a report says first, from what rules found. */
import type { Briefing, BriefingLine, ListedFinding } from '#shared/model/briefing.js';
import type { RuleLog } from '../findings/rule-log.js';
import { queryOf } from './line-query.js';
import { quietLines } from './quiet.js';
import { CallLog } from './read-calls.js';
import { compareStories, storiesOf, type Found, type Story } from './stories.js';

const MOST_LINES = 5;
/** Lines of one kind, while there are others. */
const MOST_OF_KIND = 2;
/** Findings that the page lists, and names that it has of each. */
const MOST_LISTED = 2000;
const MOST_NAMES = 20;

/**
 * @param found the most serious first
 * @param rules how many were evaluated
 */
export function briefingOf(log: RuleLog, found: readonly Found[], rules: number): Briefing {
  const calls = new CallLog(log);
  const chosen = choose([...storiesOf(calls, found)].sort(compareStories));
  const told = new Set(chosen.flatMap((story) => [...story.rules]));
  const lines: readonly BriefingLine[] = chosen.length > 0 ? chosen.map(({ line }) => line) : quietLines(calls);
  return {
    lines,
    more: found.filter(({ rule }) => !told.has(rule.id)).length,
    findings: found.slice(0, MOST_LISTED).map((of) => listed(calls, of)),
    rules,
  };
}

/** The first ones, of no kind more than its share unless nothing else is left. */
function choose(stories: readonly Story[]): readonly Story[] {
  const counts = new Map<string, number>();
  const within: Story[] = [];
  const beyond: Story[] = [];
  for (const story of stories) {
    const count = (counts.get(story.kind) ?? 0) + 1;
    counts.set(story.kind, count);
    (count <= MOST_OF_KIND ? within : beyond).push(story);
  }
  return [...within.slice(0, MOST_LINES), ...beyond].slice(0, MOST_LINES).sort(compareStories);
}

function listed(log: CallLog, { rule, finding }: Found): ListedFinding {
  const { id, title, level, kind, techniques } = rule;
  const { count, first, last, people, targets, accounts, rows } = finding;
  const some = rows.length > MOST_LISTED ? [...rows.subarray(0, MOST_LISTED), rows.at(-1) as number] : [...rows];
  return {
    rule: id,
    title,
    level,
    kind,
    techniques,
    count,
    first,
    last,
    people: people.slice(0, MOST_NAMES),
    targets: targets.slice(0, MOST_NAMES),
    accounts: accounts.slice(0, MOST_NAMES),
    query: queryOf(log, some, people.length === 1 ? (people[0] as string) : ''),
  };
}
