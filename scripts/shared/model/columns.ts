/**
 * The table of columns. A column is one entry, complete by type: the source of its value, its treatment by `--redact`,
 * its label and its place. Reading logs, the TSV, the embedded format, redaction, the page's table, drawer and filters,
 * and the table in docs/events-tsv.md all use this table.
 *
 * Field meanings: AWS CloudTrail user guide, "CloudTrail record contents" and "CloudTrail userIdentity element".
 */

/**
 * How a column's cells are stored and shown.
 * - `time`: the event's time, in milliseconds since 1970 UTC
 * - `category`: text with few distinct values, stored as codes into a dictionary; filterable by value
 * - `flag`: a category whose values are `true` and `false`
 * - `list`: a category whose text consists of names joined by {@link LIST_SEPARATOR}
 * - `text`: free text, mostly different in every event
 * - `json`: a part of the record, as written in the log
 */
export type ColumnKind = 'time' | 'category' | 'flag' | 'list' | 'text' | 'json';

/**
 * The path of keys to a value in the record, joined by dots; of several paths, the first one with a value counts. Paths
 * that begin with `userIdentity.` are read once per distinct identity.
 */
export type RecordPath = string | readonly string[];

/** Computed for each distinct `userIdentity` (`scripts/cloudtrail/identity.ts`). */
export type IdentityFunction = 'actor' | 'actorSource' | 'role';

/** Computed from the other columns after events are sorted (`scripts/ingest/merge/computed-columns.ts`). */
export type MergedFunction = 'conflictingCopy' | 'behind' | 'via' | 'behindHow' | 'evidence';

/**
 * How `--redact` treats the cells of a coded column (`scripts/redact/redact-store.ts`). `patterns` only replaces parts
 * with the form of an identifier (account IDs, addresses, keys): for columns whose values are AWS's own words.
 * `attribution` computes the cells again from pseudonyms.
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
  | 'patterns';

/** The groups of the drawer; `heading` is above them. */
export type DrawerGroup = 'heading' | 'who' | 'what' | 'where' | 'rest';

interface Shared {
  /** The TSV's header and the query's key: the field's own name if the column is one field of the record. */
  readonly name: string;
  readonly label: { readonly en: string; readonly ja: string };
  /** What the column holds, in one or two sentences: the tooltip of its heading; the docs show the English. */
  readonly meaning: { readonly en: string; readonly ja: string };
  readonly table: {
    /** In CSS pixels. */
    readonly width: number;
    /** Its place among the default columns; without a place, it is not a default column. */
    readonly usual?: number;
    /** In the monospace font, for identifiers and addresses. */
    readonly mono?: true;
  };
  /** Columns without a place follow those with one, in this table's order. */
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
  /** `within`: a part of that column, stored with it. */
  readonly from: { readonly event: 'resources' } | { readonly within: 'resources' };
  readonly redact: 'names';
  readonly predictedBy?: string;
}

interface TextSpec extends Shared {
  readonly kind: 'text' | 'json';
  /** A field of the record, not a path. */
  readonly from: string;
  /** `id`: an ID that AWS generates; `sentence`: a sentence written by a service; `json`: value by value. */
  readonly redact: 'id' | 'sentence' | 'json';
  /** `unique`: different in nearly every event, so a search for an earlier copy rarely finds one. */
  readonly texts: 'unique' | 'repeating';
}

/**
 * An entry of the table. `predictedBy` names the coded column, or `identity`, that predicts the column's values best
 * (`scripts/output/html/embed-blocks.ts`): it only makes the page smaller.
 */
export type ColumnSpec = TimeSpec | CodedSpec | ListSpec | TextSpec;

/** Between the names in a `list` cell. */
export const LIST_SEPARATOR = '; ';

/**
 * Precedes the first name in a cell of `resources` that is not a target of the event, until events are sorted. After
 * that, `EventStore.targetEnds` says where targets end.
 */
export const MENTION_MARK = String.fromCharCode(0x1f);

