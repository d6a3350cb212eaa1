/** The last lines of a run: what was written, and what is not in it. */
import { COMMAND } from '#scripts/run/installation.js';
import pc from 'picocolors';
import type { EventFilter } from '#scripts/run/config.js';
import type { Published } from '#scripts/publish/port.js';
import { LEVELS } from '#shared/model/level.js';
import { WARNINGS, type ReportManifest } from '#shared/model/manifest.js';
import { kindName } from '#scripts/source/layout.js';
import { lostLines } from './lost.js';
import { proofLines } from './proof.js';
import { counted, duration, grouped, moment, printable, size } from './format.js';

export const NO_INPUT = `No INPUT was given, so this report shows the bundled sample. To read your own trail: ${COMMAND} s3://YOUR-TRAIL-BUCKET --since 7d`;

/** A written file, by the path shown to the user. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * The lines for people, without line ends. Log text in them is made safe to print.
 * @param filter what left events out
 */
export function summaryLines(
  manifest: ReportManifest,
  filter: EventFilter,
  written: readonly WrittenFile[],
  published: Published | undefined,
  color: boolean,
): string[] {
  const colors = pc.createColors(color);
  const files = written.map((file) => [printable(file.path), size(file.bytes)] as const);
  const width = Math.max(0, ...files.map(([name]) => name.length));
  const missing = missingLines(manifest, filter);
  const faults = faultLines(manifest);
  const proof = proofLines(manifest);
  return [
    '',
    colors.bold(headline(manifest)),
    ...files.map(([name, bytes]) => `  ${colors.cyan(name.padEnd(width))}  ${bytes.padStart(8)}`),
    ...unlistedLines(manifest),
    ...redactedLines(manifest, written),
    ...maskedLines(manifest),
    ...findingLines(manifest),
    ...(missing.length > 0 ? ['Not in the report:', ...missing.map((line) => `  ${line}`)] : []),
    ...faults.map((line) => colors.yellow(line)),
    ...gapLines(manifest),
    ...(missing.length + faults.length + (manifest.verification?.logs.missing ?? 0) === 0
      ? [colors.green(completeLine(filter))]
      : []),
    ...(proof?.lines.map((line) => (proof.isGood ? colors.green(line) : colors.yellow(line))) ?? []),
    ...publishedLines(published).map((line) => (line === published?.url ? colors.bold(line) : line)),
  ];
}

/** The lines that remain with --quiet: what could not be read, and where the report is. */
export function quietLines(
  manifest: ReportManifest,
  published: Published | undefined,
): { faults: string[]; link: string[] } {
  const proof = proofLines(manifest);
  const faults = [...faultLines(manifest), ...(proof === undefined || proof.isGood ? [] : proof.lines)];
  return { faults, link: published === undefined ? [] : [published.url] };
}

function headline({ events, timeRange, accounts, regions, run }: ReportManifest): string {
  const range = timeRange === null ? [] : [`${moment(timeRange.from)} to ${moment(timeRange.to)} UTC`];
  const places = [counted(accounts.length, 'account'), counted(regions.length, 'region')];
  return [counted(events, 'event'), ...range, ...places, `in ${duration(run.seconds)}`].join(' · ');
}

/** What was left out intentionally. */
function missingLines({ duplicates, filtered, ignored }: ReportManifest, filter: EventFilter): string[] {
  const lines: string[] = [];
  if (filtered > 0) lines.push(`${counted(filtered, 'event')} by ${optionsOf(filter)}`);
  if (duplicates > 0) lines.push(`${counted(duplicates, 'duplicate event')} removed`);
  for (const { kind, count, folders = 0, records, example } of ignored) {
    const what = kindName(kind);
    const howMany = [
      ...(count > 0 ? [counted(count, 'file')] : []),
      ...(folders > 0 ? [counted(folders, 'folder')] : []),
      ...(records > 0 ? [counted(records, 'record')] : []),
    ];
    lines.push(`${howMany.join(' and ')}: ${what} (${printable(example)})`);
  }
  return lines;
}

