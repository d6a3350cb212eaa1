/** Where the values of a record's fields are kept. */
import {
  CODED_COLUMNS,
  type CodedName,
  isPath,
  LIST_SEPARATOR,
  pathsOf,
  TEXT_COLUMNS,
  type TextName,
} from '#shared/model/columns.js';

/** Where a field's values are. */
export type Place =
  /** In a column of distinct values, each of which gives the field's values; '' of the column is a missing field. */
  | {
      readonly kind: 'coded';
      readonly column: CodedName | 'target';
      readonly valuesOf: (cell: string) => readonly string[];
    }
  | { readonly kind: 'time' }
  /** The codes of what the call gives, takes, exposes or breaks (`effects/effect.ts`). */
  | { readonly kind: 'effect' }
  /** Within a part of the record that is kept as JSON; without keys, the whole part. */
  | { readonly kind: 'json'; readonly column: TextName; readonly keys: readonly string[] };

const itself = (cell: string): readonly string[] => (cell === '' ? [] : [cell]);
const names = (cell: string): readonly string[] => (cell === '' ? [] : cell.split(LIST_SEPARATOR));

/** Fields of ours, which no record has: `culprit.behind` is the column `behind`. */
const OWN = 'culprit.';

const ISSUER = 'userIdentity.sessionContext.sessionIssuer.';
/** AWS CloudTrail user guide, "userIdentity element", sessionIssuer: all of it is in its ARN. */
const OF_ISSUER: Readonly<Record<string, (arn: string) => readonly string[]>> = {
  type: (arn) => itself(TYPE_OF_ISSUER[/^arn:[^:]*:iam::\d*:(role|user|root)\b/.exec(arn)?.[1] ?? ''] ?? ''),
  userName: (arn) => itself(/^arn:[^:]*:iam::\d*:(?:role|user)\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1] ?? ''),
  accountId: (arn) => itself(arn.split(':')[4] ?? ''),
};
const TYPE_OF_ISSUER: Readonly<Record<string, string>> = { role: 'Role', user: 'IAMUser', root: 'Root' };

const CODED = new Map<string, CodedName>(
  CODED_COLUMNS.flatMap(({ name, from }) =>
    isPath(from) && typeof from === 'string' ? [[pathsOf(from)[0] as string, name] as const] : [],
  ),
);
const OWN_COLUMNS = new Map<string, CodedName | 'target'>([
  ...CODED_COLUMNS.map(({ name }) => [name, name] as const),
  ['target', 'target'],
]);
const LISTS: ReadonlySet<string> = new Set(['resources', 'target']);
const TEXTS = new Map<string, TextName>(TEXT_COLUMNS.map(({ name, from }) => [from, name]));

/** Undefined where the field is not kept. */
export function placeOf(field: string): Place | undefined {
  if (field === 'eventTime') return { kind: 'time' };
  const column = CODED.get(field);
  if (column !== undefined) return { kind: 'coded', column, valuesOf: itself };
  if (field === `${OWN}effect`) return { kind: 'effect' };
  if (field.startsWith(OWN)) {
    const own = OWN_COLUMNS.get(field.slice(OWN.length));
    return own && { kind: 'coded', column: own, valuesOf: LISTS.has(own) ? names : itself };
  }
  if (field.startsWith(ISSUER)) {
    const valuesOf = OF_ISSUER[field.slice(ISSUER.length)];
    return valuesOf && { kind: 'coded', column: 'sessionIssuerArn', valuesOf };
  }
  const [first = '', ...keys] = field.split('.');
  const text = TEXTS.get(first);
  return text && { kind: 'json', column: text, keys };
}

/** The columns that are the record's own, in which a word without a field is looked for. */
export const RECORD_COLUMNS: readonly CodedName[] = [...CODED.values()];
