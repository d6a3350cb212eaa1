/** Why an AWS service did something: the call that told it to, if the log has one that fits. */
import { firstAtOrAfter } from '#shared/columnar/event-columns.js';
import type { EventLog, ReadEvent } from './event-log.js';
import { leavesOf, textAt } from './json-leaves.js';
import { commandedService, type CommandedService } from './service-calls.js';
import type { Target } from './target.js';

/**
 * How the call is tied to the deed.
 * - `names`: it names the resource itself
 * - `scope`: it names the group, stack or fleet that the resource belongs to
 * - `near`: nothing but account, region and time, where the log does not say what the resource belongs to
 */
type Tie = 'names' | 'scope' | 'near';

export interface Cause {
  readonly event: ReadEvent;
  readonly tie: Tie;
  /** The group, stack or fleet; '' where the tie is another. */
  readonly scope: string;
}

/** Without any name in common, a call long before is no explanation. */
const NEAR = 15 * 60_000;
/** Clocks of two services, to the second. */
const SLACK = 2000;
/** Calls looked into. */
const MAX_CALLS = 60;
/** A service that was told by a service that was told. */
const MAX_STEPS = 4;

const STRENGTH: readonly Tie[] = ['names', 'scope', 'near'];

/**
 * The chain of calls that led to what the service did, the nearest first: it ends with the first call that is no
 * service's own, or where nothing more is found.
 * @param history what else is known of the resource: it may say what the resource belongs to
 */
export async function causesOf(
  log: EventLog,
  deed: ReadEvent,
  target: Target,
  history: readonly ReadEvent[],
): Promise<readonly Cause[]> {
  const causes: Cause[] = [];
  let effect = deed;
  while (effect.who.service !== '' && causes.length < MAX_STEPS) {
    const known = [...history, ...causes.map(({ event }) => event)];
    const cause = await causeOf(log, effect, target, known);
    if (!cause || causes.some(({ event }) => event.row === cause.event.row)) break;
    causes.push(cause);
    effect = cause.event;
  }
  return causes;
}

async function causeOf(
  log: EventLog,
  effect: ReadEvent,
  target: Target,
  history: readonly ReadEvent[],
): Promise<Cause | undefined> {
  const service = commandedService(effect.who.service);
  if (!service) return undefined;
  const scopes = scopesOf(service, history);
  const calls = await log.events(callRows(log, service, effect));
  let best: Cause | undefined;
  for (const event of calls) {
    const cause = tieOf(event, effect, target, service, scopes);
    // The latest of the strongest; calls come newest first.
    if (cause && (!best || STRENGTH.indexOf(cause.tie) < STRENGTH.indexOf(best.tie))) best = cause;
  }
  return best;
}

/** The calls that could have told the service, newest first: successful, same account and region, in time. */
function callRows(log: EventLog, service: CommandedService, effect: ReadEvent): number[] {
  const { times } = log.facts;
  const { dictionary } = log.column('eventName');
  const isCall = new Map<number, boolean>();
  const rows: number[] = [];
  const first = firstAtOrAfter(times, effect.time - service.within);
  for (let row = firstAtOrAfter(times, effect.time + SLACK) - 1; row >= first && rows.length < MAX_CALLS; row--) {
    const code = log.code('eventName', row);
    let fits = isCall.get(code);
    if (fits === undefined) isCall.set(code, (fits = service.calls.has(dictionary.value(code))));
    if (!fits || row === effect.row || log.value('outcome', row) !== 'change') continue;
    const { account, region } = log.event(row);
    if (account === effect.account && region === effect.region) rows.push(row);
  }
  return rows;
}

function tieOf(
  event: ReadEvent,
  effect: ReadEvent,
  target: Target,
  service: CommandedService,
  scopes: ReadonlySet<string>,
): Cause | undefined {
  const leaves = leavesOf([event.request, event.response]);
  if (leaves.some(({ value }) => target.meansIn(event, value))) return { event, tie: 'names', scope: '' };
  const named = leaves.filter(({ key }) => service.scopes.has(key.toLowerCase())).map(({ value }) => value);
  const scope = named.find((name) => scopes.has(scopeName(name)));
  if (scope !== undefined) return { event, tie: 'scope', scope: scopeName(scope) };
  const isNear = scopes.size === 0 && effect.time - event.time <= NEAR;
  return isNear ? { event, tie: 'near', scope: scopeName(named[0] ?? '') } : undefined;
}

/** The groups, stacks or fleets that the resource belongs to, by what else the log says of it. */
function scopesOf(service: CommandedService, history: readonly ReadEvent[]): ReadonlySet<string> {
  const scopes = new Set<string>();
  for (const { request, response, serviceDetails } of history) {
    for (const { key, value } of leavesOf([request, response, serviceDetails])) {
      if (service.scopes.has(key.toLowerCase())) scopes.add(scopeName(value));
    }
    for (const tag of tagsOf([request, response])) if (service.tags.includes(tag.key)) scopes.add(scopeName(tag.value));
  }
  scopes.delete('');
  return scopes;
}

/** A stack's name, also from its ARN, which goes on with an ID; of other ARNs the last part. */
function scopeName(name: string): string {
  const stack = /:stack\/([^/]+)/.exec(name)?.[1];
  return stack ?? name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
}

interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Every {key, value} in a JSON value. */
function tagsOf(value: unknown, depth = 0, found: Tag[] = []): readonly Tag[] {
  if (typeof value !== 'object' || value === null || depth > 20) return found;
  const key = textAt(value, 'key') || textAt(value, 'Key');
  if (key !== '') found.push({ key, value: textAt(value, 'value') || textAt(value, 'Value') });
  for (const inner of Object.values(value)) tagsOf(inner, depth + 1, found);
  return found;
}
