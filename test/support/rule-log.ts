/** Records as rules read them, without the way through files and workers. */
import type { RuleColumn, RuleLog } from '#scripts/investigate/findings/rule-log.js';
import { columnNamed, isPath, pathsOf } from '#shared/model/columns.js';

type Fields = Readonly<Record<string, unknown>>;

/** @param own values of computed columns by event, as `culprit` in the record */
export function ruleLogOfRecords(records: readonly Fields[]): RuleLog {
  const columns = new Map<string, RuleColumn>();
  return {
    rows: records.length,
    times: records.map(({ eventTime }) => Date.parse(String(eventTime))),
    identityOf: records.map((_, row) => row),
    column: (name) => {
      const known = columns.get(name) ?? columnOf(records, name);
      columns.set(name, known);
      return known;
    },
    text: (row, name) => textOf(records[row]?.[name]),
    mayHold: (row, name, ascii) => textOf(records[row]?.[name]).includes(ascii),
  };
}

/** A missing part and null are one, as in the store. */
function textOf(value: unknown): string {
  return value === undefined || value === null || value === '' ? '' : JSON.stringify(value);
}

function columnOf(records: readonly Fields[], name: string): RuleColumn {
  const column = columnNamed(name);
  const from = column?.from;
  const values = records.map((record) => {
    if (from !== undefined && isPath(from)) {
      return pathsOf(from)
        .map((path) => cellOf(at(record, path)))
        .find((cell) => cell !== '');
    }
    return cellOf(at(record, `culprit.${name}`));
  });
  const distinct = [...new Set(['', ...values.map((value) => value ?? '')])];
  return {
    size: distinct.length,
    codes: values.map((value) => distinct.indexOf(value ?? '')),
    isPerIdentity: column?.per === 'identity',
    value: (code) => distinct[code] as string,
  };
}

function at(record: Fields, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], record);
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
