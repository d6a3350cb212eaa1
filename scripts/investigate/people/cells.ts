/** Attribution as text: the cells of the columns `behind`, `via`, `behindHow` and `evidence`. */
import { MAX_STEPS, type Attribution, type Resolution, type Step } from './attribution.js';
import { parsedJson } from '../json-leaves.js';
import { programOf, type UsedAt } from './elsewhere.js';
import { linkOfEvent, printEvidence, type Proof, type Use } from './evidence.js';
import { printHow, type How, type Join, type UsedText } from '#shared/model/how-known.js';
import { PERMISSION_SET, type Unknown } from './links.js';
import type { Origin } from './origins.js';
import { accountOf, type CallerIdentity } from './session-log.js';
import type { Session } from './sessions.js';

export interface AttributionCells {
  readonly behind: string;
  readonly via: string;
  readonly behindHow: string;
  readonly evidence: string;
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
  agent(text: string): string;
  /** Of an event, the whole of it. */
  eventID(id: string): string;
}

const same = (text: string): string => text;
export const AS_THEY_ARE: Naming = {
  person: same,
  account: same,
  role: same,
  name: same,
  service: same,
  address: same,
  agent: same,
  eventID: same,
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
  const { names, items } = chainOf(attribution, steps, origin, naming);
  const how: How = origin ? { known: weakestOf(steps) } : { unknown: unknownOf(attribution, resolution, naming) };
  const elsewhere = mark && ([usedText(mark.home, naming), usedText(mark.foreign, naming)] as const);
  const uses = mark ? [mark.home, mark.foreign].map((place) => useOf(attribution, place, naming)) : [];
  return {
    behind: origin ? nameOf(attribution, origin, naming) : '',
    via: names.join(' → '),
    behindHow: printHow({ ...how, elsewhere }),
    evidence: printEvidence({ items, uses }),
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

function usedText({ address, agent, first, last }: UsedAt, naming: Naming): UsedText {
  return {
    address: naming.address(address),
    program: programOf(naming.agent(agent)),
    first: timeText(first),
    last: timeText(last),
  };
}

function timeText(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** The weakest of the joins, and how sure it is. */
function weakestOf(steps: readonly Step[]): How['known'] {
  const joined = steps.filter(({ join }) => join !== undefined);
  const weakest = joined.find(({ confidence }) => confidence === 'likely') ?? joined[0];
  return weakest && { join: weakest.join as Join, confidence: weakest.confidence };
}

function unknownOf(
  attribution: Attribution,
  { unknown, candidates }: Resolution,
  naming: Naming,
): NonNullable<How['unknown']> {
  const { why, account } = unknown as Unknown;
  const names = candidates.slice(0, MOST_CANDIDATES).map((origin) => nameOf(attribution, origin, naming));
  return {
    why,
    account: account === '' ? '' : naming.account(account),
    candidates: candidates.length > MOST_CANDIDATES ? [...names, ''] : names,
  };
}

const MOST_CANDIDATES = 5;

/** The sessions from the origin on: roles, each with its account where it is another than before; and what proves each. */
function chainOf(
  attribution: Attribution,
  steps: readonly Step[],
  origin: Origin | undefined,
  naming: Naming,
): { readonly names: string[]; readonly items: { readonly proof: Proof | undefined; readonly isNamed: boolean }[] } {
  const names: string[] = [];
  const items: { proof: Proof | undefined; isNamed: boolean }[] = [];
  let account = origin?.place ?? '';
  const add = (shown: string, its: string): void => {
    if (shown === '') return;
    names.push(its !== '' && its !== account && isAccount(account) ? `${shown} (${naming.account(its)})` : shown);
    account = its;
  };
  for (const step of steps.toReversed()) {
    const { identity, role, name } = attribution.sessions[step.session] as Session;
    const { through } = step;
    if (through !== '') {
      add(naming.role(through.split('/')[1] ?? ''), accountOf(through));
      items.push({ proof: undefined, isNamed: true });
    }
    const shown = linkName(identity, role, name, naming);
    add(shown, identity.accountId);
    items.push({ proof: proofOf(attribution, step, naming), isNamed: shown !== '' });
  }
  if (!origin && names.length > 0) names.unshift('?');
  else if (steps.length === MAX_STEPS) names.unshift('…');
  return { names, items };
}

function proofOf(attribution: Attribution, { row, join, confidence }: Step, naming: Naming): Proof | undefined {
  return join && { join, confidence, event: row < 0 ? '' : eventLink(attribution, row, naming) };
}

function useOf(attribution: Attribution, { address, agent, last, row }: UsedAt, naming: Naming): Use {
  return {
    address: naming.address(address),
    program: programOf(naming.agent(agent)),
    event: eventLink(attribution, row, naming),
    last,
  };
}

function eventLink({ log }: Attribution, row: number, naming: Naming): string {
  const id = parsedJson(log.text(row, 'eventID'));
  return linkOfEvent(log.times[row] as number, typeof id === 'string' ? naming.eventID(id) : '');
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
