/**
 * The evidence of a chain of sessions as the text of a cell, and back: an item for each session, from whoever is behind
 * it on, which says how the session was joined to what began it, how sure that is, and by which event. Items hold no names
 * of the log, so that nothing that somebody chose can pass for evidence.
 *
 *     issued key, certain, 2025-03-06T02:14:37Z/5b1c09fe; used 198.51.100.7 aws-cli 2025-03-06T02:15:00Z/77ac01de …
 *
 * `-` is a session of which nothing is known, and parentheses are around what adds no name to the column `via`.
 */
import type { Confidence, Join } from '#shared/model/how-known.js';

export interface Proof {
  readonly join: Join;
  readonly confidence: Confidence;
  /** The link of the event that shows it (`linkOfEvent`); '' where the identity itself does. */
  readonly event: string;
}

/** Where and when credentials were used, by which program. */
export interface Use {
  readonly address: string;
  readonly program: string;
  /** The link of the first call, and when the last one was: milliseconds since 1970 UTC. */
  readonly event: string;
  readonly last: number;
}

interface Item {
  /** Undefined where nothing is known. */
  readonly proof: Proof | undefined;
  /** Whether the column `via` has a name for it. */
  readonly isNamed: boolean;
}

interface Evidence {
  readonly items: readonly Item[];
  /** Of credentials that were used elsewhere: where they belong, and where not. */
  readonly uses: readonly Use[];
}

const ID_LENGTH = 8;

/**
 * An event as a link has it: its second and the beginning of its eventID. The second finds the few events that may be
 * meant without a search, and stays right in a report that holds only the beginning of each ID.
 */
export function linkOfEvent(time: number, eventID: string): string {
  // Half a surrogate pair at the end is nothing that an address could hold.
  return `${secondText(time)}/${eventID.slice(0, ID_LENGTH).replace(/\p{Surrogate}/gu, '\uFFFD')}`;
}

export function printEvidence({ items, uses }: Evidence): string {
  // What the identity itself shows, of a session without a name, is in the column `behindHow` already.
  const telling = items.filter(
    ({ proof, isNamed }) => isNamed || (proof && (proof.event !== '' || proof.confidence === 'likely')),
  );
  const proofs = telling.some(({ proof }) => proof) ? telling.map(itemText) : [];
  return [...proofs, ...uses.map(useText)].join('; ');
}

/** What is no item is passed over. */
export function parseEvidence(cell: string): Evidence {
  const items: Item[] = [];
  const uses: Use[] = [];
  for (const text of cell === '' ? [] : cell.split('; ')) {
    const [, address, program, event, last] = /^used (\S+) (\S+) (\S+) (\S+)$/.exec(text) ?? [];
    const isNamed = !text.startsWith('(');
    const [, join, confidence, proven = ''] =
      /^([\w -]+), (certain|likely)(?:, (\S+))?$/i.exec(isNamed ? text : text.slice(1, -1)) ?? [];
    if (event !== undefined) {
      uses.push({
        address: decoded(address as string),
        program: decoded(program as string),
        event: decoded(event),
        last: Date.parse(last as string),
      });
    } else if (join !== undefined) {
      const proof = { join: join as Join, confidence: confidence as Confidence, event: decoded(proven) };
      items.push({ proof, isNamed });
    } else if (text === '-') {
      items.push({ proof: undefined, isNamed: true });
    }
  }
  return { items, uses };
}

/** Whether any of the joins is less than certain. */
export function isLikely(evidence: string): boolean {
  return evidence.includes(', likely');
}

function itemText({ proof, isNamed }: Item): string {
  if (!proof) return '-';
  const { join, confidence, event } = proof;
  const text = `${join}, ${confidence}${event === '' ? '' : `, ${coded(event)}`}`;
  return isNamed ? text : `(${text})`;
}

function useText({ address, program, event, last }: Use): string {
  return ['used', coded(address), coded(program), coded(event), secondText(last)].join(' ');
}

function secondText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** Without white space and what separates; readable where there is neither. */
function coded(text: string): string {
  return text.replace(/[\s,;%\p{Surrogate}]/gu, (character) =>
    /\p{Surrogate}/u.test(character) ? '%EF%BF%BD' : encodeURIComponent(character),
  );
}

function decoded(text: string): string {
  return decodeURIComponent(text);
}
