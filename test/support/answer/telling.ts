/** Words for stories that answers are tested on: who there is, what is called, and what an answer says in short. */
import type { Answer } from '#scripts/investigate/answer.js';
import type { Done, HistoryEvent, ResourceAnswer } from '#scripts/investigate/resource-answer.js';
import type { LogEvent } from '#scripts/investigate/event-log.js';
import { assumedRole, iamUser, service, type UserIdentity } from '../identities.js';
import { isoTime, type Call, type Caller } from '../sample/trail.js';

/** What a call is, without who made it and when. */
export type Deed = Pick<Call, 'service' | 'name' | 'readOnly' | 'request' | 'response' | 'error' | 'fields'>;

/** A call of a story: when (HH:MM or HH:MM:SS), by whom, what. */
export type Line = readonly [clock: string, by: Caller, deed: Deed];

export interface Story {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly ask: string;
  /** What the answer says in short (`shortly`). */
  readonly answer: readonly string[];
}

export const ACCOUNT = '111122223333';

const CLI = 'aws-cli/2.24.16 md/awscrt#0.23.8 ua/2.1 os/linux lang/python#3.12.9';

export function user(name: string, address = '203.0.113.7'): Caller {
  return {
    identity: iamUser(ACCOUNT, name, `AKIA${name.toUpperCase().padEnd(9, 'X')}EXAMPLE`),
    address,
    agent: CLI,
  };
}

/** A session of a role that began at `since` (HH:MM). */
export function session(name: string, role: string, more: Partial<Parameters<typeof assumedRole>[0]> = {}): Caller {
  const accessKeyId = `ASIA${name.toUpperCase().padEnd(9, 'X').slice(0, 9)}EXAMPLE`;
  const identity = assumedRole({ account: ACCOUNT, role, name, since: isoTime(onDay('09:00')), accessKeyId, ...more });
  return { identity, address: more.invokedBy ?? '203.0.113.9', agent: more.invokedBy ?? CLI };
}

/** An AWS service by its service-linked role. */
export function linked(role: string, by: string): Caller {
  return session('AutoSession', role, { invokedBy: `${by}.amazonaws.com`, path: `/aws-service-role/${by}/` });
}

/** An AWS service in its own name. */
export function awsService(name: string): Caller {
  const host = `${name}.amazonaws.com`;
  return { identity: service(host), address: host, agent: host };
}

/** Somebody for whom a service makes the call. */
export function through(caller: Caller, by: string): Caller {
  const host = `${by}.amazonaws.com`;
  const identity: UserIdentity = { ...caller.identity, invokedBy: host };
  return { identity, address: host, agent: host };
}

export function change(service: string, name: string, request: unknown, response: unknown = null): Deed {
  return { service, name, readOnly: false, request, response };
}

export function look(service: string, name: string, request: unknown): Deed {
  return { service, name, readOnly: true, request };
}

export function failing(deed: Deed, code: string, message = 'It did not work.'): Deed {
  return { ...deed, error: [code, message] };
}

/** An EC2 call on instances, with the states that they came from. */
export function instances(name: string, before: number, ...ids: readonly string[]): Deed {
  return change(
    'ec2',
    name,
    { instancesSet: { items: ids.map((instanceId) => ({ instanceId })) } },
    { instancesSet: { items: ids.map((instanceId) => ({ instanceId, previousState: { code: before } })) } },
  );
}

export function launch(id: string, tags: Readonly<Record<string, string>> = {}): Deed {
  const tagged = Object.entries(tags).map(([key, value]) => ({ key, value }));
  return change(
    'ec2',
    'RunInstances',
    { imageId: 'ami-0aaaaaaaaaaaaaaa1', tagSpecificationSet: { items: [{ resourceType: 'instance', tags: tagged }] } },
    { instancesSet: { items: [{ instanceId: id, instanceState: { code: 0 } }] } },
  );
}

