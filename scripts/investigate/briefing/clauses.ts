/**
 * Effects in words. Each is a clause behind a person's name, in English with the verb in the past, in Japanese as a noun
 * that ends the clause. `{what}` is one resource or several, `{noun}` what kind of thing they are; what stands in square
 * brackets is left out where one of its blanks is empty.
 */
import type { SentencePart } from '#shared/model/briefing.js';
import { arnService, readingsOf } from '#shared/model/resource-name.js';
import type { Effect, EffectCode } from '../effects/effect.js';

type Language = 'en' | 'ja';

const CLAUSES: Readonly<Record<EffectCode, Readonly<Record<Language, string>>>> = {
  'logging-stopped': { en: 'stopped the logging of {noun} {what}', ja: '{noun} {what} のログ記録を停止' },
  'trail-deleted': { en: 'deleted {noun} {what}', ja: '{noun} {what} を削除' },
  'logging-narrowed': {
    en: 'reduced what {noun} {what} records[ ({now})]',
    ja: '{noun} {what} の記録対象[ ({now})] を縮小',
  },
  'log-delivery-moved': {
    en: 'set {noun} {what} to deliver its logs to the bucket {now}',
    ja: '{noun} {what} のログ配信先をバケット {now} に設定',
  },
  'log-validation-off': {
    en: 'turned off log file validation of {noun} {what}',
    ja: '{noun} {what} のログファイル検証を無効化',
  },
  'logs-deleted': { en: 'deleted {noun} {what}', ja: '{noun} {what} を削除' },
  'logs-expire-early': {
    en: 'set {noun} {what} to delete its contents after {days}',
    ja: '{noun} {what} の内容を {days}後に削除するよう設定',
  },
  'flow-logs-deleted': { en: 'deleted {noun} {what}', ja: '{noun} {what} を削除' },
  'dns-logs-off': { en: 'turned off DNS query logging ({what})', ja: 'DNS クエリログ ({what}) を無効化' },
  'access-logs-off': { en: 'turned off the logging of {what}[ ({now})]', ja: '{what} のログ記録[ ({now})] を無効化' },
  'detector-off': {
    en: 'turned off or disconnected {service}[ ({what})]',
    ja: '{service}[ ({what})] を無効化または切り離し',
  },
  'detector-narrowed': {
    en: 'reduced what {service} reports[ ({what})]',
    ja: '{service} の検出範囲[ ({what})] を縮小',
  },
  'recorder-off': {
    en: 'stopped or deleted AWS Config recording[ ({what})]',
    ja: 'AWS Config の記録[ ({what})] を停止または削除',
  },
  'alarm-off': { en: 'disabled or deleted {noun} {what}', ja: '{noun} {what} を無効化または削除' },
  'left-organization': { en: 'removed the account from its organization', ja: 'アカウントを組織から離脱' },
  'account-removed': {
    en: 'removed or closed an account[ ({what})]',
    ja: 'アカウント[ ({what})] を組織から削除または解約',
  },
  'guardrail-removed': { en: 'removed a guardrail[ ({what})]', ja: '統制[ ({what})] を解除' },
  'made-public': { en: 'made {noun} {what} public', ja: '{noun} {what} を公開' },
  'opened-under-conditions': {
    en: 'opened {noun} {what} to others under conditions[ ({from})]',
    ja: '{noun} {what} を条件付きで[ {from} に]開放',
  },
  'shared-with-account': {
    en: 'shared {noun} {what} with account {account}',
    ja: '{noun} {what} をアカウント {account} と共有',
  },
  'shared-with-organization': {
    en: 'shared {noun} {what} with the organization {principal}',
    ja: '{noun} {what} を組織 {principal} と共有',
  },
  'trust-opened': { en: 'let {principal} assume the role {what}', ja: 'ロール {what} の引き受けを {principal} に許可' },
  'public-access-unblocked': {
    en: 'turned off Block Public Access[ of {what}]',
    ja: '[{what} の]ブロックパブリックアクセスを無効化',
  },
  'port-open-to-internet': {
    en: 'opened {port} of {noun} {what} to the internet ({from})',
    ja: '{noun} {what} の {port} をインターネット ({from}) に開放',
  },
  'port-opened': {
    en: 'opened {port} of {noun} {what} to {from}[{account}]',
    ja: '{noun} {what} の {port} を {from}[{account}] に開放',
  },
  'publicly-accessible': {
    en: 'made {noun} {what} reachable from the internet',
    ja: '{noun} {what} をインターネットから到達可能に設定',
  },
  'replicated-to-account': {
    en: 'set {noun} {what} to be copied to the bucket {now} of account {account}',
    ja: '{noun} {what} をアカウント {account} のバケット {now} へ複製するよう設定',
  },
  'network-joined': {
    en: 'peered the network with account {account}',
    ja: 'ネットワークをアカウント {account} とピアリング',
  },
  'metadata-unprotected': {
    en: 'let IMDSv1 read the credentials of {noun} {what}',
    ja: '{noun} {what} で IMDSv1 を許可',
  },
  'domain-unlocked': {
    en: 'unlocked or transferred the domain {what}',
    ja: 'ドメイン {what} のロックを解除または移管',
  },
  'grants-admin': {
    en: 'gave {what} the right to do everything[ ({policy})]',
    ja: '{what} にすべての操作の権限[ ({policy})] を付与',
  },
  'grants-iam-control': {
    en: 'gave {what} control over permissions[ ({policy})]',
    ja: '{what} に権限を管理する権限[ ({policy})] を付与',
  },
  'grants-wide': {
    en: 'gave {what} nearly every right[ ({policy})]',
    ja: '{what} にほぼすべての権限[ ({policy})] を付与',
  },
  'grants-policy': { en: 'gave {what} the policy {policy}', ja: '{what} にポリシー {policy} を付与' },
  'admin-policy-created': {
    en: 'created a policy that allows everything ({what})',
    ja: 'すべてを許可するポリシー {what} を作成',
  },
  'policy-version-set': {
    en: 'changed the default version of the policy {what}',
    ja: 'ポリシー {what} の既定バージョンを変更',
  },
  'boundary-removed': { en: 'removed the permissions boundary of {what}', ja: '{what} のアクセス許可の境界を削除' },
  'group-joined': { en: 'added the user {what} to the group {now}', ja: 'ユーザー {what} をグループ {now} に追加' },
  'role-given-to-machine': { en: 'gave {what} the role {now}', ja: '{what} にロール {now} を付与' },
  'access-assigned': {
    en: 'assigned access to account {now} ({what})',
    ja: 'アカウント {now} へのアクセスを {what} に割り当て',
  },
  'key-created': { en: 'created access keys for {what}', ja: '{what} のアクセスキーを作成' },
  'password-set': { en: 'set the console password of {what}', ja: '{what} のコンソールパスワードを設定' },
  'user-created': { en: 'created the user {what}', ja: 'ユーザー {what} を作成' },
  'mfa-removed': { en: 'removed the MFA device of {what}', ja: '{what} の MFA デバイスを削除' },
  'mfa-not-used': { en: 'signed in to the console without MFA', ja: 'MFA なしでコンソールにサインイン' },
  'password-policy-weakened': { en: 'weakened the password policy', ja: 'パスワードポリシーを緩和' },
  'provider-trusted': {
    en: 'added or changed an identity provider[ ({what})]',
    ja: 'ID プロバイダー[ ({what})] を追加または変更',
  },
  'federation-token': {
    en: 'made credentials for a federated user[ ({what})]',
    ja: 'フェデレーションユーザー[ ({what})] の認証情報を取得',
  },
  'root-assumed': { en: 'took root credentials[ ({what})]', ja: 'ルートの認証情報[ ({what})] を取得' },
  'master-password-changed': {
    en: 'changed the master password of {noun} {what}',
    ja: '{noun} {what} のマスターパスワードを変更',
  },
  'key-deletion-scheduled': {
    en: 'scheduled {noun} {what} for deletion[ in {days}]',
    ja: '{noun} {what} の削除を[ {days}後に]予約',
  },
  'secret-deletion-scheduled': { en: 'deleted {noun} {what}', ja: '{noun} {what} を削除' },
  'key-disabled': { en: 'disabled {noun} {what}', ja: '{noun} {what} を無効化' },
  'encrypted-with-callers-key': {
    en: 'encrypted {n} with a key of their own ({what})',
    ja: '{n} ({what}) を自分の鍵で暗号化',
  },
  'objects-overwritten': { en: 'overwrote {n} ({what})', ja: '{n} ({what}) を上書き' },
  'objects-deleted': { en: 'deleted {n} ({what})', ja: '{n} ({what}) を削除' },
  'objects-expire-early': {
    en: 'set {noun} {what} to delete its contents after {days}',
    ja: '{noun} {what} の内容を {days}後に削除するよう設定',
  },
  'data-deleted': { en: 'deleted {noun} {what}', ja: '{noun} {what} を削除' },
  'backup-deleted': { en: 'deleted {noun} {what}', ja: '{noun} {what} を削除' },
  'backups-off': {
    en: 'turned off the backups of {noun} {what}[, kept for {before} before]',
    ja: '{noun} {what} のバックアップ[ (以前は {before}間保持)] を無効化',
  },
  'versioning-off': { en: 'suspended versioning of {noun} {what}', ja: '{noun} {what} のバージョニングを停止' },
  'deletion-protection-off': {
    en: 'turned off deletion protection of {noun} {what}',
    ja: '{noun} {what} の削除保護を無効化',
  },
  'machines-terminated': { en: 'terminated {noun} {what}', ja: '{noun} {what} を終了' },
  'scaled-to-zero': { en: 'scaled {what} to 0', ja: '{what} を 0 にスケール' },
  'user-data-replaced': {
    en: 'replaced the user data of {noun} {what}',
    ja: '{noun} {what} のユーザーデータを置き換え',
  },
  'code-replaced': { en: 'replaced the code of {noun} {what}', ja: '{noun} {what} のコードを置き換え' },
  'code-added': { en: 'added code to {noun} {what}[ ({now})]', ja: '{noun} {what} にコード[ ({now})] を追加' },
  'command-run': { en: 'ran a command on {what}', ja: '{what} でコマンドを実行' },
  'session-opened': { en: 'opened a session on {what}', ja: '{what} でセッションを開始' },
  'ssh-key-sent': { en: 'sent an SSH key to {what}', ja: '{what} に SSH 鍵を送信' },
  'password-data-read': { en: 'read the Windows password of {what}', ja: '{what} の Windows パスワードを取得' },
  'user-data-read': { en: 'read the user data of {what}', ja: '{what} のユーザーデータを取得' },
  'secret-read': { en: 'read the secrets {what}', ja: 'シークレット {what} を取得' },
  'data-exported': { en: 'exported {noun} {what}', ja: '{noun} {what} をエクスポート' },
  'model-invoked': { en: 'invoked the model {what}', ja: 'モデル {what} を呼び出し' },
  'region-enabled': { en: 'enabled a Region[ ({what})]', ja: 'リージョン[ ({what})] を有効化' },
  'account-created': { en: 'created or invited an account[ ({what})]', ja: 'アカウント[ ({what})] を作成または招待' },
  'instances-launched': { en: 'launched {what}[ ({now})]', ja: '{what}[ ({now})] を起動' },
};

