/** The texts in a JSON value, each with the keys that lead to it. */

export interface Leaf {
  /** The key that the text, or the list it is in, stands under; as the log writes it. */
  readonly key: string;
  /** All keys from the outside, without places in lists. */
  readonly path: readonly string[];
  readonly value: string;
}

/** Beyond this nothing is anybody's resource. */
const MAX_DEPTH = 40;
const MAX_LEAVES = 20_000;

const BUCKET = /^(?:s3)?bucket(?:name)?$/i;
const OBJECT_KEY = /^(?:s3|object)?key$/i;

/** Texts and numbers, in the order written. An object's key beside its bucket is `bucket/key`, as ARNs have it. */
export function leavesOf(value: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  collect(value, [], 0, leaves);
  return leaves;
}

function collect(value: unknown, path: readonly string[], depth: number, leaves: Leaf[]): void {
  if (depth > MAX_DEPTH || leaves.length > MAX_LEAVES) return;
  if (typeof value === 'string' || typeof value === 'number') {
    leaves.push({ key: path.at(-1) ?? '', path, value: String(value) });
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, path, depth + 1, leaves);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const bucket: unknown = entries.find(([key, inner]) => BUCKET.test(key) && typeof inner === 'string')?.[1];
    for (const [key, inner] of entries) {
      const isObject = typeof bucket === 'string' && typeof inner === 'string' && OBJECT_KEY.test(key);
      collect(isObject ? `${bucket}/${inner}` : inner, [...path, key], depth + 1, leaves);
    }
  }
}

/** What stands under these keys, one in another; undefined where there is nothing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** The text under these keys; '' where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : '';
}

/** The list under these keys, also where EC2 wraps it in `items`. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  const list = Array.isArray(found) ? (found as unknown[]) : at(found, 'items');
  return Array.isArray(list) ? (list as unknown[]) : [];
}

/** A value that a list may hold or that may stand alone, as a list: also where EC2 wraps it in `items`; [] where nothing is. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  const items = at(value, 'items');
  if (Array.isArray(items)) return items as unknown[];
  return value === undefined || value === null || value === '' ? [] : [value];
}

/** The value of a JSON text; undefined where there is none, or none that can be read. */
export function parsedJson(json: string): unknown {
  if (json === '') return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
