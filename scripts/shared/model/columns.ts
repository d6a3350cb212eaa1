/**
 * The one table of columns. A column is one entry here, complete by type: where its value comes from, how `--redact`
 * treats it, what it is called and where it stands. The reading of logs, the TSV, the embedded format, redaction, the
 * page's table, drawer and filters, and the table in docs/events-tsv.md all come from it.
 *
 * Field meanings: AWS CloudTrail user guide, "CloudTrail record contents" and "CloudTrail userIdentity element".
 */

/**
 * How a column's cells are kept and shown.
 * - `time`: the event's time, in milliseconds since 1970 UTC
 * - `category`: text with few distinct values, kept as codes into a dictionary; filterable by value
 * - `flag`: a category whose values are `true` and `false`
 * - `list`: a category whose text is several names joined by {@link LIST_SEPARATOR}
 * - `text`: free text, mostly different in every event
 * - `json`: a part of the record, as the log wrote it
 */
export type ColumnKind = 'time' | 'category' | 'flag' | 'list' | 'text' | 'json';

/**
 * The keys that lead to a value of the record, joined by dots; of several paths the first one counts that leads to a
 * value. What begins with `userIdentity.` is read once per distinct identity.
 */
export type RecordPath = string | readonly string[];

/** Computed for each distinct `userIdentity` (`scripts/cloudtrail/identity.ts`). */
export type IdentityFunction = 'actor' | 'actorSource' | 'role';

/** Computed from the other columns once events are in order (`scripts/ingest/merge/computed-columns.ts`). */
export type MergedFunction = 'conflictingCopy' | 'behind' | 'via' | 'behindHow';

/**
 * How `--redact` treats the cells of a coded column (`scripts/redact/redact-store.ts`). `looks` replaces what is an
 * original by its looks alone, wherever it stands: for columns whose values are AWS's own words. `attribution` writes the
 * cells anew with the pseudonyms of the names in them.
 */
export type CellRedaction =
  | 'account'
  | 'actor'
  | 'person'
  | 'role'
  | 'name'
  | 'principal'
  | 'accessKey'
  | 'service'
  | 'source'
  | 'agent'
  | 'path'
  | 'attribution'
  | 'looks';

/** The groups of the drawer; `heading` stands above them. */
export type DrawerGroup = 'heading' | 'who' | 'what' | 'where' | 'rest';

interface Shared {
  /** The TSV's header and the query's key: the field's own name where the column is one field of the record. */
  readonly name: string;
  readonly label: { readonly en: string; readonly ja: string };
  /** One sentence for the tooltip and the docs. */
  readonly meaning: string;
  readonly table: {
    /** In CSS pixels. */
    readonly width: number;
    /** Its place among the columns that are shown before the reader chooses; without it, it is not one of them. */
    readonly usual?: number;
    /** In the monospace face, as identifiers and addresses are. */
    readonly mono?: true;
  };
  /** Without a place it follows, in this table's order, those that have one. */
  readonly drawer: { readonly group: DrawerGroup; readonly place?: number };
}

interface TimeSpec extends Shared {
  readonly kind: 'time';
  readonly from: { readonly event: 'time' };
  readonly redact: 'time';
}

interface CodedSpec extends Shared {
  readonly kind: 'category' | 'flag';
  /** `event`: computed for each event while it is flattened (`scripts/ingest/flatten/flattener.ts`). */
  readonly from:
    | RecordPath
    | { readonly event: 'outcome' }
    | { readonly identity: IdentityFunction }
    | { readonly merged: MergedFunction; readonly per: 'event' | 'identity' };
  readonly redact: CellRedaction;
  readonly predictedBy?: string;
}

interface ListSpec extends Shared {
  readonly kind: 'list';
  /** `within`: a part of that column, kept with it. */
  readonly from: { readonly event: 'resources' } | { readonly within: 'resources' };
  readonly redact: 'names';
  readonly predictedBy?: string;
}

