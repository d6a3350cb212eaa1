/** The code of the page and of the workers is the same for each run: tests of a file bundle it once. */
import { vi } from 'vitest';
import type * as Page from '#scripts/output/html/bundle.js';
import type * as Workers from '#scripts/workers/bundle.js';

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

vi.mock('#scripts/output/html/bundle.js', async (original) => {
  const page = await original<typeof Page>();
  return { ...page, bundlePage: once(page.bundlePage), bundleUnlock: once(page.bundleUnlock) };
});
vi.mock('#scripts/workers/bundle.js', async (original) => {
  const workers = await original<typeof Workers>();
  return { ...workers, bundleWorker: once(workers.bundleWorker) };
});
