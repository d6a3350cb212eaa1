/** Values by their path in a parsed part of a record. */

/** The object, or one without anything where there is something else. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A value as a cell: texts as they are, '' for what is missing, JSON for what is nested. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? '' : jsonOf(value);
}

/** The value that keys lead to, as a cell. */
export function textAt(value: unknown, keys: readonly string[]): string {
  return textOf(keys.reduce((inner, key) => objectOf(inner)[key], value));
}

/** Something in the place of a text, as JSON; '' where it is nested too deeply to be anybody's name. */
function jsonOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
