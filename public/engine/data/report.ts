/** The report's data. A worker reads it from the page's blocks, each part on first use. */
import type { BlockRef, EmbeddedManifest } from '#shared/format/report-format.js';
import type { Seal } from '#shared/seal/seal.js';
import type {
  WorkerResponses,
  Failure,
  FromWorker,
  WorkerRequest,
  SearchRequest,
  ToWorker,
} from '../worker/protocol.js';
import { blocksOfCodes, blocksOfColumn, blocksOfDetail, embeddedColumn } from './block-needs.js';
import type { BlockSource } from './block-source.js';
import type { ExportOptions, ExportSlice } from '../worker/line-writer.js';
import { base64Bytes, isBase64Fast } from './base64.js';
import { BrokenBlock } from './broken-block.js';
import { Dictionary } from '#shared/columnar/dictionary.js';
import { targetLists } from '#shared/format/list-table.js';
import { ListDictionary, listsOf } from '#shared/columnar/list-dictionary.js';
import type { CodedColumn, SortColumn } from '#shared/columnar/event-columns.js';
import { shareKeys } from './shared-keys.js';

/** Receives the worker's unrequested messages. */
interface ReportListener {
  /** Rows found by a search, from `firstRow` on; undefined hits when the search has ended. */
  onHits(search: number, firstRow: number, hits: Uint8Array | undefined): void;
  /** The searches were stopped because of this regular expression. */
  onSlow(source: string): void;
  /** The report cannot be read completely. */
  onBroken(error: Error): void;
}

interface Waiting {
  resolve(response: WorkerResponses[keyof WorkerResponses]): void;
  reject(error: Error): void;
}

export class Report {
  /** The columns that have been read. */
  readonly columns = new Map<string, CodedColumn>();
  private readonly pending = new Map<number, Waiting>();
  private readonly loading = new Map<string, Promise<CodedColumn>>();
  /** Blocks that have been, or are being, sent to the worker. */
  private readonly given = new Map<number, Promise<void>>();
  private identities: Promise<WorkerResponses['identity']> | undefined;
  private timesAsked: Promise<WorkerResponses['times']> | undefined;
  private readonly textOrders = new Map<string, Promise<SortColumn>>();
  private lastId = 0;

  constructor(
    readonly manifest: EmbeddedManifest,
    private readonly worker: Worker,
    private readonly blocks: BlockSource,
    private readonly listener: ReportListener,
    seal: Seal | undefined,
  ) {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
    this.tell({ kind: 'open', manifest, seal });
  }

  /** Every event's time, milliseconds since 1970 UTC, ascending. */
  times(): Promise<WorkerResponses['times']> {
    this.timesAsked ??= this.ask({ kind: 'times' }, this.manifest.time.blocks) as Promise<WorkerResponses['times']>;
    return this.timesAsked;
  }

  column(name: string): Promise<CodedColumn> {
    const known = this.loading.get(name) ?? this.load(name);
    this.loading.set(name, known);
    return known;
  }

  async detail(row: number): Promise<WorkerResponses['detail']> {
    let segment = 0;
    for (let next = 0; segment < this.manifest.detail.segments.length; segment++) {
      next += this.manifest.detail.segments[segment]?.count ?? 0;
      if (next > row) break;
    }
    const ref = this.manifest.detail.segments[segment];
    return this.ask(
      { kind: 'detail', row },
      ref ? [ref, ...blocksOfColumn(this.manifest, 'resources')] : [],
    ) as Promise<WorkerResponses['detail']>;
  }

  /** The rows, ascending, whose details contain the text, ignoring case. */
  async mentions(text: string): Promise<WorkerResponses['mentions']> {
    return this.ask({ kind: 'mentions', text }, blocksOfDetail(this.manifest)) as Promise<WorkerResponses['mentions']>;
  }

  /** Makes the worker postpone its background work for a number of milliseconds. */
  hold(time: number): void {
    this.tell({ kind: 'hold', time });
  }

  /** The order of the events by a text or JSON column, which may already be under way. */
  textOrder(name: string): Promise<SortColumn> {
    this.hold(0);
    const known = this.textOrders.get(name) ?? this.loadTextOrder(name);
    this.textOrders.set(name, known);
    return known;
  }

  /** Starts these searches and stops all others. */
  async search(orders: readonly SearchRequest[]): Promise<void> {
    if (orders.length > 0) await this.give(blocksOfDetail(this.manifest));
    this.tell({ kind: 'search', orders });
  }

  /**
   * Transfers the details to the worker, so that the document does not hold them too, and prepares them for searching.
   */
  async handOver(): Promise<void> {
    await this.give(blocksOfDetail(this.manifest));
    this.tell({ kind: 'prepare' });
  }