interface TextSpec extends Shared {
  readonly kind: 'text' | 'json';
  /** A field of the record, not a path into one. */
  readonly from: string;
  /** `id`: an ID that AWS makes; `sentence`: text of a service's own making; `json`: value by value. */
  readonly redact: 'id' | 'sentence' | 'json';
  /** `unique`: different in nearly every event, so a search for an earlier copy rarely finds one. */
  readonly texts: 'unique' | 'repeating';
}

/**
 * An entry of the table. `predictedBy` names the coded column, or `identity`, that predicts the column's values best
 * (`scripts/output/html/predictions.ts`): it makes the page smaller, and without it nothing is wrong.
 */
export type ColumnSpec = TimeSpec | CodedSpec | ListSpec | TextSpec;

/** Between the names in a `list` cell. */
export const LIST_SEPARATOR = '; ';

/**
 * Before the first name in a cell of `resources` that is no target of the event, until events are in order. After that
 * `EventStore.targetEnds` says where targets end.
 */
export const MENTION_MARK = String.fromCharCode(0x1f);

/** In the TSV's order. The first eight are those of the classic `jq` script, in its order; new ones come last. */
const SPECS = [
  {
    name: 'eventTime',
    kind: 'time',
    from: { event: 'time' },
    label: { en: 'Time', ja: '日時' },
    meaning: 'When the call was made, UTC.',
    redact: 'time',
    table: { usual: 1, width: 176, mono: true },
    drawer: { group: 'heading' },
  },
  {
    name: 'awsRegion',
    kind: 'category',
    from: 'awsRegion',
    label: { en: 'Region', ja: 'リージョン' },
    meaning: 'The region the call was made to.',
    redact: 'looks',
    table: { usual: 8, width: 116 },
    drawer: { group: 'where', place: 3 },
    predictedBy: 'identity',
  },
  {
    name: 'eventSource',
    kind: 'category',
    from: 'eventSource',
    label: { en: 'Service', ja: 'サービス' },
    meaning: 'The service that was called.',
    redact: 'looks',
    table: { usual: 5, width: 112 },
    drawer: { group: 'what', place: 2 },
    predictedBy: 'eventName',
  },
  {
    name: 'eventName',
    kind: 'category',
    from: 'eventName',
    label: { en: 'Event', ja: 'イベント' },
    meaning: 'The API call or event.',
    redact: 'looks',
    table: { usual: 4, width: 198 },
    drawer: { group: 'what', place: 1 },
    predictedBy: 'identity',
  },
  {
    name: 'userName',
    kind: 'category',
    from: 'userIdentity.userName',
    label: { en: 'User name', ja: 'ユーザー名' },
    meaning: 'userIdentity.userName, empty where the record has none.',
    redact: 'person',
    table: { width: 136 },
    drawer: { group: 'who', place: 5 },
  },
  {
    name: 'sourceIPAddress',
    kind: 'category',
    from: 'sourceIPAddress',
    label: { en: 'From', ja: '送信元' },
    meaning: 'The address of the caller, or the name of the AWS service that called.',
    redact: 'source',
    table: { usual: 7, width: 136, mono: true },
    drawer: { group: 'where', place: 1 },
  },
  {
    name: 'userAgent',
    kind: 'category',
    from: 'userAgent',
    label: { en: 'User agent', ja: 'ユーザーエージェント' },
    meaning: 'The program that made the call.',
    redact: 'agent',
    table: { usual: 12, width: 240 },
    drawer: { group: 'where', place: 2 },
    predictedBy: 'identity',
  },
  {
    name: 'requestParameters',
    kind: 'json',
    from: 'requestParameters',
    label: { en: 'Request', ja: 'リクエスト' },
    meaning: 'The parameters of the call.',
    redact: 'json',
    texts: 'repeating',
    table: { usual: 13, width: 360 },
    drawer: { group: 'what', place: 8 },
  },
  {
    name: 'actor',
    kind: 'category',
    from: { identity: 'actor' },
    label: { en: 'Who', ja: '実行者' },
    meaning: 'A readable name of who made the call, for every identity type.',
    redact: 'actor',
    table: { usual: 3, width: 240 },
    drawer: { group: 'who', place: 1 },
  },
  {
    name: 'actorSource',
    kind: 'category',
    from: { identity: 'actorSource' },
    label: { en: 'Identified by', ja: '実行者の根拠' },
    meaning: 'Where the actor was found: userName, sourceIdentity, sessionName, invokedBy, and so on.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'who', place: 2 },
  },
  {
    name: 'role',
    kind: 'category',
    from: { identity: 'role' },
    label: { en: 'Role', ja: 'ロール' },
    meaning: 'The role that was assumed; of an IAM Identity Center role, the permission set.',
    redact: 'role',
    table: { width: 136 },
    drawer: { group: 'who', place: 3 },
  },
  {
    name: 'type',
    kind: 'category',
    from: 'userIdentity.type',
    label: { en: 'Identity type', ja: 'ID タイプ' },
    meaning: 'userIdentity.type: IAMUser, AssumedRole, Root, AWSService, and so on.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'who', place: 4 },
  },
  {
    name: 'accountId',
    kind: 'category',
    from: 'userIdentity.accountId',
    label: { en: 'Caller account', ja: '呼び出し元アカウント' },
    meaning: 'userIdentity.accountId: the account the caller belongs to.',
    redact: 'account',
    table: { width: 140, mono: true },
    drawer: { group: 'who', place: 8 },
  },
  {
    name: 'arn',
    kind: 'category',
    from: 'userIdentity.arn',
    label: { en: 'Caller ARN', ja: '呼び出し元 ARN' },
    meaning: 'userIdentity.arn.',
    redact: 'name',
    table: { width: 320, mono: true },
    drawer: { group: 'who', place: 6 },
  },
  {
    name: 'principalId',
    kind: 'category',
    from: 'userIdentity.principalId',
    label: { en: 'Principal', ja: 'プリンシパル' },
    meaning: 'userIdentity.principalId.',
    redact: 'principal',
    table: { width: 220, mono: true },
    drawer: { group: 'who', place: 7 },
  },
  {
    name: 'accessKeyId',
    kind: 'category',
    from: 'userIdentity.accessKeyId',
    label: { en: 'Access key', ja: 'アクセスキー' },
    meaning: 'userIdentity.accessKeyId: the key that signed the call.',
    redact: 'accessKey',
    table: { width: 180, mono: true },
    drawer: { group: 'who', place: 9 },
  },
  {
    name: 'invokedBy',
    kind: 'category',
    from: 'userIdentity.invokedBy',
    label: { en: 'Invoked by', ja: '呼び出しサービス' },
    meaning: 'userIdentity.invokedBy: the AWS service that made the call for somebody.',
    redact: 'service',
    table: { width: 136 },
    drawer: { group: 'who', place: 10 },
  },
  {
    name: 'sourceIdentity',
    kind: 'category',
    from: 'userIdentity.sessionContext.sourceIdentity',
    label: { en: 'Source identity', ja: 'ソース ID' },
    meaning: 'sessionContext.sourceIdentity: set when the first role was assumed, and kept through role chaining.',
    redact: 'person',
    table: { width: 136 },
    drawer: { group: 'who', place: 11 },
  },
  {
    name: 'mfaAuthenticated',
    kind: 'flag',
    from: 'userIdentity.sessionContext.attributes.mfaAuthenticated',
    label: { en: 'MFA', ja: 'MFA' },
    meaning: 'sessionContext.attributes.mfaAuthenticated.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'who', place: 12 },
  },
  {
    name: 'creationDate',
    kind: 'category',
    from: 'userIdentity.sessionContext.attributes.creationDate',
    label: { en: 'Session start', ja: 'セッション開始' },
    meaning: 'sessionContext.attributes.creationDate: when the session began.',
    redact: 'looks',
    table: { width: 170, mono: true },
    drawer: { group: 'who', place: 13 },
  },
  {
    name: 'outcome',
    kind: 'category',
    from: { event: 'outcome' },
    label: { en: 'Outcome', ja: '結果' },
    meaning:
      'change, read or error. An error by errorCode or errorMessage, or where the response or the service details say that the call failed; else by readOnly, then the verb of eventName.',
    redact: 'looks',
    table: { usual: 2, width: 112 },
    drawer: { group: 'what', place: 3 },
    predictedBy: 'eventName',
  },
  {
    name: 'errorCode',
    kind: 'category',
    from: 'errorCode',
    label: { en: 'Error', ja: 'エラー' },
    meaning: 'The error the service answered with.',
    redact: 'looks',
    table: { usual: 9, width: 168 },
    drawer: { group: 'what', place: 4 },
  },
  {
    name: 'errorMessage',
    kind: 'text',
    from: 'errorMessage',
    label: { en: 'Error message', ja: 'エラー内容' },
    meaning: 'The description of the error.',
    redact: 'sentence',
    texts: 'repeating',
    table: { usual: 10, width: 260 },
    drawer: { group: 'what', place: 5 },
  },
  {
    name: 'resources',
    kind: 'list',
    from: { event: 'resources' },
    label: { en: 'Resource', ja: 'リソース' },
    meaning: 'Every resource the event names, by ID, name or ARN; its target first.',
    redact: 'names',
    table: { usual: 6, width: 222, mono: true },
    drawer: { group: 'what', place: 7 },
    predictedBy: 'eventName',
  },
  {
    name: 'target',
    kind: 'list',
    from: { within: 'resources' },
    label: { en: 'Target', ja: '対象' },
    meaning: 'What the call is about: the resource that it reads or changes, or several where it is for many.',
    redact: 'names',
    table: { width: 136, mono: true },
    drawer: { group: 'what', place: 6 },
  },
  {
    name: 'readOnly',
    kind: 'flag',
    from: 'readOnly',
    label: { en: 'Read-only', ja: '読み取り専用' },
    meaning: 'Whether the call only reads.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventName',
  },
  {
    name: 'responseElements',
    kind: 'json',
    from: 'responseElements',
    label: { en: 'Response', ja: 'レスポンス' },
    meaning: 'What the call answered; empty for most reading calls.',
    redact: 'json',
    texts: 'repeating',
    table: { width: 320 },
    drawer: { group: 'what', place: 9 },
  },
  {
    name: 'additionalEventData',
    kind: 'json',
    from: 'additionalEventData',
    label: { en: 'Additional data', ja: '追加データ' },
    meaning: 'More about the event, by the service.',
    redact: 'json',
    texts: 'unique',
    table: { width: 320 },
    drawer: { group: 'what', place: 11 },
  },
  {
    name: 'serviceEventDetails',
    kind: 'json',
    from: 'serviceEventDetails',
    label: { en: 'Service details', ja: 'サービス詳細' },
    meaning: 'What a service did by itself.',
    redact: 'json',
    texts: 'repeating',
    table: { width: 320 },
    drawer: { group: 'what', place: 10 },
  },
  {
    name: 'eventID',
    kind: 'text',
    from: 'eventID',
    label: { en: 'Event ID', ja: 'イベント ID' },
    meaning: 'The GUID of the event.',
    redact: 'id',
    texts: 'unique',
    table: { width: 280, mono: true },
    drawer: { group: 'rest' },
  },
  {
    name: 'requestID',
    kind: 'text',
    from: 'requestID',
    label: { en: 'Request ID', ja: 'リクエスト ID' },
    meaning: 'The ID of the request, as the service knows it.',
    redact: 'id',
    texts: 'unique',
    table: { width: 280, mono: true },
    drawer: { group: 'rest' },
  },
  {
    name: 'sharedEventID',
    kind: 'text',
    from: 'sharedEventID',
    label: { en: 'Shared event ID', ja: '共有イベント ID' },
    meaning: 'The same GUID in each account’s copy of one action.',
    redact: 'id',
    texts: 'unique',
    table: { width: 280, mono: true },
    drawer: { group: 'rest' },
  },
  {
    name: 'eventType',
    kind: 'category',
    from: 'eventType',
    label: { en: 'Event type', ja: 'イベントタイプ' },
    meaning: 'AwsApiCall, AwsServiceEvent, AwsConsoleAction, AwsConsoleSignIn, and so on.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventName',
  },
  {
    name: 'eventCategory',
    kind: 'category',
    from: 'eventCategory',
    label: { en: 'Category', ja: 'カテゴリ' },
    meaning: 'Management or Data.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventName',
  },
  {
    name: 'managementEvent',
    kind: 'flag',
    from: 'managementEvent',
    label: { en: 'Management event', ja: '管理イベント' },
    meaning: 'Whether it is a management event.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventName',
  },
  {
    name: 'recipientAccountId',
    kind: 'category',
    from: 'recipientAccountId',
    label: { en: 'Account', ja: 'アカウント' },
    meaning: 'The account that received the event.',
    redact: 'account',
    table: { usual: 11, width: 124, mono: true },
    drawer: { group: 'where', place: 4 },
    predictedBy: 'identity',
  },
  {
    name: 'vpcEndpointId',
    kind: 'category',
    from: 'vpcEndpointId',
    label: { en: 'VPC endpoint', ja: 'VPC エンドポイント' },
    meaning: 'The VPC endpoint the call came through.',
    redact: 'name',
    table: { width: 180, mono: true },
    drawer: { group: 'where', place: 5 },
  },
  {
    name: 'vpcEndpointAccountId',
    kind: 'category',
    from: 'vpcEndpointAccountId',
    label: { en: 'Endpoint account', ja: 'エンドポイントのアカウント' },
    meaning: 'The owner of the VPC endpoint.',
    redact: 'account',
    table: { width: 136, mono: true },
    drawer: { group: 'where', place: 6 },
  },
  {
    name: 'apiVersion',
    kind: 'category',
    from: 'apiVersion',
    label: { en: 'API version', ja: 'API バージョン' },
    meaning: 'The version of the API that was called.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventName',
  },
  {
    name: 'eventVersion',
    kind: 'category',
    from: 'eventVersion',
    label: { en: 'Record version', ja: 'レコードのバージョン' },
    meaning: 'The version of the record’s format.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventSource',
  },
  {
    name: 'sessionCredentialFromConsole',
    kind: 'flag',
    from: 'sessionCredentialFromConsole',
    label: { en: 'From console', ja: 'コンソール' },
    meaning: 'true where the session began in the console.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'who', place: 14 },
    predictedBy: 'identity',
  },
  {
    name: 'addendum',
    kind: 'json',
    from: 'addendum',
    label: { en: 'Addendum', ja: '補遺' },
    meaning: 'Why the record was delivered late or again.',
    redact: 'json',
    texts: 'repeating',
    table: { width: 320 },
    drawer: { group: 'what', place: 12 },
  },
  {
    name: 'conflictingCopy',
    kind: 'category',
    from: { merged: 'conflictingCopy', per: 'event' },
    label: { en: 'Conflicting copy', ja: '矛盾するコピー' },
    meaning:
      'Where another record has the same eventID and other content: the file that this one is from, and what --verify says of it.',
    redact: 'path',
    table: { width: 136 },
    drawer: { group: 'rest' },
  },
  {
    name: 'identityProvider',
    kind: 'category',
    from: [
      'userIdentity.identityProvider',
      'userIdentity.sessionContext.webIdFederationData.federatedProvider',
      'userIdentity.webIdFederationData.federatedProvider',
    ],
    label: { en: 'Identity provider', ja: 'ID プロバイダー' },
    meaning: 'Who vouched for a federated caller: identityProvider, else webIdFederationData.federatedProvider.',
    redact: 'name',
    table: { width: 260 },
    drawer: { group: 'who' },
  },
  {
    name: 'sessionIssuerArn',
    kind: 'category',
    from: 'userIdentity.sessionContext.sessionIssuer.arn',
    label: { en: 'Session issuer', ja: 'セッション発行元' },
    meaning: 'sessionContext.sessionIssuer.arn: the role or user that the session’s credentials are of.',
    redact: 'name',
    table: { width: 320, mono: true },
    drawer: { group: 'who' },
  },
  {
    name: 'tlsVersion',
    kind: 'category',
    from: 'tlsDetails.tlsVersion',
    label: { en: 'TLS version', ja: 'TLS バージョン' },
    meaning: 'tlsDetails.tlsVersion: the version of TLS that the call used.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'where' },
    predictedBy: 'eventSource',
  },
  {
    name: 'clientProvidedHostHeader',
    kind: 'category',
    from: 'tlsDetails.clientProvidedHostHeader',
    label: { en: 'Host', ja: 'ホスト' },
    meaning:
      'tlsDetails.clientProvidedHostHeader: the host that the caller addressed, usually the endpoint of the service.',
    redact: 'source',
    table: { width: 260, mono: true },
    drawer: { group: 'where' },
    predictedBy: 'eventSource',
  },
  {
    name: 'eventContext',
    kind: 'json',
    from: 'eventContext',
    label: { en: 'Event context', ja: 'イベントコンテキスト' },
    meaning: 'Tags of the resource and of the caller, and condition keys, where the trail records them.',
    redact: 'json',
    texts: 'repeating',
    table: { width: 320 },
    drawer: { group: 'rest' },
  },
  {
    name: 'onBehalfOf',
    kind: 'category',
    from: 'userIdentity.onBehalfOf.userId',
    label: { en: 'On behalf of', ja: '代理元ユーザー' },
    meaning: 'userIdentity.onBehalfOf.userId: the user of IAM Identity Center for whom the call was made.',
    redact: 'person',
    table: { width: 280, mono: true },
    drawer: { group: 'who' },
  },
  {
    name: 'credentialsIssuedTo',
    kind: 'category',
    from: 'userIdentity.inScopeOf.credentialsIssuedTo',
    label: { en: 'Credentials issued to', ja: '認証情報の発行先' },
    meaning: 'userIdentity.inScopeOf.credentialsIssuedTo: the function, instance or task that got the credentials.',
    redact: 'name',
    table: { width: 320, mono: true },
    drawer: { group: 'who' },
  },
  {
    name: 'ec2RoleDelivery',
    kind: 'category',
    from: 'userIdentity.sessionContext.ec2RoleDelivery',
    label: { en: 'Role delivery', ja: 'ロールの配布方法' },
    meaning:
      'sessionContext.ec2RoleDelivery: the version of the instance metadata service that gave out the credentials.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'who' },
  },
  {
    name: 'assumedRoot',
    kind: 'flag',
    from: 'userIdentity.sessionContext.assumedRoot',
    label: { en: 'By AssumeRoot', ja: 'AssumeRoot による' },
    meaning: 'sessionContext.assumedRoot: true in a session of root that somebody else began with AssumeRoot.',
    redact: 'looks',
    table: { width: 136 },
    drawer: { group: 'who' },
  },
  {
    name: 'behind',
    kind: 'category',
    from: { merged: 'behind', per: 'identity' },
    label: { en: 'Person behind', ja: '実際の操作者' },
    meaning:
      'The person, workload or service at the beginning of the session, followed over every role and account; empty where it is not known.',
    redact: 'attribution',
    table: { width: 240 },
    drawer: { group: 'who', place: 0 },
  },
  {
    name: 'via',
    kind: 'category',
    from: { merged: 'via', per: 'identity' },
    label: { en: 'Via', ja: '経由' },
    meaning:
      'The roles and tokens from whoever is behind the call to the session that made it, with the account where it changes.',
    redact: 'attribution',
    table: { width: 240 },
    drawer: { group: 'who', place: 0 },
  },
  {
    name: 'behindHow',
    kind: 'category',
    from: { merged: 'behindHow', per: 'identity' },
    label: { en: 'Known by', ja: '判定の根拠' },
    meaning:
      'How the person behind is known and how sure that is, or why nobody is known; and where the credentials were used besides where they belong.',
    redact: 'attribution',
    table: { width: 240 },
    drawer: { group: 'who', place: 0 },
  },
] as const satisfies readonly ColumnSpec[];

