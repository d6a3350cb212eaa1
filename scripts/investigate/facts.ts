/** What answers are made from: the report's columns, and what is read of single events when it is needed. */
import type { CodedColumn } from '#shared/columnar/event-columns.js';

/** The detail columns of one event by name: JSON text, '' where missing. */
export type Details = ReadonlyMap<string, string>;

export interface Facts {
  readonly rows: number;
  /** Every event's time, milliseconds since 1970 UTC, ascending. */
  readonly times: Float64Array;
  column(name: string): Promise<CodedColumn>;
  /** The details of these events, in the order asked for. Fewest reads where the rows ascend or descend. */
  details(rows: readonly number[]): Promise<readonly Details[]>;
  /** The events whose details contain the text, case ignored; ascending. */
  mentioning(text: string): Promise<readonly number[]>;
}
