/** The encrypted page for a website: the same blocks as in the local page, with nothing of the report in clear. */
import { gzipSync } from 'node:zlib';
import { base64Url, keyMark, type Lock, type KeyDerivation } from '#shared/seal/lock.js';
import { sealPart, type Seal } from '#shared/seal/seal.js';
import type { EmbeddedRun } from '#shared/format/report-format.js';
import type { ReportManifest } from '#shared/model/manifest.js';
import type { Embedded } from './embed.js';
import { scriptJson } from './escape.js';
import { pageText, runJson } from './page.js';
import type { PageShell } from './shell.js';

/**
 * The sealed page's text, about 1 MB at a time; the same for the same arguments.
 *
 * @param shell the result of `prepareShell('sealed')`
 * @param derivation how the page derives the key from a passphrase; undefined if the link contains the key
 */
export function* sealedPage(
  { manifest, blocks }: Embedded,
  run: EmbeddedRun,
  shell: PageShell,
  seal: Seal,
  derivation: KeyDerivation | undefined,
): Generator<string, void> {
  const lock: Lock = {
    format: 'culprit-sealed',
    version: 1,
    report: base64Url(seal.report),
    key: keyMark(seal.key),
    ...(derivation && { passphrase: derivation }),
    manifest: base64(sealPart(seal, 'manifest', gzipSync(JSON.stringify(manifest)))),
  };
  const sealedRun = (): string => base64(sealPart(seal, 'run', Buffer.from(runJson(run))));
  yield* pageText(shell, scriptJson(lock), sealBlocks(seal, blocks), sealedRun);
}

/** The manifest.json beside a sealed page: it says that there is a report, and nothing about its content. */
export function sealedManifest({ formatVersion, tool }: ReportManifest): string {
  return `${JSON.stringify({ formatVersion, tool, encrypted: true }, undefined, 2)}\n`;
}

function* sealBlocks(seal: Seal, blocks: readonly Uint8Array[]): Generator<Uint8Array, void> {
  for (const [number, block] of blocks.entries()) yield sealPart(seal, number, block);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
