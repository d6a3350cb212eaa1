/**
 * Each folder of `cases/` is named like a rule of ours: the rule finds the events of `hit.json`, and none of `near.json`.
 * What a record leaves out is that of a user of its own, so that no case disturbs another.
 *
 * `repeat` stands for so many records, `every` so many seconds after one another; `{n}` in texts is the number of each.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import '../support/one-worker.js';
import { loadRules, ruleFiles } from '#scripts/findings/read-rules.js';
import type { RuleSet } from '#scripts/investigate/findings/sigma/rule.js';
import { report } from '../support/pipeline-run.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const CASES = path.join(import.meta.dirname, 'cases');
const KINDS = ['hit', 'near'] as const;

type Fields = Readonly<Record<string, unknown>>;

interface FindingsFile {
  readonly findings: readonly { readonly rule: string; readonly events: readonly string[] }[];
  readonly notEvaluable: readonly unknown[];
}

/** Seconds between the records of a case, where it does not say otherwise. */
const EVERY = 5;

/** The records of a case, an hour or more away from those of others. */
function recordsOf(rule: string, kind: string, number: number): readonly Fields[] {
  const cases = JSON.parse(readFileSync(path.join(CASES, rule, `${kind}.json`), 'utf8')) as readonly Fields[];
  const userName = `${rule}-${kind}`;
  const letters = Array.from(
    Buffer.from(userName),
    (byte) => `${'ABCDEFGHIJKLMNOP'[byte >> 4] ?? ''}${'ABCDEFGHIJKLMNOP'[byte & 15] ?? ''}`,
  );
  const own = {
    type: 'IAMUser',
    principalId: `AIDA${userName}`,
    arn: `arn:aws:iam::111111111111:user/${userName}`,
    accountId: '111111111111',
    accessKeyId: `AKIA${letters.join('')}`,
    userName,
  };
  let second = number * 7200;
  return cases.flatMap(({ repeat = 1, every = EVERY, ...fields }) =>
    Array.from({ length: Number(repeat) }, (_, n) => {
      second += Number(every);
      const numbered = JSON.parse(JSON.stringify(fields).replaceAll('{n}', String(1000 + n))) as Fields;
      return record(second, {
        userIdentity: own,
        sourceIPAddress: `10.${String(number >> 8)}.${String(number & 255)}.1`,
        ...numbered,
      });
    }),
  );
}

const RULES = readdirSync(CASES).sort();

interface Evaluated {
  readonly rules: RuleSet;
  readonly notEvaluable: readonly unknown[];
  /** By rule: the cases whose events it found. */
  readonly casesOf: ReadonlyMap<string, ReadonlySet<string>>;
}

let evaluated: Promise<Evaluated> | undefined;

/** One log of all cases is enough for all tests. */
function evaluate(): Promise<Evaluated> {
  return (evaluated ??= evaluateCases());
}

async function evaluateCases(): Promise<Evaluated> {
  const caseOf = new Map<string, string>();
  const records = RULES.flatMap((rule, r) =>
    KINDS.flatMap((kind, k) => {
      const of = recordsOf(rule, kind, r * KINDS.length + k);
      for (const { eventID } of of) caseOf.set(String(eventID), `${rule} ${kind}`);
      return of;
    }),
  );
  const input = temporaryFolder({ 'events.json': logFile(...records) });
  const { folder } = await report([input], path.join(temporaryFolder(), 'out'));
  const found = JSON.parse(readFileSync(path.join(folder, 'findings.json'), 'utf8')) as FindingsFile;
  return {
    rules: await loadRules(ruleFiles([])),
    notEvaluable: found.notEvaluable,
    casesOf: new Map(
      found.findings.map(({ rule, events }) => [rule, new Set(events.map((id) => caseOf.get(id) ?? ''))]),
    ),
  };
}

const visible = (set: RuleSet): readonly string[] => {
  const parts = new Set(set.correlations.flatMap((correlation) => correlation.rules));
  return [...set.correlations, ...set.events.filter(({ id }) => !parts.has(id))].map(({ id }) => id).sort();
};

test('every rule of ours can be evaluated, and has a case', async () => {
  const { rules, notEvaluable } = await evaluate();
  expect(rules.refused).toEqual([]);
  expect(notEvaluable).toEqual([]);
  expect(visible(rules)).toEqual(RULES);
});

test('every rule finds its hit and passes over its near miss', async () => {
  const { casesOf } = await evaluate();
  const wrong = RULES.flatMap((rule) => {
    const cases = casesOf.get(rule) ?? new Set();
    return [
      ...(cases.has(`${rule} hit`) ? [] : [`${rule} does not find its hit`]),
      ...(cases.has(`${rule} near`) ? [`${rule} finds its near miss`] : []),
    ];
  });
  expect(wrong).toEqual([]);
});

test('every rule of ours says in both languages what it finds, why it matters, and what to do', async () => {
  const { rules } = await evaluate();
  const shown = new Set(visible(rules));
  for (const rule of [...rules.events, ...rules.correlations]) {
    if (!shown.has(rule.id)) continue;
    for (const text of [rule.title, rule.why, rule.next, rule.falsePositives]) {
      expect(text.en, rule.id).not.toBe('');
      expect(text.ja, rule.id).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    }
    expect(rule.techniques.length, rule.id).toBeGreaterThan(0);
  }
});

test('every control of the CIS benchmark that is a filter of the log has a rule', async () => {
  const { rules } = await evaluate();
  const controls = new Set([...rules.events, ...rules.correlations].flatMap(({ cis }) => cis));
  expect([...controls].sort()).toEqual(Array.from({ length: 15 }, (_, i) => `5.${String(i + 1)}`).sort());
});

test('each case is of a rule and has both files', () => {
  for (const rule of RULES)
    for (const kind of KINDS) expect(existsSync(path.join(CASES, rule, `${kind}.json`))).toBe(true);
});
