/**
 * Credentials used elsewhere: a workload's key from outside of it, a person's session at the same time from two networks
 * by two kinds of programs. Addresses change for good reasons (a VPN, IPv4 beside IPv6, a pool of NAT addresses, a
 * service that calls for somebody), so that an address alone is no reason.
 */
import { parseAddress } from '#shared/query/address.js';
import type { Resolution } from './attribution.js';
import { add } from './issues.js';
import type { Place, Session } from './sessions.js';

export interface UsedAt {
  readonly address: string;
  readonly agent: string;
  /** Milliseconds since 1970 UTC. */
  readonly first: number;
  readonly last: number;
  /** The row of the first call. */
  readonly row: number;
}

export interface Elsewhere {
  /** Where the credentials belong. */
  readonly home: UsedAt;
  /** Where else they were used. */
  readonly foreign: UsedAt;
}

/** A place with what is compared of it. */
interface Spot extends Place {
  readonly session: number;
  /** Addresses that belong together: the first 16 bits of IPv4, 32 of IPv6. */
  readonly network: string;
  readonly family: 4 | 6;
  readonly program: string;
}

/** The programs of AWS that call for whoever works in the console. */
const CONSOLE = /aws-internal\/|AWS Internal|Console|CloudShell|^Mozilla\/|signin\.amazonaws|\bMobile\b/i;
/** An agent that AWS runs on machines. */
const AGENT =
  /amazon-ssm-agent|CloudWatchAgent|amazon-cloudwatch|ecs-agent|aws-ec2-instance-connect|ssm-agent|inspector/i;

export function findElsewhere(
  sessions: readonly Session[],
  resolutions: readonly Resolution[],
): ReadonlyMap<number, Elsewhere> {
  const workloads = new Map<string, readonly Spot[]>();
  const used = new Map<string, (readonly [Place, number])[]>();
  const people = new Map<number, readonly Spot[]>();
  const users = new Map<string, Set<string>>();
  for (const { number, identity, places } of sessions) {
    if (identity.type === 'AWSService' || identity.type === 'AWSAccount') continue;
    const { origin } = resolutions[number] as Resolution;
    if (origin?.kind === 'service') continue;
    for (const { address } of places) {
      const ids = users.get(address);
      if (ids) ids.add(origin?.id ?? '');
      else users.set(address, new Set([origin?.id ?? '']));
    }
    if (origin?.kind === 'workload') for (const place of places) add(used, origin.id, [place, number]);
    else if (identity.creationDate !== '' && isMoved(places)) people.set(number, spotsOf(places, number));
  }
  for (const [id, placed] of used) {
    if (!isMoved(placed.map(([place]) => place))) continue;
    workloads.set(
      id,
      placed.flatMap(([place, number]) => spotsOf([place], number)),
    );
  }
  const kinds = new Map(resolutions.flatMap(({ origin }) => (origin ? [[origin.id, origin.kind]] : [])));
  const marks = new Map<number, Elsewhere>();
  for (const [id, spots] of workloads) {
    const usedBySomebody = ({ address }: Spot): boolean => isPersons(users.get(address), id, kinds);
    for (const [session, mark] of ofWorkload(spots, usedBySomebody)) marks.set(session, mark);
  }
  for (const [session, spots] of people) {
    const mark = ofPerson(spots);
    if (mark) marks.set(session, mark);
  }
  return marks;
}

/** Whether a person's own calls come from the address, and no other workload's. */
function isPersons(users: ReadonlySet<string> | undefined, own: string, kinds: ReadonlyMap<string, string>): boolean {
  const others = [...(users ?? [])].filter((id) => id !== own);
  const isPerson = (id: string): boolean => kinds.get(id) === 'person' || kinds.get(id) === 'root';
  return others.some(isPerson) && !others.some((id) => kinds.get(id) === 'workload');
}

