/**
 * Who is behind every call of a log: each session's chain is followed to the person, workload or service that began it,
 * or to where it is lost.
 */
import { findElsewhere, type Elsewhere } from './elsewhere.js';
import { findIssues } from './issues.js';
import type { Confidence, Join } from '#shared/model/how-known.js';
import { Linker, type Link, type Unknown } from './links.js';
import { findNamesakes, type Namesake, type Origin } from './origins.js';
import type { SessionLog } from './session-log.js';
import { findSessions, type Session } from './sessions.js';

/** A step of a chain: a session, and how it was joined to what began it. */
export interface Step {
  readonly session: number;
  /** The row of the issuing event; -1 where there is none. */
  readonly row: number;
  readonly join: Join | undefined;
  readonly confidence: Confidence;
  /** The ARN of a session between this one and the next, of which there is no other record; '' where there is none. */
  readonly through: string;
}

/** What is known of who is behind a session. */
export interface Resolution {
  /** Undefined where it is not known. */
  readonly origin: Origin | undefined;
  /** Why the origin is unknown. */
  readonly unknown: Unknown | undefined;
  /** Who it may have been, where the chain leads to several. */
  readonly candidates: readonly Origin[];
  /** From the session back to its beginning. */
  readonly steps: readonly Step[];
}

export interface Attribution {
  /** The log that it is of. */
  readonly log: SessionLog;
  readonly sessions: readonly Session[];
  /** Identity → session. */
  readonly ofIdentity: Uint32Array;
  /** By session. */
  readonly resolutions: readonly Resolution[];
  /** Events that tell more than their identity does: row → resolution. */
  readonly exceptions: ReadonlyMap<number, Resolution>;
  /** Sessions whose credentials were used where they do not belong, by number. */
  readonly elsewhere: ReadonlyMap<number, Elsewhere>;
  /** Origins that share their name with another, by ID: what tells each from the others. */
  readonly namesakes: ReadonlyMap<string, Namesake>;
}

export function attribute(log: SessionLog): Attribution {
  const sessions = findSessions(log);
  const keys = new Set(sessions.all.map(({ identity }) => identity.accessKeyId));
  const issues = findIssues(log, keys);
  const linker = new Linker(log, sessions, issues);
  const links = sessions.all.map((session) => linker.linkOf(session));
  const resolutions = resolveAll(links);
  const exceptions = new Map<number, Resolution>();
  const resolutionOf = (number: number): Resolution => resolutions[number] as Resolution;
  const sessionAt = (row: number): number => sessions.ofIdentity[log.identityOf[row] as number] as number;
  for (const row of sessions.foreignRows) {
    if (resolutionOf(sessionAt(row)).origin) continue;
    const parents = linker.copiesOf(row);
    if (parents.length === 0) continue;
    const link: Link = { row: -1, join: 'shared event ID', confidence: 'certain', parents };
    exceptions.set(row, follow(link, sessionAt(row), resolutionOf));
  }
  for (const issue of issues.all) {
    if (!issue.isSignIn || resolutionOf(sessionAt(issue.row)).origin) continue;
    const resolution = follow(linker.linkOfSignIn(issue), sessionAt(issue.row), resolutionOf);
    if (resolution.origin) exceptions.set(issue.row, resolution);
  }
  for (const row of [...issues.failedSignIns, ...linker.unprovenSteps()]) {
    const unknown = { why: 'failed sign-in', account: '' } as const;
    exceptions.set(row, { origin: undefined, unknown, candidates: [], steps: [] });
  }
  const origins = [...resolutions, ...exceptions.values()].flatMap(({ origin, candidates }) => origin ?? candidates);
  return {
    log,
    sessions: sessions.all,
    ofIdentity: sessions.ofIdentity,
    resolutions,
    exceptions,
    elsewhere: findElsewhere(sessions.all, resolutions),
    namesakes: findNamesakes(origins),
  };
}

/** Follows every link, the parents first, without recursion: a chain may be as long as the log. */
function resolveAll(links: readonly Link[]): readonly Resolution[] {
  const done: (Resolution | undefined)[] = links.map(() => undefined);
  const isOpen = new Uint8Array(links.length);
  const inCircle = (number: number): Resolution =>
    done[number] ?? { origin: undefined, unknown: { why: 'circle', account: '' }, candidates: [], steps: [] };
  for (let from = 0; from < links.length; from++) {
    const stack = [from];
    while (stack.length > 0) {
      const number = stack.at(-1) as number;
      const link = links[number] as Link;
      const open = done[number] || isOpen[number] === 1 ? [] : (link.parents ?? []);
      isOpen[number] = 1;
      const waiting = open.filter((parent) => !done[parent] && isOpen[parent] === 0);
      if (waiting.length > 0) {
        for (const parent of waiting) stack.push(parent);
        continue;
      }
      stack.pop();
      done[number] ??= follow(link, number, inCircle);
    }
  }
  return done as readonly Resolution[];
}

/** Of a longer chain these are kept, and its origin. */
export const MAX_STEPS = 64;

function follow(link: Link, session: number, resolutionOf: (session: number) => Resolution): Resolution {
  const { row, join, confidence, origin, unknown, parents = [] } = link;
  const step = { session, row, join, confidence, through: link.through ?? '' };
  if (parents.length === 0) return { origin, unknown, candidates: [], steps: [step] };
  const resolutions = parents.map(resolutionOf);
  const known = resolutions.filter((resolution) => resolution.origin);
  const origins = new Map(known.map((resolution) => [resolution.origin?.id, resolution.origin as Origin]));
  const [first] = known;
  if (first && origins.size === 1 && known.length === resolutions.length) {
    return { ...first, steps: [step, ...first.steps].slice(0, MAX_STEPS) };
  }
  const candidates = [...origins.values()];
  if (resolutions.length === 1) {
    const [only] = resolutions as [Resolution];
    return { ...only, steps: [step, ...only.steps].slice(0, MAX_STEPS) };
  }
  const reason = resolutions.find((resolution) => resolution.unknown)?.unknown;
  const why = candidates.length === 0 && reason ? reason : { why: 'ambiguous' as const, account: '' };
  return { origin: undefined, unknown: why, candidates, steps: [step] };
}