/** In the TSV's order. The first eight are those of the classic `jq` script, in its order; new columns come last. */
const SPECS = [
  {
    name: 'eventTime',
    kind: 'time',
    from: { event: 'time' },
    label: { en: 'Time', ja: '日時' },
    meaning: {
      en: 'The time of the call, in UTC.',
      ja: '呼び出しの日時(UTC)。',
    },
    redact: 'time',
    table: { usual: 1, width: 176, mono: true },
    drawer: { group: 'heading' },
  },
  {
    name: 'awsRegion',
    kind: 'category',
    from: 'awsRegion',
    label: { en: 'Region', ja: 'リージョン' },
    meaning: {
      en: 'The region that the call was made to.',
      ja: '呼び出し先のリージョン。',
    },
    redact: 'patterns',
    table: { usual: 8, width: 116 },
    drawer: { group: 'where', place: 3 },
    predictedBy: 'identity',
  },
  {
    name: 'eventSource',
    kind: 'category',
    from: 'eventSource',
    label: { en: 'Service', ja: 'サービス' },
    meaning: {
      en: 'The AWS service that was called.',
      ja: '呼び出された AWS サービス。',
    },
    redact: 'patterns',
    table: { usual: 5, width: 112 },
    drawer: { group: 'what', place: 2 },
    predictedBy: 'eventName',
  },
  {
    name: 'eventName',
    kind: 'category',
    from: 'eventName',
    label: { en: 'Event', ja: 'イベント' },
    meaning: {
      en: 'The name of the API operation or event.',
      ja: 'API オペレーションまたはイベントの名前。',
    },
    redact: 'patterns',
    table: { usual: 4, width: 198 },
    drawer: { group: 'what', place: 1 },
    predictedBy: 'identity',
  },
  {
    name: 'userName',
    kind: 'category',
    from: 'userIdentity.userName',
    label: { en: 'User name', ja: 'ユーザー名' },
    meaning: {
      en: 'userIdentity.userName; empty where the record has none.',
      ja: 'userIdentity.userName。レコードにない場合は空です。',
    },
    redact: 'person',
    table: { width: 136 },
    drawer: { group: 'who', place: 5 },
  },
  {
    name: 'sourceIPAddress',
    kind: 'category',
    from: 'sourceIPAddress',
    label: { en: 'From', ja: '送信元' },
    meaning: {
      en: 'The IP address of the caller, or the name of the AWS service that made the call.',
      ja: '呼び出し元の IP アドレス。AWS サービスによる呼び出しではサービス名。',
    },
    redact: 'source',
    table: { usual: 7, width: 136, mono: true },
    drawer: { group: 'where', place: 1 },
  },
  {
    name: 'userAgent',
    kind: 'category',
    from: 'userAgent',
    label: { en: 'User agent', ja: 'ユーザーエージェント' },
    meaning: {
      en: 'The program that made the call.',
      ja: '呼び出しに使われたプログラム。',
    },
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
    meaning: {
      en: 'The parameters of the request, as JSON.',
      ja: 'リクエストのパラメーター(JSON)。',
    },
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
    meaning: {
      en: 'A readable name for the caller, whatever the identity type.',
      ja: '誰が呼び出したかを読みやすく示す名前。すべての ID タイプにあります。',
    },
    redact: 'actor',
    table: { usual: 3, width: 240 },
    drawer: { group: 'who', place: 1 },
  },
  {
    name: 'actorSource',
    kind: 'category',
    from: { identity: 'actorSource' },
    label: { en: 'Identified by', ja: '実行者の根拠' },
    meaning: {
      en: 'The field that the actor comes from: userName, sourceIdentity, sessionName, invokedBy, and so on.',
      ja: '実行者の名前の取得元(userName、sourceIdentity、sessionName、invokedBy など)。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'who', place: 2 },
  },
  {
    name: 'role',
    kind: 'category',
    from: { identity: 'role' },
    label: { en: 'Role', ja: 'ロール' },
    meaning: {
      en: 'The assumed role; for an IAM Identity Center role, its permission set.',
      ja: '引き受けたロール。IAM Identity Center のロールでは許可セットの名前。',
    },
    redact: 'role',
    table: { width: 136 },
    drawer: { group: 'who', place: 3 },
  },
  {
    name: 'type',
    kind: 'category',
    from: 'userIdentity.type',
    label: { en: 'Identity type', ja: 'ID タイプ' },
    meaning: {
      en: 'userIdentity.type: IAMUser, AssumedRole, Root, AWSService, and so on.',
      ja: 'userIdentity.type(IAMUser、AssumedRole、Root、AWSService など)。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'who', place: 4 },
  },
  {
    name: 'accountId',
    kind: 'category',
    from: 'userIdentity.accountId',
    label: { en: 'Caller account', ja: '呼び出し元アカウント' },
    meaning: {
      en: 'userIdentity.accountId: the account that the caller belongs to.',
      ja: 'userIdentity.accountId。呼び出し元が属するアカウント。',
    },
    redact: 'account',
    table: { width: 140, mono: true },
    drawer: { group: 'who', place: 8 },
  },
  {
    name: 'arn',
    kind: 'category',
    from: 'userIdentity.arn',
    label: { en: 'Caller ARN', ja: '呼び出し元 ARN' },
    meaning: {
      en: 'userIdentity.arn: the ARN of the caller.',
      ja: 'userIdentity.arn。呼び出し元の ARN。',
    },
    redact: 'name',
    table: { width: 320, mono: true },
    drawer: { group: 'who', place: 6 },
  },
  {
    name: 'principalId',
    kind: 'category',
    from: 'userIdentity.principalId',
    label: { en: 'Principal', ja: 'プリンシパル' },
    meaning: {
      en: 'userIdentity.principalId: the unique ID of the caller.',
      ja: 'userIdentity.principalId。呼び出し元の一意の ID。',
    },
    redact: 'principal',
    table: { width: 220, mono: true },
    drawer: { group: 'who', place: 7 },
  },
  {
    name: 'accessKeyId',
    kind: 'category',
    from: 'userIdentity.accessKeyId',
    label: { en: 'Access key', ja: 'アクセスキー' },
    meaning: {
      en: 'userIdentity.accessKeyId: the access key that signed the request.',
      ja: 'userIdentity.accessKeyId。リクエストの署名に使われたアクセスキー。',
    },
    redact: 'accessKey',
    table: { width: 180, mono: true },
    drawer: { group: 'who', place: 9 },
  },
  {
    name: 'invokedBy',
    kind: 'category',
    from: 'userIdentity.invokedBy',
    label: { en: 'Invoked by', ja: '呼び出しサービス' },
    meaning: {
      en: 'userIdentity.invokedBy: the AWS service that made the call on the caller’s behalf.',
      ja: 'userIdentity.invokedBy。呼び出し元に代わって呼び出しを行った AWS サービス。',
    },
    redact: 'service',
    table: { width: 136 },
    drawer: { group: 'who', place: 10 },
  },
  {
    name: 'sourceIdentity',
    kind: 'category',
    from: 'userIdentity.sessionContext.sourceIdentity',
    label: { en: 'Source identity', ja: 'ソース ID' },
    meaning: {
      en: 'sessionContext.sourceIdentity: set when the first role was assumed, and kept through role chaining.',
      ja: 'sessionContext.sourceIdentity。最初にロールを引き受けたときに設定され、ロールの連鎖でも引き継がれます。',
    },
    redact: 'person',
    table: { width: 136 },
    drawer: { group: 'who', place: 11 },
  },
  {
    name: 'mfaAuthenticated',
    kind: 'flag',
    from: 'userIdentity.sessionContext.attributes.mfaAuthenticated',
    label: { en: 'MFA', ja: 'MFA' },
    meaning: {
      en: 'sessionContext.attributes.mfaAuthenticated: true if the session’s credentials were obtained with MFA.',
      ja: 'sessionContext.attributes.mfaAuthenticated。MFA で認証して得た認証情報なら true。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'who', place: 12 },
  },
  {
    name: 'creationDate',
    kind: 'category',
    from: 'userIdentity.sessionContext.attributes.creationDate',
    label: { en: 'Session start', ja: 'セッション開始' },
    meaning: {
      en: 'sessionContext.attributes.creationDate: the time when the session began.',
      ja: 'sessionContext.attributes.creationDate。セッションの開始日時。',
    },
    redact: 'patterns',
    table: { width: 170, mono: true },
    drawer: { group: 'who', place: 13 },
  },
  {
    name: 'outcome',
    kind: 'category',
    from: { event: 'outcome' },
    label: { en: 'Outcome', ja: '結果' },
    meaning: {
      en: 'change, read or error. A call is an error if it has an errorCode or errorMessage, or if the response or the service details say that it failed. Otherwise readOnly decides, then the verb of eventName.',
      ja: 'change(変更)、read(参照)、error(エラー)のいずれか。errorCode か errorMessage がある呼び出しと、レスポンスやサービス詳細が失敗を示す呼び出しは error です。それ以外は readOnly、それもなければ eventName の動詞で決まります。',
    },
    redact: 'patterns',
    table: { usual: 2, width: 112 },
    drawer: { group: 'what', place: 3 },
    predictedBy: 'eventName',
  },
  {
    name: 'errorCode',
    kind: 'category',
    from: 'errorCode',
    label: { en: 'Error', ja: 'エラー' },
    meaning: {
      en: 'The error code that the service returned.',
      ja: 'サービスが返したエラーコード。',
    },
    redact: 'patterns',
    table: { usual: 9, width: 168 },
    drawer: { group: 'what', place: 4 },
  },
  {
    name: 'errorMessage',
    kind: 'text',
    from: 'errorMessage',
    label: { en: 'Error message', ja: 'エラー内容' },
    meaning: {
      en: 'The description of the error.',
      ja: 'エラーの説明。',
    },
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
    meaning: {
      en: 'Every resource that the event names, by ID, name or ARN; the target comes first.',
      ja: 'イベントに現れるすべてのリソース(ID、名前、ARN)。先頭は対象のリソース。',
    },
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
    meaning: {
      en: 'The resource that the call reads or changes; several if the call acts on several.',
      ja: '呼び出しが読み取る、または変更するリソース。複数の場合もあります。',
    },
    redact: 'names',
    table: { width: 136, mono: true },
    drawer: { group: 'what', place: 6 },
  },
  {
    name: 'readOnly',
    kind: 'flag',
    from: 'readOnly',
    label: { en: 'Read-only', ja: '読み取り専用' },
    meaning: {
      en: 'Whether the call only reads.',
      ja: '読み取りだけの呼び出しかどうか。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventName',
  },
  {
    name: 'responseElements',
    kind: 'json',
    from: 'responseElements',
    label: { en: 'Response', ja: 'レスポンス' },
    meaning: {
      en: 'The response to the call, as JSON; empty for most read calls.',
      ja: 'レスポンスの内容(JSON)。読み取りの呼び出しではほとんどが空です。',
    },
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
    meaning: {
      en: 'Data about the event that is in neither the request nor the response, as JSON.',
      ja: 'リクエストにもレスポンスにもない、イベントについての追加データ(JSON)。',
    },
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
    meaning: {
      en: 'Details of an event that a service triggered itself, as JSON.',
      ja: 'サービス自身が起こしたイベントの詳細(JSON)。',
    },
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
    meaning: {
      en: 'The unique ID of the event.',
      ja: 'イベントの一意の ID。',
    },
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
    meaning: {
      en: 'The ID that the service gave the request.',
      ja: 'サービスがリクエストに付けた ID。',
    },
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
    meaning: {
      en: 'The ID that the copies of one event share when CloudTrail delivers it to several accounts.',
      ja: '1 つのイベントが複数のアカウントに配信されたときに、各アカウントのコピーに共通の ID。',
    },
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
    meaning: {
      en: 'AwsApiCall, AwsServiceEvent, AwsConsoleAction, AwsConsoleSignIn, and so on.',
      ja: 'AwsApiCall、AwsServiceEvent、AwsConsoleAction、AwsConsoleSignIn など。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventName',
  },
  {
    name: 'eventCategory',
    kind: 'category',
    from: 'eventCategory',
    label: { en: 'Category', ja: 'カテゴリ' },
    meaning: {
      en: 'Management or Data.',
      ja: 'Management(管理イベント)または Data(データイベント)。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventName',
  },
  {
    name: 'managementEvent',
    kind: 'flag',
    from: 'managementEvent',
    label: { en: 'Management event', ja: '管理イベント' },
    meaning: {
      en: 'Whether the event is a management event.',
      ja: '管理イベントかどうか。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventName',
  },
  {
    name: 'recipientAccountId',
    kind: 'category',
    from: 'recipientAccountId',
    label: { en: 'Account', ja: 'アカウント' },
    meaning: {
      en: 'The account that received the event.',
      ja: 'イベントを受け取ったアカウント。',
    },
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
    meaning: {
      en: 'The VPC endpoint that the call came through.',
      ja: '呼び出しが通った VPC エンドポイント。',
    },
    redact: 'name',
    table: { width: 180, mono: true },
    drawer: { group: 'where', place: 5 },
  },
  {
    name: 'vpcEndpointAccountId',
    kind: 'category',
    from: 'vpcEndpointAccountId',
    label: { en: 'Endpoint account', ja: 'エンドポイントのアカウント' },
    meaning: {
      en: 'The account that owns the VPC endpoint.',
      ja: 'VPC エンドポイントを所有するアカウント。',
    },
    redact: 'account',
    table: { width: 136, mono: true },
    drawer: { group: 'where', place: 6 },
  },
  {
    name: 'apiVersion',
    kind: 'category',
    from: 'apiVersion',
    label: { en: 'API version', ja: 'API バージョン' },
    meaning: {
      en: 'The version of the API that was called.',
      ja: '呼び出された API のバージョン。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventName',
  },
  {
    name: 'eventVersion',
    kind: 'category',
    from: 'eventVersion',
    label: { en: 'Record version', ja: 'レコードのバージョン' },
    meaning: {
      en: 'The version of the record’s format.',
      ja: 'レコードの形式のバージョン。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'rest' },
    predictedBy: 'eventSource',
  },
  {
    name: 'sessionCredentialFromConsole',
    kind: 'flag',
    from: 'sessionCredentialFromConsole',
    label: { en: 'From console', ja: 'コンソール' },
    meaning: {
      en: 'true if the session began in the console.',
      ja: 'コンソールで始まったセッションなら true。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'who', place: 14 },
    predictedBy: 'identity',
  },
  {
    name: 'addendum',
    kind: 'json',
    from: 'addendum',
    label: { en: 'Addendum', ja: '補遺' },
    meaning: {
      en: 'Why the record was delivered late or delivered again, as JSON.',
      ja: 'レコードの配信が遅れた、または再配信された理由(JSON)。',
    },
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
    meaning: {
      en: 'Set if another record has the same eventID but different content: the file that this record comes from, and its result under --verify.',
      ja: 'eventID が同じで内容の異なるレコードがある場合に、このレコードのファイル名と --verify の結果を示します。',
    },
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
    meaning: {
      en: 'The provider that authenticated a federated caller: identityProvider, else webIdFederationData.federatedProvider.',
      ja: 'フェデレーションの呼び出し元を認証したプロバイダー。identityProvider、なければ webIdFederationData.federatedProvider。',
    },
    redact: 'name',
    table: { width: 260 },
    drawer: { group: 'who' },
  },
  {
    name: 'sessionIssuerArn',
    kind: 'category',
    from: 'userIdentity.sessionContext.sessionIssuer.arn',
    label: { en: 'Session issuer', ja: 'セッション発行元' },
    meaning: {
      en: 'sessionContext.sessionIssuer.arn: the role or user that the session’s credentials were issued for.',
      ja: 'sessionContext.sessionIssuer.arn。セッションの認証情報のもとになったロールまたはユーザー。',
    },
    redact: 'name',
    table: { width: 320, mono: true },
    drawer: { group: 'who' },
  },
  {
    name: 'tlsVersion',
    kind: 'category',
    from: 'tlsDetails.tlsVersion',
    label: { en: 'TLS version', ja: 'TLS バージョン' },
    meaning: {
      en: 'tlsDetails.tlsVersion: the TLS version of the connection.',
      ja: 'tlsDetails.tlsVersion。接続に使われた TLS のバージョン。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'where' },
    predictedBy: 'eventSource',
  },
  {
    name: 'clientProvidedHostHeader',
    kind: 'category',
    from: 'tlsDetails.clientProvidedHostHeader',
    label: { en: 'Host', ja: 'ホスト' },
    meaning: {
      en: 'tlsDetails.clientProvidedHostHeader: the host name that the caller connected to, usually the service’s endpoint.',
      ja: 'tlsDetails.clientProvidedHostHeader。呼び出し元が接続したホスト名。通常はサービスのエンドポイント。',
    },
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
    meaning: {
      en: 'Resource tags, principal tags and condition keys, as JSON, if the trail records them.',
      ja: 'リソースのタグ、プリンシパルのタグ、条件キー(JSON)。証跡が記録している場合のみ。',
    },
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
    meaning: {
      en: 'userIdentity.onBehalfOf.userId: the IAM Identity Center user for whom the call was made.',
      ja: 'userIdentity.onBehalfOf.userId。呼び出しの依頼元である IAM Identity Center のユーザー。',
    },
    redact: 'person',
    table: { width: 280, mono: true },
    drawer: { group: 'who' },
  },
  {
    name: 'credentialsIssuedTo',
    kind: 'category',
    from: 'userIdentity.inScopeOf.credentialsIssuedTo',
    label: { en: 'Credentials issued to', ja: '認証情報の発行先' },
    meaning: {
      en: 'userIdentity.inScopeOf.credentialsIssuedTo: the function, instance or task that received the credentials.',
      ja: 'userIdentity.inScopeOf.credentialsIssuedTo。認証情報を受け取った関数、インスタンス、またはタスク。',
    },
    redact: 'name',
    table: { width: 320, mono: true },
    drawer: { group: 'who' },
  },
  {
    name: 'ec2RoleDelivery',
    kind: 'category',
    from: 'userIdentity.sessionContext.ec2RoleDelivery',
    label: { en: 'Role delivery', ja: 'ロールの配布方法' },
    meaning: {
      en: 'sessionContext.ec2RoleDelivery: the version of the instance metadata service that supplied the credentials.',
      ja: 'sessionContext.ec2RoleDelivery。認証情報を提供したインスタンスメタデータサービスのバージョン。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'who' },
  },
  {
    name: 'assumedRoot',
    kind: 'flag',
    from: 'userIdentity.sessionContext.assumedRoot',
    label: { en: 'By AssumeRoot', ja: 'AssumeRoot による' },
    meaning: {
      en: 'sessionContext.assumedRoot: true in a root session that another principal began with AssumeRoot.',
      ja: 'sessionContext.assumedRoot。別のプリンシパルが AssumeRoot で始めたルートユーザーのセッションなら true。',
    },
    redact: 'patterns',
    table: { width: 136 },
    drawer: { group: 'who' },
  },
  {
    name: 'behind',
    kind: 'category',
    from: { merged: 'behind', per: 'identity' },
    label: { en: 'Person behind', ja: '実際の操作者' },
    meaning: {
      en: 'The person, workload or service that began the session, traced through every role and account; empty if unknown.',
      ja: 'セッションを始めた人、ワークロード、またはサービス。ロールやアカウントをまたいでたどります。不明な場合は空です。',
    },
    redact: 'attribution',
    table: { width: 240 },
    drawer: { group: 'who', place: 0 },
  },
  {
    name: 'via',
    kind: 'category',
    from: { merged: 'via', per: 'identity' },
    label: { en: 'Via', ja: '経由' },
    meaning: {
      en: 'The roles and tokens between the person behind the call and the session that made it, with the account where it changes.',
      ja: '実際の操作者から呼び出しを行ったセッションまでに経由したロールとトークン。アカウントが変わる箇所にはアカウントも示します。',
    },
    redact: 'attribution',
    table: { width: 240 },
    drawer: { group: 'rest' },
  },
  {
    name: 'behindHow',
    kind: 'category',
    from: { merged: 'behindHow', per: 'identity' },
    label: { en: 'Known by', ja: '判定の根拠' },
    meaning: {
      en: 'The evidence for the person behind and how certain it is, or why that person is unknown; also any use of the credentials outside the place where they belong.',
      ja: '実際の操作者を判定した根拠とその確かさ、または不明な理由。認証情報が本来の場所以外で使われた場合は、それも示します。',
    },
    redact: 'attribution',
    table: { width: 240 },
    drawer: { group: 'rest' },
  },
  {
    name: 'evidence',
    kind: 'category',
    from: { merged: 'evidence', per: 'identity' },
    label: { en: 'Evidence', ja: '判定の証拠' },
    meaning: {
      en: 'For each session in via, the join, its confidence, and the time and first eight characters of the eventID of the event that issued it; then the two places of credentials that were used elsewhere.',
      ja: 'via の各セッションについて、結び付けた方法、確かさ、発行したイベントの時刻と eventID の先頭 8 文字。認証情報が別の場所でも使われた場合は、その 2 か所も示します。',
    },
    redact: 'attribution',
    table: { width: 240 },
    drawer: { group: 'rest' },
  },
] as const satisfies readonly ColumnSpec[];

type Spec = (typeof SPECS)[number];

export type ColumnName = Spec['name'];

/** The coded columns that are stored by themselves. */
export type CodedName = Exclude<
  Extract<Spec, { kind: 'category' | 'flag' | 'list' }>,
  { from: { within: string } }
>['name'];

/** The `text` and `json` columns. */
export type TextName = Extract<Spec, { kind: 'text' | 'json' }>['name'];

/** The columns that are computed after events are sorted. */
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

/** A column: its entry, and properties derived from it. */
export type Column<Name extends ColumnName = ColumnName> = ColumnSpec & {
  readonly name: Name;
  /** `identity`: the value depends on `userIdentity` alone, so it is stored once per distinct identity. */
  readonly per: 'event' | 'identity';
  /** The column that it is a part of and stored with. */
  readonly within?: 'resources';
};

function perOf({ from }: ColumnSpec): Column['per'] {
  if (isPath(from)) return pathsOf(from).every((path) => path.startsWith('userIdentity.')) ? 'identity' : 'event';
  if ('merged' in from) return from.per;
  return 'identity' in from ? 'identity' : 'event';
}

/** Whether a column's value is read from the record by path. */
export function isPath(from: ColumnSpec['from']): from is RecordPath {
  return typeof from === 'string' || Array.isArray(from);
}

/** The paths of a source, of which the first one with a value counts. */
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

/** The column of this name; undefined if there is none. */
export function columnNamed(name: string): Column | undefined {
  return BY_NAME.get(name);
}

/** Whether a column is stored as dictionary codes: one small number per event (or identity). */
export function isCoded(column: Column): boolean {
  return column.kind === 'category' || column.kind === 'flag' || column.kind === 'list';
}

/** Whether a column is stored as text, mostly different in every event. */
export function isText(column: Column): column is Column<TextName> & TextSpec {
  return column.kind === 'text' || column.kind === 'json';
}

function isKept(column: Column): column is Column<CodedName> {
  return isCoded(column) && column.within === undefined;
}

/** The coded columns that are stored by themselves, in order. */
export const CODED_COLUMNS = COLUMNS.filter(isKept);

/** The coded columns per event or per identity that are stored by themselves, in order. */
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

/** The columns with a chart of their most frequent values, in the order of the charts; the first two share a place. */
export const CHARTED = [
  'behind',
  'actor',
  'eventName',
  'eventSource',
  'sourceIPAddress',
  'awsRegion',
  'errorCode',
  'type',
] as const satisfies readonly CodedName[];

/** The values of the `outcome` column. */
export type Outcome = 'change' | 'read' | 'error';
