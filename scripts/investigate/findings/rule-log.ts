/** What rules read of a log. Node's store, the page's columns and a test's array can each be read so. */
import type { CodedName, TextName } from '#shared/model/columns.js';

/** A column as codes into its distinct values; value 0 is the empty one, which stands for a missing one too. */
export interface RuleColumn {
  readonly size: number;
  /** By row, or by identity. */
  readonly codes: ArrayLike<number>;
  readonly isPerIdentity: boolean;
  value(code: number): string;
}

export interface RuleLog {
  readonly rows: number;
  /** Every event's time, milliseconds since 1970 UTC, ascending. */
  readonly times: ArrayLike<number>;
  /** Row → identity. */
  readonly identityOf: ArrayLike<number>;
  column(name: CodedName | 'target'): RuleColumn;
  /** JSON as the log wrote it, compact; '' where the event has none. */
  text(row: number, name: TextName): string;
  /** Whether the text holds these characters of ASCII; where that is not known at once, true. */
  mayHold(row: number, name: TextName, ascii: string): boolean;
}
