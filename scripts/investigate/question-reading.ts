/**
 * A sentence that was asked where a name is expected: “who terminated an instance”. What of it is understood, what is
 * not, and the nearest that the report can be asked instead. `calls-answer.ts` answers what is understood.
 */
import type { DeedClass } from './deeds.js';
import { SIGN_IN_NAMES } from '#shared/model/sign-in.js';
import type { Query } from '#shared/query/ast.js';
import { parseQuery } from '#shared/query/parse.js';
import { parseTime, timeText, type TimeSpan } from '#shared/query/time-text.js';

export interface QuestionReading {
  /** Words of the question, as they were written. */
  readonly understood: readonly string[];
  readonly missed: readonly string[];
  /** Words that may be names: each can be asked about by itself. */
  readonly names: readonly string[];
  /** The nearest queries, the nearest first; never empty. */
  readonly queries: readonly Query[];
  /** The calls that the sentence asks for; undefined where it names nothing that can be done. */
  readonly calls: AskedCalls | undefined;
  /** When; undefined where it says nothing of time, or nothing that is understood. */
  readonly span: TimeSpan | undefined;
}

interface AskedCalls {
  /** What their names match. */
  readonly names: RegExp;
  /** What such a call must have done; empty: anything. */
  readonly classes: readonly DeedClass[];
}

/**
 * A word, in several languages, and what it stands for in the names of events, as part of a regular expression; of a verb
 * also what such a call must have done.
 */
type Entry = readonly [words: string, events: string, classes?: readonly DeedClass[]];

const MAKE = 'Create|Run|Register|Import|Allocate|Add|Put';

const VERBS: readonly Entry[] = [
  ['terminate terminates terminated terminating kill killed beendet 終了', 'Terminate|Bid', ['end']],
  [
    'delete deletes deleted deleting deletion deletions remove removes removed removing drop dropped destroy destroyed erase erased wipe wiped lost gone missing disappeared vanished gelöscht löschen löschte entfernt verschwunden 削除 消し 消え 消した',
    '(Batch)?Delete|Terminate|Deregister|Release|Remove|Purge|Destroy|ScheduleKeyDeletion',
    ['end'],
  ],
  ['stop stops stopped stopping halt halted shutdown gestoppt angehalten 停止 止め', 'Stop', ['halt']],
  ['start starts started launch launched run ran gestartet 起動 開始', 'Start|Run'],
  [
    'create creates created creating make makes made add adds added new erstellt angelegt angelegt 作成 追加 作っ',
    MAKE,
  ],
  ['reboot rebooted restart restarted 再起動', 'Reboot'],
  [
    'change changes changed changing modify modified edit edited update updated alter altered geändert 変更 更新',
    'Modify|Update|Put|Set|Change|Replace|Attach|Detach|Authorize|Revoke|Associate|Disassociate',
  ],
  ['disable disabled deaktiviert 無効', 'Disable|Deactivate|StopLogging', ['halt']],
  ['enable enabled aktiviert 有効', 'Enable|Activate|StartLogging'],
  ['attach attached 付与', 'Attach|Put|Associate'],
  ['detach detached', 'Detach|Disassociate'],
  ['assume assumed 引き受け', 'AssumeRole'],
  [
    'open opened expose exposed public published share shared geöffnet 公開 共有',
    'Authorize|Put(Bucket|Key)|Modify(Image|Snapshot|DB)|DeletePublicAccess|AddPermission',
    ['expose'],
  ],
  [
    'read reads download downloaded access accessed stole stolen leaked exfiltrated gelesen 読み 取得 アクセス',
    'Get|Download|Decrypt|Select|StartSession|BatchGet',
    ['enter', 'access'],
  ],
];

/** What is asked for as a whole, whatever else the question says. */
const WHOLE: readonly Entry[] = [
  ['login logins signin sign-in sign-ins logged signed log-in angemeldet eingeloggt ログイン サインイン', 'sign-ins'],
  [
    'denied refused forbidden failed failure failures error errors verweigert fehlgeschlagen 拒否 失敗 エラー',
    'denied',
  ],
  ['root ルート', 'root'],
];

