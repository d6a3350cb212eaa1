/** Which events are kept. */
import { isReadOnly } from '#scripts/cloudtrail/outcome.js';
import { FIELD } from '#scripts/cloudtrail/record-fields.js';
import type { EventFilter } from '#scripts/run/config.js';
import type { RecordView } from './record-view.js';

export class RecordFilter {
  // By code of readOnly and of eventName, found out once.
  private readonly readsByFlag: boolean[] = [];
  private readonly readsByName: boolean[] = [];

  constructor(private readonly filter: EventFilter) {}

  /** Whether the event only reads: as it says, else by its name. Codes are of `readOnly` and `eventName`. */
  isReadOnly(record: RecordView, flagCode: number, nameCode: number): boolean {
    if (flagCode !== 0) return (this.readsByFlag[flagCode] ??= isReadOnly(record.text(FIELD.readOnly), ''));
    return (this.readsByName[nameCode] ??= isReadOnly('', record.text(FIELD.eventName)));
  }

  /** @param time eventTime, in milliseconds since 1970 UTC */
  isInTime(time: number): boolean {
    const { since, until } = this.filter;
    return (since === undefined || time >= since) && (until === undefined || time < until);
  }

  /**
   * By everything but its time.
   * @param callerAccount stands in where the record does not say which account received it
   */
  passes(record: RecordView, readOnly: boolean, callerAccount: string | undefined): boolean {
    const { accounts, regions, writesOnly } = this.filter;
    if (writesOnly && readOnly) return false;
    if (regions.length > 0 && !regions.includes(record.text(FIELD.awsRegion))) return false;
    if (accounts.length === 0) return true;
    const account = record.text(FIELD.recipientAccountId) || callerAccount;
    return account !== undefined && accounts.includes(account);
  }
}
