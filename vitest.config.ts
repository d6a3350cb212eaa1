import { defineConfig } from 'vitest/config';

/** A real browser and a real S3 gateway need longer than a function call does. */
const SLOW = ['test/browser/**/*.test.ts', 'test/s3/**/*.test.ts', 'test/cli/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: SLOW, testTimeout: 20_000, hookTimeout: 20_000 },
      },
      { extends: true, test: { name: 'slow', include: SLOW, testTimeout: 90_000, hookTimeout: 90_000 } },
    ],
  },
});
