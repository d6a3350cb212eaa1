/**
 * The one table of columns. The TSV's header, the embedded format, the page's table and filters and the README's
 * column table all come from it: a column is one entry here and one line where records are flattened.
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

export interface Column {
  /** The TSV's header and the query's key: the field's own name where the column is one field of the record. */
  readonly name: string;
  readonly kind: ColumnKind;
  /** `identity`: the value depends on `userIdentity` alone, so it is kept once per distinct identity. */
  readonly per: 'event' | 'identity';
  readonly label: { readonly en: string; readonly ja: string };
  /** One sentence for the tooltip and the README. */
  readonly meaning: string;
  /** The column that it is a part of, and that it is kept with: see {@link MENTION_MARK}. */
  readonly within?: string;
}

/** Between the names in a `list` cell. */
export const LIST_SEPARATOR = '; ';

/**
 * Before the first name in a cell of `resources` that is no target of the event. It is in no TSV and on no page: there
 * `target` holds the names before it.
 */
export const MENTION_MARK = String.fromCharCode(0x1f);

function column(name: string, kind: ColumnKind, per: Column['per'], en: string, ja: string, meaning: string): Column {
  return { name, kind, per, label: { en, ja }, meaning };
}

/** Every column, in the TSV's order. The first eight are those of the classic `jq` script, in its order. */
export const COLUMNS: readonly Column[] = [
  column('eventTime', 'time', 'event', 'Time', '日時', 'When the call was made, UTC.'),
  column('awsRegion', 'category', 'event', 'Region', 'リージョン', 'The region the call was made to.'),
  column('eventSource', 'category', 'event', 'Service', 'サービス', 'The service that was called.'),
  column('eventName', 'category', 'event', 'Event', 'イベント', 'The API call or event.'),
  column(
    'userName',
    'category',
    'identity',
    'User name',
    'ユーザー名',
    'userIdentity.userName, empty where the record has none.',
  ),
  column(
    'sourceIPAddress',
    'category',
    'event',
    'From',
    '送信元',
    'The address of the caller, or the name of the AWS service that called.',
  ),
  column('userAgent', 'category', 'event', 'User agent', 'ユーザーエージェント', 'The program that made the call.'),
  column('requestParameters', 'json', 'event', 'Request', 'リクエスト', 'The parameters of the call.'),
  column(
    'actor',
    'category',
    'identity',
    'Who',
    '実行者',
    'A readable name of who made the call, for every identity type.',
  ),
  column(
    'actorSource',
    'category',
    'identity',
    'Identified by',
    '実行者の根拠',
    'Where the actor was found: userName, sourceIdentity, sessionName, invokedBy, and so on.',
  ),
  column(
    'role',
    'category',
    'identity',
    'Role',
    'ロール',
    'The role that was assumed; of an IAM Identity Center role, the permission set.',
  ),
  column(
    'type',
    'category',
    'identity',
    'Identity type',
    'ID タイプ',
    'userIdentity.type: IAMUser, AssumedRole, Root, AWSService, and so on.',
  ),
  column(
    'accountId',
    'category',
    'identity',
    'Caller account',
    '呼び出し元アカウント',
    'userIdentity.accountId: the account the caller belongs to.',
  ),
  column('arn', 'category', 'identity', 'Caller ARN', '呼び出し元 ARN', 'userIdentity.arn.'),
  column('principalId', 'category', 'identity', 'Principal', 'プリンシパル', 'userIdentity.principalId.'),
  column(
    'accessKeyId',
    'category',
    'identity',
    'Access key',
    'アクセスキー',
    'userIdentity.accessKeyId: the key that signed the call.',
  ),
  column(
    'invokedBy',
    'category',
    'identity',
    'Invoked by',
    '呼び出しサービス',
    'userIdentity.invokedBy: the AWS service that made the call for somebody.',
  ),
  column(
    'sourceIdentity',
    'category',
    'identity',
    'Source identity',
    'ソース ID',
    'sessionContext.sourceIdentity: set when the first role was assumed, and kept through role chaining.',
  ),
  column('mfaAuthenticated', 'flag', 'identity', 'MFA', 'MFA', 'sessionContext.attributes.mfaAuthenticated.'),
  column(
    'creationDate',
    'category',
    'identity',
    'Session start',
    'セッション開始',
    'sessionContext.attributes.creationDate: when the session began.',
  ),
  column(
    'outcome',
    'category',
    'event',
    'Outcome',
    '結果',
    'change, read or error. An error by errorCode or errorMessage, or where the response or the service details say that the call failed; else by readOnly, then the verb of eventName.',
  ),
  column('errorCode', 'category', 'event', 'Error', 'エラー', 'The error the service answered with.'),
  column('errorMessage', 'text', 'event', 'Error message', 'エラー内容', 'The description of the error.'),
  column(
    'resources',
    'list',
    'event',
    'Resource',
    'リソース',
    'Every resource the event names, by ID, name or ARN; its target first.',
  ),
  {
    ...column(
      'target',
      'list',
      'event',
      'Target',
      '対象',
      'What the call is about: the resource that it reads or changes, or several where it is for many.',
    ),
    within: 'resources',
  },
  column('readOnly', 'flag', 'event', 'Read-only', '読み取り専用', 'Whether the call only reads.'),
  column(
    'responseElements',
    'json',
    'event',
    'Response',
    'レスポンス',
    'What the call answered; empty for most reading calls.',
  ),
  column(
    'additionalEventData',
    'json',
    'event',
    'Additional data',
    '追加データ',
    'More about the event, by the service.',
  ),
  column('serviceEventDetails', 'json', 'event', 'Service details', 'サービス詳細', 'What a service did by itself.'),
  column('eventID', 'text', 'event', 'Event ID', 'イベント ID', 'The GUID of the event.'),
  column(
    'requestID',
    'text',
    'event',
    'Request ID',
    'リクエスト ID',
    'The ID of the request, as the service knows it.',
  ),
  column(
    'sharedEventID',
    'text',
    'event',
    'Shared event ID',
    '共有イベント ID',
    'The same GUID in each account’s copy of one action.',
  ),
  column(
    'eventType',
    'category',
    'event',
    'Event type',
    'イベントタイプ',
    'AwsApiCall, AwsServiceEvent, AwsConsoleAction, AwsConsoleSignIn, and so on.',
  ),
  column('eventCategory', 'category', 'event', 'Category', 'カテゴリ', 'Management or Data.'),
  column('managementEvent', 'flag', 'event', 'Management event', '管理イベント', 'Whether it is a management event.'),
  column('recipientAccountId', 'category', 'event', 'Account', 'アカウント', 'The account that received the event.'),
  column(
    'vpcEndpointId',
    'category',
    'event',
    'VPC endpoint',
    'VPC エンドポイント',
    'The VPC endpoint the call came through.',
  ),
  column(
    'vpcEndpointAccountId',
    'category',
    'event',
    'Endpoint account',
    'エンドポイントのアカウント',
    'The owner of the VPC endpoint.',
  ),
  column('apiVersion', 'category', 'event', 'API version', 'API バージョン', 'The version of the API that was called.'),
  column(
    'eventVersion',
    'category',
    'event',
    'Record version',
    'レコードのバージョン',
    'The version of the record’s format.',
  ),
  column(
    'sessionCredentialFromConsole',
    'flag',
    'event',
    'From console',
    'コンソール',
    'true where the session began in the console.',
  ),
  column('addendum', 'json', 'event', 'Addendum', '補遺', 'Why the record was delivered late or again.'),
  column(
    'conflictingCopy',
    'category',
    'event',
    'Conflicting copy',
    '矛盾するコピー',
    'Where another record has the same eventID and other content: the file that this one is from, and what --verify says of it.',
  ),
];

/** Kept as dictionary codes: one small number an event (or an identity). */
export function isCoded(column: Column): boolean {
  return column.kind === 'category' || column.kind === 'flag' || column.kind === 'list';
}

/** Kept as text that is mostly different in every event. */
export function isText(column: Column): boolean {
  return column.kind === 'text' || column.kind === 'json';
}

/** The columns of the coded kinds that are kept, in order: not those that are a part of another. */
export const CODED_COLUMNS: readonly Column[] = COLUMNS.filter((c) => isCoded(c) && c.within === undefined);

/** The columns of one value of `per`, of the coded kinds, that are kept, in order. */
export function codedColumns(per: Column['per']): readonly Column[] {
  return CODED_COLUMNS.filter((c) => c.per === per);
}

/** The `text` and `json` columns, in order. */
export const TEXT_COLUMNS: readonly Column[] = COLUMNS.filter(isText);

/** The columns whose most frequent values are a chart, in the order of the charts. */
export const CHARTED = [
  'actor',
  'eventName',
  'eventSource',
  'sourceIPAddress',
  'awsRegion',
  'errorCode',
  'type',
] as const;

/** What an event did; the values of the `outcome` column. */
export type Outcome = 'change' | 'read' | 'error';
