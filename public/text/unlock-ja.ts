/** The words of a page that is encrypted, in Japanese. */
import type { UnlockKey } from './unlock-en.js';

export const unlockJa: Readonly<Record<UnlockKey, string>> = {
  'unlock.title': 'このレポートは暗号化されています',
  'unlock.why.key':
    '共有されたリンク(末尾が「#key=」と鍵)で開けます。途中で鍵の部分が失われた場合は、リンク全体または鍵をここに貼り付けてください。',
  'unlock.why.passphrase':
    'あらかじめ決められたパスフレーズで開けます。入力した内容がこのブラウザーの外に送信されることはありません。',
  'unlock.key': 'リンクまたは鍵',
  'unlock.passphrase': 'パスフレーズ',
  'unlock.show': '入力内容を表示する',
  'unlock.open': 'レポートを開く',
  'unlock.opening': '開いています…',
  'unlock.empty.key': 'リンクまたは鍵を貼り付けてください。',
  'unlock.empty.passphrase': 'パスフレーズを入力してください。',
  'unlock.wrong.key':
    'この鍵ではレポートを開けません。リンクが途中で切れたか変更されたか、レポートが別の鍵で公開し直された可能性があります。最新のリンクを入手してください。',
  'unlock.wrong.passphrase':
    'このパスフレーズではレポートを開けません。大文字・小文字や空白を確認して、もう一度入力してください。',
  'unlock.failed':
    'パスフレーズの確認には一時的に 128 MB のメモリーが必要ですが、このブラウザーでは処理できませんでした。ほかのタブを閉じてもう一度試すか、別の端末で開いてください。',
  'unlock.damaged.title': 'レポートを開けません',
  'unlock.damaged':
    'このレポートのデータは公開時のものと異なるため、何も表示しません。ページを再読み込みしても直らない場合は、公開し直すよう依頼してください。',
  'unlock.link.title': 'リンクをコピー:誰が開けるようにしますか?',
  'unlock.link.with': 'リンクを受け取った人',
  'unlock.link.with.note': '鍵を含むリンクをコピーします。レポートを読んでよい人にだけ送ってください。',
  'unlock.link.without': 'すでに鍵を持っている人だけ',
  'unlock.link.without.note': 'この表示の場所だけを示すリンクをコピーします。このリンクだけではレポートを開けません。',
  'unlock.link.cancel': 'キャンセル',
};
