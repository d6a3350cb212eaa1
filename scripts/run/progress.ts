/** Reports the progress of a run to the user. `terminal.ts` draws it; tests record it. */

export type StageName = 'read' | 'verify' | 'sort' | 'find' | 'redact' | 'write' | 'publish';

/** The state of a stage; only the fields that make sense for the stage are set. */
export interface StageState {
  readonly files?: number;
  readonly totalFiles?: number;
  readonly bytes?: number;
  readonly totalBytes?: number;
  readonly events?: number;
  readonly totalEvents?: number;
}

export interface Progress {
  /** Begins a stage; the previous one has ended. */
  begin(stage: StageName): void;
  /** Replaces the state of the running stage; cheap enough to call for every file. */
  update(state: StageState): void;
  /** Ends the running stage. */
  end(): void;
  /** A message for --verbose. */
  note(sentence: string): void;
  /** A message for all users: something was not done as requested. */
  warn(sentence: string): void;
}

export const SILENT: Progress = { begin() {}, update() {}, end() {}, note() {}, warn() {} };
