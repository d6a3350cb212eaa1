/**
 * Ready-made questions: what people ask of these logs first, as queries. One is a toggle that writes its clauses into
 * the box, so that they can be read, learned from and edited; those that are about different things can be combined.
 */
import type { Query } from '#shared/query/ast.js';
import { chosenValues, hasClauses, toggleClauses, toggleValue, withChoice, withValues } from '#shared/query/edit.js';
import { parseQuery } from '#shared/query/parse.js';
import { SIGN_IN_NAMES, SIGN_IN_SERVICE } from '#shared/model/sign-in.js';
import { timeText } from '#shared/query/time-text.js';

export type QuestionName =
  'deletions' | 'security' | 'new-keys' | 'sign-ins' | 'root' | 'denied' | 'people' | 'last-day';

export interface Question {
  readonly name: QuestionName;
  /** Read when they are first asked for: the page's first picture needs none. */
  readonly clauses: Query;
  /** Of the questions about one thing only one is asked at a time: two lists of event names leave no event. */
  readonly about: 'event' | 'caller' | 'outcome' | 'people' | 'time';
  /** Whether attempts that failed are left out, unless another outcome is chosen. */
  readonly onlyDone: boolean;
}

/** What takes something away; attempts at it too. */
const DELETIONS =
  'event:/^(Batch)?Delete|^Terminate(Instance|Environment|JobFlow|Workspace)|^Deregister(Image|TaskDefinition)|^Release(Address|Hosts)|^PurgeQueue|^ScheduleKeyDeletion|^BidEvicted/';

/** Who may do what, from where, and what is recorded of it. */
const SECURITY =
  'service:iam|service:organizations|event:/SecurityGroup|NetworkAcl|PublicAccess|(Bucket|Key|Repository|Resource)Policy|(Bucket|Object)Acl|(Add|Remove)Permission|(Image|Snapshot)Attribute|KeyPair|^(Enable|Disable)Key|KeyDeletion|AccessEntry|InstanceProfile|PermissionSet|AccountAssignment|Trail|EventSelectors|^(Start|Stop)Logging|FlowLogs|Detector|ConfigurationRecorder/';

const NEW_KEYS =
  'event:/^Create(User|AccessKey|LoginProfile|ServiceSpecificCredential)$|^(Create|Import)KeyPair$|^UploadSSHPublicKey$/';

/** To the console, by IAM Identity Center, and by another identity provider; failed ones too. */
const SIGN_INS = `service:${SIGN_IN_SERVICE}|event:/${SIGN_IN_NAMES}|^AssumeRoleWith(SAML|WebIdentity)$/`;

/** As the CIS benchmark's alarm for root has it. */
const ROOT = 'type:Root -invokedBy:* -eventType:AwsServiceEvent';

/** A service that acts for somebody leaves its own name as the address. */
const PEOPLE = '-actorSource:invokedBy -actorSource:instance -from:*.amazonaws.com*';

const DAY = 86_400_000;

/** @param last the time of the log's last event, milliseconds since 1970 UTC; undefined where there is none */
export function questionsFor(last: number | undefined): readonly Question[] {
  const question = (name: QuestionName, text: string, about: Question['about'], onlyDone = false): Question => {
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
  const questions = [
    question('deletions', DELETIONS, 'event', true),
    question('security', SECURITY, 'event', true),
    question('new-keys', NEW_KEYS, 'event', true),
    question('sign-ins', SIGN_INS, 'event'),
    question('root', ROOT, 'caller'),
    question('denied', 'outcome:denied', 'outcome'),
    question('people', PEOPLE, 'people'),
  ];
  if (last !== undefined) questions.push(question('last-day', `time:>=${timeText(last - DAY)}`, 'time'));
  return questions;
}

export function isAsked(query: Query, { clauses }: Question): boolean {
  return hasClauses(query, clauses);
}

/** The query with the question asked, or no longer asked. */
export function toggleQuestion(query: Query, question: Question, all: readonly Question[]): Query {
  const asks = !isAsked(query, question);
  let next = query;
  for (const other of all) {
    const goes = other === question ? !asks : asks && other.about === question.about;
    if (goes && isAsked(next, other)) next = toggleClauses(next, other.clauses);
  }
  if (asks)
    next =
      question.about === 'outcome'
        ? withChoice(next, 'outcome', chosenOf(question))
        : toggleClauses(next, question.clauses);
  return withOutcome(next, query, all);
}

function chosenOf({ clauses }: Question): ReturnType<typeof chosenValues> {
  return chosenValues(clauses, 'outcome');
}

/** What was done is what is asked for, until another outcome is chosen; with the last such question that goes too. */
function withOutcome(next: Query, before: Query, all: readonly Question[]): Query {
  const wants = (query: Query): boolean => all.some((question) => question.onlyDone && isAsked(query, question));
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
