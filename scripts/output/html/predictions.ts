import { COLUMNS } from '#shared/model/columns.js';

/**
 * Which column predicts which (`shared/format/predicted-codes.ts`). The codes of a million generated events are 6.2 MB gzip-ed
 * by themselves and 3.5 MB so: an address has few callers, a caller calls from one place with one program, and an event's
 * name says nearly all else. No column predicts, however indirectly, itself.
 */
export const PREDICTED_BY: Readonly<Record<string, string>> = {
  identity: 'sourceIPAddress',
  ...Object.fromEntries(
    COLUMNS.flatMap((column) => ('predictedBy' in column ? [[column.name, column.predictedBy]] : [])),
  ),
};
