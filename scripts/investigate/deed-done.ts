/** What an event did, to which resources, and what it did to one of them. */
import { isSignIn } from '#shared/model/sign-in.js';
import { accessDeed, accessOf } from './access.js';
import { AskedName } from '#shared/model/resource-name.js';
import { DEEDS, weightOf, type Deed } from './deeds.js';
import { tabledRules } from './deed-table.js';
import { namedDeed, namesNoun, sideDeed } from './deed-verbs.js';
import type { LogEvent, ReadEvent } from './event-log.js';
import { EXPOSURES, isExposure, type Effect } from './effects/effect.js';
import { exposuresOf, mayExpose } from './effects/exposing.js';
import { hadNoEffect } from './instance-states.js';
import { leavesOf, textAt, type Leaf } from './json-leaves.js';
import type { Target } from './target.js';
import { lastWhere } from './last.js';

/** A deed with its objects. */
export interface DeedDone {
  readonly deed: Deed;
  /** The resources it was done to, as the log names them. */
  readonly objects: readonly string[];
  /** What belongs to the deed: a policy, a new key, ports, accounts. */
  readonly extra: readonly string[];
}

/** Keys that say nothing of themselves: what they stand for is in the key around them. */
const EMPTY_KEYS: ReadonlySet<string> = new Set([
  'id',
  'name',
  'arn',
  'identifier',
  'content',
  'value',
  'items',
  'item',
]);

/** Whatever a step of signing in names, it does nothing to it. */
const SIGNED_IN: DeedDone = { deed: 'signedIn', objects: [], extra: [] };

/** Names of lists in which a call for many resources tells which of them failed. */
const FAILED_PART = /unsuccessful|unprocessed|failed|failures|^errors?$/i;

/** The strongest deed that an event of this name may be; what it was is in its details. */
export function strongestDeed({ eventName, isRead }: Pick<LogEvent, 'eventName' | 'isRead'>): Deed {
  const access = accessDeed(eventName);
  if (isRead) return access ?? 'read';
  if (isSignIn('', eventName)) return 'signedIn';
  const rules = tabledRules(eventName)?.map(({ deed }) => deed) ?? [];
  if (access) rules.push(access);
  if (mayExpose(eventName)) rules.push('madePublic');
  if (rules.length === 0) rules.push(namedDeed(eventName)?.deed ?? 'changed');
  return rules.reduce((a, b) => (weightOf(b) < weightOf(a) ? b : a));
}

/** What the event did to what it is about, whoever asks. Failed calls are taken for what they would have done. */
export function deedOf(event: ReadEvent): DeedDone {
  if (isSignIn(event.eventSource, event.eventName)) return SIGNED_IN;
  const leaves = usefulLeaves(event);
  const exposure = exposureOf(event);
  if (exposure) {
    const { deed, effects } = exposure;
    // What names nothing is about the account: DeleteAccountPublicAccessBlock.
    const objects = [...new Set(effects.map(({ target }) => (target === '' ? event.account : target)))];
    return { deed, objects, extra: exposedTo(effects) };
  }
  for (const { deed, fits } of rulesOf(event)) {
    const objects = valuesOf(leaves.filter(fits));
    if (objects.length > 0) return { deed, objects, extra: extraOf(deed, event) };
  }
  const access = accessOf(event);
  if (access) return { deed: access.deed, objects: event.targets, extra: [] };
  const deed = event.isRead ? strongestDeed(event) : 'changed';
  return { deed, objects: event.targets, extra: [] };
}

