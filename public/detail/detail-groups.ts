/** The order of an event's columns in its details: who, what, where from, then the rest. */
import { COLUMNS } from '#shared/model/columns.js';
import type { TextKey } from '#public/text/en.js';

export interface DetailGroup {
  readonly title: TextKey;
  readonly columns: readonly string[];
}

const WHO = [
  'actor',
  'actorSource',
  'role',
  'type',
  'userName',
  'arn',
  'principalId',
  'accountId',
  'accessKeyId',
  'invokedBy',
  'sourceIdentity',
  'mfaAuthenticated',
  'creationDate',
  'sessionCredentialFromConsole',
];
const WHAT = [
  'eventName',
  'eventSource',
  'outcome',
  'errorCode',
  'errorMessage',
  'target',
  'resources',
  'requestParameters',
  'responseElements',
  'serviceEventDetails',
  'additionalEventData',
  'addendum',
];
const WHERE = [
  'sourceIPAddress',
  'userAgent',
  'awsRegion',
  'recipientAccountId',
  'vpcEndpointId',
  'vpcEndpointAccountId',
];
/** In the heading of the details already. */
const HEADING = ['eventTime'];

const PLACED = new Set([...WHO, ...WHAT, ...WHERE, ...HEADING]);

/** Together they hold every column once. */
export const DETAIL_GROUPS: readonly DetailGroup[] = [
  { title: 'detail.who', columns: WHO },
  { title: 'detail.what', columns: WHAT },
  { title: 'detail.where', columns: WHERE },
  { title: 'detail.rest', columns: COLUMNS.map(({ name }) => name).filter((name) => !PLACED.has(name)) },
];
