/** Draws the progress of a run: one line per stage, redrawn on a terminal, plain lines in a pipe. */
import pc from 'picocolors';
import type { RunConfig } from '#scripts/run/config.js';
import type { Progress, StageName, StageState } from '#scripts/run/progress.js';
import { counted, duration, grouped, printable, size } from './format.js';

/** The output: `process.stderr`, or a recorder in tests. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** Width in characters, if it is a terminal. */
  readonly columns?: number | undefined;
}

interface TerminalOptions {
  readonly verbosity: RunConfig['verbosity'];
  readonly color: boolean;
  /** A monotonic clock, in milliseconds. */
  readonly clock: () => number;
}

const REDRAW_MS = 100;
/** Earlier, the speed is a guess and the estimated time left would jump. */
const FORESEE_AFTER_MS = 1000;
const ERASE_LINE = '\r\u001b[2K';

const DOING: Readonly<Record<StageName, string>> = {
  read: 'Reading',
  verify: 'Checking',
  sort: 'Sorting',
  find: 'Searching',
  redact: 'Redacting',
  write: 'Writing',
  publish: 'Publishing',
};
const DONE: Readonly<Record<StageName, string>> = {
  read: 'Read',
  verify: 'Checked',
  sort: 'Sorted',
  find: 'Searched',
  redact: 'Redacted',
  write: 'Wrote',
  publish: 'Published',
};

/** The state of a stage that was never updated. */
const NOTHING: Readonly<Record<StageName, StageState>> = {
  read: { files: 0 },
  verify: {},
  sort: {},
  find: {},
  redact: {},
  write: {},
  publish: {},
};

interface Stage {
  readonly name: StageName;
  readonly startedAt: number;
  drawnAt: number;
  state: StageState;
}

export class Terminal implements Progress {
  private stage: Stage | undefined;
  private readonly colors: ReturnType<typeof pc.createColors>;
  private readonly redraws: boolean;

  constructor(
    private readonly screen: Screen,
    private readonly options: TerminalOptions,
  ) {
    this.redraws = screen.isTTY === true;
    this.colors = pc.createColors(options.color && this.redraws);
  }

  begin(name: StageName): void {
    const now = this.options.clock();
    this.stage = { name, startedAt: now, drawnAt: Number.NEGATIVE_INFINITY, state: {} };
    if (this.quiet) return;
    if (this.redraws) this.redraw(this.stage, now);
    else this.line(`${DOING[name]} …`);
  }

  update(state: StageState): void {
    const { stage } = this;
    if (stage === undefined) return;
    stage.state = state;
    const now = this.options.clock();
    if (!this.quiet && this.redraws && now - stage.drawnAt >= REDRAW_MS) this.redraw(stage, now);
  }

  end(): void {
    const { stage } = this;
    this.stage = undefined;
    if (stage === undefined || this.quiet) return;
    const ms = this.options.clock() - stage.startedAt;
    const totals = parts({ ...NOTHING[stage.name], ...stage.state }, ms, 'total').concat(duration(ms / 1000));
    if (this.redraws) this.screen.write(ERASE_LINE);
    this.line(`${this.label(DONE[stage.name])} ${totals.join(' · ')}`);
  }

  note(sentence: string): void {
    if (this.options.verbosity !== 'verbose' && this.options.verbosity !== 'debug') return;
    this.clear();
    this.line(this.colors.dim(`  ${printable(sentence)}`));
    if (this.redraws && this.stage !== undefined) this.redraw(this.stage, this.options.clock());
  }

  warn(sentence: string): void {
    this.clear();
    this.line(this.colors.yellow(printable(sentence)));
    if (this.redraws && !this.quiet && this.stage !== undefined) this.redraw(this.stage, this.options.clock());
  }

  /** Erases the line of an unfinished stage, so that something else can be printed. */
  clear(): void {
    if (this.redraws && !this.quiet && this.stage !== undefined) this.screen.write(ERASE_LINE);
  }

  private get quiet(): boolean {
    return this.options.verbosity === 'quiet';
  }

  private redraw(stage: Stage, now: number): void {
    stage.drawnAt = now;
    const label = DOING[stage.name].padEnd(10);
    const rest = parts(stage.state, now - stage.startedAt, 'running').join(' · ');
    // Some terminals report no width or 0. The last column stays free: a character there would wrap, and a wrapped line
    // cannot be erased.
    const room = (this.screen.columns || 80) - label.length - 2;
    const shown = rest.length <= room ? rest : `${rest.slice(0, Math.max(0, room - 1))}…`;
    this.screen.write(`${ERASE_LINE}${this.colors.cyan(label)} ${shown}`);
  }

  private label(text: string): string {
    return this.redraws ? this.colors.green(text.padEnd(10)) : text;
  }

  private line(text: string): void {
    this.screen.write(`${text}\n`);
  }
}

/** Describes a stage's state after `ms` milliseconds. */
function parts(state: StageState, ms: number, when: 'running' | 'total'): string[] {
  const running = when === 'running';
  const { files, totalFiles, bytes, totalBytes, events, totalEvents } = state;
  const out: string[] = [];
  if (files !== undefined) {
    out.push(
      running && totalFiles !== undefined ? `${grouped(files)}/${counted(totalFiles, 'file')}` : counted(files, 'file'),
    );
  }
  if (bytes !== undefined) {
    out.push(running && totalBytes !== undefined ? `${size(bytes)} of ${size(totalBytes)}` : size(bytes));
  }
  if (events !== undefined) {
    const of = running && totalEvents !== undefined ? ` of ${grouped(totalEvents)}` : '';
    out.push(of === '' ? counted(events, 'event') : `${grouped(events)}${of} events`);
    if (ms > 0 && events > 0) out.push(`${grouped((events / ms) * 1000)} events/s`);
  }
  const left = running ? secondsLeft(state, ms) : undefined;
  if (left !== undefined) out.push(`${duration(Math.ceil(left)).replace('.0 s', ' s')} left`);
  return out;
}

/** Estimates by the best measure available: bytes, else events, else files. */
function secondsLeft(state: StageState, ms: number): number | undefined {
  if (ms < FORESEE_AFTER_MS) return undefined;
  const measures: readonly (readonly [done?: number, total?: number])[] = [
    pair(state.bytes, state.totalBytes),
    pair(state.events, state.totalEvents),
    pair(state.files, state.totalFiles),
  ];
  const found = measures.find(([done, total]) => done !== undefined && total !== undefined && done > 0);
  const [done, total] = found ?? [];
  if (done === undefined || total === undefined) return undefined;
  return (((total - done) / done) * ms) / 1000;
}

function pair(done: number | undefined, total: number | undefined): readonly [done?: number, total?: number] {
  return done === undefined || total === undefined ? [] : [done, total];
}
