import { COLUMNS } from '#shared/model/columns.js';

/**
 * Which column predicts which (`shared/format/predicted-codes.ts`). The codes of a million generated events are 6.2 MB
 * (gzip) by themselves and 3.5 MB with predictions: an address has few callers, a caller calls from one place with one
 * program, and an event's name determines nearly everything else. No column predicts itself, not even indirectly.
 */
export const PREDICTED_BY: Readonly<Record<string, string>> = {
  identity: 'sourceIPAddress',
  ...Object.fromEntries(
    COLUMNS.flatMap((column) => ('predictedBy' in column ? [[column.name, column.predictedBy]] : [])),
  ),
};
