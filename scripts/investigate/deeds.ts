/** What can be done to a resource, and how much it says about what happened to it. */

/**
 * - `end`: it is gone, or will be
 * - `halt`: it is there and does not work
 * - `expose`: others can reach or read it now
 * - `grant`: somebody can do more than before
 * - `enter`: somebody acted within it, or took out what it keeps from others
 * - `make`: it begins to exist
 * - `restore`: an `end` that was announced, or a `halt`, is taken back
 * - `access`: somebody got what is in it, as its users do every day
 * - `change`, `use`, `read`: nothing of these; `use`: another resource was made of it or with it, or somebody signed in
 * - `none`: the call had no effect on it: `repeated`, where it had that state already; `notDone`, where a call for many
 *   resources failed for this one
 */
export type DeedClass =
  'end' | 'halt' | 'expose' | 'grant' | 'enter' | 'make' | 'restore' | 'change' | 'access' | 'use' | 'read' | 'none';

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
  sessionOpened: 'enter',
  commandRun: 'enter',
  keySent: 'enter',
  passwordRead: 'enter',
  exported: 'enter',
  codeReplaced: 'enter',
  credentialsGot: 'enter',
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
  assumed: 'access',
  accessed: 'access',
  contentRead: 'access',
  consoleRead: 'access',
  copied: 'access',
  decrypted: 'access',
  run: 'access',
  used: 'use',
  signedIn: 'use',
  read: 'read',
  repeated: 'none',
  notDone: 'none',
} as const satisfies Readonly<Record<string, DeedClass>>;

export type Deed = keyof typeof DEEDS;

/** From what says most to what says least. */
const ORDER: readonly DeedClass[] = [
  'end',
  'halt',
  'expose',
  'grant',
  'enter',
  'make',
  'restore',
  'change',
  'access',
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

/** Whether a deed reaches what is in a resource, and leaves it as it was. */
export function isAccess(deed: Deed): boolean {
  return DEEDS[deed] === 'enter' || DEEDS[deed] === 'access';
}
