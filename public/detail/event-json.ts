/** One event as JSON to copy: every column that is not empty; JSON parts exactly as the log wrote them. */

export interface EventCell {
  readonly column: string;
  /** Text, or the log's own JSON where `isJson`. */
  readonly value: string;
  readonly isJson: boolean;
}

export function eventJson(cells: readonly EventCell[]): string {
  const members = cells
    .filter(({ value }) => value !== '')
    .map(({ column, value, isJson }) => `  ${JSON.stringify(column)}: ${isJson ? value : JSON.stringify(value)}`);
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n}`;
}
