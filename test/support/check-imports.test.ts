import path from 'node:path';
import { expect, test } from 'vitest';
import { checkFile, checkTree } from './check-imports.js';

const VIOLATIONS: readonly (readonly [what: string, file: string, text: string, said: string])[] = [
  ['shared that imports ours', 'scripts/shared/a.ts', "import '#scripts/run/errors.js';", 'scripts/run/errors.ts'],
  ['shared that imports Node', 'scripts/shared/model/a.ts', "import fs from 'node:fs';", 'node:fs'],
  ['Node without its prefix', 'scripts/cloudtrail/a.ts', "import fs from 'fs';", 'fs: '],
  ["one of Node's modules where another is allowed", 'scripts/publish/plan/a.ts', "import 'node:fs';", 'node:fs'],
  ['an adapter that imports another', 'scripts/source/folder/a.ts', "import '../s3/s3.js';", 'scripts/source/s3/s3.ts'],
  [
    'a type of another adapter',
    'scripts/publish/s3/a.ts',
    "import type { X } from '#scripts/source/s3/s3.js';",
    'scripts/source/s3/s3.ts',
  ],
  [
    'a type written as import()',
    'scripts/ingest/a.ts',
    "let x: import('#scripts/source/s3/s3.js').X;",
    'scripts/source/s3/s3.ts',
  ],
  [
    'an import() in a port',
    'scripts/source/a.ts',
    "await import('./folder/folder.js');",
    'scripts/source/folder/folder.ts',
  ],
  ['an export from elsewhere', 'scripts/cloudtrail/a.ts', "export * from '../ingest/b.js';", 'scripts/ingest/b.ts'],
  ['the page that imports scripts', 'public/a.ts', "import '#scripts/run/config.js';", 'scripts/run/config.ts'],
  ['a package of another owner', 'scripts/output/html/a.ts', "import 'chart.js';", 'it belongs to public/charts/'],
  ['a package without an owner', 'scripts/output/html/a.ts', "import 'left-pad';", 'no part of the project owns'],
  [
    'a package that only begins like an allowed one',
    'public/charts/a.ts',
    "import 'chart.jsx';",
    'no part of the project owns',
  ],
  [
    'S3 that is loaded before it is needed',
    'scripts/cli/adapters.ts',
    "import '../source/s3/s3.js';",
    'await import()',
  ],
  ['a folder that no rule is about', 'test/a.ts', '', 'no rule'],
];

test.each(VIOLATIONS)('names %s', (_, file, text, said) => {
  const found = checkFile(file, text);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(file);
  expect(found[0]).toContain(said);
});

test('says on which line the import stands', () => {
  const [said] = checkFile('scripts/shared/a.ts', "export {};\nimport '#scripts/run/errors.js';");
  expect(said).toContain('scripts/shared/a.ts:2 ');
});

test('lets adapters be loaded late, packages by their owner, and neighbours', () => {
  expect(checkFile('scripts/cli/adapters.ts', "await import('../source/s3/s3.js');")).toEqual([]);
  expect(
    checkFile('public/charts/a.ts', "import 'chart.js/helpers'; import './b.js'; import '#public/ui/c.js';"),
  ).toEqual([]);
  expect(checkFile('scripts/workers/a.ts', "import { build } from 'esbuild';")).toEqual([]);
});

test('finds nothing in this checkout', () => {
  expect(checkTree(path.join(import.meta.dirname, '..', '..'))).toEqual([]);
});
