/** Times in a query: `2025-03-06T02:14:37.123Z` or any leading part of it, UTC. */
import type { TimeNode, TimeRangeNode } from './ast.js';

/** Milliseconds since 1970 UTC; `to` is exclusive. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

const TIME = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?)?)?)?)?Z?$/i;

/** The range that the text covers (`2025-03` is the month); undefined if it is not a time. */
export function parseTime(text: string): TimeSpan | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second, ms] = match
    .slice(1)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  const from = Date.UTC(year as number, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0, ms ?? 0);
  // Date.UTC rolls over: 2025-02-31 would be 3 March.
  const date = new Date(from);
  const rolled =
    (month !== undefined && date.getUTCMonth() !== month - 1) ||
    (day !== undefined && date.getUTCDate() !== day) ||
    (hour !== undefined && date.getUTCHours() !== hour) ||
    (minute !== undefined && date.getUTCMinutes() !== minute) ||
    (second !== undefined && date.getUTCSeconds() !== second);
  if (rolled || (year as number) < 1000) return undefined;
  return { from, to: endOf(from, [month, day, hour, minute, second, ms]) };
}

function endOf(from: number, parts: readonly (number | undefined)[]): number {
  const date = new Date(from);
  switch (parts.indexOf(undefined)) {
    case 0:
      return Date.UTC(date.getUTCFullYear() + 1, 0);
    case 1:
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    case 2:
      return from + 86_400_000;
    case 3:
      return from + 3_600_000;
    case 4:
      return from + 60_000;
    case 5:
      return from + 1000;
    default:
      return from + 1;
  }
}

/** The range that a time term means, infinite at open ends. */
export function spanOf(node: TimeNode | TimeRangeNode): TimeSpan {
  const { from, to } = parseTime(node.text) ?? { from: 0, to: 0 };
  switch (node.operator) {
    case 'in':
      return { from, to };
    case '>=':
      return { from, to: Infinity };
    case '>':
      return { from: to, to: Infinity };
    case '<':
      return { from: -Infinity, to: from };
    case '<=':
      return { from: -Infinity, to };
    case '..':
      return { from, to: parseTime(node.until)?.to ?? to };
  }
}

/** The shortest text that `parseTime` reads as a range starting at exactly this time. */
export function timeText(time: number): string {
  const iso = new Date(time).toISOString().slice(0, -1);
  if (!iso.endsWith('.000')) return iso;
  if (!iso.endsWith(':00.000')) return iso.slice(0, -4);
  return iso.endsWith('T00:00:00.000') ? iso.slice(0, 10) : iso.slice(0, -7);
}

const TIME_OF_DAY = /^(\d{2}):(\d{2})(?::(\d{2}))?$/;

/** The range within a day, in milliseconds from midnight, that `02:14` or `02:14:37` covers. */
export function parseTimeOfDay(text: string): TimeSpan | undefined {
  const match = TIME_OF_DAY.exec(text);
  if (!match) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const from = (hour * 3600 + minute * 60 + second) * 1000;
  return { from, to: from + (match[3] === undefined ? 60_000 : 1000) };
}
