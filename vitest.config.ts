import { defineConfig } from 'vitest/config';

/**
 * CI has two processors for two test files, a browser each and a gateway: there a step can wait for its turn longer than
 * a test does. The reporter names each test that needed a second try; elsewhere there is none.
 */
const RETRY = process.env['CI'] === 'true' ? 1 : 0;

/** The real command and a real S3 gateway need longer than a function call does. */
const COMMAND = ['test/command/**/*.test.ts', 'test/s3/**/*.test.ts'];
const BROWSER = ['test/browser/**/*.test.ts', 'test/interaction/**/*.test.ts'];
/**
 * Tests of what is pure. Nothing is left of one file that another could see, so they share a process and what it has
 * loaded: a third less processor time.
 */
const PURE = ['cloudtrail', 'investigate', 'redact', 'shared'].map((folder) => `test/${folder}/**/*.test.ts`);
/** `npm run test:bench`: that the benchmarks run at all. They take as long as the rest of the unit tests. */
const BENCH = ['test/bench/**/*.test.ts'];

/** What tests of a file share. */
const BUNDLE_ONCE = 'test/support/bundle-once.ts';
/** Stands in for the element that holds a page's texts. */
const PAGE_TEXTS = 'test/support/page-texts.ts';
const ONE_WORKER = 'test/support/one-worker.ts';

/** Tests of whole programs, which wait for each other's processors. */
const whole = { testTimeout: 180_000, hookTimeout: 180_000, retry: RETRY };

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A second, the default, is less than a busy machine may take to paint.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...COMMAND, ...BROWSER, ...PURE, ...BENCH],
          setupFiles: [BUNDLE_ONCE, PAGE_TEXTS],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'pure',
          include: PURE,
          isolate: false,
          setupFiles: [BUNDLE_ONCE, PAGE_TEXTS],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'command', include: COMMAND, setupFiles: [BUNDLE_ONCE, PAGE_TEXTS, ONE_WORKER], ...whole },
      },
      {
        extends: true,
        test: { name: 'browser', include: BROWSER, setupFiles: [BUNDLE_ONCE, PAGE_TEXTS, ONE_WORKER], ...whole },
      },
      { extends: true, test: { name: 'bench', include: BENCH, testTimeout: 300_000 } },
    ],
  },
});