type Spec = (typeof SPECS)[number];

export type ColumnName = Spec['name'];

/** The columns of the coded kinds that are kept by themselves. */
export type CodedName = Exclude<
  Extract<Spec, { kind: 'category' | 'flag' | 'list' }>,
  { from: { within: string } }
>['name'];

/** The `text` and `json` columns. */
export type TextName = Extract<Spec, { kind: 'text' | 'json' }>['name'];

/** The columns that are computed once events are in order. */
export type MergedName = Extract<Spec, { from: { merged: string } }>['name'];

/** The columns that depend on `userIdentity` alone. */
export type IdentityName = Extract<
  Spec,
  { from: `userIdentity.${string}` | readonly [`userIdentity.${string}`, ...string[]] | { identity: string } }
>['name'];

type PathOf<From> = From extends string ? From : From extends readonly string[] ? From[number] : never;
type FirstKey<Path> = Path extends `${infer Key}.${string}` ? Key : Path;

/** The keys of a record that columns are read from. */
export type ReadKey = FirstKey<PathOf<Spec['from']>>;

/** A column, with what follows from its entry. */
export type Column<Name extends ColumnName = ColumnName> = ColumnSpec & {
  readonly name: Name;
  /** `identity`: the value depends on `userIdentity` alone, so it is kept once per distinct identity. */
  readonly per: 'event' | 'identity';
  /** The column that it is a part of, and that it is kept with. */
  readonly within?: 'resources';
};

