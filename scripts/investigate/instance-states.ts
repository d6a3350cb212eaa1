/**
 * Calls that succeeded and did nothing, because the instance was already where they would have brought it.
 *
 * EC2 API reference, InstanceState: 0 pending, 16 running, 32 shutting-down, 48 terminated, 64 stopping, 80 stopped.
 */
import type { Deed } from './deeds.js';
import { at, listAt, textAt } from './json-leaves.js';

const ALREADY: Partial<Record<Deed, ReadonlySet<string>>> = {
  terminated: new Set(['32', '48', 'shutting-down', 'terminated']),
  stopped: new Set(['32', '48', '64', '80', 'shutting-down', 'terminated', 'stopping', 'stopped']),
  started: new Set(['0', '16', 'pending', 'running']),
};

/** Whether the response says that the deed had been done to this instance before. */
export function hadNoEffect(deed: Deed, response: unknown, isIt: (instanceId: string) => boolean): boolean {
  const already = ALREADY[deed];
  if (!already) return false;
  const item = listAt(response, 'instancesSet').find((one) => isIt(textAt(one, 'instanceId')));
  const before = at(item, 'previousState');
  return already.has(textAt(before, 'code')) || already.has(textAt(before, 'name'));
}