/** What the page does not list because of its size. */
function unlistedLines({ events, unlisted }: ReportManifest): string[] {
  if (unlisted === undefined) return [];
  const { reads, changes, errors, from, to } = unlisted;
  const what = [
    ...(reads > 0 ? [counted(reads, 'read')] : []),
    ...(changes > 0 ? [counted(changes, 'change')] : []),
    ...(errors > 0 ? [counted(errors, 'error')] : []),
  ];
  return [
    `index.html lists ${grouped(events - unlisted.events)} of ${counted(events, 'event')}. Only in events.tsv: ${what.join(', ')} from ${moment(from)} to ${moment(to)} UTC (--max-rows, --max-html-mb).`,
  ];
}

/** What has pseudonyms, and which file explains them. */
function redactedLines({ redaction }: ReportManifest, written: readonly WrittenFile[]): string[] {
  if (redaction === undefined) return [];
  const folder = written[0]?.path.replace(/[^/\\]*$/, '') ?? '';
  return [
    `Redacted: ${redaction.what.join(', ')}. Who is who: ${printable(folder)}redaction-key.tsv (${counted(redaction.pseudonyms, 'pseudonym')}); keep it to yourself, it is never published.`,
  ];
}

/** What rules found; nothing if they found nothing and all of them were evaluated. */
function findingLines({ findings }: ReportManifest): string[] {
  const { notEvaluable, suppressed } = findings;
  const levels = [...LEVELS].reverse().filter((level) => findings[level] > 0);
  const parts = [
    ...(levels.length > 0 ? [levels.map((level) => `${grouped(findings[level])} ${level}`).join(', ')] : []),
    ...(suppressed > 0 ? [`${grouped(suppressed)} suppressed`] : []),
    ...(notEvaluable > 0 ? [`${counted(notEvaluable, 'rule')} not evaluated`] : []),
  ];
  return parts.length === 0 ? [] : [`Findings: ${parts.join('; ')} (findings.json).`];
}

/** How many secrets were masked. */
function maskedLines({ masked }: ReportManifest): string[] {
  if (masked === undefined) return [];
  return [
    `Masked: ${counted(masked.values, 'secret')} in ${counted(masked.events, 'event')}, as MASKED_BY_CULPRIT (--show-secrets keeps them).`,
  ];
}

function completeLine(filter: EventFilter): string {
  const options = optionsOf(filter);
  return options === ''
    ? 'Complete: nothing was skipped.'
    : `Complete within ${options.replace(' or ', ' and ')}: nothing was skipped.`;
}

/** The given options, such as `--since, --region or --writes-only`. */
function optionsOf({ since, until, accounts, regions, writesOnly }: EventFilter): string {
  const given = [
    ...(since === undefined ? [] : ['--since']),
    ...(until === undefined ? [] : ['--until']),
    ...(accounts.length === 0 ? [] : ['--account']),
    ...(regions.length === 0 ? [] : ['--region']),
    ...(writesOnly ? ['--writes-only'] : []),
  ];
  return [given.slice(0, -1).join(', '), ...given.slice(-1)].filter((part) => part !== '').join(' or ');
}

/** The problems in the input. */
function faultLines(manifest: ReportManifest): string[] {
  const { warnings, files } = manifest;
  if (warnings.length === 0 && files.failed === 0) return [];
  const failed =
    files.failed === 0 ? '' : ` ${counted(files.failed, 'file')} of ${grouped(files.listed)} could not be used.`;
  return [
    `Problems in the input:${failed}`,
    ...warnings.map(({ code, count, example }) => `  ${grouped(count)} × ${WARNINGS[code]} (${printable(example)})`),
    ...lostLines(manifest),
  ];
}

/** Days without a file: either nothing happened, or files are missing. */
function gapLines({ coverage: { gapDays, places } }: ReportManifest): string[] {
  if (gapDays === 0) return [];
  const at = places.find(({ gaps }) => gaps.length > 0);
  const first = at ? `, the first: ${printable(at.account)} ${printable(at.region)} ${at.gaps[0]?.[0] ?? ''}` : '';
  return [`Gaps: ${counted(gapDays, 'day')} without a file between days with files${first}.`];
}

function publishedLines(published: Published | undefined): string[] {
  if (published === undefined) return [];
  return ['Published:', ...published.notes.map((note) => `  ${printable(note)}`), published.url];
}
