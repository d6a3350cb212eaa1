/** Runs logs through the real reader and compares what comes of them with the plain one. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newFileReport, addFault, addIgnored, type FileReport } from '#scripts/ingest/read/file-report.js';
import { inflate } from '#scripts/ingest/read/inflate.js';
import { Flattener } from '#scripts/ingest/flatten/flattener.js';
import { GrowingPart } from '#scripts/ingest/flatten/growing-part.js';
import { run } from '../support/pipeline-run.js';
import { tsvRows } from '../support/tsv-rows.js';
import type { MutatedLog } from './mutations.js';
import { expectedOf, isJsonColumn, rowOf, type Expected, type ExpectedEvent } from './plain-reader.js';

const EVERYTHING = { since: undefined, until: undefined, accounts: [], regions: [], writesOnly: false };
const MOST_BYTES = 1 << 26;

/** A file that is not read because of its name, as docs/reading.md has it. */
function isNoLog(name: string): boolean {
  return /CloudTrail-(Digest|Insight)\/|\/Config\//.test(name) || !/\.(json|jsonl|ndjson|gz)$/i.test(name);
}

/** What the reader itself says of a file, by itself. */
function reportOn(name: string, bytes: Buffer): FileReport {
  const report = newFileReport(name);
  const inflated = inflate(new Uint8Array(bytes), MOST_BYTES);
  for (const fault of inflated.faults) addFault(report, fault);
  if (inflated.isAppleDouble) addIgnored(report, 'apple-double');
  if (inflated.bytes.length > 0 || (inflated.faults.length === 0 && !inflated.isAppleDouble))
    new Flattener(new GrowingPart(), { filter: EVERYTHING, showSecrets: true }).add(
      inflated.bytes,
      report,
      inflated.isTruncated,
    );
  return report;
}

export interface Fault {
  /** Which of the logs was read wrongly; undefined where that is not known. */
  readonly log: number | undefined;
  readonly what: string;
}

/** What is wrong with how each of these logs is read by itself: a part of what {@link faultsOf} finds, at once. */
export function fileFaultsOf(logs: readonly MutatedLog[]): Fault[] {
  return logs.flatMap(({ files }, log) =>
    [...files]
      .filter(([name]) => !isNoLog(name))
      .flatMap(([name, bytes]) => fileFaults(name, expectedOf(bytes), reportOn(name, bytes)))
      .map((what) => ({ log, what })),
  );
}

