/**
 * Preset queries: what users of these logs look for first. A preset is a toggle that writes its clauses into the box, so
 * that users can read them, learn from them and edit them. Presets about different things can be combined.
 */
import type { Query } from '#shared/query/ast.js';
import { chosenValues, hasClauses, toggleClauses, toggleValue, withChoice, withValues } from '#shared/query/edit.js';
import { parseQuery } from '#shared/query/parse.js';
import { SIGN_IN_NAMES, SIGN_IN_SERVICE } from '#shared/model/sign-in.js';
import { timeText } from '#shared/query/time-text.js';

export type PresetName = 'deletions' | 'security' | 'new-keys' | 'sign-ins' | 'root' | 'denied' | 'people' | 'last-day';

export interface Preset {
  readonly name: PresetName;
  /** Parsed on first use: the page's first paint needs none. */
  readonly clauses: Query;
  /** Only one preset about each thing is active at a time: no event is in two lists of event names. */
  readonly about: 'event' | 'caller' | 'outcome' | 'people' | 'time';
  /** Whether failed attempts are left out, unless another outcome is chosen. */
  readonly onlyDone: boolean;
}

/** Calls that remove something, including attempts. */
const DELETIONS =
  'event:/^(Batch)?Delete|^Terminate(Instance|Environment|JobFlow|Workspace)|^Deregister(Image|TaskDefinition)|^Release(Address|Hosts)|^PurgeQueue|^ScheduleKeyDeletion|^BidEvicted/';

/** Calls about permissions, network access and logging. */
const SECURITY =
  'service:iam|service:organizations|event:/SecurityGroup|NetworkAcl|PublicAccess|(Bucket|Key|Repository|Resource)Policy|(Bucket|Object)Acl|(Add|Remove)Permission|(Image|Snapshot)Attribute|KeyPair|^(Enable|Disable)Key|KeyDeletion|AccessEntry|InstanceProfile|PermissionSet|AccountAssignment|Trail|EventSelectors|^(Start|Stop)Logging|FlowLogs|Detector|ConfigurationRecorder/';

const NEW_KEYS =
  'event:/^Create(User|AccessKey|LoginProfile|ServiceSpecificCredential)$|^(Create|Import)KeyPair$|^UploadSSHPublicKey$/';

/** Sign-ins to the console, with IAM Identity Center and with other identity providers, including failed ones. */
const SIGN_INS = `service:${SIGN_IN_SERVICE}|event:/${SIGN_IN_NAMES}|^AssumeRoleWith(SAML|WebIdentity)$/`;

/** As in the CIS benchmark's alarm for root. */
const ROOT = 'type:Root -invokedBy:* -eventType:AwsServiceEvent';

/** A service that acts on a caller's behalf has its own name in the place of the address. */
const PEOPLE = '-actorSource:invokedBy -actorSource:instance -from:*.amazonaws.com*';

const DAY = 86_400_000;

/** @param last the time of the log's last event, milliseconds since 1970 UTC; undefined without events */
export function presetsFor(last: number | undefined): readonly Preset[] {
  const preset = (name: PresetName, text: string, about: Preset['about'], onlyDone = false): Preset => {
    let clauses: Query | undefined;
    return {
      name,
      get clauses() {
        return (clauses ??= queryOf(text));
      },
      about,
      onlyDone,
    };
  };
  const presets = [
    preset('deletions', DELETIONS, 'event', true),
    preset('security', SECURITY, 'event', true),
    preset('new-keys', NEW_KEYS, 'event', true),
    preset('sign-ins', SIGN_INS, 'event'),
    preset('root', ROOT, 'caller'),
    preset('denied', 'outcome:denied', 'outcome'),
    preset('people', PEOPLE, 'people'),
  ];
  if (last !== undefined) presets.push(preset('last-day', `time:>=${timeText(last - DAY)}`, 'time'));
  return presets;
}

export function isActive(query: Query, { clauses }: Preset): boolean {
  return hasClauses(query, clauses);
}

/** The query with the preset switched on or off. */
export function togglePreset(query: Query, preset: Preset, all: readonly Preset[]): Query {
  const asks = !isActive(query, preset);
  let next = query;
  for (const other of all) {
    const goes = other === preset ? !asks : asks && other.about === preset.about;
    if (goes && isActive(next, other)) next = toggleClauses(next, other.clauses);
  }
  if (asks)
    next =
      preset.about === 'outcome' ? withChoice(next, 'outcome', chosenOf(preset)) : toggleClauses(next, preset.clauses);
  return withOutcome(next, query, all);
}

function chosenOf({ clauses }: Preset): ReturnType<typeof chosenValues> {
  return chosenValues(clauses, 'outcome');
}

/** Limits the query to successful changes while a preset with `onlyDone` is active, unless another outcome is chosen. */
function withOutcome(next: Query, before: Query, all: readonly Preset[]): Query {
  const wants = (query: Query): boolean => all.some((preset) => preset.onlyDone && isActive(query, preset));
  const chosen = chosenValues(next, 'outcome');
  if (wants(next)) return chosen.length === 0 ? withValues(next, 'outcome', ['change']) : next;
  const isOurs = wants(before) && chosen.length === 1 && chosen[0]?.text.toLowerCase() === 'change';
  return isOurs ? toggleValue(next, 'outcome', 'change', true) : next;
}

function queryOf(text: string): Query {
  const result = parseQuery(text);
  if ('fault' in result) throw new Error(`${text}: ${result.fault.code}`);
  return result.query;
}
