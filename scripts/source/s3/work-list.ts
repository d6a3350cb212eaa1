/** Runs tasks that may add further tasks, with bounded concurrency. */

export type Work = () => Promise<void>;

/**
 * Runs `first` and every task that it adds, `atOnce` at a time and the newest first, so that few tasks wait. Rejects
 * with the first error when no task runs any more.
 */
export async function doAll(atOnce: number, first: (add: (work: Work) => void) => void): Promise<void> {
  const waiting: Work[] = [];
  let running = 0;
  let error: { readonly thrown: Error } | undefined;
  await new Promise<void>((resolve, reject) => {
    const next = (): void => {
      while (running < atOnce && error === undefined) {
        const work = waiting.pop();
        if (work === undefined) break;
        running++;
        work()
          .catch((thrown: unknown) => {
            error ??= { thrown: thrown instanceof Error ? thrown : new Error(String(thrown)) };
          })
          .finally(() => {
            running--;
            next();
          });
      }
      if (running > 0) return;
      if (error === undefined) resolve();
      else reject(error.thrown);
    };
    first((work) => {
      waiting.push(work);
      if (running > 0) next();
    });
    next();
  });
}
