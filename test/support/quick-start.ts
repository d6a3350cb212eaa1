/**
 * What tests of the whole command share within a file: the page's and the workers' code, which is the same for each run,
 * is bundled once; and one worker starts sooner than two. Tests of real processes, of order and of bundles have all of it.
 */
import { vi } from 'vitest';
import type * as Page from '#scripts/output/html/bundle.js';
import type * as Workers from '#scripts/workers/bundle.js';

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

vi.mock('node:os', async (original) => ({ ...(await original<object>()), availableParallelism: () => 1 }));
vi.mock('#scripts/output/html/bundle.js', async (original) => {
  const page = await original<typeof Page>();
  return { ...page, bundlePage: once(page.bundlePage), bundleUnlock: once(page.bundleUnlock) };
});
vi.mock('#scripts/workers/bundle.js', async (original) => {
  const workers = await original<typeof Workers>();
  return { ...workers, bundleWorker: once(workers.bundleWorker) };
});
