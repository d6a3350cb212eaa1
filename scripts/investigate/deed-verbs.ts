/** What an event that is in no table does, by its name: a verb, and a noun that says to which of the resources it names. */
import type { Deed } from './deeds.js';

const VERBS: readonly (readonly [verb: RegExp, deed: Deed])[] = [
  [/^(?:Delete|Destroy|Purge|BatchDelete)/, 'deleted'],
  [/^Terminate/, 'terminated'],
  [/^Deregister/, 'deregistered'],
  [/^Release/, 'released'],
  [/^Stop/, 'stopped'],
  [/^Start/, 'started'],
  [/^Reboot/, 'rebooted'],
  [/^Disable/, 'disabled'],
  [/^Enable/, 'enabled'],
  [/^(?:Create|Allocate|Register|Import|Copy|Restore)/, 'created'],
];

/** Calls that make something of what they name, or put something into it, and leave it as it was. */
const USES =
  /^(?:Create|Run|Copy|Restore|Export|Start|Send|Publish|Invoke|Pass|Put(?:Object|Item|Record|Events|Metric)|(?:Delete|Update|BatchWrite)(?:Objects?|Item|Message)|UpdateInstanceInformation)/;

/** Keys of what a call builds on; unless its name says that it is about just that: ModifySubnetAttribute. */
const USED_KEYS = /^(?:s3)?bucket(?:name)?$|^(?:subnet|image|ami|securitygroup|vpc)ids?$|^role(?:arn)?$|kmskeyid$/i;

/** Lambda's event names end in the date of the API's version: DeleteFunction20150331, GetFunction20150331v2. */
export const API_DATE = /\d{8}(?:v\d+)?$/;

interface NamedDeed {
  readonly deed: Deed;
  /** What the deed is done to, in lower case and the singular: `dbinstance`. */
  readonly noun: string;
}

/** Verb and noun of an event's name; undefined where the verb says nothing. */
export function namedDeed(eventName: string): NamedDeed | undefined {
  const name = eventName.replace(API_DATE, '');
  for (const [verb, deed] of VERBS) {
    const match = verb.exec(name);
    if (match) return { deed, noun: singular(name.slice(match[0].length).toLowerCase()) };
  }
  return undefined;
}

/**
 * What a changing call does to a resource that it names beside its object.
 * @param keys the JSON keys under which it does
 */
export function sideDeed(eventName: string, keys: readonly string[]): Deed {
  if (USES.test(eventName)) return 'used';
  const name = eventName.toLowerCase();
  const isUsed = (key: string): boolean =>
    USED_KEYS.test(key) && !name.includes(key.toLowerCase().replace(/^s3|names?$|ids?$|arns?$/g, ''));
  return keys.length > 0 && keys.every(isUsed) ? 'used' : 'changed';
}

/** Whether a JSON key names the noun: `dBInstanceIdentifier` and `groupId` do for `dbinstance` and `securitygroup`. */
export function namesNoun(key: string, noun: string): boolean {
  const named = singular(key.toLowerCase().replace(/(?:identifiers?|names?|ids?|arns?|urls?|set)$/, ''));
  // The whole noun, or its last word: `groupId` of DeleteSecurityGroup, not `roleName` of DeleteRolePolicy.
  return named !== '' && noun.endsWith(named);
}

function singular(noun: string): string {
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  return /[^s]s$/.test(noun) ? noun.slice(0, -1) : noun;
}
