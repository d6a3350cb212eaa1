/** What can be done to a resource, and how much it says about what happened to it. */

/**
 * - `end`: it is gone, or will be
 * - `halt`: it is there and does not work
 * - `expose`: others can reach or read it now
 * - `grant`: somebody can do more than before
 * - `make`: it begins to exist
 * - `restore`: an `end` that was announced, or a `halt`, is taken back
 * - `change`, `use`, `read`: nothing of these; `use`: another resource was made of it or with it, or somebody signed in
 * - `none`: the call had no effect
 */
export type DeedClass = 'end' | 'halt' | 'expose' | 'grant' | 'make' | 'restore' | 'change' | 'use' | 'read' | 'none';

export const DEEDS = {
  terminated: 'end',
  reclaimed: 'end',
  deleted: 'end',
  deregistered: 'end',
  released: 'end',
  deletionScheduled: 'end',
  stopped: 'halt',
  disabled: 'halt',
  loggingStopped: 'halt',
  loggingReduced: 'halt',
  madePublic: 'expose',
  protectionRemoved: 'expose',
  opened: 'expose',
  shared: 'expose',
  keyCreated: 'grant',
  passwordSet: 'grant',
  policyAttached: 'grant',
  trustChanged: 'grant',
  groupJoined: 'grant',
  mfaRemoved: 'grant',
  created: 'make',
  started: 'restore',
  enabled: 'restore',
  loggingStarted: 'restore',
  deletionCancelled: 'restore',
  keyDeleted: 'change',
  policyDetached: 'change',
  rebooted: 'change',
  tagged: 'change',
  changed: 'change',
  used: 'use',
  signedIn: 'use',
  assumed: 'read',
  read: 'read',
  repeated: 'none',
} as const satisfies Readonly<Record<string, DeedClass>>;

export type Deed = keyof typeof DEEDS;

/** From what says most to what says least. */
const ORDER: readonly DeedClass[] = [
  'end',
  'halt',
  'expose',
  'grant',
  'make',
  'restore',
  'change',
  'use',
  'read',
  'none',
];

/** 0 for what says most. */
export function weightOf(deed: Deed): number {
  return ORDER.indexOf(DEEDS[deed]);
}

/** Whether a deed of this class is worth a sentence of its own. */
export function standsOut(deed: Deed): boolean {
  return weightOf(deed) <= ORDER.indexOf('make');
}
