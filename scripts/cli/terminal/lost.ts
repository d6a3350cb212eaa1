/** What a run could not read, and what to do about it. */
import type { ReportManifest } from '#shared/model/manifest.js';
import { shellQuoted } from '#scripts/run/shell-quoted.js';
import { counted, printable } from './format.js';

/** The most names to show; the manifest has more. */
const SHOWN = 10;
/** Enough time to run again; Amazon charges for it. */
const RESTORE_DAYS = 7;

/** The lines, without line ends; empty if nothing was lost. */
export function lostLines({ lost }: Pick<ReportManifest, 'lost'>): string[] {
  if (lost === undefined) return [];
  const shown = lost.first.slice(0, SHOWN);
  const more = lost.count - shown.length;
  const archived = lost.first.find(({ code }) => code === 'archived');
  return [
    ...shown.map(({ name, reason }) => `    ${printable(name)}: ${printable(reason)}`),
    ...(more > 0 ? [`    and ${counted(more, 'other')}: "lost" in manifest.json`] : []),
    ...(archived === undefined ? [] : restoreLines(archived.name)),
    ...(lost.first.some(({ code }) => code === 'credentials-expired')
      ? ['  Sign in again and repeat the command. It continues from the files that were read.']
      : []),
  ];
}

/** The command that restores one archived object, as an example for the others. */
function restoreLines(name: string): string[] {
  const match = /^s3:\/\/([^/]+)\/(.+)$/s.exec(name);
  if (match === null) return [];
  const [, bucket = '', key = ''] = match;
  const request = `--restore-request Days=${String(RESTORE_DAYS)}`;
  return [
    '  To restore the archived files (this takes hours, and AWS charges for it):',
    `    aws s3api restore-object --bucket ${bucket} --key ${word(printable(key))} ${request}`,
  ];
}

/** Omits quotes that are not needed. */
function word(text: string): string {
  return /^[\w./+=:@%-]+$/.test(text) ? text : shellQuoted(text);
}