/** Milliseconds since 1970 UTC of a clock on the stories' day. */
export function onDay(clock: string): number {
  return Date.parse(`2025-03-03T${clock.length === 5 ? `${clock}:00` : clock}Z`);
}

/** An answer in short, a sentence a line. */
export function shortly({ resource, choice, caller, event, calls }: Answer): readonly string[] {
  const lines: string[] = [];
  if (resource) lines.push(...resourceLines(resource));
  for (const { spelling, rows } of choice?.namesakes ?? []) lines.push(`choice: ${spelling} ×${String(rows.length)}`);
  if (caller) {
    lines.push(`${caller.kinds[0] ?? ''} ${String(caller.changes)}/${String(caller.reads)}/${String(caller.errors)}`);
    for (const { event: by, effect, count } of caller.standOuts.all)
      lines.push(
        `${by.who.name} ${effect.deed} ${effect.objects.join()} ×${String(count)} ${effect.extra.join()}`.trim(),
      );
    for (const { value, by, who } of caller.others) lines.push(`${who} by the same ${by} ${value}`);
    for (const { who } of caller.origins) lines.push(`session of ${who.name}`);
  }
  if (event) {
    lines.push(`${event.name} ${String(event.succeeded)} done, ${String(event.failed)} failed`);
    for (const { last } of event.callers) lines.push(`by ${last.who.name}`);
  }
  for (const { event: of, effect, count } of calls?.deeds ?? [])
    lines.push(
      `${effect.objects.join()} ${effect.deed} by ${byLine(of)}${count > 1 ? ` ×${String(count)}` : ''}`.trim(),
    );
  for (const { event: of, failure } of calls?.attempts ?? []) lines.push(`${failure ?? ''}: ${byLine(of)}`);
  for (const { by, eventName, resources } of [...(caller?.bursts ?? []), ...(event?.bursts ?? [])])
    lines.push(`burst: ${by.who.name} ${eventName} ×${String(resources)}`);
  for (const { user: name, address, failures, success } of [...(caller?.signIns ?? []), ...(event?.signIns ?? [])])
    lines.push(`guessed: ${name} from ${address}, ${String(failures)} times, ${success ? 'in' : 'not in'}`);
  return lines.length === 0 ? ['nothing'] : lines;
}

function resourceLines({
  verdict,
  main,
  made,
  others,
  attempts,
  repeats,
  accesses,
  mentions,
}: ResourceAnswer): string[] {
  const lines: string[] = [];
  if (main) lines.push(`${verdict}: ${deedLine(main)}`, ...behindLines(main));
  else lines.push(verdict);
  if (made) lines.push(`made: ${deedLine(made)}`);
  for (const one of others) lines.push(`also: ${deedLine(one)}`);
  for (const one of attempts) lines.push(`${one.failure ?? ''}: ${byLine(one.event)}`);
  for (const one of repeats) lines.push(`too late: ${byLine(one.event)}`);
  for (const { deed, last, count, isFailed } of accesses)
    lines.push(`${isFailed ? 'no access' : 'access'}: ${deed} by ${byLine(last)} ×${String(count)}`);
  if (accesses.length > 0) lines.push(`mentions: ${String(mentions)}`);
  return lines;
}

function deedLine({ event, effect }: HistoryEvent): string {
  return [effect.deed, 'by', byLine(event), ...effect.extra].join(' ');
}

function behindLines({ causes, origins }: Done): string[] {
  return [
    ...causes.map(
      ({ event, tie, scope }) => `because ${event.eventName} by ${byLine(event)} ${`${tie} ${scope}`.trim()}`,
    ),
    ...origins.map(({ who, time }) => `session of ${who.name} ${clockOf(time)}`),
  ];
}

function byLine({ who, time }: LogEvent): string {
  const forWhom = !who.isService && who.service !== '' ? ` through ${who.service}` : '';
  return `${who.name}${forWhom} ${clockOf(time)}`;
}

function clockOf(time: number): string {
  return new Date(time).toISOString().slice(11, 16);
}