/** What the event did, or would have done, to the target. */
export function deedOn(target: Target, event: ReadEvent): DeedDone {
  if (isSignIn(event.eventSource, event.eventName)) return SIGNED_IN;
  const whole = strongestDeed(event);
  if (whole === 'read') return { deed: whole, objects: [], extra: [] };
  if ([...failedValues(event)].some((value) => target.meansIn(event, value)))
    return { deed: 'notDone', objects: [], extra: [] };
  const leaves = usefulLeaves(event);
  const mine = leaves.filter(({ value }) => target.meansIn(event, value));
  const of = (deed: Deed, objects: readonly Leaf[], extra: readonly string[]): DeedDone => ({
    deed: hadNoEffect(deed, event.response, (id) => target.meansIn(event, id)) ? 'repeated' : deed,
    objects: valuesOf(objects),
    extra,
  });
  const exposure = exposureOf(event);
  if (exposure?.effects.some((one) => target.meansIn(event, one.target)))
    return of(exposure.deed, mine, exposedTo(exposure.effects));
  for (const { deed, fits } of rulesOf(event)) {
    if (mine.some(fits)) return of(deed, leaves.filter(fits), extraOf(deed, event));
  }
  // Named by the record's own list of resources only: by an ARN where the request has an alias, for example.
  const only = rulesOf(event)[0];
  if (
    mine.length === 0 &&
    only &&
    event.resources.length === 1 &&
    event.resources.some((name) => target.meansIn(event, name))
  ) {
    return of(only.deed, [], extraOf(only.deed, event));
  }
  const reads = event.isRead ? ({ deed: 'read', objects: [], extra: [] } as const) : undefined;
  const access = accessOf(event);
  if (access && mine.length === 0 && event.resources.some((name) => target.meansIn(event, name)))
    return of(access.deed, [], []);
  if (reads) return reads;
  return { deed: besideDeed(target, event), objects: [], extra: [] };
}

/** Where a resource is only mentioned: whom a policy is about, who gets a permission, what a filter or a tag says. */
const MENTIONING =
  /polic|statement|principal|condition|grant|permission|values?to|encryptioncontext|filter|tag|notification/i;

/** What a changing call does to a resource that its name says nothing of: to its target, or to what it names beside it. */
function besideDeed(target: Target, event: ReadEvent): Deed {
  const keys = leavesOf(event.request)
    .filter(({ path, value }) => target.meansIn(event, value) && !path.some((key) => MENTIONING.test(key)))
    .map(({ key }) => key);
  if (keys.length > 0) return sideDeed(event.eventName, keys);
  return event.targets.some((name) => target.meansIn(event, name)) ? sideDeed(event.eventName, []) : 'used';
}

/** From what lets in most. */
const ORDER: readonly Deed[] = ['madePublic', 'opened', 'shared', 'protectionRemoved'];

/** How the call lets others in, if it does, by the effect that says most; the effects that say the same. */
function exposureOf(event: ReadEvent): { readonly deed: Deed; readonly effects: readonly Effect[] } | undefined {
  const deedOf = ({ code }: Effect): Deed | undefined => (isExposure(code) ? EXPOSURES[code] : undefined);
  const effects = exposuresOf(event);
  const deeds = effects.map(deedOf);
  const deed = ORDER.find((one) => deeds.includes(one));
  return deed && { deed, effects: effects.filter((_, i) => deeds[i] === deed) };
}

/** To whom, or on which ports. */
function exposedTo(effects: readonly Effect[]): readonly string[] {
  const said = effects.map(({ port = '', from = '', account = '', principal = '' }) => {
    const whom = [from, account || principal].find((text) => text !== '' && text !== '*') ?? '';
    return port === '' ? whom : `${port} \u2190 ${whom}`;
  });
  return [...new Set(said)].filter((text) => text !== '');
}

interface FittingRule {
  readonly deed: Deed;
  readonly fits: (leaf: Leaf) => boolean;
}

