/** One worker starts sooner than two. Tests of order and of real processes have as many as there are processors. */
import { vi } from 'vitest';

vi.mock('node:os', async (original) => ({ ...(await original<object>()), availableParallelism: () => 1 }));
