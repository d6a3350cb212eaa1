/** Stores the proofs of all logs of a run compactly: there may be hundreds of thousands. */
import type { FileProof, StoredForm } from './file-proof.js';
import { fileId } from './trail-names.js';

/** What is known about a log, in order of increasing precedence. */
const LOG_STATES = ['unknown', 'unproven', 'verified', 'damaged', 'trailing', 'changed'] as const;
export type LogState = (typeof LOG_STATES)[number];

/** Whether a file is proven; `refuted`: it differs from what CloudTrail delivered, or CloudTrail never delivered it. */
export type FileStanding = 'proven' | 'unproven' | 'refuted';

/** `unread`: the log could not be read. */
type KeptForm = StoredForm | 'unread';

const FORMS: readonly KeptForm[] = ['unread', 'gzip', 'trailing', 'damaged', 'plain'];
const HASH_BYTES = 32;

export class LogProofs {
  private readonly names: string[] = [];
  /** The first log with each id; its copies follow in `sameId`. */
  private readonly byId = new Map<string, number>();
  private readonly sameId = new Map<number, number>();
  private readonly forms: number[] = [];
  private readonly states: number[] = [];
  /** Logs whose bytes came from the cache. */
  private readonly cached = new Set<number>();
  /** Logs refuted by something other than a digest, such as their names. */
  private readonly refuted = new Set<number>();
  private hashes = Buffer.alloc(HASH_BYTES * 64);

  get size(): number {
    return this.names.length;
  }

  /** @param proof undefined if the log could not be read */
  add(name: string, proof: FileProof | undefined, isCached = false): void {
    const index = this.names.push(name) - 1;
    if (isCached) this.cached.add(index);
    this.forms.push(FORMS.indexOf(proof?.form ?? 'unread'));
    this.states.push(0);
    if ((index + 1) * HASH_BYTES > this.hashes.length) {
      this.hashes = Buffer.concat([this.hashes, Buffer.alloc(this.hashes.length)]);
    }
    this.hashes.write(proof?.sha256 ?? '', index * HASH_BYTES, 'hex');
    const id = fileId(name);
    const before = this.byId.get(id);
    if (before !== undefined) this.sameId.set(index, before);
    this.byId.set(id, index);
  }

  /** The logs with this id: one, or several copies. */
  *withId(id: string): Generator<number> {
    for (let index = this.byId.get(id); index !== undefined; index = this.sameId.get(index)) yield index;
  }

  nameOf(index: number): string {
    return this.names[index] ?? '';
  }

  isCached(index: number): boolean {
    return this.cached.has(index);
  }

  formOf(index: number): KeptForm {
    return FORMS[this.forms[index] ?? 0] ?? 'unread';
  }

  /** @param hash hexadecimal */
  hasHash(index: number, hash: string): boolean {
    return this.hashes.toString('hex', index * HASH_BYTES, (index + 1) * HASH_BYTES) === hash;
  }

  stateOf(index: number): LogState {
    return LOG_STATES[this.states[index] ?? 0] ?? 'unknown';
  }

  refute(index: number): void {
    this.refuted.add(index);
  }

  standingOf(index: number): FileStanding {
    if (this.refuted.has(index)) return 'refuted';
    return this.stateOf(index) === 'verified' ? 'proven' : 'unproven';
  }

  /** If digests disagree about a log, the state of highest precedence counts. */
  mark(index: number, state: LogState): void {
    this.states[index] = Math.max(this.states[index] ?? 0, LOG_STATES.indexOf(state));
  }
}
