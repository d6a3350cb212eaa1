/** Words of the language that stand for queries about columns. */
import { isSignIn, SIGN_IN_NAMES, SIGN_IN_SERVICE } from '../model/sign-in.js';
import type { FieldNode, Flag, QueryNode } from './ast.js';

const FLAGS: Readonly<Record<Flag, QueryNode>> = {
  // Reads by the record's own word, and those of old records, which do not say; denied reads are of the first kind.
  readonly: { kind: 'or', of: [value('readOnly', 'true'), value('outcome', 'read')] },
};

/** What a denial's error code holds: AccessDenied, Client.UnauthorizedOperation, NotAuthorized, 403 Forbidden, … */
const DENIED = 'denied|unauthori[sz]ed|notauthori[sz]ed|authorizationerror|forbidden';

const IS_DENIED = new RegExp(DENIED, 'i');

/** A sign-in that failed without a code was refused: a wrong password, no MFA, a role that may not be assumed. */
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

/** Outcomes that are no values of the column, but what its cells say. */
const OUTCOMES: ReadonlyMap<string, QueryNode> = new Map<string, QueryNode>([
  ['denied', { kind: 'and', of: [value('outcome', 'error'), DENIALS] }],
  ['failed', { kind: 'and', of: [value('outcome', 'error'), { kind: 'not', of: DENIALS }] }],
]);

export const FLAG_NAMES = Object.keys(FLAGS) as readonly Flag[];

/** Outcomes beside the column's values. */
export const OUTCOME_WORDS: readonly string[] = [...OUTCOMES.keys()];

/** The flag that a word is, whatever its case. */
export function flagOf(word: string): Flag | undefined {
  return FLAG_NAMES.find((flag) => flag === word.toLowerCase());
}

/** Whether an event that failed was denied: the caller was not allowed to do it, or was not let in. */
export function isDenied(errorCode: string, eventSource: string, eventName: string): boolean {
  return errorCode === '' ? isSignIn(eventSource, eventName) : IS_DENIED.test(errorCode);
}

/** A failure need not have a code: `error:*` finds the same events as `outcome:error`, and `-error:*` all others. */
const ANY_ERROR = value('outcome', 'error');

/** The node in terms of columns and their values; the same node where it is that already. */
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
