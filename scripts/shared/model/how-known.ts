/**
 * Writes and parses the text of the column `behindHow`: how the person behind a session is known, or why not. The text is in
 * fixed English; the page shows it in the user's language.
 */

/** How a session was joined to the call that began it. */
export type Join =
  | 'own credentials'
  | 'issued key'
  | 'shared event ID'
  | 'session and start'
  | 'source identity'
  | 'Identity Center'
  | 'federated subject'
  | 'switched role'
  | 'token issuer'
  | 'sign-in token'
  | 'principal ID'
  | 'delivered credentials'
  | 'service';

export type Confidence = 'certain' | 'likely';

/** Why the person behind a session is unknown. */
export type Why =
  | 'before these logs'
  | 'other account'
  | 'not in these logs'
  | 'ambiguous'
  | 'circle'
  | 'anonymous'
  | 'failed sign-in'
  | 'not named';

/** Where credentials were used: an address, a program, and the times of the first and last call, as text. */
export interface UsedText {
  readonly address: string;
  readonly program: string;
  readonly first: string;
  readonly last: string;
}

/** The content of a cell. */
export interface How {
  readonly known?: undefined | { readonly join: Join; readonly confidence: Confidence };
  readonly unknown?:
    | undefined
    | {
        readonly why: Why;
        /** Where the session was issued; '' if that does not matter. */
        readonly account: string;
        /** The candidates; with '' at the end if there are more. */
        readonly candidates: readonly string[];
      };
  /** Where the credentials belong, and where else they were used. */
  readonly elsewhere?: undefined | readonly [home: UsedText, foreign: UsedText];
}

const WHY: Readonly<Record<Why, string>> = {
  'before these logs': 'issued before these logs begin',
  'other account': 'issued in another account, whose logs are not here',
  'not in these logs': 'the call that issued the session is not in these logs',
  ambiguous: 'ambiguous',
  circle: 'the chain of sessions leads back to itself',
  'failed sign-in': 'the sign-in failed, so that anybody may have typed the name',
  anonymous: 'no credentials of an AWS account',
  'not named': 'the record names nobody',
};

export function printHow({ known, unknown, elsewhere }: How): string {
  const how = known ? `${known.join}, ${known.confidence}` : unknown ? whyText(unknown) : '';
  return elsewhere ? `${how}; used elsewhere: ${elsewhere.map(placeText).join(' and ')}` : how;
}

function whyText({ why, account, candidates }: NonNullable<How['unknown']>): string {
  if (why === 'other account' && account !== '')
    return `unknown: issued in account ${account}, whose logs are not here`;
  const names = candidates.map((name) => name || 'others').join(' or ');
  return `unknown: ${WHY[why]}${names === '' ? '' : `, ${names}`}`;
}

function placeText({ address, program, first, last }: UsedText): string {
  return `${address} (${program}, ${first === last ? first : `${first} to ${last}`})`;
}

const PLACE = String.raw`(\S+) \(([^()]*), (\S+?)(?: to (\S+))?\)`;
const ELSEWHERE = new RegExp(`^(.*); used elsewhere: ${PLACE} and ${PLACE}$`, 's');

/** The content of a cell; undefined for any other text. Candidates are one text, as written. */
export function parseHow(cell: string): How | undefined {
  const used = ELSEWHERE.exec(cell);
  if (used) {
    const parts = used.slice(2) as (string | undefined)[];
    return { ...parseHow(used[1] as string), elsewhere: [usedText(parts.slice(0, 4)), usedText(parts.slice(4))] };
  }
  const [, join, confidence] = /^([\w -]+), (certain|likely)$/i.exec(cell) ?? [];
  if (join !== undefined) return { known: { join: join as Join, confidence: confidence as Confidence } };
  const account = /^unknown: issued in account (\S+), whose logs are not here$/.exec(cell)?.[1];
  if (account !== undefined) return { unknown: { why: 'other account', account, candidates: [] } };
  for (const [why, text] of Object.entries(WHY) as [Why, string][]) {
    const start = `unknown: ${text}`;
    if (cell === start) return { unknown: { why, account: '', candidates: [] } };
    if (cell.startsWith(`${start}, `))
      return { unknown: { why, account: '', candidates: [cell.slice(start.length + 2)] } };
  }
  return undefined;
}

function usedText([address = '', program = '', first = '', last = first]: readonly (string | undefined)[]): UsedText {
  return { address, program, first, last };
}