/** What kind of thing a call is about, by its service and name; the first that fits. One, several, and in Japanese. */
const NOUNS: readonly (readonly [service: string, calls: RegExp, one: string, many: string, ja: string])[] = [
  ['cloudtrail', /EventDataStore/, 'the event data store', 'the event data stores', 'イベントデータストア'],
  ['cloudtrail', /./, 'the trail', 'the trails', '証跡'],
  ['logs', /LogStream/, 'the log stream', 'the log streams', 'ログストリーム'],
  ['logs', /MetricFilter/, 'the metric filter', 'the metric filters', 'メトリクスフィルター'],
  ['logs', /./, 'the log group', 'the log groups', 'ロググループ'],
  ['cloudwatch', /./, 'the alarm', 'the alarms', 'アラーム'],
  ['events', /./, 'the event rule', 'the event rules', 'イベントルール'],
  ['s3', /Object|Upload/, 'the object', 'the objects', 'オブジェクト'],
  ['s3', /./, 'the bucket', 'the buckets', 'バケット'],
  ['ec2', /FlowLogs/, 'the VPC flow log', 'the VPC flow logs', 'VPC フローログ'],
  ['ec2', /Snapshot/, 'the EBS snapshot', 'the EBS snapshots', 'EBS スナップショット'],
  ['ec2', /Image/, 'the AMI', 'the AMIs', 'AMI'],
  ['ec2', /SecurityGroup/, 'the security group', 'the security groups', 'セキュリティグループ'],
  ['ec2', /Volume/, 'the volume', 'the volumes', 'ボリューム'],
  ['ec2', /Instance/, 'the instance', 'the instances', 'インスタンス'],
  ['rds', /Snapshot|StartExportTask/, 'the RDS snapshot', 'the RDS snapshots', 'RDS スナップショット'],
  ['rds', /Cluster/, 'the database cluster', 'the database clusters', 'データベースクラスター'],
  ['rds', /./, 'the database', 'the databases', 'データベース'],
  ['redshift', /Snapshot/, 'the Redshift snapshot', 'the Redshift snapshots', 'Redshift スナップショット'],
  ['redshift', /./, 'the Redshift cluster', 'the Redshift clusters', 'Redshift クラスター'],
  ['dynamodb', /Backup/, 'the backup', 'the backups', 'バックアップ'],
  ['dynamodb', /./, 'the table', 'the tables', 'テーブル'],
  ['backup', /RecoveryPoint/, 'the recovery point', 'the recovery points', '復旧ポイント'],
  ['backup', /./, 'the backup vault', 'the backup vaults', 'バックアップボールト'],
  ['kms', /./, 'the KMS key', 'the KMS keys', 'KMS キー'],
  ['secretsmanager', /./, 'the secret', 'the secrets', 'シークレット'],
  ['lambda', /Layer/, 'the layer', 'the layers', 'レイヤー'],
  ['lambda', /./, 'the function', 'the functions', '関数'],
  ['sqs', /./, 'the queue', 'the queues', 'キュー'],
  ['sns', /./, 'the topic', 'the topics', 'トピック'],
  ['ecr', /./, 'the repository', 'the repositories', 'リポジトリ'],
  ['iam', /Role/, 'the role', 'the roles', 'ロール'],
  ['ssm', /Document/, 'the document', 'the documents', 'ドキュメント'],
];

