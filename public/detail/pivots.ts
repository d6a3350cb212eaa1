/** From one event to all that have something in common with it: who, with which key, from where, on what, when. */
import { LIST_SEPARATOR } from '#shared/model/columns.js';
import type { Query } from '#shared/query/ast.js';
import { resourceNode, valueNode, withTimeSpan } from '#shared/query/edit.js';
import { shownResource, shownValue, writtenValue } from '#shared/model/names.js';
import type { OpenEvent } from './open-event.js';

export interface Pivot {
  readonly kind: 'user' | 'key' | 'address' | 'resource' | 'session' | 'around';
  /** What they have in common, as it is shown; '' for the time. */
  readonly value: string;
  /** Finds all such events. */
  readonly query: Query;
}

/** Before and after the event, in milliseconds. */
const AROUND = 5 * 60_000;

/** Resources that are offered; the others are in the list of them. */
const RESOURCES = 2;

/** What the event leads to; what it does not have is left out. */
export function pivotsOf(event: OpenEvent): readonly Pivot[] {
  const of = (kind: Pivot['kind'], column: string): Pivot[] => {
    const value = event.value(column);
    if (value === '') return [];
    return [{ kind, value: shownValue(column, value), query: [valueNode(column, writtenValue(column, value))] }];
  };
  const resources = event.value('resources').split(LIST_SEPARATOR).filter(Boolean).slice(0, RESOURCES);
  return [
    ...of('user', 'actor'),
    ...of('key', 'accessKeyId'),
    ...of('address', 'sourceIPAddress'),
    ...session(event),
    { kind: 'around', value: '', query: around(event.time) },
    ...resources.map((name): Pivot => ({
      kind: 'resource',
      value: shownResource(name),
      query: [resourceNode(name)],
    })),
  ];
}

/** The session: its principal, and when it began; two sessions of one name are two. */
function session(event: OpenEvent): Pivot[] {
  const [principal, began] = [event.value('principalId'), event.value('creationDate')];
  if (principal === '' || began === '') return [];
  const value = principal.slice(principal.indexOf(':') + 1);
  return [{ kind: 'session', value, query: [valueNode('principalId', principal), valueNode('creationDate', began)] }];
}

function around(time: number): Query {
  const second = Math.floor(time / 1000) * 1000;
  return withTimeSpan([], { from: second - AROUND, to: second + AROUND + 1000 });
}
