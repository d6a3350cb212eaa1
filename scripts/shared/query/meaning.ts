/** Words of the query language that stand for queries on columns. */
import { isSignIn, SIGN_IN_NAMES, SIGN_IN_SERVICE } from '../model/sign-in.js';
import type { FieldNode, Flag, QueryNode } from './ast.js';

const FLAGS: Readonly<Record<Flag, QueryNode>> = {
  // Reads by the record's readOnly, and those of old records without it; the former include denied reads.
  readonly: { kind: 'or', of: [value('readOnly', 'true'), value('outcome', 'read')] },
};

/**
 * Parts of error codes that mean a denial: AccessDenied, Client.UnauthorizedOperation, NotAuthorized, 403 Forbidden, …
 */
const DENIED = 'denied|unauthori[sz]ed|notauthori[sz]ed|authorizationerror|forbidden';

const IS_DENIED = new RegExp(DENIED, 'i');

/** A failed sign-in without a code was denied: a wrong password, no MFA, a role that may not be assumed. */
const DENIALS: QueryNode = {
  kind: 'or',
  of: [
    { kind: 'regex', field: 'errorCode', source: DENIED },
    {
      kind: 'and',
      of: [
        { kind: 'not', of: { kind: 'regex', field: 'errorCode', source: '.' } },
        {
          kind: 'or',
          of: [value('eventSource', SIGN_IN_SERVICE), { kind: 'regex', field: 'eventName', source: SIGN_IN_NAMES }],
        },
      ],
    },
  ],
};

/** Values of `outcome:` that the column does not have itself. */
const OUTCOMES: ReadonlyMap<string, QueryNode> = new Map<string, QueryNode>([
  ['denied', { kind: 'and', of: [value('outcome', 'error'), DENIALS] }],
  ['failed', { kind: 'and', of: [value('outcome', 'error'), { kind: 'not', of: DENIALS }] }],
]);

export const FLAG_NAMES = Object.keys(FLAGS) as readonly Flag[];

/** Values of `outcome:` besides the column's own. */
export const OUTCOME_WORDS: readonly string[] = [...OUTCOMES.keys()];

/** The flag for a word, ignoring case. */
export function flagOf(word: string): Flag | undefined {
  return FLAG_NAMES.find((flag) => flag === word.toLowerCase());
}

/** Whether a failed event was denied: the caller was not allowed to make the call or to sign in. */
export function isDenied(errorCode: string, eventSource: string, eventName: string): boolean {
  return errorCode === '' ? isSignIn(eventSource, eventName) : IS_DENIED.test(errorCode);
}

/** A failure may have no code: `error:*` finds the same events as `outcome:error`, and `-error:*` all others. */
const ANY_ERROR = value('outcome', 'error');

/** The node in terms of columns and values; returns the same node if it is so already. */
export function meaningOf(node: QueryNode): QueryNode {
  if (node.kind === 'flag') return FLAGS[node.flag];
  if (node.kind !== 'field') return node;
  if (node.field === 'errorCode' && node.text === '*' && !node.quoted) return ANY_ERROR;
  if (node.field === 'outcome') return OUTCOMES.get(node.text.toLowerCase()) ?? node;
  return node;
}

function value(field: string, text: string): FieldNode {
  return { kind: 'field', field, text, quoted: false };
}
