/** Pieces of work that find more of their kind, a bounded number at once. */

export type Work = () => Promise<void>;

/**
 * Does `first` and everything that it adds, `atOnce` pieces at a time, the newest first, so that few of them wait.
 * Rejects with the first error, once nothing runs any more.
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
