/** Attribution as text: the cells of the columns `behind`, `via` and `behindHow`. */
import { MAX_STEPS, type Attribution, type Resolution, type Step } from './attribution.js';
import type { Elsewhere } from './elsewhere.js';
import { PERMISSION_SET, type Join, type Unknown } from './links.js';
import type { Origin } from './origins.js';
import { accountOf, type CallerIdentity } from './session-log.js';
import type { Session } from './sessions.js';

export interface AttributionCells {
  readonly behind: string;
  readonly via: string;
  readonly behindHow: string;
}

/** How the names in a cell are written: as they are, or as `--redact` replaces them. */
export interface Naming {
  person(name: string): string;
  account(id: string): string;
  role(name: string): string;
  /** Of a workload, an identity provider, a token. */
  name(text: string): string;
  service(host: string): string;
  address(text: string): string;
  program(name: string): string;
}

const same = (text: string): string => text;
export const AS_THEY_ARE: Naming = {
  person: same,
  account: same,
  role: same,
  name: same,
  service: same,
  address: same,
  program: same,
};

/** The cells of a session, or of one of its events that tells more than the session does. */
export function cellsOf(
  attribution: Attribution,
  session: number,
  row = -1,
  naming: Naming = AS_THEY_ARE,
): AttributionCells {
  const resolution = attribution.exceptions.get(row) ?? attribution.resolutions[session];
  if (!resolution) throw new RangeError(`there is no session ${session}`);
  const { origin, steps } = resolution;
  const mark = attribution.elsewhere.get(session);
  const how = origin ? howKnown(steps) : whyUnknown(attribution, resolution, naming);
  return {
    behind: origin ? nameOf(attribution, origin, naming) : '',
    via: viaOf(attribution, steps, origin, naming),
    behindHow: mark
      ? `${how}; used elsewhere: ${placeText(mark.home, naming)} and ${placeText(mark.foreign, naming)}`
      : how,
  };
}

function nameOf({ namesakes }: Attribution, origin: Origin, naming: Naming): string {
  const name = plainName(origin, naming);
  const namesake = namesakes.get(origin.id);
  if (!namesake) return name;
  const place = placeName(namesake.place, naming);
  return `${name} (${place}${namesake.number === 0 ? '' : `, ${namesake.number}`})`;
}

function plainName({ kind, name, role }: Origin, naming: Naming): string {
  switch (kind) {
    case 'root':
      return `root@${naming.account(name)}`;
    case 'service':
      return naming.service(name);
    case 'workload':
      return `workload ${naming.name(name)}${role === '' ? '' : ` (role ${naming.role(role)})`}`;
    case 'person':
      return naming.person(name);
  }
}

/** What these are called is no name of anybody's. */
const OWN_PLACES: ReadonlySet<string> = new Set(['AWS', 'Identity Center', 'source identity', 'identity provider']);

function placeName(place: string, naming: Naming): string {
  if (OWN_PLACES.has(place)) return place;
  return isAccount(place) ? naming.account(place) : naming.name(place);
}

function placeText({ address, program, first, last }: Elsewhere['home'], naming: Naming): string {
  const times = first === last ? timeText(first) : `${timeText(first)} to ${timeText(last)}`;
  return `${naming.address(address)} (${naming.program(program)}, ${times})`;
}

function timeText(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** The weakest of the joins, and how sure it is. */
function howKnown(steps: readonly Step[]): string {
  const joined = steps.filter(({ join }) => join !== undefined);
  const weakest = joined.find(({ confidence }) => confidence === 'likely') ?? joined[0];
  return weakest ? `${weakest.join as Join}, ${weakest.confidence}` : '';
}

const WHY: Readonly<Record<Unknown['why'], string>> = {
  'before these logs': 'issued before these logs begin',
  'other account': 'issued in another account, whose logs are not here',
  'not in these logs': 'the call that issued the session is not in these logs',
  ambiguous: 'ambiguous',
  circle: 'the chain of sessions leads back to itself',
  'failed sign-in': 'the sign-in failed, so that anybody may have typed the name',
  anonymous: 'no credentials of an AWS account',
  'not named': 'the record names nobody',
};

function whyUnknown(attribution: Attribution, { unknown, candidates }: Resolution, naming: Naming): string {
  const { why, account } = unknown as Unknown;
  if (why === 'other account' && account !== '') {
    return `unknown: issued in account ${naming.account(account)}, whose logs are not here`;
  }
  if (candidates.length === 0) return `unknown: ${WHY[why]}`;
  const names = candidates.slice(0, MOST_CANDIDATES).map((origin) => nameOf(attribution, origin, naming));
  return `unknown: ${WHY[why]}, ${names.join(' or ')}${candidates.length > MOST_CANDIDATES ? ' or others' : ''}`;
}

const MOST_CANDIDATES = 5;

/** The sessions from the origin on: roles, each with its account where it is another than before. */
function viaOf({ sessions }: Attribution, steps: readonly Step[], origin: Origin | undefined, naming: Naming): string {
  const names: string[] = [];
  let account = origin?.place ?? '';
  const add = (shown: string, its: string): void => {
    if (shown === '') return;
    names.push(its !== '' && its !== account && isAccount(account) ? `${shown} (${naming.account(its)})` : shown);
    account = its;
  };
  for (const { session, through } of steps.toReversed()) {
    const { identity, role, name } = sessions[session] as Session;
    if (through !== '') add(naming.role(through.split('/')[1] ?? ''), accountOf(through));
    add(linkName(identity, role, name, naming), identity.accountId);
  }
  if (!origin && names.length > 0) names.unshift('?');
  else if (steps.length === MAX_STEPS) names.unshift('…');
  return names.join(' → ');
}

function linkName(
  { type, assumedRoot, accountId }: CallerIdentity,
  role: string,
  name: string,
  naming: Naming,
): string {
  if (role !== '') return naming.role(PERMISSION_SET.exec(role)?.[1] ?? role);
  if (type === 'FederatedUser') return `federation token ${naming.name(name)}`;
  return assumedRoot === 'true' ? `root@${naming.account(accountId)}` : '';
}

function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}
