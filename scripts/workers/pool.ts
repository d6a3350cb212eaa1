/** The worker threads, and who of them does what. */
import { setFlagsFromString } from 'node:v8';
import { type Transferable, Worker } from 'node:worker_threads';
import { CulpritError } from '#scripts/run/errors.js';
import type { TaskResponse, TaskName, Tasks } from './tasks.js';

/** A worker works on one task while the next one waits at its door. */
const TASKS_AT_ONCE = 2;

/**
 * The engine's setting for threads that live for seconds: a heap that may begin at its usual size is not collected again
 * and again while it is small, and what the threads hold is nearly all outside of it. Node documents no such setting.
 * Without it a report of 200,000 events took 8 % more processor time (13.05 s against 12.05 s, means of five runs in turns).
 */
const FIRST_HEAP = '--initial-heap-size=256';

interface Waiting {
  readonly task: TaskName;
  readonly request: unknown;
  readonly transfer: readonly Transferable[];
  readonly resolve: (response: never) => void;
  readonly reject: (error: unknown) => void;
}

class Thread {
  readonly pending = new Map<number, Waiting>();
  private nextId = 0;

  constructor(
    private readonly worker: Worker,
    onIdle: () => void,
  ) {
    worker.on('message', ({ id, response, error, refusal }: TaskResponse) => {
      const waiting = this.pending.get(id);
      this.pending.delete(id);
      if (refusal !== undefined) waiting?.reject(new CulpritError(refusal.kind, refusal.message));
      else if (error === undefined) waiting?.resolve(response as never);
      else waiting?.reject(error);
      onIdle();
    });
    worker.on('error', (error) => this.fail(error));
    worker.on('exit', () => this.fail(new Error('a worker thread ended early')));
  }

  send(waiting: Waiting): void {
    const id = this.nextId++;
    this.pending.set(id, waiting);
    this.worker.postMessage({ id, task: waiting.task, request: waiting.request }, waiting.transfer);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(error: unknown): void {
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }
}

export class WorkerPool {
  private readonly threads: readonly Thread[];
  private readonly queue: Waiting[] = [];

  /** @param code the workers' program, as `bundleWorker` gives it */
  constructor(
    readonly size: number,
    code: string,
  ) {
    setFlagsFromString(FIRST_HEAP);
    this.threads = Array.from({ length: size }, () => {
      const worker = new Worker(code, { eval: true, execArgv: ['--enable-source-maps'] });
      return new Thread(worker, () => this.dispatch());
    });
  }

  /** Has any one worker do a task. What is in `transfer` is given away. */
  run<K extends TaskName>(
    task: K,
    request: Tasks[K]['request'],
    transfer: readonly Transferable[] = [],
  ): Promise<Tasks[K]['response']> {
    return new Promise((resolve, reject) => {
      this.queue.push({ task, request, transfer, resolve, reject });
      this.dispatch();
    });
  }

  /** Has every worker do the same task, behind what it was given before. */
  all<K extends TaskName>(task: K, request: Tasks[K]['request']): Promise<Tasks[K]['response'][]> {
    return Promise.all(
      this.threads.map(
        (thread) =>
          new Promise<Tasks[K]['response']>((resolve, reject) => {
            thread.send({ task, request, transfer: [], resolve, reject });
          }),
      ),
    );
  }

  /** Ends the threads, whatever they do. */
  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.end()));
  }

  private dispatch(): void {
    while (this.queue.length > 0) {
      const idlest = this.threads.reduce((a, b) => (b.pending.size < a.pending.size ? b : a));
      if (idlest.pending.size >= TASKS_AT_ONCE) return;
      idlest.send(this.queue.shift() as Waiting);
    }
  }
}
