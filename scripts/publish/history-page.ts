/** The index page of past reports. It contains their times and nothing else about them. */
import { createHash } from 'node:crypto';
import { LATEST, timeOfFolder } from './plan/history.js';

const STYLE = [
  ':root{color-scheme:light dark}',
  'body{max-width:480px;margin:0 auto;padding:10vh 16px;font:14px/1.5 system-ui,sans-serif}',
  'h1{font-size:20px;font-weight:600;margin:0 0 8px}',
  'p{margin:0 0 16px}',
  'ul{margin:0;padding:0;list-style:none;border-top:1px solid color-mix(in srgb,currentColor 20%,transparent)}',
  'li{border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent)}',
  'a{display:block;padding:10px 0;color:inherit;font-variant-numeric:tabular-nums}',
].join('');

/** @param folders the folders of the dated copies, newest first */
export function historyPage(folders: readonly string[]): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const copies = folders.map((folder) => {
    const time = timeOfFolder(folder) ?? '';
    const shown = `${time.slice(0, 16).replace('T', ' ')} UTC`;
    return `<li><a href="${folder}index.html"><time datetime="${time}">${shown}</time></a></li>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="Culprit">
<title>Culprit</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Reports / <span lang="ja">レポート</span></h1>
<p>A report that is encrypted opens with its own link or passphrase.<br><span lang="ja">暗号化されたレポートは、そのリンクまたはパスフレーズで開けます。</span></p>
<ul>
<li><a href="${LATEST}index.html">Latest / <span lang="ja">最新</span></a></li>
${copies.join('\n')}
</ul>
</main>
</body>
</html>
`;
}
