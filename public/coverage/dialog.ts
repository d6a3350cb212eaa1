/** The dialog about what the report covers: where and when there are events, what was not read and why, and the run. */
import { RUN_ELEMENT, type EmbeddedManifest, type EmbeddedRun } from '#shared/format/report-format.js';
import { coverageSentence, ignoredCount, ignoredName } from './coverage.js';
import { el } from '#public/ui/dom.js';
import { dialogHead } from '#public/ui/dialog-head.js';
import { number, text } from '#public/text/language.js';
import type { TextKey } from '#public/text/en.js';
import { shownTime } from '#public/text/shown-time.js';
import { coverageMap } from './map.js';
import { proofSection } from './proof.js';

type Fact = readonly [TextKey, ...(readonly (string | HTMLElement)[])];

/** The most names of unread files to list. */
const NAMED = 50;

/** Fills the dialog again: the end of the page may have loaded since. */
export function fillCoverage(dialog: HTMLDialogElement, manifest: EmbeddedManifest): void {
  const { report } = manifest;
  const faults = report.warnings.map(({ code, count, example }) =>
    skipped(text(`warning.${code}`), text('coverage.times', { n: count }), example),
  );
  const others = report.ignored.map((of) => skipped(ignoredName(of.kind), ignoredCount(of), of.example));
  dialog.replaceChildren(
    dialogHead(dialog, 'coverage-title', 'coverage.title'),
    el('p', {}, coverageSentence(report)),
    ...section('coverage.warnings', faults),
    ...lostFiles(manifest),
    ...proofSection(report),
    el('h3', {}, text('coverage.map.title')),
    ...coverageMap(report.coverage),
    el(
      'dl',
      { class: 'facts' },
      ...facts(manifest).map(([key, ...value]) => el('div', {}, el('dt', {}, text(key)), el('dd', {}, ...value))),
    ),
    ...section('coverage.ignored', others),
  );
}

function facts({ report }: EmbeddedManifest): Fact[] {
  const { files, timeRange } = report;
  const run = readRun();
  return [
    ['coverage.events', number(report.events)],
    [
      'coverage.range',
      ...(timeRange
        ? [shownTime(Date.parse(timeRange.from)), ' – ', shownTime(Date.parse(timeRange.to))]
        : [text('coverage.none')]),
    ],
    ['coverage.accounts', report.accounts.join(', ') || text('coverage.none')],
    ['coverage.regions', report.regions.join(', ') || text('coverage.none')],
    [
      'coverage.files',
      text('coverage.files.value', { read: files.read, ignored: files.ignored, failed: files.failed }),
    ],
    ...(report.verification ? [] : [['proof.unasked', text('proof.unasked.value')] as const]),
    ['coverage.duplicates', text('coverage.duplicates.value', { n: report.duplicates })],
    ['coverage.filtered', text('coverage.filtered.value', { n: report.filtered })],
    ...pseudonyms(report),
    ...(run
      ? ([
          [
            'coverage.run',
            shownTime(Math.floor(Date.parse(run.startedAt) / 1000) * 1000),
            ` · ${text('coverage.seconds', { n: Math.max(1, Math.round(run.seconds)) })}`,
          ],
          ['coverage.command', el('code', {}, run.command)],
        ] as const)
      : []),
    ['coverage.made', text('coverage.version', { version: report.tool.version })],
  ];
}

/** What replaced secrets and, with --redact, names. */
function pseudonyms({ masked, redaction }: EmbeddedManifest['report']): Fact[] {
  return [
    ...(masked ? [['coverage.masked', text('coverage.masked.value', { n: masked.values })] as const] : []),
    ...(redaction
      ? [
          [
            'coverage.redacted',
            text('coverage.redacted.value', {
              n: redaction.pseudonyms,
              what: redaction.what.map((what) => text(`redacted.${what}`)).join(text('redacted.and')),
            }),
          ] as const,
        ]
      : []),
  ];
}

/** The files and folders that could not be read, each with its reason. */
function lostFiles({ report: { lost } }: EmbeddedManifest): HTMLElement[] {
  if (!lost) return [];
  const items = lost.first
    .slice(0, NAMED)
    .map(({ name, code, reason }) =>
      el('li', {}, el('span', { class: 'is-mono' }, name), ` · ${text(`warning.${code}`)} (${reason})`),
    );
  return [
    el(
      'details',
      { class: 'lost' },
      el('summary', {}, text('coverage.lost', { n: lost.count })),
      el('ul', { class: 'small' }, ...items),
    ),
  ];
}

function skipped(what: string, howOften: string, example: string): HTMLElement {
  return el(
    'li',
    {},
    el('b', {}, what),
    ` · ${howOften}`,
    el('br'),
    el('span', { class: 'small is-mono' }, text('coverage.example', { name: example })),
  );
}

function section(title: TextKey, items: readonly HTMLElement[]): HTMLElement[] {
  return items.length === 0 ? [] : [el('h3', {}, text(title)), el('ul', { class: 'skipped' }, ...items)];
}

/**
 * The run that made the page, from the only element that differs between runs; undefined while the page is loading, and if
 * its end is missing.
 */
function readRun(): EmbeddedRun | undefined {
  const json = document.getElementById(RUN_ELEMENT)?.textContent;
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as EmbeddedRun;
  } catch {
    return undefined;
  }
}
