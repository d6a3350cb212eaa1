/** The store as rules read it. */
import type { RuleColumn, RuleLog } from '#scripts/investigate/findings/rule-log.js';
import { columnNamed, type TextName } from '#shared/model/columns.js';
import { stringAt } from '#shared/format/string-table.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { type CodedColumn, type EventStore, textBytes } from '#scripts/store/event-store.js';

export function ruleLogOf(store: EventStore): RuleLog {
  const bytesOf = (row: number, name: TextName): Buffer | undefined => {
    const bytes = textBytes(store.texts, name, row);
    return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  };
  return {
    rows: store.rows,
    times: store.times,
    identityOf: store.identity,
    column: (name) => (name === 'target' ? targetsOf(store) : columnOf(store.coded[name] as CodedColumn, name)),
    text: (row, name) => bytesOf(row, name)?.toString() ?? '',
    mayHold: (row, name, ascii) => bytesOf(row, name)?.includes(ascii, 0, 'latin1') ?? false,
  };
}

function columnOf({ codes, values }: CodedColumn, name: string): RuleColumn {
  return {
    size: values.length,
    codes,
    isPerIdentity: columnNamed(name)?.per === 'identity',
    value: (code) => stringAt(values, code),
  };
}

function targetsOf({ coded, targetEnds }: EventStore): RuleColumn {
  const { codes, values } = coded.resources as CodedColumn;
  return {
    size: values.length,
    codes,
    isPerIdentity: false,
    value: (code) => {
      const start = code === 0 ? 0 : (values.ends[code - 1] as number);
      return decodeUtf8(values.bytes.subarray(start, targetEnds[code]));
    },
  };
}