function perOf({ from }: ColumnSpec): Column['per'] {
  if (isPath(from)) return pathsOf(from).every((path) => path.startsWith('userIdentity.')) ? 'identity' : 'event';
  if ('merged' in from) return from.per;
  return 'identity' in from ? 'identity' : 'event';
}

/** Whether a column comes from one place in the record, or from the first of several. */
export function isPath(from: ColumnSpec['from']): from is RecordPath {
  return typeof from === 'string' || Array.isArray(from);
}

/** A source's paths, each of which is keys joined by dots; the first that leads to a value counts. */
export function pathsOf(from: RecordPath): readonly string[] {
  return typeof from === 'string' ? [from] : from;
}

/** Every column, in the TSV's order. */
export const COLUMNS: readonly Column[] = SPECS.map((spec) => ({
  ...spec,
  per: perOf(spec),
  ...(spec.kind === 'list' && 'within' in spec.from && { within: spec.from.within }),
}));

const BY_NAME = new Map<string, Column>(COLUMNS.map((column) => [column.name, column]));

/** The column of this name; undefined where there is none. */
export function columnNamed(name: string): Column | undefined {
  return BY_NAME.get(name);
}

/** Kept as dictionary codes: one small number an event (or an identity). */
export function isCoded(column: Column): boolean {
  return column.kind === 'category' || column.kind === 'flag' || column.kind === 'list';
}

