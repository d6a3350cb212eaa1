/**
 * The tests that `.ci/run` repeats on other versions of Node; it prints their files, one a line. What is pure is the same
 * in every version and is tested in one. For each file of ours that imports one of Node's modules, or a package that may,
 * the nearest test is repeated: of those that reach the file by imports, the one that reaches the fewest files of ours. And
 * all tests of the command as a whole are.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { importsOf, ownFile } from './check-imports.js';

/** Modules of Node that compute and nothing else. */
const PURE_MODULES = ['node:path', 'node:url'];
/** Packages that need none of Node's modules. */
const PURE_PACKAGES = ['@noble/', 'chart.js', 'picocolors', 'valibot'];

/** The command as a whole. It starts what no test imports. */
const OF_THE_COMMAND = 'test/command/';
const STARTED: readonly string[] = [
  'scripts/build/package.ts',
  'scripts/report.ts',
  'scripts/ending.ts',
  'scripts/workers/worker.ts',
];

/** In other projects than the repeated ones: the page's code runs in a browser. */
const NOT_REPEATED = ['test/browser/', 'test/interaction/', 'test/bench/'];

interface Choice {
  /** Paths from the root, sorted. */
  readonly tests: readonly string[];
  /** The nearest test of each file that depends on Node, by its path from the root. */
  readonly nearest: ReadonlyMap<string, string>;
}

/** What is repeated of the checkout at `root`. Throws where a file that depends on Node is reached by no test. */
export function nodeDependentTests(root: string): Choice {
  const known = new Map<string, readonly string[]>();
  const importsIn = (file: string): readonly string[] => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const found = importsOf(file, readFileSync(path.join(root, file), 'utf8')).map(({ specifier }) => specifier);
    known.set(file, found);
    return found;
  };
  const filesIn = (folder: string, ending: string): string[] =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending))
      .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
      .sort();

  /** The files of scripts/ that each test reaches, the test with the fewest first. */
  const reached = filesIn('test', '.test.ts')
    .filter((test) => !NOT_REPEATED.some((folder) => test.startsWith(folder)))
    .map((test) => {
      const files = new Set([test]);
      for (const file of files) {
        for (const specifier of importsIn(file)) {
          const own = ownFile(file, specifier);
          if (own !== undefined) files.add(own);
        }
      }
      return { test, files: new Set([...files].filter((file) => file.startsWith('scripts/'))) };
    })
    .sort((a, b) => a.files.size - b.files.size);

  const nearest = new Map<string, string>();
  for (const file of filesIn('scripts', '.ts')) {
    if (STARTED.includes(file) || importsIn(file).every((specifier) => isPure(file, specifier))) continue;
    const found = reached.find(({ files }) => files.has(file));
    if (found === undefined) throw new Error(`${file} depends on Node, and no test reaches it`);
    nearest.set(file, found.test);
  }
  const whole = reached.map(({ test }) => test).filter((test) => test.startsWith(OF_THE_COMMAND));
  return { tests: [...new Set([...whole, ...nearest.values()])].sort(), nearest };
}

function isPure(file: string, specifier: string): boolean {
  if (ownFile(file, specifier) !== undefined) return true;
  if (isBuiltin(specifier)) return PURE_MODULES.includes(specifier);
  return PURE_PACKAGES.some((name) => specifier === name || specifier.startsWith(name.replace(/\/?$/, '/')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(nodeDependentTests(path.join(import.meta.dirname, '..', '..')).tests.join('\n'));
}