  /**
   * Gives these columns, which must have been read, common keys (`shared-keys.ts`). Columns returned earlier stay
   * valid.
   */
  shareKeys(names: readonly string[]): void {
    const here = names.flatMap((name) => this.columns.get(name) ?? []);
    for (const column of shareKeys(here)) {
      this.columns.set(column.name, column);
      this.loading.set(column.name, Promise.resolve(column));
    }
  }

  /** Sets how events are exported from now on. */
  async beginExport(options: ExportOptions): Promise<void> {
    await this.handOver();
    this.tell({ kind: 'export', options });
  }

  /** The lines of some events. */
  async exportLines(slice: ExportSlice): Promise<WorkerResponses['lines']> {
    return this.ask({ kind: 'lines', slice }, []) as Promise<WorkerResponses['lines']>;
  }

  endExport(): void {
    this.tell({ kind: 'export', options: undefined });
  }

  private async load(name: string): Promise<CodedColumn> {
    if (name === 'target') return this.loadTargets();
    const embedded = embeddedColumn(this.manifest, name);
    const blocks = blocksOfColumn(this.manifest, name);
    const [response, identities] = await Promise.all([
      this.ask({ kind: 'column', name }, blocks) as Promise<WorkerResponses['column']>,
      embedded.per === 'identity' ? this.identity() : undefined,
    ]);
    const values = new Dictionary(response.dictionary);
    const dictionary = response.lists ? new ListDictionary(values, response.lists) : values;
    const column: CodedColumn = identities
      ? { name, dictionary, keys: identities, keyCount: this.manifest.identities, codeOfKey: response.codes }
      : { name, dictionary, keys: response.codes, keyCount: dictionary.size, codeOfKey: undefined };
    this.columns.set(name, column);
    return column;
  }

  /** The targets are the first names of the resources. */
  private async loadTargets(): Promise<CodedColumn> {
    const resources = await this.column('resources');
    const { names, lists } = listsOf(resources);
    const column = { ...resources, name: 'target', dictionary: new ListDictionary(names, targetLists(lists)) };
    this.columns.set(column.name, column);
    return column;
  }

  private async loadTextOrder(name: string): Promise<SortColumn> {
    const column = this.manifest.detail.columns.indexOf(name);
    // A large report leaves some columns to events.tsv.
    if (column < 0) return orderedColumn({ codes: new Uint32Array(this.manifest.rows), values: 1 });
    const request = { kind: 'order', column } as const;
    return orderedColumn((await this.ask(request, blocksOfDetail(this.manifest))) as WorkerResponses['order']);
  }

  private identity(): Promise<WorkerResponses['identity']> {
    this.identities ??= this.ask({ kind: 'identity' }, blocksOfCodes(this.manifest, 'identity')) as Promise<
      WorkerResponses['identity']
    >;
    return this.identities;
  }

  private async ask(
    request: WorkerRequest,
    needs: readonly BlockRef[],
  ): Promise<WorkerResponses[keyof WorkerResponses]> {
    await this.give(needs);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.tell({ kind: 'request', id, request });
    });
  }

  /** Sends the worker the blocks that it does not have yet. */
  private async give(refs: readonly BlockRef[]): Promise<void> {
    for (const { block } of refs) {
      const given = this.given.get(block) ?? this.giveOne(block);
      this.given.set(block, given);
      await given;
    }
  }

  private async giveOne(block: number): Promise<void> {
    const base64 = await this.blocks.take(block);
    // Bytes can be transferred without a copy.
    const content = isBase64Fast ? blockBytes(base64, block) : base64;
    const transfer = typeof content === 'string' ? [] : [content.buffer];
    this.tell({ kind: 'block', block: { block, content } }, transfer);
  }

  private tell(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }

  private receive(message: FromWorker): void {
    if (message.kind === 'hits') this.listener.onHits(message.search, message.firstRow, message.hits);
    else if (message.kind === 'searched') this.listener.onHits(message.search, 0, undefined);
    else if (message.kind === 'slow') this.listener.onSlow(message.source);
    else if (message.kind === 'broken') this.listener.onBroken(errorOf(message));
    else {
      const response = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (message.kind === 'response') response?.resolve(message.response);
      else response?.reject(errorOf(message));
    }
  }
}

/** A block's bytes. Throws if its text is damaged. */
function blockBytes(base64: string, block: number): Uint8Array<ArrayBuffer> {
  try {
    return base64Bytes(base64);
  } catch {
    throw new BrokenBlock(block, 'damaged');
  }
}

function errorOf({ message, block }: Failure): Error {
  return block === undefined ? new Error(message) : new BrokenBlock(block, 'damaged');
}

/** A column whose codes are in the order of its values. */
function orderedColumn({ codes, values }: WorkerResponses['order']): SortColumn {
  const ranks = (): Uint32Array => Uint32Array.from({ length: values }, (_, code) => (code === 0 ? values : code) - 1);
  return { keys: codes, keyCount: values, codeOfKey: undefined, dictionary: { size: values, ranks } };
}