/** What is wrong with how these logs are read together. */
export async function faultsOf(logs: readonly MutatedLog[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  const say = (what: string, log?: number): number => faults.push({ log, what });
  const logOfRow = (row: string): number | undefined => {
    const found = logs.findIndex(({ mark }) => row.includes(mark));
    return found < 0 ? undefined : found;
  };
  const must: ExpectedEvent[] = [];
  const possible: ExpectedEvent[] = [];
  const counts = { events: 0, read: 0, ignored: 0, failed: 0 };
  const warnings = new Map<string, number>();
  const folder = mkdtempSync(path.join(tmpdir(), 'culprit-fuzz-'));
  try {
    // Where nothing else is a log, files without the names of logs are looked into.
    writeFileSync(path.join(folder, 'empty.json'), '{"Records":[]}');
    counts.read++;
    for (const [number, { files, planted }] of logs.entries()) {
      for (const [name, bytes] of files) {
        const file = path.join(folder, String(number), name);
        mkdirSync(path.dirname(file), { recursive: true });
        const read = planted?.get(name) ?? bytes;
        writeFileSync(file, read);
        if (isNoLog(name)) {
          counts.ignored++;
          continue;
        }
        const expected = expectedOf(bytes);
        const report = reportOn(name, read);
        for (const what of fileFaults(name, expected, report)) say(what, number);
        counts.events += report.events;
        for (const [code, count] of Object.entries(report.faults))
          warnings.set(code, (warnings.get(code) ?? 0) + count);
        const isEmpty = report.events === 0;
        if (isEmpty && Object.keys(report.faults).length > 0) counts.failed++;
        else if (isEmpty && Object.keys(report.ignored).length > 0) counts.ignored++;
        else counts.read++;
        // What events a damage within gzip brings is not known: the file is not given to the whole pipeline.
        if (expected.isOpaque) {
          rmSync(file);
          forget(report, counts, warnings);
          continue;
        }
        must.push(...expected.events);
        possible.push(...expected.possible);
      }
    }
    const result = await run([folder, '--show-secrets', '--raw-tsv'], path.join(folder, 'out'));
    if ('exitCode' in result) return [...faults, { log: undefined, what: result.message }];
    const { manifest, tsv } = result;
    const rows = tsvRows(tsv).map((row) =>
      rowOf((column) => (isJsonColumn(column) ? (row[column] ?? '') : textIn(row[column] ?? ''))),
    );
    for (const [row, what] of rowFaults(rows, must, possible)) say(`${what}:\n${shortly(row)}`, logOfRow(row));
    const { read, ignored, failed } = manifest.files;
    const told = { events: manifest.events + manifest.duplicates, read, ignored, failed };
    if (JSON.stringify(told) !== JSON.stringify(counts))
      say(`the manifest counts ${JSON.stringify(told)}, not ${JSON.stringify(counts)}`);
    if (rows.length !== manifest.events)
      say(`there are ${String(rows.length)} lines, and ${String(manifest.events)} events in the manifest`);
    const toldWarnings = manifest.warnings
      .filter(({ code }) => code !== 'conflicting-copies')
      .map(({ code, count }) => `${code} ${String(count)}`);
    const expectedWarnings = [...warnings].map(([code, count]) => `${code} ${String(count)}`).sort();
    if (toldWarnings.join() !== expectedWarnings.join())
      say(`the manifest warns of ${toldWarnings.join()}, not ${expectedWarnings.join()}`);
    return faults;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function forget(
  report: FileReport,
  counts: { events: number; read: number; ignored: number; failed: number },
  warnings: Map<string, number>,
): void {
  counts.events -= report.events;
  if (report.events === 0) counts.failed--;
  else counts.read--;
  for (const [code, count] of Object.entries(report.faults)) {
    const left = (warnings.get(code) ?? 0) - count;
    if (left === 0) warnings.delete(code);
    else warnings.set(code, left);
  }
}

function fileFaults(name: string, expected: Expected, report: FileReport): string[] {
  const isFaulty = Object.keys(report.faults).length > 0;
  const codes = Object.keys(report.faults).join();
  if (expected.isFaulty === true && !isFaulty)
    return [`${name} is damaged, or holds what is no event, and is not named`];
  if (expected.isFaulty === false && isFaulty) return [`${name} is sound, and is said to have ${codes}`];
  const others = Object.values(report.ignored).reduce((sum, count) => sum + count, 0);
  const isCertain = expected.possible.length === 0 && expected.isFaulty !== undefined && !expected.isOpaque;
  if (isCertain && report.events !== expected.events.length)
    return [
      `${name} has ${String(expected.events.length)} events, and ${String(report.events)} are counted (${codes})`,
    ];
  if (isCertain && expected.others !== undefined && others !== expected.others)
    return [`${name} has ${String(expected.others)} other records, and ${String(others)} are counted`];
  return [];
}

/** Copies are one event; all else is there as often as it was logged. */
function rowFaults(
  rows: readonly string[],
  must: readonly ExpectedEvent[],
  possible: readonly ExpectedEvent[],
): [row: string, what: string][] {
  const faults: [row: string, what: string][] = [];
  const left = new Map<string, number>();
  for (const row of rows) left.set(row, (left.get(row) ?? 0) + 1);
  const seen = new Set<string>();
  for (const { id, content, row } of must) {
    if (id !== '' && seen.has(content)) continue;
    seen.add(content);
    const count = left.get(row) ?? 0;
    if (count === 0) faults.push([row, 'an event is lost or has other values']);
    else left.set(row, count - 1);
  }
  for (const { row } of possible) left.delete(row);
  for (const [row, count] of left)
    if (count > 0) faults.push([row, `an event is there ${String(count)} times too often`]);
  return faults;
}

function shortly(row: string): string {
  return row
    .split('\n')
    .filter((cell) => !cell.endsWith('='))
    .map((cell) => `  ${cell.slice(0, 200)}`)
    .join('\n');
}

/** A cell's text, its escapes undone. */
function textIn(cell: string): string {
  const escapes: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n', '\\': '\\' };
  return cell.replace(/\\([trn\\])/g, (_, letter: string) => escapes[letter] ?? '');
}
