/** The whole pipeline on real logs, where they lie beside the checkout; else on the sample. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Finished, report } from '../support/pipeline-run.js';
import { expectSameEvents } from '../support/same-events.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { cellText, type TsvRow, tsvRows } from '../support/tsv-rows.js';

const REAL = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'real');
const SAMPLE = path.join(import.meta.dirname, '..', '..', 'scripts', 'sample');
const isThere = existsSync(REAL);
/** jq is started once a file. */
const TIMEOUT = 90_000;
const LOGS = isThere ? REAL : SAMPLE;
const hasJq = spawnSync('jq', ['--version']).status === 0;
const inCi = process.env['CI'] !== undefined;

/** The classic script's columns: name and jq path. */
const CLASSIC = [
  ['eventTime', '.eventTime'],
  ['awsRegion', '.awsRegion'],
  ['eventSource', '.eventSource'],
  ['eventName', '.eventName'],
  ['userName', '.userIdentity.userName'],
  ['sourceIPAddress', '.sourceIPAddress'],
  ['userAgent', '.userAgent'],
] as const;

interface LogRecord {
  readonly eventID: string;
  readonly requestParameters?: unknown;
}

function logFiles(): string[] {
  const files = readdirSync(LOGS, { recursive: true, withFileTypes: true });
  return files.filter((file) => file.name.endsWith('.json.gz')).map((file) => path.join(file.parentPath, file.name));
}

/** Every event of the logs by its ID, parsed the plain way. */
function recordsById(): Map<string, LogRecord> {
  const records = logFiles().flatMap(
    (file) => (JSON.parse(gunzipSync(readFileSync(file)).toString()) as { Records: LogRecord[] }).Records,
  );
  return new Map(records.map((record) => [record.eventID, record]));
}

function reportOf(): Promise<Finished> {
  return report([LOGS], path.join(temporaryFolder(), 'out'));
}

describe(isThere ? 'on real logs' : 'on the sample, because there are no real logs in ../shared/data/real', () => {
  test('every event is there exactly once, with its own request, in TSV and page', { timeout: TIMEOUT }, async () => {
    const finished = await reportOf();
    const records = recordsById();
    const rows = tsvRows(finished.tsv);
    expect(rows.map((row) => row['eventID']).sort()).toEqual([...records.keys()].sort());
    const other = rows.filter((row) => {
      const request = records.get(row['eventID'] as string)?.requestParameters ?? null;
      const cell = (row['requestParameters'] as string).replace(/^'/, '');
      return !isDeepStrictEqual(cell === '' ? null : (JSON.parse(cell) as unknown), request) || row['actor'] === '';
    });
    expect(other).toEqual([]);
    expect(finished.manifest.warnings).toEqual([]);
    expect(finished.manifest.files.failed).toBe(0);
    expectSameEvents(finished, false);
  });

  const noJq = hasJq ? '' : ' (skipped: no jq)';
  test.skipIf(!hasJq && !inCi)(
    `the classic eight columns are what jq gives, empty for null${noJq}`,
    { timeout: TIMEOUT },
    async () => {
      const { tsv } = await reportOf();
      const rows = new Map(tsvRows(tsv).map((row) => [row['eventID'], row]));
      const values = ['.eventID', ...CLASSIC.map(([, at]) => at), '.requestParameters'].join(', ');
      const records = logFiles().flatMap((file) => {
        const input = gunzipSync(readFileSync(file));
        return execFileSync('jq', ['-c', `.Records[] | [${values}]`], { input, maxBuffer: 1 << 28 })
          .toString()
          .trimEnd()
          .split('\n');
      });
      const other: string[] = [];
      let sameText = 0;
      for (const line of records) {
        const [eventID, ...cells] = JSON.parse(line) as [string, ...(string | null)[]];
        const row = rows.get(eventID) as TsvRow;
        const shown = CLASSIC.map(([name]) => cellText(row[name] as string));
        if (
          !isDeepStrictEqual(
            shown,
            cells.slice(0, CLASSIC.length).map((cell) => cell ?? ''),
          )
        )
          other.push(line);
        // jq rounds large numbers and writes 2.0 as 2.0 or 2, by version; the log's own text is kept here.
        const request = cells[CLASSIC.length] as unknown;
        const own = (row['requestParameters'] as string).replace(/^'/, '');
        if (own === (request === null ? '' : JSON.stringify(request))) sameText++;
      }
      expect(other).toEqual([]);
      expect(new Set(records.map((line) => (JSON.parse(line) as string[])[0])).size).toBe(rows.size);
      expect(sameText / records.length).toBeGreaterThan(0.95);
    },
  );
});
