/** The worker's blocks: gzip bytes by number, and the columns decoded from them. */
import { decodeCodes, planesFor, type Planes } from '#shared/format/codes.js';
import { decodeLists, type OwnLists } from '#shared/format/list-table.js';
import { recall } from '#shared/format/predicted-codes.js';
import type { BlockRef, EmbeddedColumn, EmbeddedManifest } from '#shared/format/report-format.js';
import { decodeStringTables } from '#shared/format/string-table.js';
import { decodeTimes } from '#shared/format/times.js';
import { base64Bytes } from '../data/base64.js';
import { BrokenBlock } from '../data/broken-block.js';
import { lowerTexts, type LoweredTexts } from '#shared/columnar/cased-texts.js';
import { codesOf, joinCodes, type Codes } from '#shared/columnar/codes.js';
import { Dictionary } from '#shared/columnar/dictionary.js';
import type { Unseal } from '#public/unlock/unlocked.js';
import { gunzip } from './inflate.js';
import type { WorkerResponses, Block } from './protocol.js';

/** Each row's list, the lists, and the names in them. */
export interface ListColumn {
  readonly codes: Codes;
  readonly lists: OwnLists;
  readonly names: Dictionary;
}

export class BlockStore {
  private readonly packed = new Map<number, Uint8Array<ArrayBuffer>>();
  /** Codes of predicting columns, kept here because the arrays in responses are transferred. */
  private readonly predicting = new Map<string, Promise<Codes>>();
  private readonly listColumns = new Map<string, Promise<ListColumn>>();
  private readonly predictors: ReadonlySet<string | undefined>;

  /** @param unseal decrypts the blocks of an encrypted page */
  constructor(
    readonly manifest: EmbeddedManifest,
    private readonly unseal?: Unseal,
  ) {
    this.predictors = new Set([manifest.identity, ...manifest.columns.map(({ codes }) => codes)].map((r) => r.given));
  }

  keep({ block, content }: Block): void {
    this.packed.set(block, typeof content === 'string' ? base64BytesIfAny(content) : content);
  }

  /** The content of a block, which is then discarded here. */
  async take(block: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.packed.get(block);
    if (!bytes) throw new Error(`block ${String(block)} is not here`);
    this.packed.delete(block);
    const packed = this.unseal ? this.unseal(block, bytes) : bytes;
    try {
      return await gunzip(packed);
    } catch {
      // The browser's own message would be about its streams, not about the report.
      throw new BrokenBlock(block, 'damaged');
    }
  }

  async times(): Promise<Float64Array<ArrayBuffer>> {
    const { rows, time } = this.manifest;
    const times = new Float64Array(rows);
    let at = 0;
    for (const block of await this.takeAll(time.blocks)) at = decodeTimes(block, time.start, time.unit, times, at);
    return times;
  }

  async identity(): Promise<Codes> {
    return this.codes('identity');
  }

  async column(name: string): Promise<WorkerResponses['column']> {
    const { dictionary, lists } = this.embedded(name);
    if (lists) {
      const { codes, lists, names } = await this.lists(name);
      const { members, ends, targets } = lists;
      return {
        codes: codes.slice(),
        dictionary: names.texts.lowered(),
        lists: { members: members.slice(), ends: ends.slice(), targets: targets.slice() },
      };
    }
    const [codes, values] = await Promise.all([this.codes(name), this.takeAll(dictionary)]);
    return { codes, dictionary: lowered(values) };
  }

  /** A list column, which stays here because the details refer to it. */
  lists(name: string): Promise<ListColumn> {
    const kept = this.listColumns.get(name) ?? this.readLists(name);
    this.listColumns.set(name, kept);
    return kept;
  }

  private async readLists(name: string): Promise<ListColumn> {
    const { dictionary, lists = [] } = this.embedded(name);
    const parts = [this.codes(name), this.takeAll(dictionary), this.takeAll(lists)] as const;
    const [codes, names, listed] = await Promise.all(parts);
    return { codes, lists: decodeLists(listed), names: new Dictionary(lowered(names)) };
  }

  private embedded(name: string): EmbeddedColumn {
    const column = this.manifest.columns.find((candidate) => candidate.name === name);
    if (!column) throw new Error(`the report has no column ${name}`);
    return column;
  }

  /** A column's codes, or the rows' identities, in an array for the caller. */
  private async codes(name: string): Promise<Codes> {
    if (!this.predictors.has(name)) return this.readCodes(name);
    const kept = this.predicting.get(name) ?? this.readCodes(name);
    this.predicting.set(name, kept);
    return (await kept).slice();
  }

  private async readCodes(name: string): Promise<Codes> {
    const isIdentity = name === 'identity';
    const { planes, given, blocks } = isIdentity ? this.manifest.identity : this.embedded(name).codes;
    const values = isIdentity ? this.manifest.identities : this.embedded(name).values;
    const rows = blocks.reduce((sum, { count }) => sum + count, 0);
    const content = await this.takeAll(blocks);
    if (given === undefined) return joinCodes(content, rows, planes satisfies Planes);
    const by = await this.codes(given);
    const givenValues = given === 'identity' ? this.manifest.identities : this.embedded(given).values;
    const symbols = new Uint32Array(rows);
    let at = 0;
    for (const block of content) at = decodeCodes(block, planes, symbols, at);
    recall(symbols, by, givenValues);
    return narrowed(symbols, values);
  }

  private async takeAll(refs: readonly BlockRef[]): Promise<Uint8Array<ArrayBuffer>[]> {
    return Promise.all(refs.map(({ block }) => this.take(block)));
  }
}

/** The bytes of a Base64 text; empty if it is damaged, which is then reported as damaged gzip. */
function base64BytesIfAny(text: string): Uint8Array<ArrayBuffer> {
  try {
    return base64Bytes(text);
  } catch {
    return new Uint8Array(0);
  }
}

/** The strings of some blocks, in lower case. */
function lowered(blocks: readonly Uint8Array[]): LoweredTexts {
  const { bytes, ends } = decodeStringTables(blocks);
  return lowerTexts(bytes, ends);
}

/** The codes in the smallest array type that holds them. */
function narrowed(codes: Uint32Array<ArrayBuffer>, values: number): Codes {
  const planes = planesFor(values);
  if (planes > 2) return codes;
  const narrow = codesOf(codes.length, planes);
  narrow.set(codes);
  return narrow;
}
