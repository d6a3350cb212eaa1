/** What a report says first: at most five sentences, and the list of all findings. */

import type { Level } from './level.js';

/** In each of the page's languages. */
interface BothTexts {
  readonly en: string;
  readonly ja: string;
}

/** A part of a sentence: plain words, or a name as the log has it, of somebody or of something. */
export type SentencePart = string | readonly [kind: 'who' | 'what', name: string];

type FindingKind = 'logging' | 'exposure' | 'privilege' | 'credentials' | 'destruction' | 'access' | 'odd';

export type FindingLevel = Level;

/** What a line is about; the last three are of a log in which nothing was found. */
export type LineKind = FindingKind | 'changes' | 'denied' | 'signIns';

interface Told {
  /** Events. */
  readonly count: number;
  /** Milliseconds since 1970 UTC, of the first and the last. */
  readonly first: number;
  readonly last: number;
  /** Finds the events, as near as columns tell. */
  readonly query: string;
}

export interface BriefingLine extends Told {
  readonly kind: LineKind;
  /** '' for a line of a log in which nothing was found. */
  readonly level: FindingLevel | '';
  readonly en: readonly SentencePart[];
  readonly ja: readonly SentencePart[];
}

export interface ListedFinding extends Told {
  /** The rule's ID and title. */
  readonly rule: string;
  readonly title: BothTexts;
  readonly level: FindingLevel;
  readonly kind: FindingKind;
  readonly techniques: readonly string[];
  readonly people: readonly string[];
  /** The first of them. */
  readonly targets: readonly string[];
  readonly accounts: readonly string[];
}

export interface Briefing {
  /** The most telling first; at most five. */
  readonly lines: readonly BriefingLine[];
  /** Findings that no line tells of. */
  readonly more: number;
  /** The most serious first. */
  readonly findings: readonly ListedFinding[];
  /** Rules that were evaluated. */
  readonly rules: number;
}

/** As the page embeds it: the list, which most readers never open, is packed. */
export interface EmbeddedBriefing extends Omit<Briefing, 'findings'> {
  /** How many are in the list. */
  readonly listed: number;
  /** Base64 of gzipped JSON of a {@link ListedFinding} list. */
  readonly findings: string;
}
