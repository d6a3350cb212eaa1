/** The last of the list that passes the test; undefined where none does. (Older browsers have no findLast.) */
export function lastWhere<T>(list: readonly T[], test: (one: T) => boolean): T | undefined {
  for (let i = list.length - 1; i >= 0; i--) if (test(list[i] as T)) return list[i];
  return undefined;
}
