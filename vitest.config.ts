import { defineConfig } from 'vitest/config';

/**
 * CI has two processors for two test files, a browser each and a gateway: there a step can wait for its turn longer than
 * a test does. The reporter names each test that needed a second try; elsewhere there is none.
 */
const RETRY = process.env['CI'] === 'true' ? 1 : 0;

/** A real browser and a real S3 gateway need longer than a function call does. */
const SLOW = ['test/browser/**/*.test.ts', 'test/s3/**/*.test.ts', 'test/command/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A second, the default, is less than a busy machine may take to paint.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: SLOW, testTimeout: 20_000, hookTimeout: 20_000 },
      },
      {
        extends: true,
        test: { name: 'slow', include: SLOW, testTimeout: 90_000, hookTimeout: 90_000, retry: RETRY },
      },
    ],
  },
});
