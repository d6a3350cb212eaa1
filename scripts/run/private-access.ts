/**
 * Whether others than the owner can get at a file or folder: what is kept from earlier runs, and keys, are for their
 * owner only. Windows has no modes: there nothing is told, and nothing refused.
 */

/** A file's or folder's `Stats`, as far as they matter here. */
interface Modes {
  readonly mode: number;
  readonly uid: number;
}

/** Permission bits of the group and of everybody else. */
const WRITE = 0o022;
const READ = 0o044;

/** What others can do with it: `write` counts for more than `read`. Undefined: nothing. */
export function othersCan({ mode }: Modes): 'write' | 'read' | undefined {
  if (process.getuid === undefined) return undefined;
  if ((mode & WRITE) !== 0) return 'write';
  return (mode & READ) !== 0 ? 'read' : undefined;
}

/** Whether it belongs to another user, who can do with it what they like; root can anyway. */
export function isOfAnother({ uid }: Modes): boolean {
  return process.getuid !== undefined && uid !== 0 && uid !== process.getuid();
}
