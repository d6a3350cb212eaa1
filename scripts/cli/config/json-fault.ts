/**
 * Finds where a text stops being JSON. `JSON.parse` knows the position, but its message differs between versions of
 * Node and leaves the position out for short texts.
 */

interface JsonFault {
  /** Starts at 1. */
  readonly line: number;
  /** Starts at 1, in UTF-16 units. */
  readonly column: number;
  /** What could have been there. */
  readonly expected: string;
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** The first error in `text`; undefined if it is JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  let at = 0;
  /** The open containers, by their closing brackets. */
  const open: ('}' | ']')[] = [];

  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const takes = (char: string): boolean => {
    take(SPACE);
    if (text[at] !== char) return false;
    at++;
    return true;
  };
  const fault = (expected: string): JsonFault => {
    const before = text.slice(0, at).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, expected };
  };

  for (;;) {
    // A value, after its name if it is in an object.
    if (open.at(-1) === '}') {
      take(SPACE);
      if (!take(STRING)) return fault('a key in double quotes');
      if (!takes(':')) return fault("':'");
    }
    if (takes('{')) {
      open.push('}');
      if (!takes('}')) continue;
      open.pop();
    } else if (takes('[')) {
      open.push(']');
      if (!takes(']')) continue;
      open.pop();
    } else if (!take(SCALAR)) {
      return fault('a value');
    }
    // After a value: the ends of containers, then a comma or the end.
    for (;;) {
      const close = open.at(-1);
      if (close === undefined) {
        take(SPACE);
        return at === text.length ? undefined : fault('the end of the file');
      }
      if (takes(',')) break;
      if (!takes(close)) return fault(`',' or '${close}'`);
      open.pop();
    }
  }
}
