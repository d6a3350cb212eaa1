/**
 * `npm run test:sigma -- --rules DIR --input DIR`: compares what Culprit and pySigma (with its SQLite backend) find, for
 * the rules in DIR and our own, over the logs in DIR and over records that flip what the rules ask. It needs Python with
 * venv, and installs pySigma in a temporary folder; PYTHON names an interpreter that has it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import { ruleFiles } from '#scripts/findings/read-rules.js';
import { FieldValues } from '#scripts/investigate/findings/field-values.js';
import { leavesOf, type Leaf } from '#scripts/investigate/findings/sigma/expression.js';
import { RuleMatcher } from '#scripts/investigate/findings/sigma/matcher.js';
import { type EventRule, readRules } from '#scripts/investigate/findings/sigma/rule.js';
import { Random } from '../random.js';
import { record } from '../records.js';
import { ruleLogOfRecords } from '../rule-log.js';

type Fields = Readonly<Record<string, unknown>>;

/** Generated records of each rule. */
const GENERATED = 60;

const { values: given } = parseArgs({
  options: {
    rules: { type: 'string', multiple: true, default: [] },
    input: { type: 'string', multiple: true, default: [] },
  },
});
const python = process.env['PYTHON'] ?? installed();
const documents = ruleFiles(given.rules).flatMap((file) =>
  parseAllDocuments(readFileSync(file, 'utf8')).map((document, i) => ({
    name: `${path.basename(file, path.extname(file))}${i === 0 ? '' : ` ${String(i)}`}`,
    document: document.toJS() as Fields,
  })),
);
const { events, refused } = readRules(documents);
const random = new Random(1);
// A computed column is nothing that pySigma knows.
const rules = events.filter(({ detection }) =>
  [...leavesOf(detection)].every(({ field }) => !field.startsWith('culprit.')),
);
const records = [...given.input.flatMap(recordsBelow), ...rules.flatMap(flips)];
compare(records);

function compare(all: readonly Fields[]): void {
  const log = ruleLogOfRecords(all);
  const found = new RuleMatcher(
    log,
    rules.map(({ detection }) => detection),
  ).match(0, log.rows);
  const fields = [...new Set(rules.flatMap(({ detection }) => [...leavesOf(detection)].flatMap(namesIn)))].filter(
    Boolean,
  );
  const values = new FieldValues(log);
  const readers = fields.map((field) => values.valuesOf(field));
  const rows = all.flatMap((_, row) => combinations(readers.map((read) => read(row))).map((cells) => [row, ...cells]));
  const written = Object.fromEntries(
    rules.map((rule) => [
      rule.id,
      documents.find(({ name, document }) => [document.id, document.name, name].includes(rule.id))?.document,
    ]),
  );
  const answer = execFileSync(python, [path.join(import.meta.dirname, 'evaluate.py')], {
    input: JSON.stringify({ rules: written, fields, rows }),
    maxBuffer: 1 << 30,
  });
  const theirs = JSON.parse(answer.toString()) as Readonly<Record<string, readonly number[] | string>>;
  let disagreements = 0;
  let [matches, compared] = [0, 0];
  rules.forEach(({ id, title }, i) => {
    const their = theirs[id] as readonly number[] | string;
    if (typeof their === 'string') {
      console.log(`not by pySigma: ${title.en} (${id}): ${their.split('\n')[0] ?? ''}`);
      return;
    }
    const ours = new Set(found[i]);
    const wrong = [...their.filter((row) => !ours.has(row)), ...[...ours].filter((row) => !their.includes(row))];
    compared++;
    matches += ours.size;
    if (wrong.length === 0) return;
    disagreements += wrong.length;
    console.log(
      `${title.en} (${id}): ${String(wrong.length)} of ${String(all.length)}, such as ${JSON.stringify(all[wrong[0] as number])}`,
    );
  });
  for (const { rule, title, why } of refused) console.log(`not evaluated: ${title} (${rule}): ${why}`);
  console.log(
    `${String(compared)} rules, ${String(all.length)} records, ${String(matches)} matches: ${String(disagreements)} disagreements`,
  );
  process.exitCode = disagreements === 0 ? 0 : 1;
}

function namesIn({ field, tests }: Leaf): readonly string[] {
  return [field, ...tests.flatMap((test) => (test.op === 'field' ? [test.field] : []))];
}

/** A row for each combination of a record's values; null where it has none. */
function combinations(cells: readonly (readonly string[])[]): readonly (readonly (string | null)[])[] {
  return cells.reduce<readonly (readonly (string | null)[])[]>(
    (rows, values) =>
      values.length === 0
        ? rows.map((row) => [...row, null])
        : rows.flatMap((row) => values.map((value) => [...row, value])).slice(0, 2000),
    [[]],
  );
}

/** Records that have, or lack, what the rule asks for, and something like it. */
function flips({ detection }: EventRule): readonly Fields[] {
  const choices = new Map<string, unknown[]>();
  for (const { field, tests } of leavesOf(detection)) {
    const values = choices.get(field) ?? [undefined, 'something else'];
    for (const test of tests) {
      if (test.op === 'text') {
        const text = test.pattern.replaceAll('*', '').replaceAll('?', 'x').replaceAll('\\', '');
        values.push(text, text.toUpperCase(), `before ${text} behind`, `${text} behind`, text.slice(1));
      } else if (test.op === 'regex') values.push('arn:aws:sts::111111111111:assumed-role/aws:x');
    }
    choices.set(field, values);
  }
  return Array.from({ length: GENERATED }, (_, i) => {
    const fields: Record<string, unknown> = {};
    // Mostly what the rule asks for: else one that asks for much would never be met.
    for (const [field, values] of choices)
      put(fields, field, i % 3 > 0 && values.length > 2 ? values[2 + (i % (values.length - 2))] : random.pick(values));
    return record(i, fields);
  });
}

function put(fields: Record<string, unknown>, field: string, value: unknown): void {
  const keys = field.split('.');
  const last = keys.pop() as string;
  let at = fields;
  for (const key of keys) {
    const inner = at[key];
    at = at[key] = (typeof inner === 'object' && inner !== null ? { ...inner } : {}) as Record<string, unknown>;
  }
  at[last] = value;
}

function recordsBelow(folder: string): readonly Fields[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.json(?:\.gz)?$/.test(name))
    .flatMap((name) => {
      const bytes = readFileSync(path.join(folder, name));
      const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
      return (JSON.parse(text) as { Records?: readonly Fields[] }).Records ?? [];
    });
}

function installed(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pysigma-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  execFileSync('python3', ['-m', 'venv', folder]);
  const interpreter = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  execFileSync(interpreter, ['-m', 'pip', 'install', '--quiet', 'pysigma', 'pysigma-backend-sqlite']);
  return interpreter;
}
