/**
 * The files of a run by what their names tell: for which account and region they were delivered, and on which day.
 *
 * ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE.json.gz — AWS CloudTrail user guide, "CloudTrail log file examples".
 * The name says it also where a copy has lost the folders.
 */

/** Files of one account, region and day. */
export interface DayFiles {
  files: number;
  /** Of these, those that could not be used. */
  failed: number;
}

interface DeliveredPlace {
  readonly account: string;
  readonly region: string;
  /** By day of delivery, as days since 1970 UTC. */
  readonly days: Map<number, DayFiles>;
}

const NAME = /(?:^|\/)(\d{12})_CloudTrail_([a-z0-9-]{1,40})_(\d{4})(\d{2})(\d{2})T\d{4}Z_[^/]*$/;
const DAY = 86_400_000;

export class DeliveredFiles {
  /** Files whose names do not tell. */
  unplaced = 0;
  private readonly byPlace = new Map<string, DeliveredPlace>();

  add(name: string, isFailed: boolean): void {
    const match = NAME.exec(name);
    const day = match ? Date.parse(`${String(match[3])}-${String(match[4])}-${String(match[5])}T00:00:00Z`) / DAY : NaN;
    if (!match || Number.isNaN(day)) {
      this.unplaced++;
      return;
    }
    const [, account, region] = match as unknown as [string, string, string];
    const key = `${account} ${region}`;
    let place = this.byPlace.get(key);
    if (!place) this.byPlace.set(key, (place = { account, region, days: new Map() }));
    const of = place.days.get(day) ?? { files: 0, failed: 0 };
    of.files++;
    if (isFailed) of.failed++;
    place.days.set(day, of);
  }

  get places(): readonly DeliveredPlace[] {
    return [...this.byPlace.values()];
  }
}
