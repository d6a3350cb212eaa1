/** From clause masks to the events shown, and to what each chart counts. */

/**
 * Which events are shown. A chart that is itself used to filter still shows the values that were not chosen: it counts
 * events that fail no clause but its own. So each event has bits: one for each chart whose clause it fails, and
 * {@link OTHER} for any other clause.
 */
export interface Filtered {
  /** The events that match, ascending. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Undefined where there is no clause: everything matches. */
  readonly failing: Uint16Array | undefined;
}

export const OTHER = 1 << 15;

/** A clause's mask and the bit of the chart it belongs to, or {@link OTHER}. */
export interface ClauseMask {
  readonly mask: Uint8Array;
  readonly bit: number;
}

export function filterRows(total: number, clauses: readonly ClauseMask[]): Filtered {
  if (clauses.length === 0) {
    const rows = new Uint32Array(total);
    for (let row = 0; row < total; row++) rows[row] = row;
    return { rows, failing: undefined };
  }
  const failing = new Uint16Array(total);
  for (const { mask, bit } of clauses)
    for (let row = 0; row < total; row++) if (mask[row] === 0) (failing[row] as number) |= bit;
  let matches = 0;
  for (let row = 0; row < total; row++) if (failing[row] === 0) matches++;
  const rows = new Uint32Array(matches);
  let at = 0;
  for (let row = 0; row < total; row++) if (failing[row] === 0) rows[at++] = row;
  return { rows, failing };
}