function ofWorkload(
  spots: readonly Spot[],
  isPersonsPlace: (spot: Spot) => boolean,
): readonly (readonly [number, Elsewhere])[] {
  const home = homeOf(spots, isPersonsPlace);
  if (!home) return [];
  const programs = new Set(spots.filter((spot) => isNear(spot, home)).map(({ program }) => program));
  return spots
    .filter((spot) => !isNear(spot, home) && !spot.isEndpoint && !home.isEndpoint)
    .filter((spot) => isPersonsPlace(spot) || isOutside(spot, home, programs))
    .map((spot) => [spot.session, { home: usedAt(home), foreign: usedAt(spot) }] as const);
}

/** Where the workload runs: where AWS's own agent calls from, else where most calls come from. */
function homeOf(spots: readonly Spot[], isPersonsPlace: (spot: Spot) => boolean): Spot | undefined {
  const likely = spots.filter((spot) => !isPersonsPlace(spot));
  const agents = likely.filter(({ agent }) => isInside(agent));
  const best = agents.length > 0 ? agents : likely;
  return best.reduce<Spot | undefined>((most, spot) => (!most || spot.count > most.count ? spot : most), undefined);
}

/** Whether the program says that it runs in the workload. */
function isInside(agent: string): boolean {
  return AGENT.test(agent) || /exec-env\/AWS_/.test(agent);
}

/**
 * Whether a program that never ran at home was used here while home was in use. A function runs at addresses of AWS that
 * change all the time, and its programs say that they run in one.
 */
function isOutside(spot: Spot, home: Spot, programs: ReadonlySet<string>): boolean {
  if (/exec-env\/AWS_/.test(home.agent)) return !isInside(spot.agent) && !programs.has(spot.program);
  const isMeanwhile = spot.first <= home.last && home.first <= spot.last;
  return spot.family === home.family && isMeanwhile && !isInside(spot.agent) && !programs.has(spot.program);
}

/** Two networks at the same time, and no kind of program in common. */
function ofPerson(spots: readonly Spot[]): Elsewhere | undefined {
  const own = spots.filter(({ agent, isEndpoint }) => !isEndpoint && !CONSOLE.test(agent));
  const [first] = own;
  if (!first) return undefined;
  const home = own.filter((spot) => isNear(spot, first));
  const programs = new Set(home.map(({ program }) => program));
  const until = Math.max(...home.map(({ last }) => last));
  const foreign = own.find(
    (spot) =>
      !isNear(spot, first) &&
      spot.family === first.family &&
      spot.first < until &&
      !own.some((other) => isNear(other, spot) && programs.has(other.program)),
  );
  return foreign && { home: usedAt(first), foreign: usedAt(foreign) };
}

function isNear(a: Spot, b: Spot): boolean {
  return a.network === b.network;
}

function usedAt({ address, agent, first, last, firstRow }: Spot): UsedAt {
  return { address, agent, first, last, row: firstRow };
}

function isMoved(places: readonly Place[]): boolean {
  return places.some(({ address }) => address !== places[0]?.address);
}

/** Without those that have no address but a service's name, which called for somebody, and those without a program. */
function spotsOf(places: readonly Place[], session: number): readonly Spot[] {
  return places.flatMap((place) => spotOf(place, session) ?? []);
}

function spotOf(place: Place, session: number): Spot | undefined {
  const bytes = place.agent === '' ? undefined : parseAddress(place.address);
  if (!bytes) return undefined;
  const family = bytes.length === 4 ? 4 : 6;
  const network = bytes.slice(0, family === 4 ? 2 : 4).join('.');
  return { ...place, session, family, network, program: programOf(place.agent) };
}

/** The kind of program: aws-cli, Boto3, aws-sdk-go, the name before the first version. */
export function programOf(agent: string): string {
  const name = /amazon-ssm-agent/.exec(agent)?.[0] ?? /^\[?\s*([^/\s(),;\]]+)/.exec(agent)?.[1] ?? agent;
  return name === 'APN' ? (/(Terraform)/.exec(agent)?.[1] ?? name) : name;
}
