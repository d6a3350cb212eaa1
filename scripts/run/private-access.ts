/**
 * Whether other users can access a file or folder. Caches and keys are for their owner only. Windows has no mode bits,
 * so nothing is reported or refused there.
 */

/** The part of `Stats` that matters here. */
interface Modes {
  readonly mode: number;
  readonly uid: number;
}

/** Permission bits of the group and of others. */
const WRITE = 0o022;
const READ = 0o044;

/** What other users can do with it: `write` takes precedence over `read`. Undefined: nothing. */
export function othersCan({ mode }: Modes): 'write' | 'read' | undefined {
  if (process.getuid === undefined) return undefined;
  if ((mode & WRITE) !== 0) return 'write';
  return (mode & READ) !== 0 ? 'read' : undefined;
}

/** Whether it belongs to another user, who can change it at will. Root does not count: it can change everything. */
export function isOfAnother({ uid }: Modes): boolean {
  return process.getuid !== undefined && uid !== 0 && uid !== process.getuid();
}