/** Kept as text that is mostly different in every event. */
export function isText(column: Column): column is Column<TextName> & TextSpec {
  return column.kind === 'text' || column.kind === 'json';
}

function isKept(column: Column): column is Column<CodedName> {
  return isCoded(column) && column.within === undefined;
}

/** The columns of the coded kinds that are kept, in order: not those that are a part of another. */
export const CODED_COLUMNS = COLUMNS.filter(isKept);

/** The columns of one value of `per`, of the coded kinds, that are kept, in order. */
export function codedColumns(per: Column['per']): readonly Column<CodedName>[] {
  return CODED_COLUMNS.filter((c) => c.per === per);
}

function isOfIdentity(column: Column<CodedName>): column is Column<IdentityName> {
  return column.per === 'identity' && (isPath(column.from) || 'identity' in column.from);
}

/** The columns that depend on `userIdentity` alone, in order. */
export const IDENTITY_COLUMNS = CODED_COLUMNS.filter(isOfIdentity);

/** The `text` and `json` columns, in order. */
export const TEXT_COLUMNS = COLUMNS.filter(isText);

/** The columns whose most frequent values are a chart, in the order of the charts. */
export const CHARTED = [
  'actor',
  'eventName',
  'eventSource',
  'sourceIPAddress',
  'awsRegion',
  'errorCode',
  'type',
] as const satisfies readonly CodedName[];

/** What an event did; the values of the `outcome` column. */
export type Outcome = 'change' | 'read' | 'error';