const SERVICES: Readonly<Record<string, string>> = {
  guardduty: 'GuardDuty',
  securityhub: 'Security Hub',
  macie2: 'Macie',
  inspector2: 'Inspector',
  'access-analyzer': 'IAM Access Analyzer',
  detective: 'Detective',
  config: 'AWS Config',
};

/** Names that a clause lists. */
const MOST_NAMES = 3;

/** The same effect on one or several resources. */
export interface EffectGroup {
  readonly effect: Effect;
  readonly eventSource: string;
  readonly eventName: string;
  readonly targets: readonly string[];
  readonly events: number;
  /** The person had made all of them within a day before they ended them. */
  readonly isOwn: boolean;
}

/** The clause of an effect, without who did it. */
export function clauseOf(
  { effect, eventSource, eventName, targets, events, isOwn }: EffectGroup,
  language: Language,
): readonly SentencePart[] {
  const service = arnService(eventSource);
  const noun = NOUNS.find(([of, calls]) => of === service && calls.test(eventName));
  const named = targets.filter((name) => name !== '');
  const [principal, account] = [effect.principal ?? '', effect.account ?? ''];
  const blanks: Readonly<Record<string, readonly SentencePart[]>> = {
    noun: noun ? [language === 'ja' ? noun[4] : named.length > 1 ? noun[3] : noun[2]] : [],
    service: [SERVICES[service] ?? service],
    what: namesOf(named, language),
    n: [objectsText(events, language)],
    account: nameOf(account),
    principal:
      principal === '*'
        ? [language === 'ja' ? '任意の AWS アカウント' : 'any AWS account']
        : account === ''
          ? nameOf(principal)
          : [language === 'ja' ? 'アカウント ' : 'account ', ...nameOf(account)],
    port: [portText(effect.port ?? '', language)],
    from: nameOf(effect.from ?? ''),
    policy: nameOf(effect.policy ?? ''),
    now: nameOf(effect.now ?? ''),
    days: daysText(effect.now ?? '', language),
    before: daysText(effect.was ?? '', language),
  };
  const parts = filled(CLAUSES[effect.code][language], blanks);
  if (effect.hasConditions === true)
    return language === 'ja' ? ['(条件は評価せず) ', ...parts] : [...parts, ' (conditions not evaluated)'];
  if (!isOwn) return parts;
  return language === 'ja' ? ['(本人が直前に作成した) ', ...parts] : [...parts, ' (made by them shortly before)'];
}

