/** The npm package: made, packed, installed into an empty folder and run, without a network. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';
import { environmentOf } from './environment.js';
import { runReport } from './run-report.js';

const ROOT = path.join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** By file: the SHA-256 of what is in it. */
function hashesBelow(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files
      .map((name) => [name, path.join(folder, name)] as const)
      .filter(([, file]) => statSync(file).isFile())
      .map(([name, file]) => [name, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

test('the package is small, needs no other, is made the same twice, and makes the same report', async () => {
  const folder = temporaryFolder({ 'package.json': '{}' });
  const options = { env: environmentOf({}), maxBuffer: 1 << 26 };
  const pack = ['pack', '--json', '--pack-destination', folder];
  const { stdout } = await run('npm', pack, { ...options, cwd: ROOT });
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ filename: string; size: number }];
  expect(packed.size).toBeLessThan(5_000_000);

  const first = hashesBelow(path.join(ROOT, 'out/package'));
  await run('npm', ['run', '-s', 'build'], { ...options, cwd: ROOT });
  expect(hashesBelow(path.join(ROOT, 'out/package'))).toEqual(first);

  const install = ['install', '--offline', '--no-audit', '--no-fund', path.join(folder, packed.filename)];
  await run('npm', install, { ...options, cwd: folder });
  expect(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['culprit']);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'node_modules/culprit/package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  expect(Object.keys(manifest.scripts).filter((name) => /install$/.test(name))).toEqual([]);

  const ours = temporaryFolder();
  await runReport(['--out', path.join(ours, 'out')], { cwd: ours });
  const { stdout: said } = await run(path.join(folder, 'node_modules/.bin/culprit'), ['--out', 'out'], {
    ...options,
    cwd: folder,
  });
  expect(said).toContain('To read your own trail: npx culprit s3://YOUR-TRAIL-BUCKET');
  const [outside, inside] = [folder, ours].map((at) => filesOf(path.join(at, 'out')));
  expect(outside).toEqual(inside);
}, 240_000);

/** The files of a report by name: without what differs from run to run, the page as its hash. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const text = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  const page = text('index.html').replace(/<script type="application\/json" id="culprit-run">.*?<\/script>/s, '');
  return {
    tsv: text('events.tsv'),
    findings: text('findings.json'),
    page: createHash('sha256').update(page).digest('hex'),
  };
}
