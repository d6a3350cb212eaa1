import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

test(
  '`npm run bench` measures every stage, the memory, and what the classic programs take',
  { timeout: 90_000 },
  () => {
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const bench = path.join(import.meta.dirname, 'bench.ts');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', loader, bench, '--events', '2000', '--runs', '1'],
      { encoding: 'utf8' },
    );
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^5 files, /);
    expect(stdout).toContain('2,000 events, one run');
    for (const stage of ['reading', 'sorting', 'writing']) {
      expect(stdout).toMatch(new RegExp(`^  ${stage} +\\d+\\.\\d\\d s [\\d,]+ events/s$`, 'm'));
    }
    const [, peak = ''] = /^peak memory +([\d,]+) MB$/m.exec(stdout) ?? [];
    expect(Number(peak.replace(',', ''))).toBeGreaterThan(50);
    expect(stdout).toMatch(/^index\.html +\d+\.\d MB$/m);
    for (const program of ['gunzip × 2', 'gunzip \\| jq', '… per file']) {
      expect(stdout).toMatch(new RegExp(`^${program} +(?:not installed|\\d+\\.\\d\\d s )`, 'm'));
    }
  },
);
