/**
 * What a report covers: for each account and region, the days with files and events. Files are placed by the account,
 * region and day of delivery in their names; events by recipientAccountId (else the caller's account), awsRegion and
 * the day of eventTime. Days are in UTC.
 */
export interface Coverage {
  /** The number of days per cell: 1, or more if there would be more than 20,000 cells. */
  readonly daysPerCell: number;
  /** By account, then by region; at most 2,000, those with the most events. */
  readonly places: readonly CoveredPlace[];
  /** The number of places that are not listed. */
  readonly morePlaces: number;
  /** The number of files whose names do not contain account, region and day: they are in no cell. */
  readonly unplacedFiles: number;
  /** The number of days in gaps, including those of unlisted places. */
  readonly gapDays: number;
}

/** One account in one region. The arrays have one entry per cell with content, in order of time. */
export interface CoveredPlace {
  /** '' if the events do not say. */
  readonly account: string;
  readonly region: string;
  /** The cell's first day, as days since 1970-01-01. */
  readonly day: readonly number[];
  readonly files: readonly number[];
  /** The number of these files that could not be used. */
  readonly failed: readonly number[];
  readonly events: readonly number[];
  /** The first and last event, in seconds from the start of the cell's first day; -1 if there is none. */
  readonly first: readonly number[];
  readonly last: readonly number[];
  /**
   * Ranges of days without a file between days with files, first and last day as ISO dates. A quiet region also has
   * such days, so they are reported only if half of the days have files, or if a day has three files on average. At
   * most 200.
   */
  readonly gaps: readonly (readonly [from: string, to: string])[];
}
