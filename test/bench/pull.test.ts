import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

test(
  '`npm run bench:pull` measures a first report, a second one without a download, a day more, and the memory',
  { timeout: 300_000 },
  () => {
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const bench = path.join(import.meta.dirname, 'pull.ts');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', loader, bench, '--objects', '300', '--many', '350', '--delay', '1'],
      { encoding: 'utf8' },
    );
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^300 objects, /);
    expect(stdout).toMatch(/^ {2}first report +\d+\.\d\d s, \d+ list calls, 300 objects got$/m);
    expect(stdout).toMatch(/^ {2}second report +\d+\.\d\d s, \d+ list calls, 0 objects got; \d\.\d\d of the first$/m);
    expect(stdout).toMatch(/^ {2}aws s3 sync +(?:not installed|\d+\.\d\d s; )/m);
    expect(stdout).toMatch(/^behind a proxy that adds 1 ms/m);
    expect(stdout).toMatch(/^ {2}one day more +\d+\.\d\d s, \d+ list calls, 10 objects got$/m);
    expect(stdout).toMatch(/^ {2}memory +\d+\.\d\d MB for 350 objects/m);
  },
);
