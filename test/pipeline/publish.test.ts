/** What the pipeline gives to a publisher: the report that was agreed to, and the link with whatever goes wrong. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseCommandLine } from '#scripts/cli/config/command-line.js';
import { resolveConfig } from '#scripts/cli/config/resolve.js';
import { runPipeline, type PipelinePorts } from '#scripts/pipeline.js';
import { SILENT } from '#scripts/run/progress.js';
import { CulpritError } from '#scripts/run/errors.js';
import { openFolderSource } from '#scripts/source/folder/folder.js';
import type { Encryption, Publisher, PublishFile } from '#scripts/publish/port.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const PLAN = { lines: [], readers: 'nobody', address: 'http://reports.example/r/' };
const KEY: Encryption = {
  seal: { key: new Uint8Array(32), report: new Uint8Array(16) },
  derivation: undefined,
  fragment: '#key=abc',
};

async function publish(
  upload: (files: readonly PublishFile[], out: string) => Promise<void>,
  more: Partial<PipelinePorts> = {},
): Promise<string> {
  const folder = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  const out = path.join(folder, 'out');
  const { settings } = parseCommandLine([path.join(folder, 'logs'), '--no-cache', '--out', out], 'test');
  const now = new Date();
  const config = resolveConfig(settings, undefined, { env: {}, now, cacheFolder: '/nowhere' });
  const publisher: Publisher = {
    plan: () => Promise.resolve(PLAN),
    publish: async (plan, files) => {
      expect(plan).toBe(PLAN);
      await upload(files, out);
      return { url: PLAN.address, notes: [] };
    },
    close: () => undefined,
  };
  const { published } = await runPipeline(config, {
    sources: await Promise.all(config.inputs.map(openFolderSource)),
    publisher,
    encryption: undefined,
    agree: () => Promise.resolve(true),
    showLink: () => undefined,
    progress: SILENT,
    now: () => now,
    command: 'test',
    ...more,
  });
  return published?.url ?? '';
}

async function contentOf(files: readonly PublishFile[], name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const file = files.find((candidate) => candidate.name === name);
  for await (const chunk of file?.read() ?? []) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

test('the files are those of the output folder, each time they are read', async () => {
  await publish(async (files, out) => {
    for (const name of ['index.html', 'manifest.json', 'index.html']) {
      expect((await contentOf(files, name)).equals(readFileSync(path.join(out, name)))).toBe(true);
    }
  });
});

test('a page that was changed after somebody agreed is refused at its end', async () => {
  const run = publish(async (files, out) => {
    writeFileSync(path.join(out, 'index.html'), 'another page');
    await contentOf(files, 'index.html');
  });
  await expect(run).rejects.toThrow(/index\.html was changed after the report was created, so it was not published/);
});

test('a manifest that was changed in the folder is published as it was agreed to', async () => {
  await publish(async (files, out) => {
    writeFileSync(path.join(out, 'manifest.json'), '{}');
    expect((await contentOf(files, 'manifest.json')).toString()).toContain('"events": 1');
  });
});

test('the link of an encrypted report is shown before it is uploaded, and said with what goes wrong after', async () => {
  const shown: string[] = [];
  const more = { encryption: KEY, showLink: (url: string) => void shown.push(url) };
  const failing = publish(async (files) => {
    expect(shown).toEqual(['http://reports.example/r/#key=abc']);
    await contentOf(files, 'index.html');
    throw new CulpritError('publish', 'S3 refuses s3:PutBucketPolicy.');
  }, more);
  await expect(failing).rejects.toThrow(
    'S3 refuses s3:PutBucketPolicy. If the page was uploaded, this link opens it: http://reports.example/r/#key=abc',
  );
});

test('what fails before the page is sent says no link', async () => {
  const failing = publish(() => Promise.reject(new CulpritError('publish', 'S3 refuses it.')));
  await expect(failing).rejects.toThrow(/^S3 refuses it\.$/);
});
