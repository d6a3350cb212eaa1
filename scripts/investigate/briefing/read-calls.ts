/** Calls of a log with who made them, as the briefing reads them: columns at once, parameters of a few. */
import { LIST_SEPARATOR, type Outcome } from '#shared/model/columns.js';
import type { Call } from '../effects/effect.js';
import type { RuleColumn, RuleLog } from '../findings/rule-log.js';
import { parsedJson } from '../json-leaves.js';

type Column = Parameters<RuleLog['column']>[0];

export class CallLog {
  private readonly columns = new Map<Column, RuleColumn>();

  constructor(readonly log: RuleLog) {}

  /** Each value is decoded once. */
  column(name: Column): RuleColumn {
    const known = this.columns.get(name);
    if (known) return known;
    const column = this.log.column(name);
    const decoded: (string | undefined)[] = [];
    const kept = { ...column, value: (code: number) => (decoded[code] ??= column.value(code)) };
    this.columns.set(name, kept);
    return kept;
  }

  /** The codes of a column's values by row. */
  codes(name: Column): (row: number) => number {
    const { codes, isPerIdentity } = this.column(name);
    const { identityOf } = this.log;
    return isPerIdentity ? (row) => codes[identityOf[row] as number] as number : (row) => codes[row] as number;
  }

  code(name: Column, row: number): number {
    const { codes, isPerIdentity } = this.column(name);
    return codes[isPerIdentity ? (this.log.identityOf[row] as number) : row] as number;
  }

  value(name: Column, row: number): string {
    return this.column(name).value(this.code(name, row));
  }

  time(row: number): number {
    return this.log.times[row] as number;
  }

  /** The person whom the call leads to; the identity that made it where that is not known. */
  person(row: number): string {
    return this.value('behind', row) || this.value('actor', row);
  }

  /** The names of what the call is about; [] where it names nothing. */
  targets(row: number): readonly string[] {
    const cell = this.value('target', row);
    return cell === '' ? [] : cell.split(LIST_SEPARATOR);
  }

  call(row: number): Call {
    const json = (name: Parameters<RuleLog['text']>[1]): unknown => parsedJson(this.log.text(row, name));
    return {
      eventSource: this.value('eventSource', row),
      eventName: this.value('eventName', row),
      account: this.value('recipientAccountId', row) || this.value('accountId', row),
      outcome: this.value('outcome', row) as Outcome,
      targets: this.targets(row),
      who: { type: this.value('type', row) },
      request: json('requestParameters'),
      response: json('responseElements'),
      additional: json('additionalEventData'),
    };
  }
}
