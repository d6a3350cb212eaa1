/**
 * The whole error model. Faults in the data are counted and reported (`shared/model/manifest.ts`), never thrown. An
 * error that the user can fix is a `CulpritError`: one sentence that says what to do. Any other error is a bug.
 */

/**
 * Exit codes, by kind of error; `nothing` is an answer that found nothing, `findings` is what --fail-on asks for. 0 is
 * success.
 */
export const EXIT_CODES = { bug: 1, usage: 2, source: 3, empty: 4, publish: 5, nothing: 6, findings: 7 } as const;

export type ErrorKind = Exclude<keyof typeof EXIT_CODES, 'bug' | 'nothing' | 'findings'>;

/** An error whose message is one sentence for the user. */
export class CulpritError extends Error {
  override readonly name = 'CulpritError';

  constructor(
    readonly kind: ErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The exit code for any thrown value. */
export function exitCodeOf(error: unknown): number {
  return error instanceof CulpritError ? EXIT_CODES[error.kind] : EXIT_CODES.bug;
}