const NOUNS: readonly Entry[] = [
  [
    'instance instances server servers machine machines vm vms ec2 instanz instanzen インスタンス サーバ',
    'Instance|EvictedEvent',
  ],
  ['bucket buckets バケット', 'Bucket'],
  ['object objects file files datei dateien オブジェクト ファイル', 'Object'],
  ['user users benutzer ユーザ', 'User|LoginProfile'],
  ['role roles rolle rollen ロール', 'Role'],
  ['policy policies ポリシー', 'Policy'],
  ['key keys accesskey schlüssel キー', 'Key'],
  ['group groups gruppe グループ', 'Group'],
  ['database databases db dbs rds datenbank datenbanken データベース', 'DBInstance|DBCluster|Database'],
  ['table tables tabelle テーブル', 'Table'],
  ['snapshot snapshots スナップショット', 'Snapshot'],
  ['volume volumes disk disks ボリューム', 'Volume'],
  ['image images ami amis イメージ', 'Image'],
  ['function functions lambda lambdas funktion 関数', 'Function'],
  ['secret secrets シークレット', 'Secret'],
  ['parameter parameters パラメータ', 'Parameter'],
  ['stack stacks スタック', 'Stack'],
  ['cluster clusters クラスター', 'Cluster'],
  ['vpc vpcs', 'Vpc'],
  ['subnet subnets サブネット', 'Subnet'],
  ['queue queues キュー', 'Queue'],
  ['topic topics トピック', 'Topic'],
  ['trail trails logging cloudtrail 証跡', 'Trail|Logging|EventSelectors'],
  ['logs loggroup ロググループ', 'LogGroup|LogStream'],
  ['alarm alarms アラーム', 'Alarm'],
  ['certificate certificates zertifikat 証明書', 'Certificate'],
  ['password passwords passwort パスワード', 'LoginProfile|Password'],
  ['mfa', 'MFA'],
  ['repository repo repositories repos リポジトリ', 'Repository'],
  ['balancer balancers ロードバランサ', 'LoadBalancer'],
  ['zone zones record records dns', 'HostedZone|ResourceRecordSets'],
  ['port ports firewall ポート', 'SecurityGroup'],
];

/** Words that say nothing of what is looked for. */
const FILLERS: ReadonlySet<string> = new Set(
  'who whom whose what which when where why how did do does done has have had was were is are be been being it its this that these anything anyone anybody something someone somebody everything those there the a an my our your their his her any some all of in on at to from by for with about and or please show me us list find tell give happened happen happens happening did recently wer wen was wann wo warum wie welche welcher welches hat haben wurde wurden ist sind der die das den dem ein eine einen meine meinen mein unser unsere auf im in von mit für und quién que qué cuándo qui quoi quand est-ce'.split(
    ' ',
  ),
);

