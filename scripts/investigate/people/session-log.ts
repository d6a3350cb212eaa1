/**
 * What attribution reads of a log: who made each call, a few coded columns, and the JSON of single events. Node's store,
 * the page's columns and a test's array can each be read so.
 */

/** What `userIdentity` says of a caller; '' where it says nothing. AWS CloudTrail user guide, "userIdentity element". */
export interface CallerIdentity {
  readonly type: string;
  readonly userName: string;
  /** AIDA…, AROA…:SESSION, and so on. */
  readonly principalId: string;
  readonly arn: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  /** The service that made the call; where the record names it by the source address only, that. */
  readonly invokedBy: string;
  /** When the session began, ISO 8601. */
  readonly creationDate: string;
  readonly sourceIdentity: string;
  /** sessionIssuer.arn: the role of a role's session, the IAM user of a federated one. */
  readonly issuerArn: string;
  /** identityProvider, else webIdFederationData.federatedProvider. */
  readonly provider: string;
  /** onBehalfOf.userId: a user of IAM Identity Center. */
  readonly onBehalfOf: string;
  /** inScopeOf.credentialsIssuedTo: the ARN of the instance, function or task that the credentials were delivered to. */
  readonly issuedTo: string;
  /** ec2RoleDelivery: '1.0' or '2.0' where the credentials came from an instance's metadata service. */
  readonly roleDelivery: string;
  /** assumedRoot: 'true' for root's session that AssumeRoot made. */
  readonly assumedRoot: string;
}

/** A column of events as codes into its distinct values. */
export interface CodedValues {
  readonly size: number;
  readonly codes: ArrayLike<number>;
  value(code: number): string;
}

export type EventColumn =
  'eventName' | 'eventSource' | 'outcome' | 'sourceIPAddress' | 'userAgent' | 'recipientAccountId' | 'vpcEndpointId';

type EventText =
  | 'requestParameters'
  | 'responseElements'
  | 'additionalEventData'
  | 'serviceEventDetails'
  | 'sharedEventID'
  | 'eventID';

export interface SessionLog {
  readonly rows: number;
  /** Every event's time, milliseconds since 1970 UTC, ascending. */
  readonly times: Float64Array;
  readonly identities: number;
  /** Row → identity. */
  readonly identityOf: ArrayLike<number>;
  identity(number: number): CallerIdentity;
  column(name: EventColumn): CodedValues;
  /**
   * JSON as the log wrote it; '' where the event has none.
   * @param most only so many bytes from its beginning, where that is enough
   */
  text(row: number, name: EventText, most?: number): string;
}

/** The name that whoever began the session chose for it, or was given: what follows the colon of the principal. */
export function sessionNameOf({ principalId, arn }: CallerIdentity): string {
  const colon = principalId.indexOf(':');
  if (colon >= 0) return principalId.slice(colon + 1);
  return /:(?:assumed-role\/[^/]+|federated-user)\/(.+)$/.exec(arn)?.[1] ?? '';
}

/** The role of a role's session, without its path; '' for others. */
export function roleNameOf({ type, arn, issuerArn }: CallerIdentity): string {
  return /:assumed-role\/([^/]+)\//.exec(arn)?.[1] ?? (type === 'AssumedRole' ? lastSegment(issuerArn) : '');
}

export function lastSegment(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** The account in an ARN; '' where there is none. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
