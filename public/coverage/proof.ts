/** Whether the logs are what CloudTrail wrote: the badge in the header, and a section of the coverage dialog. */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { isTampering, type Finding, type Verification, type VerifiedPeriod } from '#shared/model/verification.js';
import { el, icon } from '#public/ui/dom.js';
import { number, text } from '#public/text/language.js';

type ReportFacts = EmbeddedManifest['report'];

/** The most file names to list for each kind of finding. */
const NAMED = 50;
const MOST_PERIODS = 200;
const ICONS = { verified: 'shieldCheck', partly: 'shield', unverified: 'shield', tampered: 'warning' } as const;
/** The styles of the coverage badge. */
const LOOKS = { verified: 'is-complete', partly: 'is-filtered', unverified: 'is-filtered', tampered: 'is-incomplete' };

/** Fills the badge; it stays hidden without --verify. */
export function fillProofBadge(badge: HTMLElement, { verification }: ReportFacts): void {
  if (verification === undefined) return;
  const { state } = verification;
  badge.classList.add(LOOKS[state]);
  badge.title = text('proof.badge.title');
  badge.replaceChildren(icon(ICONS[state]), el('span', {}, badgeText(verification)));
  badge.hidden = false;
}

function badgeText({ state, logs }: Verification): string {
  return state === 'partly' && logs.unproven === 0
    ? text('proof.badge.gaps')
    : text(`proof.badge.${state}`, { n: logs.unproven });
}

/** The section of the dialog, with a focusable heading; empty without --verify. */
export function proofSection({ verification }: ReportFacts): HTMLElement[] {
  if (verification === undefined) return [];
  const { keys, findings, digests, unprovable } = verification;
  return [
    el('h3', { id: 'proof', tabindex: '-1' }, text('proof.title')),
    el('p', {}, sentence(verification), digests.valid > 0 ? ` ${text('proof.by', { n: digests.valid })}` : ''),
    ...keysNote(keys),
    ...(keys.problem === undefined ? [] : [el('p', { class: 'small' }, keys.problem)]),
    ...(findings.first.length > 0
      ? [el('ul', { class: 'skipped proof' }, ...byCode(findings.first).map(drawFinding))]
      : []),
    ...(findings.count > findings.first.length
      ? [el('p', { class: 'small' }, text('proof.more', { shown: number(findings.first.length), n: findings.count }))]
      : []),
    ...(unprovable.length === 0
      ? []
      : [
          el('p', { class: 'small' }, text('proof.unprovable')),
          el('ul', { class: 'small' }, ...unprovable.map((code) => el('li', {}, text(`unprovable.${code}`)))),
        ]),
    ...periods(verification.periods),
  ];
}

/** Where the keys that verify CloudTrail's signatures come from, if not from CloudTrail itself. */
function keysNote({ files, configFile }: Verification['keys']): HTMLElement[] {
  if (files === undefined) return [];
  const names = files.join(', ');
  const note =
    configFile === undefined
      ? text('proof.keys', { files: names })
      : text('proof.keys.config', { files: names, configFile });
  return [el('p', { class: 'small' }, note)];
}

function sentence({ state, logs }: Verification): string {
  const total = logs.verified + logs.tampered + logs.missing + logs.unproven;
  if (state === 'verified') return text('proof.state.verified', { n: logs.verified });
  return text(`proof.state.${state}`, { verified: number(logs.verified), total: number(total) });
}

/** Names by code, in the order of the findings. */
function byCode(findings: readonly Finding[]): (readonly [Finding['code'], readonly string[]])[] {
  const codes = new Map<Finding['code'], string[]>();
  for (const { code, name } of findings) {
    const names = codes.get(code);
    if (names) names.push(name);
    else codes.set(code, [name]);
  }
  return [...codes];
}

function drawFinding([code, names]: readonly [Finding['code'], readonly string[]]): HTMLElement {
  const [only, ...others] = names;
  const mono = (name: string): HTMLElement => el('span', { class: 'small is-mono' }, name);
  const shown = names.slice(0, NAMED).map((name) => el('li', {}, mono(name)));
  const isMore = names.length > NAMED;
  const more = isMore ? [el('li', {}, text('proof.more', { shown: number(NAMED), n: names.length }))] : [];
  return el(
    'li',
    { class: isTampering(code) ? 'is-tampering' : 'is-unproven' },
    el('b', {}, text(`finding.${code}`)),
    ...(others.length === 0
      ? [el('br'), mono(only ?? '')]
      : [
          el(
            'details',
            { class: 'lost' },
            el('summary', {}, text('proof.names', { n: names.length })),
            el('ul', {}, ...shown, ...more),
          ),
        ]),
  );
}

function periods(all: readonly VerifiedPeriod[]): HTMLElement[] {
  if (all.length === 0) return [];
  const rows = all
    .slice(0, MOST_PERIODS)
    .map(({ account, region, trail, backfill, from, to, state, digests, logs }) =>
      el(
        'li',
        {},
        el('span', { class: 'is-mono' }, account),
        ` ${region} · ${trail}${backfill ? text('proof.backfill') : ''} · ${minute(from)} – ${minute(to)} · `,
        el('b', {}, text(`proof.period.${state}`)),
        digests > 0 ? ` · ${text('proof.digests', { n: digests })} · ${text('proof.logs', { n: logs })}` : '',
      ),
    );
  const isMore = all.length > MOST_PERIODS;
  const more = isMore ? [el('li', {}, text('proof.more', { shown: number(MOST_PERIODS), n: all.length }))] : [];
  return [
    el(
      'details',
      { class: 'lost' },
      el('summary', {}, text('proof.periods')),
      el('ul', { class: 'small' }, ...rows, ...more),
    ),
  ];
}

function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
