/**
 * What a report covers: for each account and region, on which days there were files and events. Files are placed by the
 * account, region and day of delivery in their names; events by recipientAccountId (else the caller's account),
 * awsRegion and the day of eventTime. Days are UTC.
 */
export interface Coverage {
  /** How many days a cell stands for: 1, and more only where there would be more than 20,000 cells. */
  readonly daysPerCell: number;
  /** By account, then by region; of more than 2,000 those with the most events. */
  readonly places: readonly CoveredPlace[];
  /** Places that are not listed. */
  readonly morePlaces: number;
  /** Files whose names do not tell account, region and day: they are in no cell. */
  readonly unplacedFiles: number;
  /** All days in gaps, those of places that are not listed too. */
  readonly gapDays: number;
}

/** One account in one region. The lists have an entry a cell that holds something, in order of time. */
export interface CoveredPlace {
  /** '' where the events do not tell. */
  readonly account: string;
  readonly region: string;
  /** A cell's first day, as days since 1970-01-01. */
  readonly day: readonly number[];
  readonly files: readonly number[];
  /** Of these, files that could not be used. */
  readonly failed: readonly number[];
  readonly events: readonly number[];
  /** The first and the last event, in seconds from the beginning of the cell's first day; -1 where there is none. */
  readonly first: readonly number[];
  readonly last: readonly number[];
  /**
   * Days without a file between days with files, first and last as ISO dates. A region where little happens has such
   * days too: only where half of the days have files, or a day has three on average. At most 200 of them.
   */
  readonly gaps: readonly (readonly [from: string, to: string])[];
}
