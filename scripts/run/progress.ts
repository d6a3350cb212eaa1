/** How a run tells a person where it is. `terminal.ts` draws it; tests record it. */

export type StageName = 'read' | 'verify' | 'sort' | 'redact' | 'write' | 'publish';

/** What a stage has done so far; only what makes sense for the stage is given. */
export interface StageState {
  readonly files?: number;
  readonly totalFiles?: number;
  readonly bytes?: number;
  readonly totalBytes?: number;
  readonly events?: number;
  readonly totalEvents?: number;
}

export interface Progress {
  /** Begins a stage; the one before has ended. */
  begin(stage: StageName): void;
  /** Replaces the state of the running stage; cheap enough to call for each file. */
  update(state: StageState): void;
  /** Ends the running stage. */
  end(): void;
  /** A sentence for --verbose. */
  note(sentence: string): void;
  /** A sentence that everybody should read: something is not done as it was asked for. */
  warn(sentence: string): void;
}

export const SILENT: Progress = { begin() {}, update() {}, end() {}, note() {}, warn() {} };
