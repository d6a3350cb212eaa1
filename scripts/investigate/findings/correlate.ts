/** Which events meet a correlation: by their number in a span of time, by how many values they have, or by their order. */
import { LIST_SEPARATOR } from '#shared/model/columns.js';
import { FieldValues } from './field-values.js';
import type { RuleLog } from './rule-log.js';
import type { Comparison, CorrelationRule } from './sigma/rule.js';

/** The events that a rule found. */
interface Matched {
  /** What the correlation names the rule by. */
  readonly name: string;
  /** Ascending. */
  readonly rows: Uint32Array;
}

/** An event of a group, and which of the correlation's rules found it. */
interface Hit {
  readonly row: number;
  readonly rule: number;
}

/** The events, ascending, that lie in a span of time that meets the correlation. Without a group's field they are in none. */
export function correlated(log: RuleLog, correlation: CorrelationRule, matched: readonly Matched[]): Uint32Array {
  const found = new Set<number>();
  for (const hits of groupsOf(log, correlation, matched)) {
    for (const row of rowsIn(log, correlation, hits, matched.length)) found.add(row);
  }
  return Uint32Array.from(found).sort();
}

function groupsOf(log: RuleLog, correlation: CorrelationRule, matched: readonly Matched[]): Iterable<readonly Hit[]> {
  const isTemporal = correlation.type === 'temporal' || correlation.type === 'temporal_ordered';
  const groups = new Map<string, Hit[]>();
  // A group lacks what is needed where the rarest rule found nothing in it.
  const order = matched.map((_, rule) => rule).sort((a, b) => rowsOf(matched, a).length - rowsOf(matched, b).length);
  order.forEach((rule, place) => {
    const keyOf = groupKey(log, correlation, (matched[rule] as Matched).name);
    for (const row of rowsOf(matched, rule)) {
      const key = keyOf(row);
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push({ row, rule });
      else if (place === 0 || !isTemporal) groups.set(key, [{ row, rule }]);
    }
  });
  return [...groups.values()].map((hits) => hits.sort((a, b) => a.row - b.row || a.rule - b.rule));
}

function rowsOf(matched: readonly Matched[], rule: number): Uint32Array {
  return (matched[rule] as Matched).rows;
}

/** What events of one group have in common; undefined for those that lack a field of it. */
function groupKey(log: RuleLog, { groupBy }: CorrelationRule, rule: string): (row: number) => string | undefined {
  const fields = new FieldValues(log);
  const readers = groupBy.map((field) => {
    const path = typeof field === 'string' ? field : field[rule];
    return path === undefined ? () => [] : fields.valuesOf(path);
  });
  return (row) => {
    const parts: string[] = [];
    for (const read of readers) {
      const values = read(row);
      if (values.length === 0) return undefined;
      parts.push(values.length === 1 ? (values[0] as string) : values.join(LIST_SEPARATOR));
    }
    return parts.length === 1 ? parts[0] : JSON.stringify(parts);
  };
}

function rowsIn(log: RuleLog, correlation: CorrelationRule, hits: readonly Hit[], rules: number): Iterable<number> {
  switch (correlation.type) {
    case 'event_count':
      return inWindows(log, correlation, hits, () => new EventCount());
    case 'value_count':
      return inWindows(
        log,
        correlation,
        hits,
        () => new ValueCount(new FieldValues(log).valuesOf(correlation.field as string)),
      );
    case 'temporal':
      return inWindows(log, { ...correlation, condition: [{ by: 'gte', number: rules }] }, hits, () => new RuleCount());
    case 'temporal_ordered':
      return inOrder(log, correlation.timespan, hits, rules);
  }
}

/** Something counted over the events that are in a window now. */
interface Counter {
  add(hit: Hit, by: 1 | -1): void;
  readonly count: number;
}

class EventCount implements Counter {
  count = 0;

  add(_: Hit, by: 1 | -1): void {
    this.count += by;
  }
}

class Distinct<T> {
  private readonly held = new Map<T, number>();

  get size(): number {
    return this.held.size;
  }

  add(value: T, by: 1 | -1): void {
    const count = (this.held.get(value) ?? 0) + by;
    if (count === 0) this.held.delete(value);
    else this.held.set(value, count);
  }
}

class ValueCount implements Counter {
  private readonly values = new Distinct<string>();

  constructor(private readonly read: (row: number) => readonly string[]) {}

  get count(): number {
    return this.values.size;
  }

  add({ row }: Hit, by: 1 | -1): void {
    for (const value of this.read(row)) this.values.add(value, by);
  }
}

class RuleCount implements Counter {
  private readonly rules = new Distinct<number>();

  get count(): number {
    return this.rules.size;
  }

  add({ rule }: Hit, by: 1 | -1): void {
    this.rules.add(rule, by);
  }
}

/** The events of every span of time, ending at an event, in which the count is as the condition wants it. */
function inWindows(
  log: RuleLog,
  { timespan, condition }: Pick<CorrelationRule, 'timespan' | 'condition'>,
  hits: readonly Hit[],
  counting: () => Counter,
): readonly number[] {
  const counter = counting();
  const rows: number[] = [];
  let start = 0;
  // Each event is given once: windows overlap.
  let given = 0;
  hits.forEach((hit, end) => {
    counter.add(hit, 1);
    const time = log.times[hit.row] as number;
    for (; time - (log.times[(hits[start] as Hit).row] as number) > timespan; start++)
      counter.add(hits[start] as Hit, -1);
    if (!condition.every(({ by, number }) => holds(counter.count, by, number))) return;
    for (let i = Math.max(start, given); i <= end; i++) rows.push((hits[i] as Hit).row);
    given = end + 1;
  });
  return rows;
}

function holds(count: number, by: Comparison, number: number): boolean {
  switch (by) {
    case 'eq':
      return count === number;
    case 'neq':
      return count !== number;
    case 'lt':
      return count < number;
    case 'lte':
      return count <= number;
    case 'gt':
      return count > number;
    case 'gte':
      return count >= number;
  }
}

/**
 * The events of every chain of one event of each rule, in the rules' order, within the span: of several chains that end
 * with an event, the shortest.
 */
function inOrder(log: RuleLog, timespan: number, hits: readonly Hit[], rules: number): readonly number[] {
  // By rule: the rows of the chain that ends with its last event and begins latest.
  const chains: (readonly number[] | undefined)[] = Array.from({ length: rules });
  const rows: number[] = [];
  for (const { row, rule } of hits) {
    const before = rule === 0 ? [] : chains[rule - 1];
    if (!before || before.includes(row)) continue;
    const [first = row] = before;
    if ((log.times[row] as number) - (log.times[first] as number) > timespan) continue;
    chains[rule] = [...before, row];
    if (rule === rules - 1) rows.push(...before, row);
  }
  return rows;
}