/** What asks for something else than who did it: what was not done, what could be, or how it is done. */
const OTHER_QUESTIONS =
  /^(?:not|no|never|nobody|nothing|without|except|(?:did|was|has|can|is)n[’']t|can|could|may|might|should|would|will|allowed|able|how|why|if)$/i;

/** Of Japanese, in which nothing stands between words. */
const JAPANESE_FILLERS =
  /誰が?|何が?|いつ|どこ|どの|なぜ|ました|した|され|です|ます|か|を|が|は|に|の|で|と|へ|た|て|[?？。、]/g;

/** Times that are told from now, which the report does not know. */
const RECENT =
  /^(?:today|yesterday|tonight|night|morning|evening|afternoon|week|weekend|month|hour|hours|day|days|minutes?|ago|last|recent|latest|gestern|heute|nacht|woche|letzte[nrs]?)$/i;
const RECENT_JAPANESE = /昨夜|昨晩|昨日|今日|今朝|先週|最近/g;

const CJK = /[\u3040-\u30ff\u3400-\u9fff]/;

/** What a name has and a word of a sentence has not. */
const NAME_LIKE = /\d|[-_./:@*]|^[A-Z]\w*[a-z]\w*[A-Z]|^["'“].*["'”]$/;

const READY = {
  'sign-ins': `event:/${SIGN_IN_NAMES}/`,
  denied: 'outcome:denied',
  root: 'type:Root -invokedBy:*',
} as const;

/** @param last the time of the report's last event, milliseconds since 1970 UTC; undefined where there is none */
export function readQuestion(asked: string, last: number | undefined): QuestionReading | undefined {
  const words = CJK.test(asked) ? japaneseWords(asked) : asked.trim().split(/\s+/).map(bareWord).filter(Boolean);
  const found = { verbs: [] as string[], nouns: [] as string[], whole: [] as string[] };
  const [understood, missed, names, dates]: string[][] = [[], [], [], []];
  let isRecent = false;
  let fillers = 0;
  for (const word of words) {
    const lower = word.toLowerCase();
    const verb = meaningOf(VERBS, lower);
    const noun = meaningOf(NOUNS, lower);
    const whole = meaningOf(WHOLE, lower);
    if (verb !== undefined) found.verbs.push(verb);
    if (noun !== undefined) found.nouns.push(noun);
    if (whole !== undefined) found.whole.push(whole);
    if (verb !== undefined || noun !== undefined || whole !== undefined) understood?.push(word);
    else if (/^\d{4}-\d\d/.test(word) && parseTime(word)) {
      dates?.push(word);
      understood?.push(word);
    } else if (NAME_LIKE.test(word)) names?.push(word.replace(/^["'“]|["'”]$/g, ''));
    else if (FILLERS.has(lower)) fillers++;
    else {
      if (RECENT.test(word) || word.search(RECENT_JAPANESE) >= 0) isRecent = true;
      missed?.push(word);
    }
  }
  const isSentence =
    (words.length > 1 && (fillers > 0 || isRecent)) ||
    words.length > 3 ||
    /[?？]\s*$/.test(asked) ||
    found.verbs.length > 0 ||
    (CJK.test(asked) && (understood?.length ?? 0) > 0);
  if (!isSentence) return undefined;
  return {
    understood: understood ?? [],
    missed: missed ?? [],
    names: names ?? [],
    queries: queriesFor(found, dates?.[0], isRecent, [...(names ?? []), ...(missed ?? [])], last),
    calls:
      found.whole.length > 0 || words.some((word) => OTHER_QUESTIONS.test(word))
        ? undefined
        : callsFor(found.verbs, found.nouns),
    span: spanOf(dates?.[0], isRecent, last),
  };
}

function callsFor(all: readonly string[], nouns: readonly string[]): AskedCalls | undefined {
  if (all.length === 0) return undefined;
  // “made public” is not about what was made.
  const verbs = all.length > 1 ? all.filter((events) => events !== MAKE) : all;
  const noun = nouns.length === 0 ? '' : `[A-Za-z]*(${nouns.join('|')})`;
  const classes = VERBS.flatMap(([, events, of]) => (verbs.includes(events) ? [of ?? []] : []));
  return {
    names: new RegExp(`^(${verbs.join('|')})${noun}`, 'i'),
    // One verb that may do anything leaves the others no say.
    classes: classes.some((of) => of.length === 0) ? [] : classes.flat(),
  };
}

function spanOf(date: string | undefined, isRecent: boolean, last: number | undefined): TimeSpan | undefined {
  if (date !== undefined) return parseTime(date);
  return isRecent && last !== undefined ? { from: last - DAY, to: Infinity } : undefined;
}

function queriesFor(
  { verbs, nouns, whole }: Readonly<Record<'verbs' | 'nouns' | 'whole', readonly string[]>>,
  date: string | undefined,
  isRecent: boolean,
  rest: readonly string[],
  last: number | undefined,
): readonly Query[] {
  const time =
    date !== undefined ? ` time:${date}` : isRecent && last !== undefined ? ` time:>=${timeText(last - DAY)}` : '';
  const strong = verbs.length > 1 ? verbs.filter((events) => events !== MAKE) : verbs;
  const [verb, noun] = [strong.join('|'), nouns.join('|')];
  const done = ' -error:*';
  const texts: string[] = [];
  for (const one of whole) if (one in READY) texts.push(READY[one as keyof typeof READY] + time);
  if (verb !== '' && noun !== '') texts.push(`event:/^(${verb})[A-Za-z]*(${noun})/${done}${time}`);
  if (verb !== '') texts.push(`event:/^(${verb})/${done}${time}`);
  if (noun !== '') texts.push(`event:/${noun}/ -readonly${time}`);
  if (texts.length === 0 && time !== '') texts.push(`-readonly${time}`, time.trim());
  if (texts.length === 0) texts.push(rest.map((word) => `"${word.replace(/["\\]/g, '\\$&')}"`).join(' '), '-readonly');
  return texts.flatMap((text) => {
    const result = parseQuery(text);
    return 'query' in result && result.query.length > 0 ? [result.query] : [];
  });
}

const DAY = 86_400_000;

/** Verbs and nouns as they stand in a Japanese question, and what is left of it. */
function japaneseWords(asked: string): string[] {
  const words: string[] = [];
  let rest = asked.replace(/[A-Za-z0-9][\w./:@*-]*/g, (word) => {
    words.push(word);
    return ' ';
  });
  const known = [...VERBS, ...NOUNS, ...WHOLE].flatMap(([all]) => all.split(' ')).filter((word) => CJK.test(word));
  for (const word of known.sort((a, b) => b.length - a.length)) {
    if (!rest.includes(word)) continue;
    words.push(word);
    rest = rest.replaceAll(word, ' ');
  }
  for (const [time] of rest.matchAll(RECENT_JAPANESE)) words.push(time);
  rest = rest.replace(RECENT_JAPANESE, ' ').replace(JAPANESE_FILLERS, ' ');
  return [...words, ...rest.split(/[\s\p{P}]+/u).filter((word) => word.length > 1)];
}

/** A word without the signs of a sentence around it. */
function bareWord(word: string): string {
  return word.replace(/^[(¿¡]+|[?!,;.)。、？]+$/g, '').replace(/[’']s$/, '');
}

function meaningOf(entries: readonly Entry[], lower: string): string | undefined {
  return entries.find(([words]) => ` ${words} `.includes(` ${lower} `))?.[1];
}
