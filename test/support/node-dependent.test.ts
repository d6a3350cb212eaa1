import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.js';
import { nodeDependentTests } from './node-dependent.js';

/** A checkout in which `b` depends on Node and `a` does not. */
const FILES = {
  'scripts/a.ts': "import path from 'node:path';",
  'scripts/b.ts': "import { gzipSync } from 'node:zlib';\nimport './a.js';",
  'scripts/c.ts': "await import('./b.js');",
  'scripts/report.ts': "import { isatty } from 'node:tty';",
  'test/a.test.ts': "import { readFileSync } from 'node:fs';\nimport '#scripts/a.js';",
  'test/support/runs.ts': "import '#scripts/b.js';",
  'test/b.test.ts': "import './support/runs.js';",
  'test/c.test.ts': "import '#scripts/c.js';",
  'test/command/x.test.ts': '',
  'test/browser/b.test.ts': "import '#scripts/b.js';",
};

test('the nearest test of what depends on Node is repeated, and those of the command; what is pure is not', () => {
  expect(nodeDependentTests(temporaryFolder(FILES))).toEqual({
    tests: ['test/b.test.ts', 'test/command/x.test.ts'],
    nearest: new Map([['scripts/b.ts', 'test/b.test.ts']]),
  });
});

test('a file that depends on Node and is reached by no test is named', () => {
  const root = temporaryFolder({ ...FILES, 'scripts/d.ts': "import { S3Client } from '@aws-sdk/client-s3';" });
  expect(() => nodeDependentTests(root)).toThrow('scripts/d.ts depends on Node, and no test reaches it');
});

test('of this project, compression, threads, streams, servers and signals are among what is repeated', () => {
  const { nearest, tests } = nodeDependentTests(path.join(import.meta.dirname, '..', '..'));
  for (const file of [
    'scripts/ingest/read/inflate.ts',
    'scripts/workers/pool.ts',
    'scripts/output/files/direct-writer.ts',
    'scripts/aws/proxy.ts',
    'scripts/source/folder/local-file.ts',
  ]) {
    expect(nearest.has(file), file).toBe(true);
  }
  expect(tests).toContain('test/command/process.test.ts');
  expect(tests.filter((name) => /^test\/(?:public|investigate)\//.test(name))).toEqual([]);
});
