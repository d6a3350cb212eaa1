/** Records with one eventID and different content: which file each is from, for the report's readers to judge. */
import type { Warning } from '#shared/model/manifest.js';
import { stringTableOf } from '#shared/format/string-table.js';
import type { CodedColumn } from '#scripts/store/event-store.js';
import type { FileStanding } from '#scripts/verify/log-proofs.js';
import type { Conflict } from './copies.js';
import { partOf, rowOf } from '../flatten/part-row.js';
import type { Part } from '../flatten/part.js';
import { shareTable } from '../flatten/share-dictionary.js';

/** What --verify says of a file, behind its name. */
const STANDINGS: Readonly<Record<FileStanding, string>> = {
  proven: ' (proven)',
  unproven: ' (not proven)',
  refuted: ' (tampered with)',
};

/** What is best proven comes first. */
const RANKS: readonly FileStanding[] = ['proven', 'unproven', 'refuted'];
/** Files that are named of one eventID. */
const MOST_NAMED = 3;

interface ConflictingCopies {
  /** Of each event in a conflict the file that it is from, of others ''. */
  readonly column: CodedColumn;
  /** Undefined where there is no conflict. Its example names the files of the first one, those that are proven last. */
  readonly warning: Warning | undefined;
}

/**
 * @param entries the events in order
 * @param conflicts those that contradict one another
 * @param standingOf what --verify found; undefined where it was not asked for
 */
export function describeConflicts(
  parts: readonly Part[],
  entries: Uint32Array,
  conflicts: readonly Conflict[],
  standingOf: ((file: string) => FileStanding) | undefined,
): ConflictingCopies {
  const codes = new Uint32Array(new SharedArrayBuffer(entries.length * 4));
  const values = new Map<string, number>([['', 0]]);
  const rank = (file: string): number => RANKS.indexOf(standingOf?.(file) ?? 'unproven');
  const byRank = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : 1);
  // A content is proven if one of its copies is. The choice does not depend on which of them stays.
  const fileOfContent = (content: readonly number[]): string =>
    content.map((entry) => fileOf(parts, entry)).sort(byRank)[0] as string;
  const files = new Map(conflicts.flat().map((content) => [content[0], fileOfContent(content)]));
  if (files.size > 0) {
    entries.forEach((entry, row) => {
      const file = files.get(entry);
      if (file === undefined) return;
      const value = standingOf === undefined ? file : `${file}${STANDINGS[standingOf(file)]}`;
      const code = values.get(value) ?? values.size;
      values.set(value, code);
      codes[row] = code;
    });
  }
  const named = conflicts.map((contents) => contents.map(([stays]) => files.get(stays) as string));
  // What is not proven comes first: it is what should be looked into.
  const examples = named.map((of) =>
    [...new Set(of)]
      .sort((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1))
      .slice(0, MOST_NAMED)
      .join(', '),
  );
  return {
    column: { codes, values: shareTable(stringTableOf(values.keys())) },
    warning:
      files.size === 0
        ? undefined
        : { code: 'conflicting-copies', count: files.size, example: examples.sort()[0] as string },
  };
}

/** The name of the file that a row is from. */
function fileOf(parts: readonly Part[], entry: number): string {
  const { starts, names } = (parts[partOf(entry)] as Part).files;
  const row = rowOf(entry);
  let low = 0;
  for (let high = starts.length; high - low > 1;) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= row) low = middle;
    else high = middle;
  }
  return names[low] ?? '';
}
