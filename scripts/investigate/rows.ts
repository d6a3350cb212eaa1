/** Finding an answer's events in the columns: values are tested once each, then rows are looked up. */
import { perKey, type CodedColumn } from '#shared/columnar/event-columns.js';
import { forEachNaming } from '#shared/columnar/named-rows.js';
import type { EventLog } from './event-log.js';
import type { Target } from './target.js';

/** The events, ascending, that name one of the targets among their resources; of the rows from … to only. */
export function rowsNaming(
  log: EventLog,
  targets: readonly Target[],
  from = 0,
  to = log.facts.rows,
): readonly number[] {
  const rows: number[] = [];
  forEachNaming(
    (name) => log.column(name),
    targets,
    from,
    to,
    (row) => rows.push(row),
  );
  return rows;
}

/** The events whose value in the column is this text, case ignored; ascending. */
export function rowsOf(column: CodedColumn, text: string): readonly number[] {
  return rowsFlagged(column, codesOf(column, text), 0, column.keys.length);
}

/** 1 for each value that is this text, case ignored; none for ''. */
export function codesOf({ dictionary }: CodedColumn, text: string): Uint8Array {
  const flags = new Uint8Array(dictionary.size);
  if (text === '') return flags;
  dictionary.forEachWith(text.toLowerCase(), (code) => {
    if (dictionary.lower(code) === text.toLowerCase()) flags[code] = 1;
  });
  return flags;
}

/** 1 for each value that passes the test; the empty value never does. */
export function codesWith({ dictionary }: CodedColumn, test: (value: string) => boolean): Uint8Array {
  const flags = new Uint8Array(dictionary.size);
  for (let code = 1; code < flags.length; code++) if (test(dictionary.value(code))) flags[code] = 1;
  return flags;
}

function rowsFlagged(column: CodedColumn, flags: Uint8Array, from: number, to: number): readonly number[] {
  const rows: number[] = [];
  if (!flags.includes(1)) return rows;
  const keys = perKey(column, flags);
  for (let row = from; row < to; row++) if (keys[column.keys[row] as number] === 1) rows.push(row);
  return rows;
}
