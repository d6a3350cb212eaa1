/** What a rule is, and what is found by one. */
import type { Level } from '#shared/model/level.js';

export type { Level };

/** What a rule is about, in the order in which a responder cares. */
export const RULE_KINDS = ['logging', 'exposure', 'privilege', 'credentials', 'destruction', 'access', 'odd'] as const;

export type RuleKind = (typeof RULE_KINDS)[number];

/** The same text in each language; of a rule that has one language only, that. '' where the rule says nothing. */
export interface RuleText {
  readonly en: string;
  readonly ja: string;
}

/** What a rule says of itself. */
export interface Rule {
  /** Unique among the rules of a run: the rule's `id`, else its file's name. */
  readonly id: string;
  readonly title: RuleText;
  readonly level: Level;
  readonly kind: RuleKind;
  /** IDs of MITRE ATT&CK: T1562.008; sorted. */
  readonly techniques: readonly string[];
  /** Numbers of controls in the CIS AWS Foundations Benchmark 6.0.0: 5.5. */
  readonly cis: readonly string[];
  /** Why it matters. */
  readonly why: RuleText;
  /** What to do next. */
  readonly next: RuleText;
  readonly falsePositives: RuleText;
  /** Of a rule by others, as its licence may ask for. */
  readonly author: string;
}

/** All events that a rule found. */
export interface Finding {
  /** The rule's ID. */
  readonly rule: string;
  readonly level: Level;
  /** Events; never 0. */
  readonly count: number;
  /** Time of the first and the last event, milliseconds since 1970 UTC. */
  readonly first: number;
  readonly last: number;
  /** The values of the column `behind` in the events; sorted, without the empty one. */
  readonly people: readonly string[];
  /** The names in the column `target`; sorted. */
  readonly targets: readonly string[];
  /** The accounts that the events happened in; sorted. */
  readonly accounts: readonly string[];
  /** The events' rows in the store, ascending. */
  readonly rows: Uint32Array;
}