function nameOf(name: string): readonly SentencePart[] {
  return name === '' ? [] : [['what', plainName(name)]];
}

/** What is named by an ARN, without what kind of thing it is; other names as they are. */
export function plainName(name: string): string {
  return name.startsWith('arn:') ? (readingsOf(name)[0]?.name ?? name) : name;
}

function namesOf(names: readonly string[], language: Language): readonly SentencePart[] {
  const shown = names.slice(0, MOST_NAMES);
  const more = names.length - shown.length;
  const parts = shown.flatMap((name, i): readonly SentencePart[] => {
    const before =
      i === 0 ? [] : language === 'ja' ? ['、'] : i === shown.length - 1 && more === 0 ? [' and '] : [', '];
    return [...before, ['what', plainName(name)]];
  });
  if (more > 0) parts.push(language === 'ja' ? ` ほか ${String(more)} 件` : ` and ${String(more)} more`);
  return parts;
}

function daysText(days: string, language: Language): readonly SentencePart[] {
  if (days === '') return [];
  return [language === 'ja' ? `${days} 日` : days === '1' ? '1 day' : `${days} days`];
}

function objectsText(n: number, language: Language): string {
  if (language === 'ja') return `オブジェクト ${String(n)} 件`;
  return n === 1 ? '1 object' : `${String(n)} objects`;
}

