/** The table of pseudonyms as TSV, which stays on this machine. */
import { ByteWriter } from '#shared/format/bytes.js';
import { writeText } from '#shared/format/tsv-cell.js';
import type { Pseudonyms } from './pseudonyms.js';

export const KEY_TABLE = 'redaction-key.tsv';
/** Readable only for the user who ran the command. */
export const KEY_TABLE_MODE = 0o600;

const BLOCK_BYTES = 1 << 20;

/** The table's bytes in chunks: a header, then one line per pseudonym, in the order in which they were assigned. */
export function* keyTable(pseudonyms: Pseudonyms): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const out = new ByteWriter(BLOCK_BYTES);
  out.append(encoder.encode('pseudonym\toriginal\n'));
  for (const [original, pseudonym] of pseudonyms.entries()) {
    const bytes = encoder.encode(original);
    out.append(encoder.encode(`${pseudonym}\t`));
    writeText(out, bytes, 0, bytes.length, true);
    out.append(encoder.encode('\n'));
    if (out.length < BLOCK_BYTES) continue;
    yield out.written().slice();
    out.length = 0;
  }
  yield out.written().slice();
}
