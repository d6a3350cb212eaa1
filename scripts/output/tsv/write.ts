/** Writes `events.tsv`: the workers format ranges of rows, which are written in order. */
import { tsvHeader } from './format.js';

/** Some megabytes of lines: enough to be worth a message, little enough to stay in the processor's cache. */
const ROWS_AT_ONCE = 1 << 12;

/**
 * @param rows how many there are
 * @param format gives the lines of rows [from, to), done elsewhere; at most `ahead` ranges are in memory at once. It is
 *   given the memory of lines that were written, if there is any, because new memory for every range costs more time
 *   than formatting half of it
 * @param write appends to the file
 */
export async function writeTsv(
  rows: number,
  ahead: number,
  format: (from: number, to: number, spare: ArrayBuffer | undefined) => Promise<Uint8Array>,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  await write(tsvHeader());
  const coming: Promise<Uint8Array>[] = [];
  const spares: ArrayBuffer[] = [];
  let asked = 0;
  const ask = (): void => {
    if (asked >= rows) return;
    const to = Math.min(rows, asked + ROWS_AT_ONCE);
    const lines = format(asked, to, spares.pop());
    // A failure is thrown where the lines are waited for, maybe only after an earlier one.
    lines.catch(() => undefined);
    coming.push(lines);
    asked = to;
  };
  for (let i = 0; i < ahead; i++) ask();
  for (let lines = coming.shift(); lines !== undefined; lines = coming.shift()) {
    const bytes = await lines;
    ask();
    await write(bytes);
    spares.push(bytes.buffer as ArrayBuffer);
  }
}
