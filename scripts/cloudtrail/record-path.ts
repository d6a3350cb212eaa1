/** Reads values by path from a parsed part of a record. */

const NOTHING: Record<string, unknown> = Object.freeze({});

/** The object; an empty one for any other value. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : NOTHING;
}

/** A value as a cell: strings unchanged, '' if missing, JSON if nested. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? '' : jsonOf(value);
}

/** The value at a path of keys, as a cell. */
export function textAt(value: unknown, keys: readonly string[]): string {
  let inner = value;
  for (const key of keys) inner = objectOf(inner)[key];
  return textOf(inner);
}

/** A nested value in the place of a string, as JSON; '' if it is nested too deeply to be a name. */
function jsonOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