/** In their order: what was done within, what was done, what was got out of it. */
function rulesOf(event: ReadEvent): readonly FittingRule[] {
  const { eventName, isRead } = event;
  const reached = accessOf(event);
  const access = reached ? [tabledRule(reached)] : [];
  if (isRead) return access;
  const named = namedDeed(eventName);
  const byName = named
    ? [{ deed: named.deed, fits: (leaf: Leaf) => fitsNoun(leaf, named.noun) && isTarget(event, leaf.value) }]
    : [];
  const rules = tabledRules(eventName)?.map(tabledRule) ?? byName;
  return reached && DEEDS[reached.deed] === 'enter' ? [...access, ...rules] : [...rules, ...access];
}

function tabledRule({ deed, keys }: { readonly deed: Deed; readonly keys: ReadonlySet<string> }): FittingRule {
  return {
    deed,
    fits: (leaf) => keys.has(leaf.key.toLowerCase()) || keys.has((namingKey(leaf) ?? '').toLowerCase()),
  };
}

/** Whether a value is one of the names of what the call is about; of an ARN its end is too. */
function isTarget({ targets }: ReadEvent, value: string): boolean {
  return targets.some((name) => name === value || new AskedName(value).means(name) || new AskedName(name).means(value));
}

/** A bare `name` or `id` is that of what the call is about. */
function fitsNoun(leaf: Leaf, noun: string): boolean {
  const key = namingKey(leaf);
  return key === undefined || namesNoun(key, noun);
}

/** The innermost key that says what stands under it. */
function namingKey({ path }: Leaf): string | undefined {
  return lastWhere(path, (key) => !EMPTY_KEYS.has(key.toLowerCase()));
}

/** What the event names, without what a call for many resources failed for. */
function usefulLeaves(event: ReadEvent): readonly Leaf[] {
  const { request, response, serviceDetails } = event;
  const failed = failedValues(event);
  return [request, response, serviceDetails]
    .flatMap(leavesOf)
    .filter(({ path, value }) => value !== '' && !isFailed(path) && !failed.has(value));
}

/** Names in the response's list of failures that its list of successes does not have. */
function failedValues({ response }: ReadEvent): ReadonlySet<string> {
  const leaves = leavesOf(response);
  const failed = new Set(leaves.filter(({ path, value }) => value !== '' && isFailed(path)).map(({ value }) => value));
  if (failed.size > 0) for (const { path, value } of leaves) if (!isFailed(path)) failed.delete(value);
  return failed;
}

function isFailed(path: readonly string[]): boolean {
  return path.some((key) => FAILED_PART.test(key));
}

/** Each resource by one name: not by its ARN or the ID of a user or role too, where its name is there. */
function valuesOf(leaves: readonly Leaf[]): readonly string[] {
  const values = [...new Set(leaves.map(({ value }) => value))];
  const names = values.filter((value) => !value.startsWith('arn:') && !PRINCIPAL_ID.test(value));
  if (names.length === 0) return values;
  const whole = values.length <= MOST_COMPARED ? names.map((name) => new AskedName(name)) : [];
  return values.filter((value) => {
    if (names.includes(value)) return true;
    return !PRINCIPAL_ID.test(value) && !whole.some((name) => name.means(value));
  });
}

/** AWS Identity and Access Management user guide, "Unique identifiers". */
const PRINCIPAL_ID = /^A(?:IDA|ROA|GPA|NPA|IPA)[A-Z0-9]{12,}$/;

/** Names of one call beyond which they are all listed. */
const MOST_COMPARED = 50;

function extraOf(deed: Deed, { request, response }: ReadEvent): readonly string[] {
  const text = ((): string => {
    switch (deed) {
      case 'policyAttached':
      case 'policyDetached':
        return textAt(request, 'policyArn') || textAt(request, 'policyName');
      case 'keyCreated':
        return textAt(response, 'accessKey', 'accessKeyId');
      case 'keyDeleted':
        return textAt(request, 'accessKeyId');
      case 'commandRun':
        return textAt(request, 'documentName');
      case 'groupJoined':
        return textAt(request, 'groupName');
      default:
        return '';
    }
  })();
  return text === '' ? [] : [text];
}