/** `port 22`, `ports 20-25`, `UDP port 53`, `all ports`. */
function portText(port: string, language: Language): string {
  const [protocol = '', range = '*'] = port.split(' ');
  if (protocol === '*') return language === 'ja' ? 'すべてのポート' : 'all ports';
  const prefix = protocol === 'tcp' ? '' : `${protocol.toUpperCase()} `;
  if (protocol.startsWith('icmp')) return protocol.toUpperCase();
  if (range === '*') return language === 'ja' ? `${prefix || 'TCP '}全ポート` : `all ${prefix || 'TCP '}ports`;
  if (language === 'ja') return `${prefix}ポート ${range}`;
  return `${prefix}${range.includes('-') ? 'ports' : 'port'} ${range}`;
}

/** The text with its blanks filled; a part in brackets goes where one of its blanks is empty. */
function filled(text: string, blanks: Readonly<Record<string, readonly SentencePart[]>>): readonly SentencePart[] {
  return text.split(/(\[[^\]]*\])/).flatMap((piece) => {
    const isOptional = piece.startsWith('[');
    const inner = isOptional ? piece.slice(1, -1) : piece;
    const wanted = [...inner.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => blanks[name] ?? []);
    if (isOptional && wanted.some((parts) => parts.length === 0)) return [];
    return inner.split(/(\{\w+\} ?)/).flatMap((part): readonly SentencePart[] => {
      const blank = /^\{(\w+)\}( ?)$/.exec(part);
      if (!blank) return part === '' ? [] : [part];
      const parts = blanks[blank[1] ?? ''] ?? [];
      // The space behind an empty blank goes with it.
      return parts.length === 0 ? [] : blank[2] === '' ? parts : [...parts, ' '];
    });
  });
}
