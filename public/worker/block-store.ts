/** The worker's blocks: gzip bytes by number, and the columns made of them. */
import type { Planes } from '../../scripts/shared/codes.js';
import type { BlockRef, CodesRef, EmbeddedManifest } from '../../scripts/shared/report-format.js';
import { decodeStringTables } from '../../scripts/shared/string-table.js';
import { decodeTimes } from '../../scripts/shared/times.js';
import { joinCodes, type Codes } from '../data/codes.js';
import { base64Bytes, gunzip } from './inflate.js';
import type { Answers, BlockText } from './protocol.js';

export class BlockStore {
  private readonly packed = new Map<number, Uint8Array<ArrayBuffer>>();

  constructor(readonly manifest: EmbeddedManifest) {}

  keep(blocks: readonly BlockText[]): void {
    for (const { block, base64 } of blocks) this.packed.set(block, base64Bytes(base64));
  }

  /** The content of a block, which stays here to be read again. */
  async inflate(block: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.packed.get(block);
    if (!bytes) throw new Error(`block ${String(block)} is not here`);
    return gunzip(bytes);
  }

  async times(): Promise<Float64Array<ArrayBuffer>> {
    const { rows, time } = this.manifest;
    const times = new Float64Array(rows);
    let at = 0;
    for (const block of await this.takeAll(time.blocks)) at = decodeTimes(block, time.start, time.unit, times, at);
    return times;
  }

  async identity(): Promise<Codes> {
    return this.codes(this.manifest.identity);
  }

  async column(name: string): Promise<Answers['column']> {
    const column = this.manifest.columns.find((candidate) => candidate.name === name);
    if (!column) throw new Error(`the report has no column ${name}`);
    const [codes, tables] = await Promise.all([this.codes(column.codes), this.takeAll(column.dictionary)]);
    return { codes, dictionary: decodeStringTables(tables) };
  }

  private async codes({ planes, blocks }: CodesRef): Promise<Codes> {
    const rows = blocks.reduce((sum, { count }) => sum + count, 0);
    return joinCodes(await this.takeAll(blocks), rows, planes satisfies Planes);
  }

  /** The contents of blocks that are read once, which are then forgotten here. */
  private async takeAll(refs: readonly BlockRef[]): Promise<Uint8Array<ArrayBuffer>[]> {
    return Promise.all(
      refs.map(async ({ block }) => {
        const content = await this.inflate(block);
        this.packed.delete(block);
        return content;
      }),
    );
  }
}
